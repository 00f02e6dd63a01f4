"""What a classifier may learn from: appeals that a unit answered and that are closed, and labels that were imported."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.statuses import Event, Status
from storage.domain.words import Kind
from storage.tables import Appeal, AppealEvent, ImportedLabel

#: By whose word an appeal is where it is: who sent it there, and who answered it there.
_TEACHING: Final = (
    *(Event.ASSIGN, Event.RETURN_AGREED, Event.TAKE_OVER, Event.LEAD_NAMED, Event.OBJECTION_ASSIGNED),
    *(Event.ANSWER, Event.TOLD_BY_PHONE),
)
# Columns and no rows: a session keeps the rows it has read, and these are all there ever were.
_READ: Final[tuple[Any, ...]] = tuple(
    getattr(Appeal, name).label(name) for name in ("id", "number", "text", "kind", "department", "citizen_id")
)


@dataclass(frozen=True)
class Confirmed:
    """An appeal whose unit is beyond doubt; `teachers` are the persons by whose word it is that unit's."""

    id: int
    number: str
    text: str
    kind: str
    department: str
    citizen_id: int
    teachers: tuple[int, ...]


async def confirmed(session: AsyncSession, *, before: int | None, limit: int) -> Sequence[Confirmed]:
    """Return closed appeals that their unit answered, the newest first; those with ids below `before`, if given.

    What is confidential teaches nobody: its words would be shown as what decided. Praise was confirmed by no unit.
    """
    wanted = [
        col(Appeal.status) == Status.CLOSED,
        col(Appeal.answered_at).is_not(None),
        col(Appeal.department).is_not(None),
        col(Appeal.confidential).is_(False),
        col(Appeal.kind) != Kind.PRAISE,
        col(Appeal.text) != "",
    ]
    if before is not None:
        wanted.append(col(Appeal.id) < before)
    rows = (await session.execute(select(*_READ).where(*wanted).order_by(col(Appeal.id).desc()).limit(limit))).all()
    teachers = await _teachers(session, [row.id for row in rows])
    return [Confirmed(**row._mapping, teachers=teachers.get(row.id, ())) for row in rows]  # noqa: SLF001 - documented


async def _teachers(session: AsyncSession, appeals: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return who sent each appeal where it is last, and who answered it, each once."""
    statement = (
        select(col(AppealEvent.appeal_id), col(AppealEvent.person_id))
        .where(col(AppealEvent.appeal_id).in_(appeals), col(AppealEvent.what).in_(_TEACHING))
        .distinct()
    )
    found: dict[int, tuple[int, ...]] = {}
    for appeal_id, person_id in (await session.execute(statement)).all():
        if appeal_id is not None and person_id is not None:
            found[appeal_id] = (*found.get(appeal_id, ()), person_id)
    return found


async def confirmed_since(session: AsyncSession, since: datetime) -> int:
    """How many appeals were closed since then whose unit answered them."""
    statement = (
        select(func.count())
        .select_from(Appeal)
        .where(col(Appeal.status) == Status.CLOSED, col(Appeal.closed_at) >= since)
        .where(col(Appeal.answered_at).is_not(None))
    )
    return (await session.execute(statement)).scalar_one()


async def imported(session: AsyncSession, *, after: int, limit: int) -> Sequence[ImportedLabel]:
    """Return imported labels by id, those above `after`."""
    statement = select(ImportedLabel).where(col(ImportedLabel.id) > after).order_by(col(ImportedLabel.id)).limit(limit)
    return (await session.execute(statement)).scalars().all()


async def keep(session: AsyncSession, rows: Sequence[dict[str, object]]) -> None:
    """Keep labels from a file: name, row, text, label, kind, at."""
    if rows:
        await session.execute(insert(ImportedLabel), rows)


async def forget(session: AsyncSession, name: str) -> int:
    """Forget the labels that came from a file of that name; return how many there were."""
    there = select(func.count()).select_from(ImportedLabel).where(col(ImportedLabel.name) == name)
    count: int = (await session.execute(there)).scalar_one()
    await session.execute(delete(ImportedLabel).where(col(ImportedLabel.name) == name))
    return count


async def files(session: AsyncSession) -> Sequence[tuple[str, int]]:
    """Return the names of the files that labels came from, each with how many."""
    statement = (
        select(col(ImportedLabel.name), func.count())
        .group_by(col(ImportedLabel.name))
        .order_by(col(ImportedLabel.name))
    )
    return [(name, count) for name, count in (await session.execute(statement)).all()]
