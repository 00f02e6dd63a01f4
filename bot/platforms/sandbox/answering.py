"""The list of Bot API methods that the sandbox answers, each with the function that does it."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.platforms.sandbox.calls import Call, Method

Answer = Callable[[Call, Any], Awaitable[Any]]
ANSWERS: dict[str, Answer] = {}

_Answer = TypeVar("_Answer", bound=Answer)


def answers(*kinds: type[Method]) -> Callable[[_Answer], _Answer]:
    """Enter a function as the answer to these methods."""

    def enter(answer: _Answer) -> _Answer:
        ANSWERS.update({kind.__api_method__.lower(): answer for kind in kinds})
        return answer

    return enter
