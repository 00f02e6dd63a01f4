"""The handling classes (办件类型): told from what happened to an appeal, unless staff say otherwise (SPEC 2.2)."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from storage.domain.words import Kind

#: So soon after the first dispatch an answer was given on the spot.
ON_THE_SPOT: Final = timedelta(hours=2)
_SOLVED: Final = "solved"


class HandlingClass(StrEnum):
    """即办件, 承诺件, 补办件, 上报件 and 建议件."""

    INSTANT = "instant"
    COMMITTED = "committed"
    SUPPLEMENT = "supplement"
    ESCALATED = "escalated"
    SUGGESTION = "suggestion"


class Handled(Protocol):
    """What is asked of an appeal to tell its class; `handling`: what staff set in place of the derived one."""

    @property
    def kind(self) -> str: ...  # noqa: D102 - the names speak
    @property
    def handling(self) -> str | None: ...  # noqa: D102
    @property
    def asks(self) -> int: ...  # noqa: D102
    @property
    def reopens(self) -> int: ...  # noqa: D102
    @property
    def escalated_to(self) -> str | None: ...  # noqa: D102
    @property
    def first_dispatched_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def answer_pressed_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def answered_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def citizen_outcome(self) -> str | None: ...  # noqa: D102


def class_of(appeal: Handled) -> HandlingClass:
    """Return the class staff set, else the derived one."""
    return HandlingClass(appeal.handling) if appeal.handling else derived(appeal)


def derived(appeal: Handled) -> HandlingClass:
    """Return the class that follows from what happened; what weighs more goes first."""
    if appeal.kind == Kind.SUGGESTION:
        return HandlingClass.SUGGESTION
    if appeal.escalated_to:
        return HandlingClass.ESCALATED
    if appeal.asks:
        return HandlingClass.SUPPLEMENT
    if _solved_on_the_spot(appeal):
        return HandlingClass.INSTANT
    return HandlingClass.COMMITTED


def _solved_on_the_spot(appeal: Handled) -> bool:
    """Whether the first answer came at once, and its citizen says that it is solved; silence says nothing."""
    begun, told = appeal.first_dispatched_at, appeal.answer_pressed_at or appeal.answered_at
    if begun is None or told is None or appeal.answered_at is None or appeal.reopens:
        return False
    return appeal.citizen_outcome == _SOLVED and told - begun <= ON_THE_SPOT
