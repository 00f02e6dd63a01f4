"""我也遇到了 (附议): a citizen joins an open appeal of somebody else, and leaves it again.

What joins has a number of its own and is no further accepted appeal. Its citizen hears of each step and reads the
answer; what the unit and the first citizen say to each other they never see.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import drafting, gathering, secrecy
from bot.services.merging import takes_in
from bot.services.moving import Actor, find, move
from bot.services.owning import own
from bot.services.submitting import Filing, file_away
from storage.domain import lifecycle
from storage.domain.errors import InputRefused, Refused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind, Urgency
from storage.repositories import events, gathered
from storage.tables import Appeal, Draft, Person


async def offered(session: AsyncSession, draft: Draft, found: Sequence[int]) -> Appeal | None:
    """Return the first of these appeals that the person of a draft may join, or its lead; None where there is none."""
    for appeal_id in found:
        appeal = await session.get(Appeal, appeal_id)
        lead = await gathering.lead_of(session, appeal) if appeal is not None else None
        if lead is not None and await may_join(session, lead, draft):
            return lead
    return None


async def may_join(session: AsyncSession, lead: Appeal, draft: Draft) -> bool:
    """Whether what a draft tells may be handled with that appeal."""
    try:
        await joinable(session, lead, draft)
    except Refused:
        return False
    return True


async def joinable(session: AsyncSession, lead: Appeal, draft: Draft) -> None:
    """Raise where a draft may not join an appeal.

    InputRefused: what `takes_in` says of the lead; "join_alone" for what is told in confidence, praise, and where
    somebody may be in danger; "join_own" where it is their own, or they stand with it already.
    """
    takes_in(lead)
    praised, extreme = drafting.chosen_kind(draft) == Kind.PRAISE, draft.urgency == Urgency.EXTREME
    if praised or extreme or secrecy.is_confidential(draft):
        raise InputRefused("join_alone")
    mine = await gathered.of_person_with(session, draft.person_id, lead.id)
    if mine is not None or lead.citizen_id == draft.person_id:
        raise InputRefused("join_own")


async def join(
    session: AsyncSession, *, person: Person, draft: Draft, lead_id: int, filing: Filing, parts: Mapping[str, str]
) -> Appeal:
    """Let the person's draft join that appeal instead of being filed, and forget it; return what joined.

    Raises NotFound, or InputRefused as `joinable` does.
    """
    lead = await find(session, lead_id)
    await joinable(session, lead, draft)
    appeal = filing.drafted(person, draft)
    appeal.status = lifecycle.move(None, Event.JOIN)
    appeal.merged_into, appeal.joined = lead.id, True
    said = await file_away(session, appeal, draft, filing, parts)
    by: dict[str, Any] = {"actor": Actor.CITIZEN, "person_id": person.id}
    await events.record(session, Event.JOIN, at=filing.now, appeal_id=appeal.id, **by, lead=lead.number)
    await gathering.recount(session, lead)
    await move(session, lead, Event.TAKE_IN, now=filing.now, **by, told=appeal.id, utterance_id=said.id)
    return appeal


async def leave(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Let the person hear no more of what they joined; their words stay. Raise NotFound or TransitionRefused."""
    await own(session, appeal_id=appeal_id, person_id=person_id)
    appeal, lead = await gathering.with_its_lead(session, appeal_id)
    if not appeal.joined or appeal.status != Status.MERGED:
        raise TransitionRefused(Status(appeal.status), Event.WITHDRAW)
    by: dict[str, Any] = {"actor": Actor.CITIZEN, "person_id": person_id, "now": now}
    await move(session, appeal, Event.WITHDRAW, **by, reason=gathering.LEFT)
    await gathering.let_go(session, lead, appeal, how=gathering.LEFT, **by)
    return appeal
