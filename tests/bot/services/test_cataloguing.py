"""An appeal gets its matter when it is filed or dispatched, the matter's own limit, and rulings stand beside it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import cataloguing, naming, returning
from bot.services.dispatching import start_clocks
from bot.services.guessing import Guess, Likely
from bot.services.moving import Actor
from bot.services.returning import ReturnReason
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.matters import TOWN, Catalogue, Matter
from storage.engine import Database
from storage.repositories import rulings
from storage.tables import Appeal
from tests.support.handling import Handling, at_the_unit

LIGHTS = Matter("lights", "路灯", "城管", "urban_management", (), "职责", ("路灯",), 3)
WIRES = Matter("wires", "电线", "供电", "power", (), "职责", ("电线",), 20)
VILLAGE = Matter("village", "村务", "镇街", TOWN, (), "职责", ("村里",))


@pytest.fixture
def small(city: City) -> City:
    return replace(city, catalogue=Catalogue((LIGHTS, WIRES, VILLAGE)))


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.writing() as session:
        yield session


def appeal(text: str, **columns: object) -> Appeal:
    given = {
        "number": "",
        "citizen_id": 1,
        "alias": "A",
        "status": "pending_triage",
        "channel": "telegram",
        "title": "",
    }
    return Appeal(**{**given, "kind": "help", "urgency": "normal", "text": text, **columns})


def guessed(department: str) -> dict[str, object]:
    return Guess((Likely(department, 0.9),)).to_json()


def test_the_matter_is_one_of_the_likeliest_unit_s(small: City):
    told = appeal("电线搭在路灯上", guess=guessed("power"))
    cataloguing.note_matter(told, small)
    assert told.matter == "wires"


def test_where_the_unit_leads_none_that_is_told_of_the_best_of_all_is_taken(small: City):
    told = appeal("路灯坏了", guess=guessed("education"))
    cataloguing.note_matter(told, small)
    assert told.matter == "lights"


def test_a_town_is_found_by_the_towns_own_matters(small: City):
    told = appeal("村里路灯坏了", guess=guessed("@town"), town="taoyuan")
    cataloguing.note_matter(told, small)
    assert told.matter == "village"


def test_words_that_tell_of_nothing_give_no_matter_and_a_city_without_a_list_none(small: City, city: City):
    told = appeal("在吗")
    cataloguing.note_matter(told, small)
    assert told.matter is None
    told.text = "路灯坏了"
    cataloguing.note_matter(told, replace(city, catalogue=Catalogue()))
    assert (told.matter, cataloguing.own_days(told, small)) == (None, None)


def test_dispatched_to_the_unit_that_leads_it_the_matter_s_own_limit_holds(
    small: City, calendar: Calendar, now: datetime
):
    told = appeal("路灯坏了")
    start_clocks(told, "urban_management", now=now, city=small, calendar=calendar)
    assert (told.matter, told.answer_due) == ("lights", calendar.add_workdays(now, 3))


def test_another_unit_s_matter_gives_no_limit(small: City, calendar: Calendar, now: datetime):
    told = appeal("电线掉了", matter="wires")
    start_clocks(told, "urban_management", now=now, city=small, calendar=calendar)
    assert told.answer_due == calendar.add_workdays(now, 5)


@pytest.mark.parametrize(("kind", "urgency", "days"), [("consultation", "normal", 2), ("help", "urgent", 2)])
def test_a_question_and_what_is_urgent_never_get_longer_by_the_matter(
    small: City, calendar: Calendar, now: datetime, kind: str, urgency: str, days: int
):
    told = appeal("电线掉了", kind=kind, urgency=urgency)
    start_clocks(told, "power", now=now, city=small, calendar=calendar)
    assert told.answer_due == calendar.add_workdays(now, days)


def test_a_promise_once_given_is_not_moved_by_the_next_unit_s_matter(small: City, calendar: Calendar, now: datetime):
    told = appeal("电线搭在路灯上")
    start_clocks(told, "urban_management", now=now, city=small, calendar=calendar)
    start_clocks(told, "power", now=now, city=small, calendar=calendar)
    assert (told.matter, told.answer_due) == ("wires", calendar.add_workdays(now, 3))


async def ruled(scene: Handling, department: str, city: City, calendar: Calendar) -> None:
    scene.appeal.returns = 2
    words = {"reason": ReturnReason.DUTY, "suggested": "power", "words": "归他们"}
    await returning.ask_return(scene.session, appeal=scene.appeal, staff=scene.li, now=scene.now, **words)
    where = {"department": department, "actor": Actor.SUPERVISOR, "person_id": 1, "now": scene.now}
    await naming.name_lead(scene.session, appeal_id=scene.appeal.id, city=city, calendar=calendar, **where)


async def test_a_ruling_is_kept_with_the_matter_that_was_argued_about(
    session: AsyncSession, small: City, calendar: Calendar, now: datetime
):
    scene = await at_the_unit(session, now, matter="lights")
    await ruled(scene, "power", small, calendar)
    [kept] = await rulings.rulings(session)
    assert (kept.matter, kept.department, kept.number, kept.at) == ("lights", "power", scene.appeal.number, now)
    assert await rulings.newest(session, "lights") == kept
    assert await rulings.newest(session, "wires") is None


async def test_a_unit_that_keeps_it_is_a_ruling_too_and_one_without_a_matter_is_none(
    session: AsyncSession, small: City, calendar: Calendar, now: datetime
):
    scene = await at_the_unit(session, now, matter="lights")
    await ruled(scene, "urban_management", small, calendar)
    assert [each.department for each in await rulings.rulings(session)] == ["urban_management"]


async def test_without_a_matter_there_is_nothing_to_rule_on(
    session: AsyncSession, small: City, calendar: Calendar, now: datetime
):
    scene = await at_the_unit(session, now)
    await ruled(scene, "urban_management", small, calendar)
    assert await rulings.rulings(session) == []
