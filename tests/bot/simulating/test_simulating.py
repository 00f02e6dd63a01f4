"""`lianxin simulate`: twelve days of a county come to the same figures each time, and every appeal is accounted for."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.simulating.county import Ledger
from bot.simulating.figures import as_table, counted
from storage.domain.statuses import Status
from storage.tables import Appeal

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_FIRST: dict[int, dict[str, Any]] = {}


def simulated(url: str | None = None, *, appeals: int = 60, days: int = 12, seed: int = 1) -> Result:
    where = ["--database", url] if url else []
    words = ["simulate", "--appeals", str(appeals), "--days", str(days), "--seed", str(seed), "--json", *where]
    return CliRunner().invoke(main, words)


def figures_of(seed: int) -> dict[str, Any]:
    """Return the figures of a first run in a temporary file; each seed is played once."""
    if seed not in _FIRST:
        _FIRST[seed] = json.loads(simulated(seed=seed).stdout)
    return _FIRST[seed]


def test_the_same_seed_gives_the_same_figures_whatever_the_database(database_url: str):
    result = simulated(database_url)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == figures_of(1)


def test_another_seed_gives_other_figures():
    assert figures_of(2) != figures_of(1)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_appeal_is_accounted_for(seed: int):
    figures = figures_of(seed)
    assert figures["unaccounted"] == []
    assert figures["accepted"] == sum(figures["by_status"].values()) == 60


def test_much_of_what_can_happen_does():
    figures = figures_of(1)
    assert figures["by_status"]["closed"] > 5
    assert figures["rates"]["solved"]["answered"] > 5
    assert sum(figures["refused"].values()) > 0


def test_people_read_a_table_and_that_all_are_accounted_for():
    result = CliRunner().invoke(main, ["simulate", "--appeals", "3", "--days", "2"])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["accepted", "3"]
    assert lines[-1] == "accounted for: all"


def test_a_database_with_people_in_it_is_refused(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'used.db'}"
    assert simulated(url, appeals=1, days=1).exit_code == 0
    again = simulated(url, appeals=1, days=1)
    assert again.exit_code == 1
    assert "Name an empty one" in again.output


def appeal(**columns: Any) -> Appeal:
    given = {"status": Status.CLOSED, "number": "LX-20261123-0001", "citizen_outcome": "solved"} | columns
    return Appeal(id=1, citizen_id=1, alias="7F3K", kind="help", urgency="normal", channel="-", title="-", text="-",
                  accepted_at=NOW, **given)  # fmt: skip


def unaccounted(*rows: Appeal, **known: Any) -> list[str]:
    ledger = Ledger(filed=len(rows), said={1: "solved"})
    for name, value in known.items():
        setattr(ledger, name, value)
    return [why for _, why in counted(rows, ledger, deferred=0, now=NOW).unaccounted]


def test_what_is_as_the_people_know_it_is_accounted_for():
    assert unaccounted(appeal()) == []


@pytest.mark.parametrize(
    ("columns", "known", "why"),
    [
        ({}, {"filed": 2}, "2 were filed, 1 are in the books"),
        ({}, {"said": {1: "unsolved"}}, "its citizen called it unsolved, and it is closed as solved"),
        ({}, {"said": {}}, "its citizen never called it solved, and it counts as solved"),
        (
            {"citizen_outcome": None},
            {"said": {1: "unsolved"}},
            "its citizen called it unsolved, and it is closed as None",
        ),
        ({"status": "lost"}, {}, "nobody knows the status 'lost'"),
        ({"status": Status.DISPATCHED}, {}, "somebody must act, and no time is promised"),
        (
            {"status": Status.ANSWERED, "answered_at": NOW, "citizen_outcome": None},
            {"said": {}},
            "it counts as answered, and its citizen has seen no answer",
        ),
    ],
)
def test_what_is_not_is_named(columns: dict[str, Any], known: dict[str, Any], why: str):
    assert why in unaccounted(appeal(**columns), **known)


def test_a_number_that_two_appeals_bear_is_named():
    assert "2 appeals bear it" in unaccounted(appeal(), appeal())


@pytest.mark.parametrize(
    ("columns", "late"),
    [
        ({"answer_pressed_at": NOW + timedelta(hours=1)}, 1),
        ({"answer_pressed_at": NOW - timedelta(hours=1)}, 0),
        ({"status": Status.IN_PROGRESS, "answer_due": NOW - timedelta(hours=1)}, 1),
        ({"status": Status.AWAITING_CITIZEN, "answer_due": NOW - timedelta(hours=1)}, 0),
        ({"status": Status.IN_PROGRESS, "answer_due": NOW - timedelta(hours=1), "stopped_at": NOW}, 0),
    ],
)
def test_late_is_what_was_pressed_too_late_or_is_due_and_not_there(columns: dict[str, Any], late: int):
    found = counted([appeal(**{"answer_due": NOW} | columns)], Ledger(), deferred=0, now=NOW)
    assert found.counts["late"] == late


def test_fair_counts_nine_tenths_and_silence_nothing():
    levels = ("satisfied", "fair", "dissatisfied", None)
    found = counted([appeal(satisfaction=each) for each in levels], Ledger(), deferred=0, now=NOW)
    assert (found.rates["satisfied"].answered, found.rates["satisfied"].share) == (3, round(1.9 / 3, 4))
    assert "of 3 who answered" in as_table(found)
