"""The first citizen of a matter that several tell leaves it: the oldest of the others owns it from then on.

The unit keeps the appeal with its number, its clock and all that was said. The new owner is asked nothing, and reads
nothing of what the unit and the first citizen said to each other.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import gathering
from bot.services.asking import run_again
from bot.services.moving import Actor, move
from storage.domain.calendar import Calendar
from storage.domain.statuses import Event
from storage.repositories import appeals, gathered, recalls
from storage.tables import Appeal, Utterance

_ON_ITS_WAY = frozenset({"held", "queued", "undelivered"})


async def heir_of(session: AsyncSession, lead: Appeal) -> Appeal | None:
    """Return the oldest appeal of somebody else that stands with a locked one; None where nobody else does."""
    others = await gathering.followers(session, lead)
    return others[0] if others else None


async def hand_on(
    session: AsyncSession, lead: Appeal, heir: Appeal, *, reason: str, now: datetime, calendar: Calendar
) -> None:
    """Let a locked, open appeal belong to the citizen of one that stands with it; raise TransitionRefused.

    A question to the first citizen is waited for no longer. Words on their way to them are dropped; an answer on its
    way goes to the new owner: the event names it.
    """
    former = lead.citizen_id
    answer = await _stop_what_is_on_its_way(session, lead, now=now)
    by: dict[str, Any] = {"actor": Actor.CITIZEN, "person_id": former, "now": now}
    await move(session, lead, Event.OWNER_LEFT, **by, reason=reason, heir=heir.id, alias=lead.alias, answer=answer)
    run_again(lead, now=now, calendar=calendar)
    lead.citizen_id, lead.phone, lead.alias = heir.citizen_id, heir.phone, heir.alias
    lead.contact_confirmed = lead.last_reply = lead.stopped_at = None
    for each in await gathered.with_lead(session, lead.id):
        if each.citizen_id == former:
            await move(session, each, Event.WITHDRAW, **by, reason=reason)
    await gathering.recount(session, lead)


async def _stop_what_is_on_its_way(session: AsyncSession, lead: Appeal, *, now: datetime) -> int | None:
    """Let words to the first citizen that did not arrive never arrive; return which of them is the answer."""
    answer: Utterance | None = None
    for each in await appeals.words(session, lead.id):
        if each.direction in {"to_citizen", "answer"} and each.state in _ON_ITS_WAY:
            await recalls.recall(session, each.id, now=now)
            if each.direction == "answer" and each.state != "held":
                answer = each
            each.state = "dropped"
    if answer is None:
        return None
    answer.state = "queued"
    return answer.id
