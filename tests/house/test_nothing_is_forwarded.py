import re
from pathlib import Path

import pytest
from aiogram import methods

from bot.delivery.say import kept_inside

ROOT = Path(__file__).parents[2]
_FORWARDING = re.compile(r"forward_?messages?\b", re.IGNORECASE)
_PLAYED = "bot/platforms/sandbox/"  # the sandbox plays a platform, which can forward
_SENDING = sorted(
    each.__api_method__
    for name in dir(methods)
    if isinstance(each := getattr(methods, name), type)
    and issubclass(each, methods.TelegramMethod)
    and each is not methods.TelegramMethod
    and "protect_content" in each.model_fields
    and each.__api_method__.startswith(("send", "copy"))
)


@pytest.mark.parametrize("path", sorted((ROOT / "bot").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_of_the_bot_forwards_a_message(path: Path):
    if path.relative_to(ROOT).as_posix().startswith(_PLAYED):
        return
    assert _FORWARDING.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("method", ["forwardMessage", "forwardMessages"])
def test_a_call_that_forwards_is_not_even_queued(method: str):
    with pytest.raises(ValueError, match="nothing is ever forwarded"):
        kept_inside(method, {"chat_id": 1001, "from_chat_id": -3002, "message_id": 7})


@pytest.mark.parametrize("method", _SENDING)
def test_whatever_goes_into_a_group_can_not_be_forwarded_from_there(method: str):
    assert kept_inside(method, {"chat_id": -3002})["protect_content"] is True
    assert "protect_content" not in kept_inside(method, {"chat_id": 1001})
