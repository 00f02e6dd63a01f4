"""The handling class follows from what happened; what weighs more goes first, and what staff set goes before it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from storage.domain.classes import HandlingClass, class_of, derived

BEGUN = datetime(2026, 11, 23, 2, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)


@dataclass
class Handled:
    """An appeal answered and solved on the spot, if nothing else is said."""

    kind: str = "help"
    handling: str | None = None
    asks: int = 0
    reopens: int = 0
    escalated_to: str | None = None
    first_dispatched_at: datetime | None = BEGUN
    answer_pressed_at: datetime | None = BEGUN + TWO_HOURS
    answered_at: datetime | None = BEGUN + TWO_HOURS
    citizen_outcome: str | None = "solved"


def test_what_was_answered_on_the_spot_and_is_solved_was_instant():
    assert derived(Handled()) is HandlingClass.INSTANT


@pytest.mark.parametrize(
    "otherwise",
    [
        {"citizen_outcome": None},
        {"citizen_outcome": "unsolved"},
        {"answer_pressed_at": BEGUN + TWO_HOURS + timedelta(seconds=1)},
        {"answered_at": None},
        {"first_dispatched_at": None},
        {"reopens": 1},
    ],
)
def test_everything_less_is_committed(otherwise: dict[str, object]):
    assert derived(Handled(**otherwise)) is HandlingClass.COMMITTED  # type: ignore[arg-type]


def test_what_was_told_by_telephone_counts_from_the_telling():
    assert derived(Handled(answer_pressed_at=None)) is HandlingClass.INSTANT
    late = Handled(answer_pressed_at=None, answered_at=BEGUN + 2 * TWO_HOURS)
    assert derived(late) is HandlingClass.COMMITTED


def test_what_weighs_more_goes_first():
    assert derived(Handled(asks=1)) is HandlingClass.SUPPLEMENT
    assert derived(Handled(asks=1, escalated_to="省厅")) is HandlingClass.ESCALATED
    assert derived(Handled(asks=1, escalated_to="省厅", kind="suggestion")) is HandlingClass.SUGGESTION


def test_what_staff_set_goes_before_what_follows():
    assert class_of(Handled(handling="escalated")) is HandlingClass.ESCALATED
    assert class_of(Handled(handling=None)) is HandlingClass.INSTANT
