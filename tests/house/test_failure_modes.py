"""The table of failure modes is true: each row is there, and each test it names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/failure-modes.md"
_ROW = re.compile(r"^\| (\d+) \|.*$", re.MULTILINE)
_TEST = re.compile(r"`(test_\w+)`")
_DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)
GROUPS_AND_PEOPLE = range(12, 25)


def _rows() -> dict[int, str]:
    return {int(found[1]): found[0] for found in _ROW.finditer(PAGE.read_text(encoding="utf-8"))}


def _defined() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for each in files for name in _DEFINED.findall(each.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("number", GROUPS_AND_PEOPLE)
def test_every_failure_of_groups_and_people_has_a_row_with_a_test(number: int):
    assert _TEST.findall(_rows()[number])


def test_every_test_that_the_table_names_exists():
    named = {name for row in _rows().values() for name in _TEST.findall(row)}
    assert named
    assert sorted(named - _defined()) == []
