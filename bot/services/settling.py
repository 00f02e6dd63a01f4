"""What supervisors do about a citizen's word to them: settle it, have the citizen asked by telephone, read it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.concerns import (
    CHECKED,
    DRAWN,
    OPENED,
    SETTLED,
    UNDELIVERED,
    ConcernState,
    happened,
)
from bot.services.moving import Actor, find
from storage.domain.calendar import Calendar
from storage.domain.errors import ConcernSettled, InputRefused, NotFound, NotYours
from storage.repositories import concerns, offices, spot_checks
from storage.tables import Appeal, Concern


async def before_supervisors(session: AsyncSession, concern_id: int, *, person_id: int) -> tuple[Appeal, Concern]:
    """Return a concern and its appeal, locked; raise NotFound, or NotYours where it is the person's own."""
    known = await concerns.get(session, concern_id)
    appeal = await find(session, known.appeal_id) if known is not None else None
    concern = await concerns.locked(session, concern_id)
    if appeal is None or concern is None:
        raise NotFound(f"no concern {concern_id}")
    if concern.person_id == person_id:
        raise NotYours
    return appeal, concern


async def undecided(session: AsyncSession, concern_id: int, *, person_id: int) -> tuple[Appeal, Concern]:
    """Return the same where nobody has settled it; raise ConcernSettled otherwise."""
    appeal, concern = await before_supervisors(session, concern_id, person_id=person_id)
    if concern.state != ConcernState.OPEN:
        roles = await offices.roles(session, concern.settled_by) if concern.settled_by else ()
        raise ConcernSettled(number=appeal.number, name=roles[0].name if roles else "")
    return appeal, concern


async def settle(
    session: AsyncSession,
    concern: Concern,
    state: ConcernState,
    *,
    actor: Actor,
    person_id: int,
    now: datetime,
    answer: str = "",
) -> None:
    """Settle a locked concern that nobody has settled."""
    concern.state, concern.settled_by, concern.settled_at, concern.answer = state, person_id, now, answer
    await happened(session, concern, SETTLED, actor=actor, person_id=person_id, now=now, state=state)


async def unsettle(
    session: AsyncSession, concern: Concern, *, actor: Actor, person_id: int | None, now: datetime
) -> None:
    """Put a concern before the supervisors again: its answer was taken back, or did not arrive."""
    concern.state, concern.settled_by, concern.settled_at, concern.answer = ConcernState.OPEN, None, None, ""
    await happened(session, concern, SETTLED, actor=actor, person_id=person_id, now=now, state=ConcernState.OPEN)


async def not_delivered(session: AsyncSession, concern_id: int, *, now: datetime) -> None:
    """Note that an answer never reached the citizen: it settles nothing."""
    known = await concerns.get(session, concern_id)
    if known is None:
        return
    await find(session, known.appeal_id)
    concern = await concerns.locked(session, concern_id)
    if concern is not None and concern.state == ConcernState.ANSWERED:
        await unsettle(session, concern, actor=Actor.SYSTEM, person_id=None, now=now)
        await happened(session, concern, UNDELIVERED, actor=Actor.SYSTEM, person_id=None, now=now)


async def draw(
    session: AsyncSession,
    appeal: Appeal,
    concern: Concern,
    *,
    actor: Actor,
    person_id: int,
    now: datetime,
    calendar: Calendar,
) -> None:
    """Have the citizen asked by telephone today (抽查); the concern stays as it was.

    Raises InputRefused: "check_no_phone", "check_confidential" where only its handler may speak of it, "check_drawn"
    where that is noted already.
    """
    if appeal.confidential:
        raise InputRefused("check_confidential")
    if appeal.phone is None:
        raise InputRefused("check_no_phone")
    day = calendar.local(now).date()
    if await concerns.is_drawn(session, appeal.id, day):
        raise InputRefused("check_drawn")
    await spot_checks.add(session, [appeal.id], day, DRAWN)
    await happened(session, concern, CHECKED, actor=actor, person_id=person_id, now=now)


async def note_opened(session: AsyncSession, concern: Concern, *, actor: Actor, person_id: int, now: datetime) -> None:
    """Keep who read in private what is confidential, or asked for the citizen's number."""
    await happened(session, concern, OPENED, actor=actor, person_id=person_id, now=now)
