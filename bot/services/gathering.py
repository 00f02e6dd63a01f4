"""One matter that several people tell: the lead (主件) is handled, the others stand with it and hear of each step.

No lead is itself merged, so that whoever stands with it is one step away.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find
from storage.domain.errors import NotFound
from storage.domain.statuses import Status
from storage.repositories import events, gathered
from storage.tables import Appeal

#: Somebody stands with a lead no more: `number` says which appeal it was, `how` whether they left or it was taken out.
LET_GO: Final = "let_go"
LEFT: Final = "left"


async def lead_of(session: AsyncSession, appeal: Appeal) -> Appeal:
    """Return the appeal with which this one is handled, not locked: itself where it is handled alone."""
    merged = appeal.status == Status.MERGED and appeal.merged_into is not None
    return await session.get_one(Appeal, appeal.merged_into) if merged else appeal


async def with_its_lead(session: AsyncSession, appeal_id: int) -> tuple[Appeal, Appeal]:
    """Return an appeal and the one with which it is handled, both locked, the older first; raise NotFound."""
    appeal = await session.get(Appeal, appeal_id)
    if appeal is None:
        raise NotFound(f"no appeal {appeal_id}")
    lead = await lead_of(session, appeal)
    return await both(session, appeal.id, lead.id)


async def both(session: AsyncSession, one: int, other: int) -> tuple[Appeal, Appeal]:
    """Return two appeals, locked in the order of their ids, so that no two who do this wait for each other."""
    found = {each: await find(session, each) for each in sorted({one, other})}
    return found[one], found[other]


async def followers(session: AsyncSession, lead: Appeal) -> Sequence[Appeal]:
    """Return the appeals of other people that are handled with this one, the oldest of each person, oldest first."""
    first: dict[int, Appeal] = {}
    for each in await gathered.with_lead(session, lead.id):
        if each.citizen_id != lead.citizen_id:
            first.setdefault(each.citizen_id, each)
    return list(first.values())


async def recount(session: AsyncSession, lead: Appeal) -> None:
    """Keep with a locked lead how many other people are told of its steps."""
    await session.flush()
    lead.others = len(await followers(session, lead))
    lead.version += 1


async def let_go(
    session: AsyncSession,
    lead: Appeal,
    appeal: Appeal,
    *,
    how: str,
    actor: Actor,
    person_id: int | None,
    now: datetime,
) -> None:
    """Note that an appeal does not stand with a locked lead any more."""
    await recount(session, lead)
    about = {"number": appeal.number, "how": how}
    await events.record(session, LET_GO, at=now, actor=actor, appeal_id=lead.id, person_id=person_id, **about)
