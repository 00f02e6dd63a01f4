import pytest

from bot.services import drafting, secrecy
from bot.services.guessing import Guess, Likely
from storage.domain.city import City
from storage.tables import Draft

LAMPS = Guess((Likely("urban_management", 0.97), Likely("power", 0.02), Likely("@town", 0.01)), auto=True)


def _draft(text: str, *, guess: Guess = LAMPS, **columns: object) -> Draft:
    return Draft(person_id=1, text=text, guess=guess.to_json(), **columns)


@pytest.mark.parametrize(
    ("kind", "text", "said", "kept"),
    [
        ("report", "有人在河里电鱼", None, True),
        ("report", "有人在河里电鱼", False, False),
        ("report", "有人在河里电鱼", True, True),
        ("complaint", "村主任把低保给了自己家亲戚", None, True),
        ("complaint", "村主任把低保给了自己家亲戚", False, False),
        ("help", "路灯坏了", None, False),
        ("help", "路灯坏了", True, True),
        ("praise", "表扬民警,他没有收红包", None, False),
        ("praise", "表扬民警,他没有收红包", True, False),
    ],
)
def test_reports_and_complaints_about_officials_are_confidential_unless_their_citizen_says_no(
    kind: str,
    text: str,
    said: bool | None,  # noqa: FBT001 - pytest hands parameters over by position
    kept: bool,  # noqa: FBT001
):
    assert secrecy.is_confidential(_draft(text, kind=kind, confidential=said)) is kept


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("城市管理局的人收钱", "urban_management"),
        ("城管的人收钱", "urban_management"),
        ("桃园镇的人收钱", "taoyuan"),
        ("派出所的人收钱", "public_security"),
    ],
)
def test_a_unit_that_the_words_name_by_any_of_its_names_is_left_out(text: str, unit: str, city: City):
    draft = _draft(text, kind="report")
    assert unit in {each.code for each in secrecy.left_out(draft, city)}


def test_the_place_and_the_wish_name_units_too(city: City):
    draft = _draft("有人收钱", kind="report", place="城管局门口", wish="让供电公司来说清楚")
    assert {"urban_management", "power"} <= {each.code for each in secrecy.left_out(draft, city)}


def test_where_an_official_is_complained_of_the_town_of_the_place_is_left_out_too(city: City):
    about_official = _draft("村主任把低保给了自己家亲戚", kind="report", town="taoyuan")
    about_others = _draft("有人在河里电鱼", kind="report", town="taoyuan")
    assert "taoyuan" in {each.code for each in secrecy.left_out(about_official, city)}
    assert secrecy.left_out(about_others, city) == ()


def test_nobody_is_left_out_of_what_is_not_confidential(city: City):
    draft = _draft("城管的路灯坏了", kind="help")
    assert drafting.chosen_unit(draft, city) == "urban_management"


def test_where_the_surest_unit_is_left_out_nothing_is_sure_any_more(city: City):
    draft = _draft("举报城管的路灯工程", kind="report", town="taoyuan")
    guess = drafting.guess_of(draft, city)
    assert [each.department for each in guess.likely] == ["power", "taoyuan"]
    assert (guess.auto, drafting.chosen_unit(draft, city)) == (False, None)


def test_where_another_unit_is_left_out_the_surest_one_stays_sure(city: City):
    draft = _draft("举报路灯工程偷工减料,供电公司可以作证", kind="report")
    assert drafting.chosen_unit(draft, city) == "urban_management"


def test_even_the_citizens_own_choice_does_not_reach_the_unit_they_name(city: City):
    draft = _draft("举报城管收钱", kind="report", department="urban_management")
    assert drafting.chosen_unit(draft, city) is None


def test_what_becomes_a_report_is_asked_about_anew():
    draft = _draft("路灯坏了", kind="complaint", confidential=False)
    drafting.put_kind(draft, "report")
    assert draft.confidential is None
    draft.confidential = True
    drafting.put_kind(draft, "report")
    assert draft.confidential is True
