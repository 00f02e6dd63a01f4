"""A draft grows with what is said, and keeps what is known of its place and its unit."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.services import drafting
from bot.services.guessing import Guess, Likely
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import people
from storage.tables import Draft


async def test_what_is_said_next_is_added_on_a_line_of_its_own(database: Database, now: datetime):
    async with database.writing() as session:
        person = await people.meet(session, platform="telegram", bot=1, user_id=1001, username=None, now=now)
        draft = await drafting.hear(session, person_id=person.id, text="路灯坏了", now=now)
        draft.guess = {"auto": True}
        later = now + timedelta(minutes=1)
        again = await drafting.hear(session, person_id=person.id, text="半个月了", now=later)
        assert again.id == draft.id
        assert (again.text, again.guess, again.updated_at) == ("路灯坏了\n半个月了", {}, later)


@pytest.mark.parametrize(("text", "short"), [("灯坏了", True), ("灯 坏\n了 吧", True), ("路灯坏了!", False)])
def test_blanks_make_no_text_long_enough(text: str, *, short: bool):
    assert drafting.is_too_short(text) is short


def test_the_place_is_foreseen_from_the_text(city: City):
    draft = Draft(person_id=1, text="桃园镇北王村小学东门的路灯坏了")
    drafting.foresee_place(draft, city)
    assert (draft.town, draft.village) == ("taoyuan", "beiwang")


@pytest.mark.parametrize("known", [{"place": "小学东门"}, {"town": "xiangyang"}])
def test_what_is_known_of_the_place_is_not_foreseen_again(city: City, known: dict[str, Any]):
    draft = Draft(person_id=1, text="桃园镇北王村小学东门的路灯坏了", **known)
    drafting.foresee_place(draft, city)
    assert (draft.place, draft.town, draft.village) == (known.get("place"), known.get("town"), None)


def test_another_town_forgets_the_village(city: City, now: datetime):
    draft = Draft(person_id=1, town="taoyuan", village="beiwang")
    town = drafting.put_town(draft, city.towns[0].code, city, now=now)
    assert (draft.town, draft.village, draft.updated_at) == (town.code, None, now)
    assert town is city.towns[0]


def test_a_village_brings_its_town(city: City, now: datetime):
    draft = Draft(person_id=1)
    drafting.put_village(draft, "beiwang", city, now=now)
    assert (draft.town, draft.village, draft.updated_at) == ("taoyuan", "beiwang", now)


def test_words_that_name_no_town_leave_the_one_noted_before(city: City, now: datetime):
    draft = Draft(person_id=1, town="taoyuan", village="beiwang", place="小学")
    drafting.put_place(draft, "小学东门往南", city, now=now)
    assert (draft.town, draft.village, draft.place) == ("taoyuan", "beiwang", "小学东门往南")


def test_a_pin_is_noted_with_what_to_call_it(now: datetime):
    draft = Draft(person_id=1, town="taoyuan", place="小学")
    drafting.put_pin(draft, latitude=36.2, longitude=117.1, words="地图上的位置", now=now)
    assert (draft.latitude, draft.longitude, draft.place, draft.town) == (36.2, 117.1, "地图上的位置", "taoyuan")


@pytest.mark.parametrize(("chosen", "unit"), [("power", "power"), (drafting.BY_THE_OFFICE, None), (None, "education")])
def test_the_citizens_choice_goes_before_the_guess(city: City, chosen: str | None, unit: str | None):
    guess = Guess((Likely("education", 0.99),), auto=True, kind="consultation").to_json()
    draft = Draft(person_id=1, department=chosen, guess=guess)
    assert drafting.chosen_unit(draft, city) == unit


def test_the_kind_is_guessed_until_it_is_chosen():
    draft = Draft(person_id=1, guess=Guess(kind="consultation").to_json())
    assert drafting.chosen_kind(draft) == "consultation"
    draft.kind = "complaint"
    assert drafting.chosen_kind(draft) == "complaint"
