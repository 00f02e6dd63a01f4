"""The steps a unit takes with an appeal in its hands, from the first word to the answer."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from bot.notices.sending import to_citizen
from bot.services import (
    answering,
    asking,
    assisting,
    changing_limits,
    checking,
    classing,
    concluding,
    deferring,
    escalating,
    extending,
    handing,
    reaching,
    relaying,
)
from bot.services.answering import VERDICTS, Outcome
from bot.services.changing_limits import Part
from bot.services.moving import Actor
from bot.services.relaying import Manner
from bot.simulating.county import County
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal, Staff, Utterance

_OUTCOMES: Final = {Outcome.SOLVED: 58, Outcome.EXPLAINED: 34, Outcome.IMPOSSIBLE: 8}


def source(county: County, appeal: Appeal) -> tuple[int, int]:
    """Return the group and a message in it, which a word of the staff came in."""
    return county.unit(appeal.department).office.chat_id, county.ledger.calls.total() + 1


async def _contact(county: County, appeal: Appeal, staff: Staff) -> None:
    said = await relaying.keep(
        county.session,
        appeal=appeal,
        staff=staff,
        text=county.say("contact"),
        manner=Manner.CONTACT,
        source=source(county, appeal),
        now=county.now,
    )
    await relaying.set_out(county.session, appeal=appeal, staff=staff, words=said, now=county.now)
    after = county.now + timedelta(seconds=county.house.hold_seconds)
    for say in await to_citizen(county.session, county.city, appeal, said, after=after):
        await county.post(county.session, say)


async def _note(county: County, appeal: Appeal, staff: Staff) -> None:
    await relaying.note(
        county.session,
        appeal=appeal,
        staff=staff,
        text=county.say("notes"),
        source=source(county, appeal),
        now=county.now,
    )


async def _hand_over(county: County, appeal: Appeal, staff: Staff) -> None:
    colleagues = await handing.colleagues_for(county.session, appeal)
    to = county.dice.choice(colleagues).id if colleagues else 0
    claimant = appeal.claimant_id or 0
    await handing.hand_over(county.session, appeal=appeal, staff=staff, to=to, claimant=claimant, now=county.now)


async def _ask(county: County, appeal: Appeal, staff: Staff) -> None:
    session, now = county.session, county.now
    words = await asking.draft(
        session, appeal=appeal, staff=staff, text=county.say("questions"), source=source(county, appeal), now=now
    )
    if asking.needs_supervisor(appeal, now=now, calendar=county.calendar):
        await asking.want(session, appeal=appeal, staff=staff, words=words, now=now)
    else:
        await asking.ask(session, appeal=appeal, staff=staff, words=words, now=now, calendar=county.calendar)


async def _invite(county: County, appeal: Appeal, staff: Staff) -> None:
    to, house = county.dice.choice(list(county.staffing.units)), county.house
    await assisting.invite(
        county.session,
        appeal=appeal,
        staff=staff,
        to=to,
        task=county.say("tasks"),
        platform=house.platform,
        bot=house.bot,
        **county.here(),
    )


async def _extend(county: County, appeal: Appeal, staff: Staff) -> None:
    days = county.dice.randint(1, extending.MOST_DAYS + 1)
    when: dict[str, Any] = {"now": county.now, "calendar": county.calendar}
    await extending.want(county.session, appeal=appeal, staff=staff, days=days, reason=county.say("reasons"), **when)


async def _escalate(county: County, appeal: Appeal, staff: Staff) -> None:
    superior = escalating.superior_named(county.say("superiors"))
    await escalating.escalate(
        county.session, appeal=appeal, staff=staff, superior=superior, reason=county.say("reasons"), now=county.now
    )


async def _defer(county: County, appeal: Appeal, staff: Staff) -> None:
    day = county.calendar.local(county.now).date() + timedelta(days=county.dice.randint(3, 90))
    await deferring.want(
        county.session,
        appeal=appeal,
        staff=staff,
        reason=county.say("reasons"),
        promise=county.say("promises"),
        day=day,
        now=county.now,
        calendar=county.calendar,
    )


async def _reclass(county: County, appeal: Appeal, staff: Staff) -> None:
    choices = classing.choosable(appeal)
    if choices:
        await classing.correct(
            county.session, appeal=appeal, staff=staff, to=county.dice.choice(choices), now=county.now
        )


async def _set_right(county: County, appeal: Appeal, staff: Staff) -> None:
    part = county.dice.choice(list(Part))
    to = county.dice.choice(list(Kind) if part is Part.KIND else list(Urgency))
    by: dict[str, Any] = {"part": part, "to": to, "actor": Actor.STAFF, "person_id": staff.person_id, **county.here()}
    if changing_limits.is_longer(appeal, part, to, county.city):
        await changing_limits.want_longer(county.session, appeal=appeal, reason=county.say("reasons"), **by)
    else:
        await changing_limits.change(county.session, appeal=appeal, **by)


async def _conclude(county: County, appeal: Appeal, staff: Staff) -> None:
    told: dict[str, Any] = {"facts": county.say("facts"), "basis": county.say("bases"), "way": county.say("ways")}
    await concluding.want(county.session, appeal=appeal, staff=staff, **told, now=county.now)


async def _nothing(_county: County, _appeal: Appeal, _staff: Staff) -> None:
    """Forget it for the time being."""


async def _answer(county: County, appeal: Appeal, staff: Staff) -> None:
    """Answer; what did not arrive before is told by telephone, where there is one."""
    if appeal.last_reply == "undelivered" and appeal.answer_pressed_at is not None:
        await _reach(county, appeal, staff)
        return
    if county.happens(0.04):
        await _draft(county, appeal, staff, county.say("shortfalls"))
    words = await _draft(county, appeal, staff, county.say("answers"))
    while (doubt := await checking.doubt(county.session, appeal=appeal, words=words, city=county.city)) is not None:
        await checking.override(
            county.session, appeal=appeal, staff=staff, words=words, check=doubt.check, now=county.now
        )
    if answering.takes_two(words):
        await answering.ask_for_a_look(county.session, appeal=appeal, staff=staff, words=words, now=county.now)
        return
    await answering.send(county.session, appeal=appeal, staff=staff, words=words, now=county.now)
    for say in await to_citizen(county.session, county.city, appeal, words):
        await county.post(county.session, say)


async def _draft(county: County, appeal: Appeal, staff: Staff, text: str) -> Utterance:
    dice = county.dice
    suggestion = appeal.kind == Kind.SUGGESTION
    outcome = dice.choice(VERDICTS) if suggestion else dice.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    return await answering.draft(
        county.session,
        appeal=appeal,
        staff=staff,
        outcome=outcome,
        text=text,
        source=source(county, appeal),
        now=county.now,
    )


async def _reach(county: County, appeal: Appeal, staff: Staff) -> None:
    session, now = county.session, county.now
    if appeal.phone and county.happens(0.8):
        await reaching.told_by_phone(session, appeal=appeal, staff=staff, text=county.say("phoned"), now=now)
        county.ledger.answers[appeal.id] += 1
    else:
        await reaching.want(session, appeal=appeal, staff=staff, text=county.say("tried"), now=now)


STEPS: Final[Mapping[str, Callable[[County, Appeal, Staff], Awaitable[None]]]] = {
    "contact": _contact,
    "note": _note,
    "hand_over": _hand_over,
    "ask": _ask,
    "invite": _invite,
    "extend": _extend,
    "escalate": _escalate,
    "defer": _defer,
    "reclass": _reclass,
    "set_right": _set_right,
    "conclude": _conclude,
    "nothing": _nothing,
    "answer": _answer,
}
