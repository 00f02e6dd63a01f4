"""What a unit says that had an appeal before: a note for the one that has it now, never words to the citizen."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import relaying
from bot.services.moving import workable
from storage.domain.statuses import Event
from storage.tables import Appeal, Staff, Utterance


async def pass_on(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, text: str, source: tuple[int, int], now: datetime
) -> Utterance:
    """Keep a former unit's words as a note on a locked appeal, for its unit to read; raise TransitionRefused."""
    workable(appeal, Event.NOTE)
    return await relaying.note(
        session, appeal=appeal, staff=staff, text=text, source=source, now=now, former=staff.department
    )
