"""What can be learnt from, gathered from the database: the units' codes become the classifier's labels."""

from collections.abc import AsyncIterator
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from classifier.labels import labels
from classifier.vetting import Lesson
from storage.domain.city import City, DepartmentKind
from storage.repositories import labels as kept

_AT_ONCE: Final = 1000


async def collect(session: AsyncSession, city: City) -> list[Lesson]:
    """Return the appeals that are confirmed, the newest first, then what was imported; nothing is judged yet."""
    appeals = [each async for each in _appeals(session, city)]
    return [*appeals, *[each async for each in _imported(session)]]


async def _appeals(session: AsyncSession, city: City) -> AsyncIterator[Lesson]:
    before: int | None = None
    while found := await kept.confirmed(session, before=before, limit=_AT_ONCE):
        for each in found:
            label = label_of(each.department, city)
            if label is not None:
                yield Lesson(each.text, label, each.kind, each.number, each.citizen_id, each.teachers)
        before = found[-1].id


async def _imported(session: AsyncSession) -> AsyncIterator[Lesson]:
    after = 0
    while found := await kept.imported(session, after=after, limit=_AT_ONCE):
        for each in found:
            yield Lesson(each.text, each.label, each.kind, f"{each.name} {each.row}")
        after = found[-1].id


def label_of(department: str, city: City) -> str | None:
    """Return the classifier's label for a unit's code: its name, and one label for all towns; None: no such unit."""
    unit = city.department(department)
    if unit is None:
        return None
    return labels().town if unit.kind is DepartmentKind.TOWN else unit.name
