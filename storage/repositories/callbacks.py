"""Calls that people wish for (请打电话给我)."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import CallbackRequest


class CallState(StrEnum):
    """What became of a wish to be called."""

    OPEN = "open"
    CALLED = "called"
    NO_ANSWER = "no_answer"
    WITHDRAWN = "withdrawn"


async def add(session: AsyncSession, wish: CallbackRequest) -> CallbackRequest:
    """Keep a new wish."""
    session.add(wish)
    await session.flush()
    return wish


async def get(session: AsyncSession, wish_id: int) -> CallbackRequest | None:
    """Return one wish."""
    return await session.get(CallbackRequest, wish_id)


async def locked(session: AsyncSession, wish_id: int) -> CallbackRequest | None:
    """Return one wish for changing."""
    statement = (
        select(CallbackRequest)
        .where(col(CallbackRequest.id) == wish_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[CallbackRequest]:
    """The person's wishes, the newest first."""
    statement = (
        select(CallbackRequest)
        .where(col(CallbackRequest.person_id) == person_id)
        .order_by(col(CallbackRequest.id).desc())
    )
    return (await session.execute(statement)).scalars().all()


async def file(session: AsyncSession, *, draft_id: int, appeal_id: int) -> None:
    """Note which appeal the wishes told in a draft belong to from now on."""
    await session.execute(
        update(CallbackRequest).where(col(CallbackRequest.draft_id) == draft_id).values(appeal_id=appeal_id)
    )
