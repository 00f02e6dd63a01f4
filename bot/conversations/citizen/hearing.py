"""What the private chat listens for beside commands and buttons."""

from aiogram.filters import BaseFilter
from aiogram.types import Message

from bot.conversations.contents import content_of, words_of
from bot.conversations.turn import Turn
from bot.texts import recognising
from storage.domain.lifecycle import OPEN
from storage.domain.numbers import parse_number
from storage.repositories import appeals, messages
from storage.tables import ChatMessage

_LONGEST_NUMBER = 24


class Typed(BaseFilter):
    """The message is nothing but one of these words."""

    def __init__(self, *words: str) -> None:
        self._words = frozenset(words)

    async def __call__(self, message: Message) -> bool:
        """Compare the whole text."""
        return content_of(message) is None and words_of(message) in self._words


class NumberAlone(BaseFilter):
    """The message is nothing but the number of an appeal, handed on as `number`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        """Read the number however it was typed."""
        text = words_of(message)
        alone = content_of(message) is None and len(text) <= _LONGEST_NUMBER
        number = parse_number(text) if alone else None
        return {"number": number} if number else False


class Quoting(BaseFilter):
    """The message replies to one that is known to be about an appeal, handed on as `quoted`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, ChatMessage]:
        """Look the message up that was replied to."""
        target = message.reply_to_message
        if target is None or not (words_of(message) or content_of(message)):
            return False
        house = turn.house
        quoted = await messages.find(
            turn.session,
            platform=house.platform,
            bot=house.bot,
            chat_id=turn.chat_id,
            message_id=target.message_id,
        )
        return {"quoted": quoted} if quoted else False


class Courtesy(BaseFilter):
    """The message greets, thanks or agrees and says nothing else.

    「好的」 while a unit is talking with the citizen may be the answer to its question, and is none.
    """

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Ask the patterns."""
        text = words_of(message)
        if content_of(message) is not None or not recognising.is_courtesy(text):
            return False
        return not (recognising.is_agreement(text) and await _is_being_talked_to(turn))


class Command(BaseFilter):
    """The message is a command that nobody knew."""

    async def __call__(self, message: Message) -> bool:
        """Look at the first character."""
        return content_of(message) is None and words_of(message).startswith("/")


async def _is_being_talked_to(turn: Turn) -> bool:
    open_ones = await appeals.in_touch(turn.session, turn.person.id, answered_since=turn.now)
    return any(each.contacted_at is not None and each.status in OPEN for each in open_ones)


class OnlySigns(BaseFilter):
    """The message has neither letters nor digits: a sticker, an emoji, a dot."""

    async def __call__(self, message: Message) -> bool:
        """A sticker, or a text of signs."""
        return message.sticker is not None or (message.text is not None and recognising.is_only_signs(message.text))
