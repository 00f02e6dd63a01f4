"""The page on the life of an appeal is true: each event stands there, with a story that exists."""

import re
from pathlib import Path

from storage.domain.statuses import Event

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/lifecycle.md"
_STORY = re.compile(r"`(test_\w+)`")
_EVENT = re.compile(r"`([a-z_]+)`")
_DEFINED = re.compile(r"^async def (test_\w+)\(", re.MULTILINE)


def _rows() -> list[list[str]]:
    """Return the cells of each row of the table: from, event, what people see, shown by."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines[1:]]


def test_every_event_of_the_lifecycle_has_a_row():
    told = [event for row in _rows() for event in _EVENT.findall(row[1])]
    assert sorted(told) == sorted(Event)


def test_every_row_names_stories_that_exist():
    stories = (ROOT / "tests/stories").glob("test_*.py")
    defined = {name for each in stories for name in _DEFINED.findall(each.read_text(encoding="utf-8"))}
    named = {row[1]: _STORY.findall(row[3]) for row in _rows()}
    assert [event for event, shown in named.items() if not shown] == []
    assert sorted({name for shown in named.values() for name in shown} - defined) == []
