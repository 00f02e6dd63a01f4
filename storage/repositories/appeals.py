"""Appeals, found and locked, and their words."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.tables import Appeal, AppealEvent, Counter, Utterance


async def locked(session: AsyncSession, appeal_id: int) -> Appeal | None:
    """Return an appeal for changing; until the commit nobody else changes it."""
    statement = (
        select(Appeal).where(col(Appeal.id) == appeal_id).with_for_update().execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def by_number(session: AsyncSession, number: str) -> Appeal | None:
    """Return the appeal with that number."""
    return (await session.execute(select(Appeal).where(col(Appeal.number) == number))).scalar_one_or_none()


async def of_citizen(session: AsyncSession, person_id: int) -> Sequence[Appeal]:
    """All appeals of a person, the newest first."""
    statement = select(Appeal).where(col(Appeal.citizen_id) == person_id).order_by(col(Appeal.id).desc())
    return (await session.execute(statement)).scalars().all()


async def in_touch(session: AsyncSession, person_id: int, *, answered_since: datetime) -> Sequence[Appeal]:
    """A person's open appeals, those handled with open ones, and those answered since then, the newest first."""
    recent = col(Appeal.answered_at) >= answered_since
    return await _newest(session, person_id, or_(col(Appeal.status).in_(OPEN), recent, _with_an_open_one()))


def _with_an_open_one() -> ColumnElement[bool]:
    """Whether an appeal is handled with an open one of somebody else."""
    lead = aliased(Appeal)
    of_others = [col(lead.id) == col(Appeal.merged_into), col(lead.citizen_id) != col(Appeal.citizen_id)]
    return and_(
        col(Appeal.status) == Status.MERGED, select(col(lead.id)).where(*of_others, col(lead.status).in_(OPEN)).exists()
    )


async def _newest(session: AsyncSession, person_id: int, wanted: ColumnElement[bool]) -> Sequence[Appeal]:
    statement = (
        select(Appeal)
        .where(col(Appeal.citizen_id) == person_id, wanted)
        .where(col(Appeal.status) != Status.WITHDRAWN)
        .order_by(col(Appeal.id).desc())
    )
    return (await session.execute(statement)).scalars().all()


async def open_of_department(session: AsyncSession, department: str) -> Sequence[Appeal]:
    """A department's open appeals, the oldest first."""
    statement = (
        select(Appeal)
        .where(col(Appeal.department) == department, col(Appeal.status).in_(OPEN - {Status.PENDING_TRIAGE}))
        .order_by(col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def claimed_by(session: AsyncSession, staff_id: int) -> Sequence[Appeal]:
    """The open appeals somebody signed for, the one due first before the others."""
    statement = (
        select(Appeal)
        .where(col(Appeal.claimant_id) == staff_id, col(Appeal.status).in_(OPEN))
        .order_by(col(Appeal.answer_due), col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def pending_triage(session: AsyncSession) -> Sequence[Appeal]:
    """Appeals for which a unit is still looked for, the oldest first."""
    statement = select(Appeal).where(col(Appeal.status) == Status.PENDING_TRIAGE).order_by(col(Appeal.id))
    return (await session.execute(statement)).scalars().all()


async def asking(session: AsyncSession) -> Sequence[int]:
    """Appeals in a unit's hands about which it ever asked to return or offered them; the oldest first."""
    asked = (
        select(col(AppealEvent.id))
        .where(col(AppealEvent.appeal_id) == col(Appeal.id))
        .where(col(AppealEvent.what).in_([Event.RETURN_ASKED, Event.OFFER]))
    )
    statement = (
        select(col(Appeal.id))
        .where(col(Appeal.status).in_([Status.DISPATCHED, Status.IN_PROGRESS]), asked.exists())
        .order_by(col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def waited_out(session: AsyncSession, now: datetime) -> Sequence[int]:
    """Appeals whose citizen was asked for what is missing and has been waited for long enough; the oldest first."""
    statement = (
        select(col(Appeal.id))
        .where(col(Appeal.status) == Status.AWAITING_CITIZEN, col(Appeal.ask_until) <= now)
        .order_by(col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def waiting_for(session: AsyncSession, person_id: int) -> Sequence[Appeal]:
    """A person's appeals in which they are asked for what is missing, the newest first."""
    statement = (
        select(Appeal)
        .where(col(Appeal.citizen_id) == person_id, col(Appeal.status) == Status.AWAITING_CITIZEN)
        .order_by(col(Appeal.id).desc())
    )
    return (await session.execute(statement)).scalars().all()


async def objected_to(session: AsyncSession) -> Sequence[Appeal]:
    """Declined appeals about which an objection waits for the supervisors, the oldest first."""
    statement = (
        select(Appeal)
        .where(col(Appeal.status) == Status.DECLINED, col(Appeal.objection_due).is_not(None))
        .order_by(col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def late_in_triage(session: AsyncSession, now: datetime) -> Sequence[int]:
    """Appeals for which the dispatchers should have found a unit by now, the oldest first; their ids."""
    statement = (
        select(col(Appeal.id))
        .where(col(Appeal.status) == Status.PENDING_TRIAGE, col(Appeal.triage_due) <= now)
        .order_by(col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def next_of_day(session: AsyncSession, day: date) -> int:
    """Return the next number of that day; no two transactions get the same."""
    upsert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        upsert(Counter)
        .values(day=day, last=1)
        .on_conflict_do_update(index_elements=["day"], set_={"last": col(Counter.last) + 1})
        .returning(col(Counter.last))
    )
    return (await session.execute(statement)).scalar_one()


async def say(session: AsyncSession, utterance: Utterance) -> Utterance:
    """Keep words of an appeal."""
    session.add(utterance)
    await session.flush()
    return utterance


async def words(session: AsyncSession, appeal_id: int) -> Sequence[Utterance]:
    """All words of an appeal, the oldest first."""
    statement = select(Utterance).where(col(Utterance.appeal_id) == appeal_id).order_by(col(Utterance.id))
    return (await session.execute(statement)).scalars().all()


async def first_words(session: AsyncSession, appeal_id: int) -> Utterance | None:
    """Return what the citizen said when the appeal was filed."""
    statement = (
        select(Utterance)
        .where(col(Utterance.appeal_id) == appeal_id, col(Utterance.direction) == "from_citizen")
        .order_by(col(Utterance.id))
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def utterance(session: AsyncSession, utterance_id: int) -> Utterance | None:
    """Return one utterance for changing."""
    statement = select(Utterance).where(col(Utterance.id) == utterance_id).with_for_update()
    return (await session.execute(statement)).scalar_one_or_none()


async def undelivered(session: AsyncSession, person_id: int) -> Sequence[tuple[Utterance, Appeal]]:
    """Words meant for a person that could not be delivered, the oldest first, each with its appeal."""
    statement = (
        select(Utterance, Appeal)
        .join(Appeal, col(Appeal.id) == col(Utterance.appeal_id))
        .where(col(Appeal.citizen_id) == person_id, col(Utterance.state) == "undelivered")
        .order_by(col(Utterance.id))
    )
    return [(found, appeal) for found, appeal in (await session.execute(statement)).all()]
