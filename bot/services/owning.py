"""Whose appeal it is: a citizen may only touch their own."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import find
from storage.domain.errors import NotFound
from storage.tables import Appeal


async def own(session: AsyncSession, *, appeal_id: int, person_id: int) -> Appeal:
    """Return the person's own appeal, locked until the commit; raise NotFound for anybody else's."""
    appeal = await find(session, appeal_id)
    if appeal.citizen_id != person_id:
        raise NotFound(f"appeal {appeal_id} is not this person's")
    return appeal
