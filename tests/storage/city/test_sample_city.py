"""The sample city is whole, fictional, and agrees with the sandbox's people and groups."""

import re
import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import bot
from storage.city.loading import load_city
from storage.domain.city import DepartmentKind
from storage.domain.matters import TOWN
from storage.domain.words import Kind, Urgency

CITY = load_city()
BUREAUS_AND_COMPANIES = {
    "education": "教育局",
    "urban_management": "城市管理局",
    "transport": "交通运输局",
    "public_security": "公安局",
    "traffic_police": "交警支队",
    "housing": "住房和城乡建设局",
    "human_resources": "人力资源和社会保障局",
    "natural_resources": "自然资源和规划局",
    "ecology": "生态环境局",
    "market": "市场监督管理局",
    "water_resources": "水利局",
    "civil_affairs": "民政局",
    "health": "卫生健康委员会",
    "agriculture": "农业农村局",
    "development": "发展和改革委员会",
    "medical_insurance": "医疗保障局",
    "housing_fund": "住房公积金管理中心",
    "culture": "文化和旅游局",
    "tax": "税务局",
    "emergency": "应急管理局",
    "veterans": "退役军人事务局",
    "disabled": "残疾人联合会",
    "justice": "司法局",
    "petitions": "信访局",
    "power": "供电公司",
    "tap_water": "供水公司",
    "gas": "燃气公司",
    "heating": "供热公司",
}


def cast() -> dict[str, Any]:
    path = Path(bot.__file__).parent / "platforms" / "sandbox" / "sandbox.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_all_bureaus_and_companies_are_there_under_their_codes():
    units = {unit.code: unit.name for unit in CITY.departments if unit.kind is not DepartmentKind.TOWN}
    assert units == BUREAUS_AND_COMPANIES


def test_three_streets_and_twelve_towns_are_units_of_their_own():
    towns = {unit.code: unit.name for unit in CITY.departments if unit.kind is DepartmentKind.TOWN}
    assert towns == {town.department_code: town.name for town in CITY.towns}
    assert sum(name.endswith("街道") for name in towns.values()) == 3
    assert sum(name.endswith("镇") for name in towns.values()) == 12
    assert {"向阳街道", "桃园镇"} <= set(towns.values())
    assert all(3 <= len(town.villages) <= 6 for town in CITY.towns)


def test_every_unit_says_what_it_does_and_who_signs():
    for unit in CITY.departments:
        assert len(unit.duties) >= 10, unit.code
        assert len(unit.matters) >= 4, unit.code
        assert len(unit.posts) >= 2, unit.code
        assert len(unit.code) <= 20
        assert unit.code.isascii()


def test_no_other_name_of_a_unit_is_borne_by_two():
    others = [name for unit in CITY.departments for name in {unit.name, *unit.also}]
    assert len(others) == len(set(others))


def test_every_telephone_is_one_that_nobody_has():
    phones = [CITY.hotline, CITY.callback.number, CITY.phones.gas, CITY.phones.power]
    phones += [unit.phone for unit in CITY.departments]
    assert all(re.fullmatch(r"0000-\d{5,7}", phone) for phone in phones)
    assert len(phones) == len(set(phones))


def test_the_limits_are_those_of_the_office():
    limits = CITY.limits
    assert limits.answer[Urgency.NORMAL] == {
        Kind.CONSULTATION: 2,
        Kind.HELP: 5,
        Kind.SUGGESTION: 10,
        Kind.COMPLAINT: 10,
        Kind.REPORT: 15,
    }
    assert (limits.sign_days, limits.contact_days, limits.triage_half_days) == (1, 1, 1)
    assert limits.extreme.triage == timedelta(minutes=10)
    assert limits.extreme.answer == timedelta(days=1)


def test_an_urgent_appeal_is_never_given_longer():
    normal, urgent = (CITY.limits.answer[each] for each in (Urgency.NORMAL, Urgency.URGENT))
    assert all(urgent[kind] <= days for kind, days in normal.items())


def test_the_office_hours_have_a_lunch_break():
    assert CITY.office_hours == ((time(8, 30), time(12)), (time(14), time(17, 30)))


def test_each_unit_has_one_group_with_two_staff_and_its_name_in_the_title():
    groups = {group["department"]: group for group in cast()["groups"] if "department" in group}
    assert set(groups) == {unit.code for unit in CITY.departments}
    for unit in CITY.departments:
        assert unit.name in groups[unit.code]["title"]
        assert len(groups[unit.code]["members"]) == 2


def test_staff_bear_a_post_of_their_unit_a_badge_and_a_username():
    people = {person["id"]: person for person in cast()["people"]}
    for group in cast()["groups"]:
        unit = CITY.department(group.get("department", ""))
        staff = [people[member] for member in group["members"]] if unit else []
        assert all(person["post"] in unit.posts for person in staff)
        assert all(re.fullmatch(r"\d\d", person["badge"]) for person in staff)
        assert len({person["badge"] for person in staff}) == len(staff)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]{4,31}", person["username"]) for person in staff)


def test_nobody_in_the_sandbox_stands_there_twice():
    people, groups = cast()["people"], cast()["groups"]
    assert len({person["id"] for person in people}) == len(people)
    assert len({person["name"] for person in people}) == len(people)
    assert len({group["id"] for group in groups}) == len(groups)
    assert all(group["id"] < 0 for group in groups)
    usernames = [person["username"] for person in people if "username" in person]
    assert len(set(usernames)) == len(usernames)


def test_the_desks_and_the_administrator_are_there():
    purposes = {group["purpose"]: group for group in cast()["groups"] if "purpose" in group}
    assert {purpose: group["title"] for purpose, group in purposes.items()} == {
        "triage": "派单群",
        "supervision": "监督群",
    }
    assert all(9001 in group["members"] for group in purposes.values())
    assert {1001, 1002, 1003, 1004, 1005, 9001} <= {person["id"] for person in cast()["people"]}


def test_the_list_of_matters_names_only_units_there_are():
    codes = {TOWN, *(unit.code for unit in CITY.departments)}
    for matter in CITY.catalogue.matters:
        assert {matter.lead, *matter.assisting} <= codes, matter.code
        assert matter.lead not in matter.assisting, matter.code


def test_every_bureau_and_company_and_the_towns_lead_at_least_one_matter():
    led = {matter.lead for matter in CITY.catalogue.matters}
    assert led == {TOWN, *BUREAUS_AND_COMPANIES}


def test_the_list_has_about_sixty_matters_in_fields_each_found_by_its_own_words():
    matters = CITY.catalogue.matters
    assert 55 <= len(matters) <= 80
    for matter in matters:
        assert all(matter in CITY.catalogue.find(word) for word in matter.words), matter.code
        assert len(matter.basis) >= 6, matter.code
