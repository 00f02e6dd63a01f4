"""Which update goes to which handler; asynchronous throughout, for aiogram runs a synchronous filter in a thread."""

from dataclasses import dataclass
from typing import Final

from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.conversations.turn import Turn

_LONGEST_NUMBER: Final = 18


@dataclass(frozen=True)
class Press:
    """A pressed button, as it claims to be: nothing in it is believed before the database agrees."""

    verb: str
    number: int
    argument: str


def parse_press(data: str | None) -> Press | None:
    """Read callback data `verb:number[:argument]`; None where it is not of our form."""
    verb, _, rest = (data or "").partition(":")
    number, _, argument = rest.partition(":")
    if not verb or not number.isascii() or not number.isdigit() or len(number) > _LONGEST_NUMBER:
        return None
    return Press(verb, int(number), argument)


class Pressed(BaseFilter):
    """A button with one of these verbs was pressed."""

    def __init__(self, *verbs: str) -> None:
        self._verbs = frozenset(verbs)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Press]:
        """Hand the press to the handler as `press`."""
        press = parse_press(query.data)
        return {"press": press} if press is not None and press.verb in self._verbs else False


class Family(BaseFilter):
    """A button whose verb begins with this letter: asked once at the door of a family of conversations."""

    def __init__(self, *letters: str) -> None:
        self._letters = letters

    async def __call__(self, query: CallbackQuery) -> bool:
        """Look at the first letter of the verb."""
        return (query.data or "").startswith(self._letters)


class Office(BaseFilter):
    """Said in a group, or in private by somebody who works here: a citizen's words pass the office by."""

    async def __call__(self, _event: TelegramObject, turn: Turn) -> bool:
        """Look at the chat, and at who it is."""
        return turn.chat_id < 0 or bool(turn.roles)


class Asked(BaseFilter):
    """The person is being asked one of these in this chat."""

    def __init__(self, *states: str) -> None:
        self._states = frozenset(states)

    async def __call__(self, _event: TelegramObject, turn: Turn) -> bool:
        """Look at the conversation's state."""
        return turn.talk.state in self._states


class Private(BaseFilter):
    """The update came from a private chat."""

    async def __call__(self, _event: TelegramObject, turn: Turn) -> bool:
        """A private chat bears the person's own id."""
        return turn.chat_id > 0


class InOffice(BaseFilter):
    """The update came from a bound group of this purpose: department, triage or supervision."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose

    async def __call__(self, _event: TelegramObject, turn: Turn) -> bool:
        """Look at what the chat is bound as."""
        return turn.office is not None and turn.office.purpose == self._purpose


class Says(BaseFilter):
    """A text message; with a word given, one that is that command (`/word` or `/word@bot`)."""

    def __init__(self, command: str | None = None) -> None:
        self._command = command

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, str]:
        """Hand a command's argument to the handler as `argument`."""
        if message.text is None:
            return False
        if self._command is None:
            return True
        word, _, argument = message.text.partition(" ")
        name, _, addressed = word.partition("@")
        if name != f"/{self._command}" or addressed.lower() not in {"", turn.house.bot_username.lower()}:
            return False
        return {"argument": argument.strip()}
