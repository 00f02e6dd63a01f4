"""What an administrator types finds the group that is meant."""

import pytest

from bot.services.binding import Purpose
from bot.services.targets import find_targets, target
from bot.texts.admin import GROUPS
from storage.domain.city import City


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("城市管理局", ["城市管理局"]),
        ("城管", ["城市管理局"]),
        ("派单群", ["派单群"]),
        ("监督", ["监督群", "市场监督管理局"]),
        ("供", ["供电公司", "供水公司", "供热公司"]),
        ("", []),
        ("没有这样的单位", []),
    ],
)
def test_words_find_groups(city: City, typed: str, names: list[str]):
    assert [each.name for each in find_targets(city, typed, groups=GROUPS)] == names


def test_a_code_on_a_button_finds_its_target_again(city: City):
    for typed in ("教育局", "派单群", "监督群"):
        [found] = find_targets(city, typed, groups=GROUPS)
        assert target(city, found.code, groups=GROUPS) == found


@pytest.mark.parametrize("code", ["", "@", "@department", "nowhere"])
def test_a_forged_code_finds_nothing(city: City, code: str):
    assert target(city, code, groups=GROUPS) is None


def test_a_units_target_is_its_own_group(city: City):
    [found] = find_targets(city, "教育局", groups=GROUPS)
    assert (found.purpose, found.department) == (Purpose.DEPARTMENT, "education")
