"""The citizen adds words to an appeal of their own."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move
from bot.services.owning import own
from storage.domain import lifecycle
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event, Status
from storage.repositories import appeals
from storage.tables import Appeal, Utterance

#: How long after the answer or the closing words still reach the unit.
IN_TOUCH: Final = timedelta(days=30)


def may_supplement(appeal: Appeal, *, now: datetime) -> bool:
    """Whether words of the citizen still reach a unit: until 30 days after the closing."""
    recent = appeal.closed_at is None or now - appeal.closed_at <= IN_TOUCH
    return recent and lifecycle.may(Status(appeal.status), Event.SUPPLEMENT)


async def supplement(
    session: AsyncSession, *, appeal_id: int, person_id: int, text: str, now: datetime
) -> tuple[Appeal, Utterance]:
    """Add the citizen's words to their appeal; raise NotFound, TransitionRefused or InputRefused("closed_too_long")."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.closed_at is not None and now - appeal.closed_at > IN_TOUCH:
        raise InputRefused("closed_too_long")
    words = Utterance(
        appeal_id=appeal.id,
        direction="from_citizen",
        person_id=person_id,
        department=appeal.department,
        text=text,
        at=now,
        state="kept",
    )
    await appeals.say(session, words)
    await move(
        session, appeal, Event.SUPPLEMENT, actor=Actor.CITIZEN, person_id=person_id, now=now, utterance_id=words.id
    )
    return appeal, words
