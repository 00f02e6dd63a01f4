"""What a unit says that had an appeal before: a note for the one that has it now, never words to the citizen."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from storage.domain.statuses import Event
from storage.repositories import appeals
from storage.tables import Appeal, Staff, Utterance


async def pass_on(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, text: str, source: tuple[int, int], now: datetime
) -> Utterance:
    """Keep a former unit's words as a note on a locked appeal, for its unit to read; raise TransitionRefused."""
    workable(appeal, Event.NOTE)
    words = Utterance(
        appeal_id=appeal.id,
        direction="note",
        person_id=staff.person_id,
        department=staff.department,
        text=text,
        at=now,
        state="kept",
        source_chat=source[0],
        source_message=source[1],
    )
    said = await appeals.say(session, words)
    await move(
        session,
        appeal,
        Event.NOTE,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        utterance_id=said.id,
        former=staff.department,
    )
    return said
