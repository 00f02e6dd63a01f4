"""Who asks and how: administrators, groups, and words that look like a code."""

from aiogram.filters import BaseFilter
from aiogram.types import Message, TelegramObject

from bot.conversations.turn import Turn
from bot.services.binding import Role
from storage.domain.numbers import parse_code


class Administrator(BaseFilter):
    """An administrator; everybody else's commands go on to the citizen's conversation."""

    async def __call__(self, _event: TelegramObject, turn: Turn) -> bool:
        """Look at the person's roles."""
        return turn.role(Role.ADMIN) is not None


class InGroup(BaseFilter):
    """The update came from a group, bound or not."""

    async def __call__(self, _event: TelegramObject, turn: Turn) -> bool:
        """A group's id is negative."""
        return turn.chat_id < 0


class CodeGiven(BaseFilter):
    """The command's argument looks like a one-time code."""

    async def __call__(self, _event: TelegramObject, argument: str) -> bool:
        """Look at its form only."""
        return parse_code(argument) is not None


class StrangersCall(BaseFilter):
    """A command, a mention of the bot or a reply to it, in a group that is not bound, in no topic of it."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Anything else said there is none of the bot's business."""
        if turn.chat_id >= 0 or turn.neighbours:
            return False
        said = message.text or message.caption or ""
        answered = message.reply_to_message.from_user if message.reply_to_message else None
        named = f"@{turn.house.bot_username}".lower() in said.lower()
        return said.startswith("/") or named or (answered is not None and answered.id == turn.house.bot)
