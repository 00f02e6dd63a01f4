"""Finding units, towns and villages of a city by what people call them."""

from dataclasses import replace

import pytest

from storage.city.loading import load_city
from storage.domain.city import City, Town, Village

CITY: City = load_city()


def names(words: str) -> list[str]:
    return [unit.name for unit in CITY.find_departments(words)]


def place(text: str) -> tuple[str | None, str | None]:
    town, village = CITY.find_place(text)
    return town and town.name, village and village.name


def test_a_unit_is_found_by_its_code_and_by_its_names():
    urban = CITY.department("urban_management")
    assert urban is not None
    assert urban.name == "城市管理局"
    assert CITY.department_named(" 城管 ") == urban
    assert CITY.department_named("城市管理局") == urban


def test_what_no_unit_is_called_is_none():
    assert CITY.department("moon") is None
    assert CITY.department_named("月球管理局") is None
    assert CITY.department_named("") is None


def test_units_are_searched_by_a_part_of_their_name():
    assert names("交警") == ["交警支队"]
    assert names("桃园") == ["桃园镇"]


def test_units_found_by_name_come_before_those_found_by_duty():
    found = names("燃气")
    assert found[0] == "燃气公司"
    assert names("公交") == ["交通运输局"]


def test_every_word_of_a_search_must_occur():
    assert names("河道 灌溉") == ["水利局"]
    assert names("河道 暖气") == []


def test_an_empty_search_finds_nothing():
    assert names("  ") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("桃园镇北王村,村小学东门", ("桃园镇", "北王村")),
        ("北王村的小学", ("桃园镇", "北王村")),
        ("在向阳街道同心社区门口", ("向阳街道", "同心社区")),
        ("桃园镇的集市", ("桃园镇", None)),
        ("桃园那边", ("桃园镇", None)),
        ("连心市桃园北王村", ("桃园镇", "北王村")),
        ("水变得很清水管是好的", (None, None)),
        ("村口", (None, None)),
        ("", (None, None)),
        ("柳河镇到桃园镇的路", ("柳河镇", None)),
        ("北王村和石桥村之间", (None, None)),
    ],
)
def test_a_place_is_found_in_what_people_write(text: str, found: tuple[str | None, str | None]):
    assert place(text) == found


def test_a_village_of_another_town_does_not_override_the_town_that_was_named():
    assert place("柳河镇北王村") == ("柳河镇", None)


def test_of_two_village_names_one_in_the_other_the_longer_counts():
    small, large = Village("wang", "王村"), Village("beiwang", "北王村")
    town = Town("t", "某镇", "t", (small, large))
    assert town.village("wang") == small
    assert town.village("li") is None
    assert _city_of(town).find_place("某镇北王村") == (town, large)


def test_towns_and_villages_are_found_by_code():
    town = CITY.town("taoyuan")
    assert town is not None
    assert town.name == "桃园镇"
    assert CITY.village("beiwang") == (town, Village("beiwang", "北王村"))
    assert CITY.town("nowhere") is None
    assert CITY.village("nowhere") is None


def _city_of(*towns: Town) -> City:
    return replace(CITY, towns=towns)
