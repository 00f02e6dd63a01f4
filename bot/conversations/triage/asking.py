"""A dispatcher replies to a question of the bot."""

from aiogram.filters import BaseFilter
from aiogram.types import Message

from bot.conversations.office.ground import known, replied_to
from bot.conversations.turn import Turn
from bot.services.binding import Role


class RepliesTo(BaseFilter):
    """A dispatcher replies to a message of this role; its appeal is handed on as `appeal_id`."""

    def __init__(self, role: str) -> None:
        self._role = role

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Look the message up that was replied to."""
        target = replied_to(message)
        if target is None or turn.role(Role.DISPATCHER) is None or (message.text or "/").startswith("/"):
            return False
        found = await known(turn, target)
        return {"appeal_id": found.appeal_id} if found is not None and found.role == self._role else False
