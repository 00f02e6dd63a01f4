"""What a month came to, and whether every appeal of it is accounted for: the books against what the people know."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.services.rating import Outcome, Satisfaction, counted_outcome
from bot.simulating.county import Ledger
from storage.domain.ladder import STANDING
from storage.domain.lifecycle import OPEN
from storage.domain.next_step import Who, next_step
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind
from storage.tables import Appeal, AppealEvent

_FAIR: float = 0.9
"""What 基本满意 counts."""


@dataclass(frozen=True)
class Rate:
    """A share of those who answered the question; None where nobody did."""

    answered: int
    yes: float

    @property
    def share(self) -> float | None:
        """The share, to four places."""
        return round(self.yes / self.answered, 4) if self.answered else None


@dataclass(frozen=True)
class Figures:
    """What there is to say of a month; `unaccounted`: numbers, each with what is wrong with it."""

    accepted: int
    by_status: dict[str, int]
    counts: dict[str, int]
    rates: dict[str, Rate]
    refused: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    unaccounted: Sequence[tuple[str, str]] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        rates = {name: {"answered": rate.answered, "share": rate.share} for name, rate in self.rates.items()}
        return {
            "accepted": self.accepted,
            "by_status": self.by_status,
            **self.counts,
            "rates": rates,
            "refused": self.refused,
            "calls": self.calls,
            "unaccounted": [{"number": number, "why": why} for number, why in self.unaccounted],
        }


async def gather(session: AsyncSession, ledger: Ledger, *, now: datetime) -> Figures:
    """Count, and hold the books against the ledger; whoever joined an appeal is no further accepted one."""
    told = (await session.execute(select(Appeal).order_by(col(Appeal.id)))).scalars().all()
    rows = [each for each in told if not each.joined]
    deferred = select(func.count(func.distinct(col(AppealEvent.appeal_id)))).where(col(AppealEvent.what) == Event.DEFER)
    joined = len(told) - len(rows)
    return counted(rows, ledger, deferred=(await session.execute(deferred)).scalar_one(), joined=joined, now=now)


def counted(rows: Sequence[Appeal], ledger: Ledger, *, deferred: int, now: datetime, joined: int = 0) -> Figures:
    """Return the figures of these appeals.

    `deferred`: how many of them were ever put into a plan; `joined`: how many more were told by joining one.
    """
    found = Counter(each.status for each in rows)
    counts = {
        "late": sum(_late(each, now) for each in rows),
        "returned": sum(each.returns > 0 for each in rows),
        "reopened": sum(each.reopens > 0 for each in rows),
        "deferred": deferred,
        "unrated": sum(_unrated(each) for each in rows),
        "joined": joined,
        "declined": found[Status.DECLINED],
        "withdrawn": found[Status.WITHDRAWN],
    }
    return Figures(
        accepted=len(rows),
        by_status={status.value: found[status] for status in Status},
        counts=counts,
        rates=_rates(rows),
        refused=dict(sorted(ledger.refused.items())),
        calls=dict(sorted(ledger.calls.items())),
        unaccounted=list(_unaccounted(rows, ledger, joined)),
    )


def as_table(figures: Figures) -> str:
    """Return the figures for people."""
    lines = [_line("accepted", figures.accepted)]
    lines += [_line(f"  {name}", count) for name, count in figures.by_status.items()]
    lines += [_line(name, count) for name, count in figures.counts.items()]
    for name, rate in figures.rates.items():
        share = "-" if rate.share is None else f"{rate.share:.1%}"
        lines.append(f"{name:18}{share:>8}  of {rate.answered} who answered")
    lines.append(_line("refused acts", sum(figures.refused.values())))
    return "\n".join(lines)


def _line(name: str, count: int) -> str:
    return f"{name:18}{count:>8}"


def _late(appeal: Appeal, now: datetime) -> bool:
    """Whether its answer was pressed too late, or is not there although it is due."""
    if appeal.answer_due is None or appeal.stopped_at is not None:
        return False
    if appeal.answer_pressed_at is not None:
        return appeal.answer_pressed_at > appeal.answer_due
    return appeal.status in STANDING and appeal.answer_due < now


def _unrated(appeal: Appeal) -> bool:
    return appeal.status == Status.CLOSED and appeal.citizen_outcome is None and appeal.kind != Kind.PRAISE


def _rates(rows: Sequence[Appeal]) -> dict[str, Rate]:
    """Return the three rates over those whose citizens answered (有效回访)."""
    contacted = [each.contact_confirmed for each in rows if each.contact_confirmed is not None]
    outcomes = [outcome for each in rows if (outcome := counted_outcome(each)) is not None]
    levels = Counter(each.satisfaction for each in rows if each.satisfaction is not None)
    content = levels[Satisfaction.SATISFIED] + _FAIR * levels[Satisfaction.FAIR]
    return {
        "response": Rate(len(contacted), sum(contacted)),
        "solved": Rate(len(outcomes), sum(each == Outcome.SOLVED for each in outcomes)),
        "satisfied": Rate(levels.total(), content),
    }


def _unaccounted(rows: Sequence[Appeal], ledger: Ledger, joined: int) -> Iterator[tuple[str, str]]:
    if joined != ledger.joined:
        yield "-", f"{ledger.joined} joined, {joined} are in the books"
    leads = {each.id: each.status for each in rows}
    for each in rows:
        if each.status == Status.MERGED and leads.get(each.merged_into or 0) in {None, Status.MERGED, Status.WITHDRAWN}:
            yield each.number, "it is merged, and nobody has its lead"
    if len(rows) != ledger.filed:
        yield "-", f"{ledger.filed} were filed, {len(rows)} are in the books"
    for number, times in Counter(each.number for each in rows).items():
        if times > 1:
            yield number, f"{times} appeals bear it"
    for each in rows:
        yield from ((each.number, why) for why in _wrong(each, ledger))


def _wrong(appeal: Appeal, ledger: Ledger) -> Iterator[str]:
    """Yield what is wrong with one appeal."""
    if appeal.status not in set(Status):
        yield f"nobody knows the status {appeal.status!r}"
        return
    step = next_step(appeal)
    if appeal.status in OPEN and step.who is Who.NOBODY:
        yield "it is open, and nobody must act"
    if step.who is not Who.NOBODY and step.until is None and appeal.stopped_at is None:
        yield "somebody must act, and no time is promised"
    said = ledger.said.get(appeal.id)
    if appeal.status == Status.CLOSED and (said or appeal.citizen_outcome) != appeal.citizen_outcome:
        yield f"its citizen called it {said}, and it is closed as {appeal.citizen_outcome}"
    if appeal.citizen_outcome == Outcome.SOLVED and said != Outcome.SOLVED:
        yield "its citizen never called it solved, and it counts as solved"
    if appeal.status == Status.ANSWERED and not ledger.answers[appeal.id]:
        yield "it counts as answered, and its citizen has seen no answer"
