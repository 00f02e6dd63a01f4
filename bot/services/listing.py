"""What lies before a unit, before one of its people and before the dispatchers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.returning import undecided
from storage.domain.calendar import Calendar
from storage.repositories import appeals, figures, offices
from storage.repositories.figures import Figures
from storage.tables import Appeal

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """An appeal on a list, and the name of who signed for it (empty: nobody)."""

    appeal: Appeal
    staff: str


async def of_unit(session: AsyncSession, department: str) -> list[Item]:
    """Return a unit's open appeals, the one due first before the others."""
    found = sorted(await appeals.open_of_department(session, department), key=_due)
    return [await _item(session, each) for each in found]


async def of_staff(session: AsyncSession, staff_id: int) -> list[Item]:
    """Return the open appeals somebody signed for, the one due first before the others."""
    return [await _item(session, each) for each in sorted(await appeals.claimed_by(session, staff_id), key=_due)]


async def of_dispatchers(session: AsyncSession) -> tuple[Sequence[Appeal], list[Appeal]]:
    """Return the appeals for which a unit is looked for, and those a unit asks to give back, the oldest first."""
    returned = await undecided(session, for_supervisors=False)
    return await appeals.pending_triage(session), returned


async def this_month(session: AsyncSession, department: str, *, now: datetime, calendar: Calendar) -> Figures:
    """Count what a unit did since the first of the month."""
    first = calendar.local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return await figures.of_department(session, department, since=first.astimezone(UTC), now=now)


def _due(appeal: Appeal) -> tuple[datetime, int]:
    return appeal.answer_due or _NEVER, appeal.id


async def _item(session: AsyncSession, appeal: Appeal) -> Item:
    staff = await offices.staff(session, appeal.claimant_id) if appeal.claimant_id else None
    return Item(appeal, staff.name if staff is not None else "")
