"""Several people tell one matter: neighbours join it, dispatchers merge what belongs together, all say how it went."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from bot.services import drafting, gathering, joining, judging, merging
from bot.services.rating import Outcome
from bot.services.submitting import Filing
from bot.simulating.county import County
from bot.simulating.people import PLATFORM, citizen
from storage.domain.lifecycle import OPEN, WITH_A_UNIT
from storage.tables import Appeal

JOINED: Final = 0.05
"""So many appeals are told by two neighbours, too."""
MERGED: Final = 0.05
"""So many are merged by a dispatcher into an older one of the same unit."""
_ANOTHER_MATTER: Final = 0.1
_UNSOLVED: Final = 0.3
_SPEAK: Final = 0.7


async def joins(county: County, appeal_id: int) -> None:
    """A neighbour tells what somebody else has told, and joins; now and then they leave again."""
    session, lead = county.session, await county.session.get_one(Appeal, appeal_id)
    if lead.status not in OPEN:
        return
    person = await citizen(session, county.dice.randrange(county.ledger.filed), now=county.now)
    draft = await drafting.hear(session, person_id=person.id, text=lead.text, now=county.now)
    draft.town, draft.village, draft.guess = lead.town, lead.village, lead.guess
    filing = Filing(county.now, county.city, county.calendar, PLATFORM, county.dice.randrange, "-")
    given: dict[str, Any] = {"person": person, "draft": draft, "filing": filing, "parts": {}}
    mine = await joining.join(session, lead_id=lead.id, **given)
    county.ledger.joined += 1
    if county.happens(_ANOTHER_MATTER):
        county.plan(county.soon(timedelta(days=6)), leaves, mine.id)


async def leaves(county: County, appeal_id: int) -> None:
    """A neighbour wants to hear no more of it."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    about: dict[str, Any] = {"appeal_id": appeal_id, "person_id": appeal.citizen_id, "now": county.now}
    await joining.leave(county.session, **about)


async def merges(county: County, appeal_id: int) -> None:
    """A dispatcher merges an appeal into the oldest of its unit; some citizens say that it is another matter."""
    session, appeal = county.session, await county.session.get_one(Appeal, appeal_id)
    older = (
        select(Appeal)
        .where(col(Appeal.department) == appeal.department, col(Appeal.status).in_(WITH_A_UNIT))
        .where(col(Appeal.id) < appeal_id)
        .order_by(col(Appeal.id).desc())
        .limit(1)
    )
    lead = (await session.execute(older)).scalar_one_or_none()
    if lead is None:
        return
    about: dict[str, Any] = {"appeal_id": appeal_id, "other_id": lead.id, "calendar": county.calendar}
    by = county.dice.choice(county.staffing.dispatchers).person_id
    await merging.merge(session, **about, person_id=by, now=county.now)
    if county.happens(_ANOTHER_MATTER):
        county.plan(county.soon(timedelta(days=2)), says_another_matter, appeal_id)


async def says_another_matter(county: County, appeal_id: int) -> None:
    """A citizen says that theirs is another matter; a dispatcher looks for its unit anew."""
    appeal = await county.session.get_one(Appeal, appeal_id)
    about: dict[str, Any] = {"appeal_id": appeal_id, "person_id": appeal.citizen_id}
    await merging.not_the_same(county.session, **about, **county.here())


async def judge(county: County, appeal_id: int) -> None:
    """Those who stand with an appeal say how it went; where two call it unsolved, the second has it reopened."""
    lead = await county.session.get_one(Appeal, appeal_id)
    for each in await gathering.followers(county.session, lead):
        if not county.happens(_SPEAK) or not judging.may_judge(each, lead, now=county.now):
            continue
        outcome = Outcome.UNSOLVED if county.happens(_UNSOLVED) else Outcome.SOLVED
        about: dict[str, Any] = {"appeal_id": each.id, "person_id": each.citizen_id}
        judged = await judging.say(county.session, **about, outcome=outcome, now=county.now)
        county.ledger.said[each.id] = outcome.value
        if judged.may_go_on and outcome == Outcome.UNSOLVED:
            await judging.go_on(county.session, **about, **county.here())
            county.ledger.said.pop(appeal_id, None)
            return
