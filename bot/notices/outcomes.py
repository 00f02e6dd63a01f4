"""What became of each call to the platform, told to whom it concerns, in the sender's own transaction."""

from datetime import datetime
from typing import Any

from aiogram.methods import DeleteMessage
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.hindrances import Hindrance, PutOut, TopicGone, Upgraded, thread_in
from bot.delivery.say import Spoken
from bot.house import House
from bot.notices import say_what_happened
from bot.platforms.telegram import PlatformError, Unreachable
from bot.services import placing, receipts
from bot.services.rights import note_rights
from storage.tables import OutboxMessage

_OPEN_ALREADY = "topic_not_modified"


class Outcomes:
    """Hears what became of each call and tells whom it concerns, in the sender's transaction."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def sent(self, session: AsyncSession, row: OutboxMessage, *, result: Any, now: datetime) -> list[Spoken]:
        """It arrived."""
        await receipts.arrived(session, row, now=now)
        if row.role == "topic":
            await placing.topic_made(session, row, thread_in(result), now=now)
        elif row.role == "rights":
            await note_rights(session, row, result, now=now)
        return list(await say_what_happened(session, self._house, now=now))

    async def failed(
        self, session: AsyncSession, row: OutboxMessage, error: PlatformError, *, now: datetime
    ) -> list[Spoken]:
        """It will not arrive."""
        unreachable = isinstance(error, Unreachable)
        await receipts.not_arrived(session, row, unreachable=unreachable, reason=str(error), now=now)
        if row.role == "topic" and _OPEN_ALREADY in str(error).lower():
            await placing.topic_made(session, row, None, now=now)
        elif row.role == "topic":
            await placing.topic_refused(session, row, now=now)
        return list(await say_what_happened(session, self._house, now=now))

    async def hindered(
        self, session: AsyncSession, row: OutboxMessage, hindrance: Hindrance, *, now: datetime
    ) -> list[Spoken] | None:
        """Its place is not what it was."""
        mended = await _seen_to(session, row, hindrance, now=now)
        return None if mended is None else [*mended, *await say_what_happened(session, self._house, now=now)]


async def _seen_to(
    session: AsyncSession, row: OutboxMessage, hindrance: Hindrance, *, now: datetime
) -> list[Spoken] | None:
    """Note what became of a group or topic; None where it is no office's."""
    here: dict[str, Any] = {"platform": row.platform, "bot": row.bot}
    match hindrance:
        case Upgraded():
            await placing.upgrade(session, **here, old=row.chat_id, new=hindrance.chat_id, now=now)
            return []
        case TopicGone():
            if not await placing.lose_topic_at(
                session, **here, chat_id=row.chat_id, thread_id=hindrance.thread_id, closed=hindrance.closed, now=now
            ):
                return None
            return [DeleteMessage(chat_id=row.chat_id, message_id=each) for each in hindrance.misplaced]
        case PutOut():
            return [] if await placing.lose_chat(session, **here, chat_id=row.chat_id, now=now) else None
