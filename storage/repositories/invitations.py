"""Codes given out, and wrong ones, counted: the brake on guessing."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import AppealEvent, Invitation

CODE_REFUSED = "code_refused"


async def wrong_tries(session: AsyncSession, person_id: int, *, since: datetime) -> int:
    """Return how many wrong codes a person has sent since then."""
    statement = (
        select(func.count())
        .select_from(AppealEvent)
        .where(col(AppealEvent.what) == CODE_REFUSED, col(AppealEvent.person_id) == person_id)
        .where(col(AppealEvent.at) > since)
    )
    return (await session.execute(statement)).scalar_one()


async def outstanding(session: AsyncSession, purpose: str, *, now: datetime) -> bool:
    """Whether a code for this is given out that is neither used nor expired."""
    statement = (
        select(col(Invitation.digest))
        .where(col(Invitation.purpose) == purpose, col(Invitation.used_at).is_(None))
        .where(col(Invitation.expires_at) > now)
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None
