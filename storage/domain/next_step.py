"""Who must act next on an appeal, and until when: every open one has somebody, and a time (SPEC 2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, assert_never

from storage.domain.statuses import Status

RATED_WITHIN: Final = timedelta(days=14)
"""So long after the answer its citizen is waited for."""


class Who(StrEnum):
    """Whose turn it is."""

    DISPATCHER = "dispatcher"
    UNIT = "unit"
    CITIZEN = "citizen"
    SUPERVISOR = "supervisor"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class NextStep:
    """Whose turn it is, and the moment by which it is expected of them; None where no clock runs."""

    who: Who
    until: datetime | None = None


class Facts(Protocol):
    """What is asked of an appeal; a `status` is one of `Status`."""

    @property
    def status(self) -> str: ...  # noqa: D102 - the names speak
    @property
    def triage_due(self) -> datetime | None: ...  # noqa: D102
    @property
    def sign_due(self) -> datetime | None: ...  # noqa: D102
    @property
    def contact_due(self) -> datetime | None: ...  # noqa: D102
    @property
    def answer_due(self) -> datetime | None: ...  # noqa: D102
    @property
    def ask_until(self) -> datetime | None: ...  # noqa: D102
    @property
    def progress_due(self) -> datetime | None: ...  # noqa: D102
    @property
    def deferred_until(self) -> datetime | None: ...  # noqa: D102
    @property
    def answered_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def objection_due(self) -> datetime | None: ...  # noqa: D102
    @property
    def stopped_at(self) -> datetime | None: ...  # noqa: D102


def next_step(appeal: Facts, lead: Facts | None = None) -> NextStep:  # noqa: PLR0911 - one answer a status
    """Return whose turn it is as the appeal stands, and until when; of a merged one, whose turn it is with its `lead`.

    A unit that has a wish, a return or an offer undecided still has its turn: its clock runs meanwhile.
    """
    status = Status(appeal.status)
    match status:
        case Status.PENDING_TRIAGE:
            return NextStep(Who.DISPATCHER, appeal.triage_due)
        case Status.DISPATCHED:
            return NextStep(Who.UNIT, appeal.sign_due or appeal.answer_due)
        case Status.IN_PROGRESS:
            return _in_hand(appeal)
        case Status.AWAITING_CITIZEN:
            return NextStep(Who.CITIZEN, appeal.ask_until)
        case Status.DEFERRED:
            return NextStep(Who.UNIT, appeal.progress_due or appeal.deferred_until)
        case Status.ANSWERED:
            return NextStep(Who.CITIZEN, appeal.answered_at + RATED_WITHIN if appeal.answered_at else None)
        case Status.DECLINED if appeal.objection_due is not None:
            return NextStep(Who.SUPERVISOR, appeal.objection_due)
        case Status.MERGED if lead is not None:
            return next_step(lead)
        case Status.DECLINED | Status.CLOSED | Status.WITHDRAWN | Status.MERGED:
            return NextStep(Who.NOBODY)
        case _:
            assert_never(status)


def _in_hand(appeal: Facts) -> NextStep:
    """Return the step of what is being handled; an answer that reached nobody waits for its citizen to come back.

    What has no limit of its own, as praise that a dispatcher passed on, is at least owed a first word.
    """
    if appeal.stopped_at is not None:
        return NextStep(Who.CITIZEN)
    return NextStep(Who.UNIT, appeal.answer_due or appeal.contact_due)
