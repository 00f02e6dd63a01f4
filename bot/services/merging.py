"""A dispatcher handles two appeals about one matter as one (并单), and takes them apart again.

The lead keeps the shorter promise. What is merged stops its own clocks and asks nobody anything; taken out again it
waits for the dispatchers, who put it there, with the promise its citizen was given.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import gathering
from bot.services.alarming import RUNNING
from bot.services.asking import run_again
from bot.services.moving import Actor, find, move, workable
from bot.services.owning import own
from bot.services.transcribing import waits
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind, Urgency
from storage.repositories import dangers, gathered
from storage.tables import Appeal

TAKEN_OUT = "taken_out"


def takes_in(lead: Appeal) -> None:
    """Raise InputRefused unless others may be handled with a locked appeal: open, nobody's secret, not answered yet."""
    if Status(lead.status) not in OPEN:
        raise InputRefused("merge_into_open")
    if lead.confidential:
        raise InputRefused("merge_confidential")
    if lead.kind == Kind.PRAISE:
        raise InputRefused("merge_praise")
    if lead.answer_pressed_at is not None:
        raise InputRefused("merge_answered")


async def mergeable(session: AsyncSession, appeal: Appeal, lead: Appeal) -> None:
    """Raise where a locked appeal may not be handled with another locked one.

    TransitionRefused once it is over; InputRefused: "merge_itself", what `takes_in` says of the lead and of the appeal,
    "merge_emergency" into what is less urgent, "danger_runs" while somebody may be in danger, "voice_first",
    "merge_into_triage" where a promise was given and the other has none, "merge_into_plan" where that one waits.
    """
    if appeal.id == lead.id:
        raise InputRefused("merge_itself")
    workable(appeal, Event.MERGE)
    takes_in(lead)
    takes_in(appeal)
    if appeal.urgency == Urgency.EXTREME and lead.urgency != Urgency.EXTREME:
        raise InputRefused("merge_emergency")
    if await dangers.of_appeal(session, appeal.id, states=RUNNING):
        raise InputRefused("danger_runs")
    if waits(appeal):
        raise InputRefused("voice_first")
    if appeal.answer_due is not None and lead.answer_due is None:
        raise InputRefused("merge_into_triage")
    if appeal.answer_due is not None and lead.status == Status.DEFERRED:
        raise InputRefused("merge_into_plan")


async def candidates(session: AsyncSession, appeal: Appeal, found: Sequence[int]) -> Sequence[Appeal]:
    """Return of these appeals (ids, the likeliest first) those, or their leads, that may take this one in."""
    leads: dict[int, Appeal] = {}
    for each in [await session.get(Appeal, appeal_id) for appeal_id in found]:
        lead = await gathering.lead_of(session, each) if each is not None else None
        if lead is not None and lead.id != appeal.id and may_take_in(lead):
            leads[lead.id] = lead
    return tuple(leads.values())


def may_take_in(lead: Appeal) -> bool:
    """Whether others may be handled with an appeal."""
    try:
        takes_in(lead)
    except InputRefused:
        return False
    return True


async def pair(session: AsyncSession, appeal_id: int, other_id: int) -> tuple[Appeal, Appeal]:
    """Return an appeal and the lead of another, locked; raise where they may not be merged, as `mergeable` does."""
    lead = await gathering.lead_of(session, await find(session, other_id))
    appeal, lead = await gathering.both(session, appeal_id, lead.id)
    await mergeable(session, appeal, lead)
    return appeal, lead


async def merge(
    session: AsyncSession, *, appeal_id: int, other_id: int, person_id: int, now: datetime, calendar: Calendar
) -> tuple[Appeal, Appeal]:
    """Handle an appeal with another from now on, and with it whatever stood with it; return both.

    Where the other is merged itself, it goes to its lead. Raises as `mergeable` does.
    """
    appeal, lead = await pair(session, appeal_id, other_id)
    if appeal.status == Status.AWAITING_CITIZEN:
        run_again(appeal, now=now, calendar=calendar)
    by: dict[str, Any] = {"actor": Actor.DISPATCHER, "person_id": person_id, "now": now}
    await move(session, appeal, Event.MERGE, **by, lead=lead.number, unit=appeal.department)
    _rest(appeal)
    for each in (appeal, *await gathered.with_lead(session, appeal.id)):
        each.merged_into = lead.id
    appeal.others = 0
    _keep_the_promise(appeal, lead)
    await gathering.recount(session, lead)
    await move(session, lead, Event.TAKE_IN, **by, told=appeal.id)
    return appeal, lead


def _rest(appeal: Appeal) -> None:
    """Let nobody wait for anything of an appeal that is handled with another."""
    appeal.claimant_id, appeal.claimed_at = None, None
    appeal.deferred_until = appeal.progress_due = appeal.ask_until = appeal.asked_at = None
    appeal.ladder, appeal.ladder_at = 0, None


def _keep_the_promise(appeal: Appeal, lead: Appeal) -> None:
    """Let the lead be answered by the earlier of what both citizens were told."""
    lead.triage_due = _earlier(lead.triage_due, appeal.triage_due)
    earlier = _earlier(lead.answer_due, appeal.answer_due)
    if lead.answer_due != earlier:
        lead.answer_due, lead.ladder, lead.ladder_at = earlier, 0, None


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [each for each in (one, other) if each is not None]
    return min(known) if known else None


async def unmerge(
    session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime, city: City, calendar: Calendar
) -> tuple[Appeal, Appeal]:
    """Handle a merged appeal alone again; return it and its former lead. Who joined has an appeal of their own then.

    Raises NotFound or TransitionRefused.
    """
    return await _take_out(session, appeal_id, Actor.DISPATCHER, person_id, now=now, city=city, calendar=calendar)


async def not_the_same(
    session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime, city: City, calendar: Calendar
) -> tuple[Appeal, Appeal]:
    """Take the person's own merged appeal out, for they say that it is another matter; raise as `unmerge` does."""
    await own(session, appeal_id=appeal_id, person_id=person_id)
    return await _take_out(session, appeal_id, Actor.CITIZEN, person_id, now=now, city=city, calendar=calendar)


async def _take_out(
    session: AsyncSession,
    appeal_id: int,
    actor: Actor,
    person_id: int,
    *,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> tuple[Appeal, Appeal]:
    appeal, lead = await gathering.with_its_lead(session, appeal_id)
    await move(session, appeal, Event.UNMERGE, actor=actor, person_id=person_id, now=now, lead=lead.number)
    appeal.merged_into, appeal.joined, appeal.department = None, False, None
    appeal.citizen_outcome = appeal.satisfaction = None
    appeal.triage_due = deadlines.triage_due(Urgency(appeal.urgency), now, calendar, city.limits)
    await gathering.let_go(session, lead, appeal, how=TAKEN_OUT, actor=actor, person_id=person_id, now=now)
    return appeal, lead
