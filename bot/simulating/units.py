"""What staff of a unit do about an appeal: read its card, sign for it or give it away, go on with it, help with it."""

from datetime import datetime, timedelta
from typing import Any, Final

from bot.services import assisting, claiming, concluding, deferring, offering, returning
from bot.services.moving import Actor
from bot.services.returning import ReturnReason
from bot.simulating.county import County
from bot.simulating.steps import STEPS, source
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal, AppealEvent, Staff

#: How often each thing is done on the way to the answer, in this order.
_STEPS_BY_SHARE: Final = (
    ("contact", 0.1),
    ("note", 0.05),
    ("hand_over", 0.06),
    ("ask", 0.07),
    ("invite", 0.03),
    ("extend", 0.05),
    ("escalate", 0.02),
    ("defer", 0.02),
    ("reclass", 0.02),
    ("set_right", 0.02),
)
_IN_VAIN, _WRONGLY_AWAY, _RIGHTLY_AWAY, _OFFERED = 0.03, 0.015, 0.85, 0.4
_STRANGERS: Final = 0.004


async def reads(county: County, appeal_id: int) -> None:
    """Somebody looks at the card of an appeal that waits to be signed for."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if appeal.status != Status.DISPATCHED:
        return
    unit = county.unit(appeal.department)
    county.turn(_later(county, appeal, 3, 9), reads, appeal_id)
    if county.happens(unit.idle):
        return
    appeal, staff = await _at_work(county, appeal_id)
    if _means_to_get_rid(county, appeal):
        await _gets_rid(county, appeal, staff)
    else:
        await claiming.claim(county.session, appeal=appeal, staff=staff, now=county.now)


async def goes_on(county: County, appeal_id: int) -> None:
    """Whoever has the appeal takes the next step with it."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if appeal.status != Status.IN_PROGRESS:
        return
    steps = county.plans.get(appeal_id) or ["answer"]
    step, county.plans[appeal_id] = steps[0], steps[1:]
    county.turn(_next_turn(county, appeal, len(steps) - 1), goes_on, appeal_id)
    appeal, staff = await _at_work(county, appeal_id)
    await STEPS[step](county, appeal, staff)


def _planned(county: County, appeal: Appeal) -> list[str]:
    """Return what a unit means to do about an appeal it signed for, the answer last."""
    if county.happens(_IN_VAIN):
        return ["nothing", "answer"]
    first = "contact" if county.happens(0.7) else "note"
    steps = [first, *(step for step, share in _STEPS_BY_SHARE if county.happens(share))]
    ending = ["conclude"] if appeal.reopens >= concluding.REOPENS and county.happens(0.5) else []
    return [*steps, *ending, "answer"]


def first_turn(county: County, appeal: Appeal) -> None:
    """Let the unit go on with an appeal it signed for: soon, or it forgets about it."""
    county.plans[appeal.id] = steps = _planned(county, appeal)
    county.turn(_later(county, appeal, *((9, 20) if "nothing" in steps else (0.2, 6))), goes_on, appeal.id)


def next_turn(county: County, appeal: Appeal) -> None:
    """Let the unit take its next step with an appeal some time."""
    county.turn(_next_turn(county, appeal, len(county.plans.get(appeal.id, ()))), goes_on, appeal.id)


async def answers_offer(county: County, offer_id: int, to: str) -> None:
    """The unit that an appeal is offered to takes it over, or not."""
    unit = county.unit(to)
    staff = county.dice.choice(unit.staff)
    at: dict[str, Any] = {"offer_id": offer_id, "office": unit.office, "roles": [staff], "now": county.now}
    offered = await county.session.get(AppealEvent, offer_id)
    if offered is not None and county.right.get(offered.appeal_id or 0) == to and county.happens(0.9):
        await offering.take_over(county.session, **at, city=county.city, calendar=county.calendar)
    else:
        await offering.decline(county.session, **at, words=county.say("declines"))


async def helps(county: County, assist_id: int, to: str) -> None:
    """A unit that is asked for help gives it, or says that it is not its business."""
    unit = county.unit(to)
    session, now = county.session, county.now
    appeal, assist, staff = await assisting.helping(
        session, assist_id=assist_id, office=unit.office, roles=[unit.staff[0]], private=True
    )
    if county.happens(0.15):
        await assisting.decline(
            session, appeal=appeal, assist=assist, staff=staff, words=county.say("declines"), now=now
        )
        return
    about: dict[str, Any] = {"appeal": appeal, "assist": assist, "staff": staff, "now": now}
    await assisting.say(session, **about, text=county.say("helps"), source=(unit.office.chat_id, assist_id))
    await assisting.answer(session, **about)


async def reports_progress(county: County, appeal_id: int) -> None:
    """The unit says how far a plan is, or that it is done already."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if appeal.status != Status.DEFERRED:
        return
    appeal, staff = await _at_work(county, appeal_id)
    when: dict[str, Any] = {"now": county.now, "calendar": county.calendar}
    if county.happens(0.2):
        await deferring.take_up(county.session, appeal, actor=Actor.STAFF, person_id=staff.person_id, **when)
        return
    text, at = county.say("promises"), source(county, appeal)
    await deferring.report(county.session, appeal=appeal, staff=staff, text=text, source=at, **when)


async def _at_work(county: County, appeal_id: int) -> tuple[Appeal, Staff]:
    """Return the appeal, locked, and who of its unit acts; now and then it is somebody who may not."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    unit = county.unit(appeal.department)
    acting = county.dice.choice(list(county.staffing.units.values())) if county.happens(_STRANGERS) else unit
    return await claiming.in_charge(
        county.session,
        appeal_id=appeal_id,
        office=acting.office,
        roles=[acting.somebody(county.dice, confidential=appeal.confidential)],
        private=appeal.confidential,
    )


def _means_to_get_rid(county: County, appeal: Appeal) -> bool:
    """Whether the unit thinks that it is not its matter; it tries once."""
    tried = f"{appeal.id}:{appeal.department}"
    if tried in county.tried or appeal.kind == Kind.PRAISE:
        return False
    county.tried.add(tried)
    wrong = county.right.get(appeal.id) != appeal.department
    return county.happens(_RIGHTLY_AWAY if wrong else _WRONGLY_AWAY)


async def _gets_rid(county: County, appeal: Appeal, staff: Staff) -> None:
    right, words, now = county.right.get(appeal.id), county.say("duties"), county.now
    known = right if right in county.staffing.units and right != appeal.department else None
    if known and not appeal.confidential and county.happens(_OFFERED):
        await offering.offer(
            county.session, appeal=appeal, staff=staff, to=known, words=words, now=now, city=county.city
        )
        return
    reason = county.dice.choice(list(ReturnReason))
    await returning.ask_return(
        county.session, appeal=appeal, staff=staff, reason=reason, suggested=known, words=words, now=now
    )


def _later(county: County, appeal: Appeal, least: float, most: float) -> datetime:
    """Return a moment so many office hours on; what is extreme does not wait for the office."""
    if appeal.urgency == Urgency.EXTREME:
        return county.now + timedelta(minutes=county.dice.uniform(5, 60))
    return county.in_office(least, most)


def _next_turn(county: County, appeal: Appeal, steps: int) -> datetime:
    """Return when the next of so many steps is taken: mostly all of them in time."""
    if appeal.answer_pressed_at is not None or steps == 0:
        return county.in_office(6, 14)
    due = appeal.answer_due or county.now + timedelta(days=2)
    late = county.happens(county.unit(appeal.department).late)
    share = county.dice.uniform(1.1, 1.9) if late else county.dice.uniform(0.15, 0.9)
    if appeal.urgency == Urgency.EXTREME:
        wait = max(due - county.now, timedelta(hours=2)) * share / steps
        return county.now + wait
    left = county.calendar.office_time_between(county.now, due)
    return county.calendar.add_office_time(county.now, max(left * share / steps, timedelta(minutes=20)))
