"""What can happen to an appeal that others tell too: they join, are merged, leave, judge; it is merged, or split."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from bot.services import drafting, gathering, joining, judging, merging, parting, submitting
from bot.services.guessing import Guess, Likely
from bot.services.parting import Part
from bot.services.rating import Outcome
from bot.services.submitting import Filing
from storage.domain.errors import InputRefused
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.repositories import people
from storage.tables import Appeal, Draft, Person
from tests.histories.history import History
from tests.histories.scene import BOT, PLATFORM, UNITS, city

NEIGHBOURS = 4


async def _neighbour(history: History) -> tuple[Person, Draft]:
    """Return somebody else, who has just told the same."""
    user_id = 1100 + history.pick(NEIGHBOURS)
    given: dict[str, Any] = {"platform": PLATFORM, "bot": BOT, "user_id": user_id, "username": None}
    person = await people.meet(history.session, **given, now=history.now)
    draft = await drafting.hear(history.session, person_id=person.id, text="校门口的路灯不亮", now=history.now)
    draft.kind, draft.phone = "help", history.choose(["13712345678", None])
    draft.guess = Guess((Likely(history.choose(UNITS), 0.9),), auto=history.pick(2) > 0).to_json()
    return person, draft


def _filing(history: History) -> Filing:
    return Filing(history.now, city(), history.calendar, PLATFORM, history.pick, "-")


async def _dispatcher(history: History) -> dict[str, Any]:
    return {"person_id": await history.person("dispatcher"), "now": history.now}


async def _another(history: History, *, with_us: bool) -> Appeal:
    """Return an appeal of somebody else: one that stands with ours, or an open one that does not."""
    found = (await history.session.execute(select(Appeal).order_by(col(Appeal.id)))).scalars().all()
    if with_us:
        fits = [each for each in found if each.status == Status.MERGED and each.merged_into == history.appeal_id]
    else:
        fits = [each for each in found if each.status in OPEN and each.id != history.appeal_id]
    if not fits:
        raise InputRefused("nothing_there")
    return history.choose(fits)


async def neighbour_joins(history: History) -> None:
    person, draft = await _neighbour(history)
    given: dict[str, Any] = {"person": person, "draft": draft, "filing": _filing(history), "parts": {}}
    await joining.join(history.session, lead_id=history.appeal_id, **given)


async def neighbour_is_merged(history: History) -> None:
    person, draft = await _neighbour(history)
    given: dict[str, Any] = {"platform": PLATFORM, "bot": BOT, "draw": history.pick, "untitled": "-"}
    filed = await submitting.submit(history.session, person=person, draft=draft, **given, **history.here())
    about: dict[str, Any] = {"appeal_id": filed.id, "other_id": history.appeal_id, "calendar": history.calendar}
    await merging.merge(history.session, **about, **await _dispatcher(history))


async def neighbour_files(history: History) -> None:
    person, draft = await _neighbour(history)
    given: dict[str, Any] = {"platform": PLATFORM, "bot": BOT, "draw": history.pick, "untitled": "-"}
    await submitting.submit(history.session, person=person, draft=draft, **given, **history.here())


async def merge_away(history: History) -> None:
    other = await _another(history, with_us=False)
    about: dict[str, Any] = {"appeal_id": history.appeal_id, "other_id": other.id, "calendar": history.calendar}
    await merging.merge(history.session, **about, **await _dispatcher(history))


async def merge_back(history: History) -> None:
    other = await _another(history, with_us=False)
    about: dict[str, Any] = {"appeal_id": other.id, "other_id": history.appeal_id, "calendar": history.calendar}
    await merging.merge(history.session, **about, **await _dispatcher(history))


async def take_out(history: History) -> None:
    about: dict[str, Any] = {"appeal_id": history.appeal_id, "person_id": await history.person("dispatcher")}
    await merging.unmerge(history.session, **about, **history.here())


async def say_another_matter(history: History) -> None:
    appeal = await history.appeal()
    about: dict[str, Any] = {"appeal_id": appeal.id, "person_id": appeal.citizen_id + (history.pick(25) == 0)}
    await merging.not_the_same(history.session, **about, **history.here())


async def neighbour_is_taken_out(history: History) -> None:
    other = await _another(history, with_us=True)
    about: dict[str, Any] = {"appeal_id": other.id, "person_id": await history.person("dispatcher")}
    await merging.unmerge(history.session, **about, **history.here())


async def neighbour_leaves(history: History) -> None:
    other = await _another(history, with_us=True)
    await joining.leave(history.session, appeal_id=other.id, person_id=other.citizen_id, now=history.now)


async def neighbour_judges(history: History) -> None:
    other = await _another(history, with_us=True)
    outcome = history.choose([Outcome.UNSOLVED, Outcome.UNSOLVED, Outcome.SOLVED])
    about: dict[str, Any] = {"appeal_id": other.id, "person_id": other.citizen_id, "now": history.now}
    await judging.say(history.session, **about, outcome=outcome)


async def neighbour_goes_on(history: History) -> None:
    other = await _another(history, with_us=True)
    about: dict[str, Any] = {"appeal_id": other.id, "person_id": other.citizen_id}
    await judging.go_on(history.session, **about, **history.here())
    history.said, history.answers = None, 0


async def split(history: History) -> None:
    parts = [Part(text, Guess()) for text in ("路灯不亮", "井盖没了", "树枝挡路")[: 1 + history.pick(3)]]
    about: dict[str, Any] = {"appeal_id": history.appeal_id, "person_id": await history.person("dispatcher")}
    await parting.part(history.session, **about, parts=parts, **history.here(), draw=history.pick)


JOINED = (neighbour_joins, neighbour_is_merged, neighbour_files, merge_away, merge_back, neighbour_leaves)
APART = (split, neighbour_is_taken_out)
JUDGED = (neighbour_judges, neighbour_judges, neighbour_goes_on)
MERGED = (take_out, say_another_matter)


async def broken(history: History) -> str:
    """Return what is not as it must be with those who tell the same; empty where all is well.

    What is merged stands with one that is not, which exists and was not taken back; each lead knows how many other
    people stand with it; no number is given twice.
    """
    await history.session.flush()
    rows = (await history.session.execute(select(Appeal))).scalars().all()
    by_id = {each.id: each for each in rows}
    for each in (row for row in rows if row.status == Status.MERGED):
        lead = by_id.get(each.merged_into or 0)
        if lead is None or lead.status in {Status.MERGED, Status.WITHDRAWN}:
            return f"{each.number} is merged, and its lead is {lead and lead.status}"
        if each.claimant_id is not None:
            return f"{each.number} is merged, and somebody signed for it"
    for each in rows:
        others = len(await gathering.followers(history.session, each)) if each.status != Status.MERGED else 0
        if each.others != others:
            return f"{each.number} is told by {others} others, and says {each.others}"
    twice = len(rows) - len({each.number for each in rows})
    return f"{twice} numbers are given twice" if twice else ""
