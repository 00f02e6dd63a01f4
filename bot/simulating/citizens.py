"""What citizens do after they filed: say how it went, add, urge, complain, take back, fall silent, block the bot."""

from datetime import timedelta
from typing import Any, Final

from bot.notices.sending import to_citizen
from bot.services import (
    asking,
    concerns,
    following_up,
    objecting,
    rating,
    reopening,
    supplementing,
    urging,
    withdrawing,
)
from bot.services.asking import Lack
from bot.services.rating import Satisfaction
from bot.services.receipts import CATCH_UP_KEY
from bot.services.withdrawing import Reason
from bot.simulating.county import County
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.domain.words import Kind
from storage.repositories import appeals, people
from storage.tables import Appeal

SILENT: Final = 0.45
"""So many say nothing when they get the answer; half of them do when they are asked again."""
_SOLVED: Final = {"solved": 0.9, "explained": 0.72, "impossible": 0.3}
_CONTENT: Final = {Satisfaction.SATISFIED: 68, Satisfaction.FAIR: 24, Satisfaction.DISSATISFIED: 8}
_GO_ON: Final = 0.6


async def rates(county: County, appeal_id: int) -> None:
    """A citizen says how it went, tap after tap."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if appeal.status != Status.ANSWERED:
        return
    me: dict[str, Any] = _me(county, appeal)
    contacted = county.happens(0.93 if appeal.contacted_at is not None else 0.35)
    await rating.contact_said(county.session, **me, contacted=contacted)
    if county.happens(_SOLVED.get(appeal.staff_outcome or "", 0.75) - 0.1 * appeal.reopens):
        await _calls_it_solved(county, appeal)
    else:
        await says_unsolved(county, appeal_id)


async def _calls_it_solved(county: County, appeal: Appeal) -> None:
    me: dict[str, Any] = _me(county, appeal)
    await rating.solved(county.session, **me)
    county.ledger.said[appeal.id] = "solved"
    if county.happens(0.9):
        level = county.dice.choices(list(_CONTENT), list(_CONTENT.values()))[0]
        await rating.satisfied(county.session, **me, satisfaction=level)
        if level is Satisfaction.DISSATISFIED and county.happens(0.5):
            await rating.unhappy_about(county.session, **me, reason=county.say("concerns"))
    if county.happens(0.04):
        county.plan(county.soon(timedelta(days=12)), says_unsolved, appeal.id)


async def says_unsolved(county: County, appeal_id: int) -> None:
    """A citizen says that it is not solved, and later whether it goes on; some never say that."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if not reopening.may_reopen(appeal, now=county.now):
        return
    await rating.said_unsolved(county.session, **_me(county, appeal))
    county.ledger.said[appeal_id] = "unsolved"
    county.plan(county.soon(timedelta(minutes=30)), county.dice.choice((goes_on, goes_on, lets_it_be)), appeal_id)


async def goes_on(county: County, appeal_id: int) -> None:
    """A citizen wants it to go on, or falls silent."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if county.happens(_GO_ON):
        words = county.say("missing") if county.happens(0.6) else ""
        at: dict[str, Any] = {"city": county.city, "calendar": county.calendar}
        await reopening.reopen(county.session, **_me(county, appeal), **at, words=words)
        county.ledger.said.pop(appeal_id, None)


async def lets_it_be(county: County, appeal_id: int) -> None:
    """A citizen lets it be, unsolved, and says how it was handled."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    me: dict[str, Any] = _me(county, appeal)
    if appeal.status == Status.ANSWERED:
        await rating.left_unsolved(county.session, **me)
    if county.happens(0.7):
        level = county.dice.choice((Satisfaction.FAIR, Satisfaction.DISSATISFIED, Satisfaction.DISSATISFIED))
        await rating.satisfied(county.session, **me, satisfaction=level)


async def is_asked_again(county: County, appeal_id: int) -> None:
    """A citizen who said nothing is asked once more, and may not want that."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if county.happens(0.04):
        await following_up.ask_no_more(county.session, **_me(county, appeal))
    elif county.happens(0.5):
        await rates(county, appeal_id)


async def supplies(county: County, appeal_id: int) -> None:
    """A citizen sends what was asked for, or says that there is nothing to send."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    me: dict[str, Any] = _me(county, appeal) | {"calendar": county.calendar}
    if county.happens(0.2):
        await asking.cannot_supply(county.session, **me, reason=county.dice.choice(list(Lack)))
    elif county.happens(0.05):
        await asking.ask_back(county.session, **_me(county, appeal), text=county.say("supplements"))
    else:
        await asking.hear(county.session, **me, text=county.say("supplies"))


async def adds(county: County, appeal_id: int) -> None:
    """A citizen adds something unasked."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if supplementing.may_supplement(appeal, now=county.now):
        me: dict[str, Any] = _me(county, appeal)
        await asking.hear(county.session, **me, text=county.say("supplements"), calendar=county.calendar)


async def urges(county: County, appeal_id: int) -> None:
    """A citizen urges, and sometimes urges again, too soon or not."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if appeal.status not in OPEN:
        return
    if county.happens(0.4):
        county.plan(county.soon(timedelta(days=3)), urges, appeal_id)
    await urging.urge(county.session, **_me(county, appeal), calendar=county.calendar)


async def complains(county: County, appeal_id: int) -> None:
    """A citizen tells the supervisors."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    when: dict[str, Any] = {"now": county.now, "calendar": county.calendar}
    await concerns.complain(county.session, appeal, text=county.say("concerns"), **when)


async def takes_back(county: County, appeal_id: int) -> None:
    """A citizen takes an open appeal back; some were made to."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    if appeal.status not in OPEN:
        return
    reason = county.dice.choice(list(Reason))
    if reason == Reason.UNSAID:
        await concerns.tell(county.session, appeal, concerns.ConcernKind.FORCED, now=county.now)
    await withdrawing.withdraw(county.session, **_me(county, appeal), reason=reason, calendar=county.calendar)


async def objects(county: County, appeal_id: int) -> None:
    """A citizen asks for a second look at what was declined."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    text = county.say("supplements") if county.happens(0.5) else ""
    await objecting.object_to(county.session, **_me(county, appeal), calendar=county.calendar, text=text)


async def blocks(county: County, appeal_id: int) -> None:
    """A citizen blocks the bot, and most come back some day."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    person = await people.get(county.session, appeal.citizen_id)
    county.blocked.add(person.user_id)
    if county.happens(0.7):
        county.plan(county.soon(timedelta(days=12)), comes_back, person.id)


async def comes_back(county: County, person_id: int) -> None:
    """A citizen writes again, and gets what was missed."""
    person = await people.get(county.session, person_id)
    county.blocked.discard(person.user_id)
    person.unreachable_since = None
    for said, missed in await appeals.undelivered(county.session, person_id):
        if missed.status in OPEN | {Status.ANSWERED, Status.CLOSED}:
            said.state = "queued"
            key = f"{CATCH_UP_KEY}{said.id}"
            for say in await to_citizen(county.session, county.city, missed, said, key=key, kept=True):
                await county.post(county.session, say)
        else:
            said.state = "dropped"


def will_do(county: County, appeal: Appeal) -> None:
    """Let the citizen of a new appeal have in mind what they do meanwhile."""
    if appeal.kind == Kind.PRAISE:
        return
    for share, days, act in _MEANWHILE:
        if county.happens(share):
            county.plan(county.soon(timedelta(days=days)), act, appeal.id)


def _me(county: County, appeal: Appeal) -> dict[str, Any]:
    return {"appeal_id": appeal.id, "person_id": appeal.citizen_id, "now": county.now}


_MEANWHILE: Final = (
    (0.1, 6, adds),
    (0.08, 8, urges),
    (0.02, 10, complains),
    (0.03, 8, takes_back),
    (0.03, 6, blocks),
)
