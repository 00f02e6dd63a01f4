"""A group becomes a supergroup: the platform says so in the old chat and in the new one."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import Message

from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.placing import upgrade

router = Router(name="admin.upgrading")


class Upgraded(BaseFilter):
    """A message that only says which chat a group has become, or which it was."""

    async def __call__(self, message: Message) -> bool | dict[str, int]:
        """Hand both ids to the handler as `old` and `new`."""
        if message.migrate_to_chat_id is not None:
            return {"old": message.chat.id, "new": message.migrate_to_chat_id}
        if message.migrate_from_chat_id is not None:
            return {"old": message.migrate_from_chat_id, "new": message.chat.id}
        return False


@router.message(Upgraded())
async def group_upgraded(_message: Message, turn: Turn, old: int, new: int) -> list[Spoken]:
    """Follow the group; the second of the two messages finds it done."""
    await upgrade(turn.session, platform=turn.house.platform, bot=turn.house.bot, old=old, new=new, now=turn.now)
    return []
