"""What dispatchers and supervisors do: find units, decide what they are asked, press, ask around."""

from datetime import timedelta
from typing import Any, Final

from bot.services import (
    approving,
    declining,
    duty,
    naming,
    objecting,
    reopening,
    settling,
    spot_checks,
    supervising,
    triaging,
)
from bot.services.concerns import ConcernState
from bot.services.declining import DeclineReason
from bot.services.moving import Actor
from bot.services.spot_checks import Question
from bot.simulating.county import County
from storage.domain.ladder import STANDING
from storage.domain.statuses import Status
from storage.domain.words import Kind
from storage.repositories import approvals, deadlines
from storage.tables import Appeal

_AGREED: Final = 0.75
_FORGOTTEN: Final = 0.06


async def dispatches(county: County, appeal_id: int) -> None:
    """A dispatcher finds a unit for an appeal, or declines what is nobody's."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if appeal.status != Status.PENDING_TRIAGE:
        return
    county.plan(county.in_office(1, 4), dispatches, appeal_id)
    right, by = county.right.get(appeal_id, ""), county.dice.choice(county.staffing.dispatchers).person_id
    if right not in county.staffing.units and appeal.kind != Kind.PRAISE and county.happens(0.7):
        await declining.decline(
            county.session,
            appeal_id=appeal_id,
            reason=county.dice.choice(list(DeclineReason)),
            text=county.say("duties"),
            office=county.say("offices"),
            person_id=by,
            now=county.now,
        )
        return
    known = right in county.staffing.units and county.happens(0.93)
    unit = right if known else county.dice.choice(list(county.staffing.units))
    await triaging.send_to(county.session, appeal_id=appeal_id, department=unit, person_id=by, **county.here())


async def decides_return(county: County, appeal_id: int) -> None:
    """A dispatcher agrees to a return, refuses it, or passes it on to the supervisors."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    right, by = county.right.get(appeal_id, ""), county.dice.choice(county.staffing.dispatchers).person_id
    about: dict[str, Any] = {"appeal_id": appeal_id, "person_id": by}
    if right in county.staffing.units and right != appeal.department:
        await triaging.send_to(county.session, **about, department=right, **county.here())
    elif county.happens(0.15):
        await triaging.want_lead(county.session, **about, now=county.now)
    else:
        await triaging.refuse_return(county.session, **about, reason="duty", now=county.now)


async def names_lead(county: County, appeal_id: int) -> None:
    """A supervisor says which unit leads."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    right = county.right.get(appeal_id, "")
    unit = right if right in county.staffing.units else appeal.department or ""
    by = county.dice.choice(county.staffing.supervisors).person_id
    await naming.name_lead(
        county.session, appeal_id=appeal_id, department=unit, actor=Actor.SUPERVISOR, person_id=by, **county.here()
    )


async def decides_wish(county: County, approval_id: int, by: int) -> None:
    """One of the supervisors, by place, agrees to what a unit asks for, or does not; some things are forgotten."""
    person_id = county.staffing.supervisors[by].person_id
    if county.happens(_FORGOTTEN):
        return
    if county.happens(_AGREED):
        await approving.agree(county.session, approval_id, person_id=person_id, **county.here())
    else:
        await approving.refuse(county.session, approval_id, person_id=person_id, now=county.now)


async def decides_objection(county: County, appeal_id: int) -> None:
    """A supervisor looks once more at what was declined."""
    by: dict[str, Any] = {
        "actor": Actor.SUPERVISOR,
        "person_id": county.dice.choice(county.staffing.supervisors).person_id,
    }
    right = county.right.get(appeal_id, "")
    if right in county.staffing.units or county.happens(0.25):
        unit = right if right in county.staffing.units else county.dice.choice(list(county.staffing.units))
        await objecting.assign(county.session, appeal_id=appeal_id, department=unit, **by, **county.here())
    else:
        await objecting.uphold(county.session, appeal_id=appeal_id, **by, now=county.now)


async def settles_concern(county: County, concern_id: int) -> None:
    """A supervisor settles what a citizen told them: by a word, by a note, or by having it handled again."""
    session, by = county.session, county.dice.choice(county.staffing.supervisors).person_id
    appeal, concern = await settling.undecided(session, concern_id, person_id=by)
    as_who: dict[str, Any] = {"actor": Actor.SUPERVISOR, "person_id": by, "now": county.now}
    state = county.dice.choice((ConcernState.ANSWERED, ConcernState.RECORDED, ConcernState.RECORDED))
    if Status(appeal.status) in {Status.ANSWERED, Status.CLOSED} and county.happens(0.15):
        state = ConcernState.REOPENED
        at: dict[str, Any] = {"city": county.city, "calendar": county.calendar}
        await reopening.reopen_for_supervisor(session, appeal, **as_who, **at)
        county.ledger.said.pop(appeal.id, None)
    await settling.settle(session, concern, state, **as_who, answer=county.say("contact"))


async def has_it_checked(county: County, concern_id: int) -> None:
    """A supervisor has a citizen telephoned."""
    by = county.dice.choice(county.staffing.supervisors).person_id
    appeal, concern = await settling.undecided(county.session, concern_id, person_id=by)
    when: dict[str, Any] = {"now": county.now, "calendar": county.calendar}
    await settling.draw(county.session, appeal, concern, actor=Actor.SUPERVISOR, person_id=by, **when)


async def presses(county: County) -> None:
    """After the morning digest the supervisors remind the units of what is late, and look closer at some of it."""
    by = county.dice.choice(county.staffing.supervisors).person_id
    await supervising.press_all(county.session, person_id=by, now=county.now, calendar=county.calendar)
    late = await deadlines.due_by(county.session, county.now - timedelta(days=2))
    for each in late:
        if each.status in STANDING and each.level < supervising.HIGHEST and county.happens(0.1):
            await supervising.raise_level(
                county.session, appeal_id=each.id, level=each.level, person_id=by, now=county.now
            )


async def asks_around(county: County) -> None:
    """A supervisor telephones those who were drawn for the day, one after the other."""
    day = county.calendar.local(county.now).date()
    await spot_checks.draw(county.session, day=day, now=county.now)
    by = county.dice.choice(county.staffing.supervisors).person_id
    while (check := await spot_checks.take_next(county.session, day=day, person_id=by, now=county.now)) is not None:
        if county.happens(0.3):
            await spot_checks.no_answer(county.session, check, now=county.now)
            continue
        while (question := spot_checks.question(check)) is not None:
            yes = county.dice.choice(("yes", "yes", "no"))
            said = county.dice.choice(("satisfied", "fair", "dissatisfied"))
            await spot_checks.answer(
                county.session, check, question, said if question is Question.SATISFIED else yes, now=county.now
            )


async def puts_on_duty(county: County) -> None:
    """Each unit says who is on duty today."""
    day = county.calendar.local(county.now).date()
    for unit in county.staffing.units.values():
        staff = county.dice.choice(unit.staff)
        await duty.put(
            county.session,
            unit.office,
            day=day,
            staff_id=staff.id,
            person_id=staff.person_id,
            now=county.now,
            calendar=county.calendar,
        )


async def waits_for_a_second(county: County, approval_id: int) -> None:
    """Whoever of the supervisors did not agree first decides, too."""
    approval = await approvals.locked(county.session, approval_id)
    if approval is None:
        return
    people = [each.person_id for each in county.staffing.supervisors]
    second = next(place for place, person_id in enumerate(people) if person_id != approval.first_by)
    await decides_wish(county, approval_id, second)
