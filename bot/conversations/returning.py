"""Citizens who stopped the bot and come back: what they missed is sent again."""

from aiogram import Router
from aiogram.types import ChatMemberUpdated

from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.notices.sending import to_citizen
from bot.services.moving import find
from bot.services.receipts import CATCH_UP_KEY
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.repositories import appeals

router = Router(name="returning")
_GONE = frozenset({"kicked", "left"})
_STILL_WANTED = OPEN | {Status.ANSWERED, Status.CLOSED}


@router.my_chat_member(Private())
async def private_chat_changed(change: ChatMemberUpdated, turn: Turn) -> list[Spoken]:
    """Note that a person stopped the bot, or let it in again."""
    if change.new_chat_member.status in _GONE:
        turn.person.unreachable_since = turn.person.unreachable_since or turn.now
        return []
    return await catch_up(turn)


async def catch_up(turn: Turn) -> list[Spoken]:
    """Send again what a person missed; they can be reached, for they just wrote in private."""
    if turn.person.unreachable_since is None or turn.chat_id <= 0:
        return []
    turn.person.unreachable_since = None
    spoken: list[Spoken] = []
    for said, missed in await appeals.undelivered(turn.session, turn.person.id):
        appeal = await find(turn.session, missed.id)
        if appeal.status not in _STILL_WANTED:
            said.state = "dropped"
            continue
        said.state = "queued"
        key = f"{CATCH_UP_KEY}{said.id}"
        spoken += await to_citizen(turn.session, turn.city, appeal, said, key=key, kept=True)
    return spoken
