"""Appeals that are handled with another one (并单, 附议), found by their lead."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.statuses import Status
from storage.tables import Appeal


async def with_lead(session: AsyncSession, lead_id: int) -> Sequence[Appeal]:
    """The appeals handled with that one, the oldest first."""
    statement = (
        select(Appeal)
        .where(col(Appeal.merged_into) == lead_id, col(Appeal.status) == Status.MERGED)
        .order_by(col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def of_person_with(session: AsyncSession, person_id: int, lead_id: int) -> Appeal | None:
    """Return the newest of that person's appeals that is handled with that one."""
    theirs = [each for each in await with_lead(session, lead_id) if each.citizen_id == person_id]
    return theirs[-1] if theirs else None
