"""The table: one figure a row, one bot a column, the ratio to (b') behind each figure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.bench.peers.contenders import BOTS, INBOX, OURS, Bot
from tests.bench.peers.figures import Figures, Survival, Waits, Work

Measured = Mapping[Bot, Figures]
_MOST_NEW_MESSAGES = 6
_MOST_GROUP_OPERATIONS = 2
_LEAST_SHARE = 0.5
_MUTE = (False, False)


@dataclass(frozen=True)
class Row:
    """A figure of every bot; `exact` ones have no ratio."""

    name: str
    of: Callable[[Figures], float]
    digits: int = 0
    exact: bool = False

    def cells(self, measured: Measured) -> list[str]:
        """Return the figure of each bot."""
        beside = self.of(measured[INBOX])
        return [self._cell(self.of(measured[bot]), beside) for bot in BOTS]

    def _cell(self, value: float, beside: float) -> str:
        shown = f"{value:.{self.digits}f}"
        return shown if self.exact or not beside else f"{shown} ({value / beside:.2f})"


def _rows() -> Iterator[Row]:
    yield Row("updates an appeal", lambda f: f.work[_MUTE].updates / f.work[_MUTE].appeals, digits=1, exact=True)
    for sends in (False, True):
        for thinks in (False, True):
            yield from _work_rows(sends=sends, thinks=thinks)
    yield Row("an answer at light load, p50, ms", lambda f: _waits(f).at(0.5) * 1000, digits=1)
    yield Row("an answer at light load, p99, ms", lambda f: _waits(f).at(0.99) * 1000, digits=1)
    yield Row(
        "new messages to the citizen, an appeal",
        lambda f: _waits(f).new_messages / _waits(f).appeals,
        digits=1,
        exact=True,
    )
    yield Row("edits of those, an appeal", lambda f: _waits(f).edits / _waits(f).appeals, digits=1, exact=True)
    yield Row(
        "group operations, an appeal filed",
        lambda f: _waits(f).group_operations / _waits(f).appeals,
        digits=1,
        exact=True,
    )
    yield Row("killed so many times", lambda f: _survival(f).kills, exact=True)
    yield Row("appeals told meanwhile", lambda f: _survival(f).told, exact=True)
    yield Row("appeals lost", lambda f: _survival(f).lost, exact=True)
    yield Row("of these after submit was pressed", lambda f: _survival(f).lost_after_submit, exact=True)
    yield Row("appeals doubled", lambda f: _survival(f).doubled, exact=True)


def _work_rows(*, sends: bool, thinks: bool) -> Iterator[Row]:
    case = f"{'with' if sends else 'no'} sends, {'with' if thinks else 'no'} classifier"

    def work(figures: Figures) -> Work:
        return figures.work[sends, thinks]

    yield Row(f"updates a CPU-second, {case}", lambda f: work(f).updates / work(f).cpu)
    yield Row(f"appeals a CPU-second, {case}", lambda f: work(f).appeals / work(f).cpu, digits=1)
    if thinks:
        yield Row("– its classifier's process counted, updates", lambda f: work(f).updates / work(f).cpu_of_all)


def table(measured: Measured) -> str:
    """Return the table, in Markdown that a terminal shows as well."""
    head = ["", *(bot.name for bot in BOTS)]
    lines = [head, *([row.name, *row.cells(measured)] for row in _rows())]
    return _drawn(lines)


def life_table(measured: Measured) -> str:
    """Return what ours did in groups, act by act."""
    lines = [["act", "operations"], *([name, str(most)] for name, most in measured[OURS].life.items())]
    return _drawn(lines)


def _drawn(lines: list[list[str]]) -> str:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    rows = [
        [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        for line in lines
    ]
    rule = ["-" * width if at == 0 else "-" * (width - 1) + ":" for at, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]])


def aims(measured: Measured) -> list[tuple[str, bool]]:
    """What ours should reach, and whether it does."""
    ours, survival, waits = measured[OURS], _survival(measured[OURS]), _waits(measured[OURS])
    share = _speed(ours.work[_MUTE]) / _speed(measured[INBOX].work[_MUTE])
    new = waits.new_messages / waits.appeals
    most = max(ours.life.values())
    return [
        (f"at least half of the updates a CPU-second of (b'): {share:.2f}", share >= _LEAST_SHARE),
        (f"nothing lost, nothing doubled: {survival.lost}, {survival.doubled}", not survival.lost + survival.doubled),
        (f"at most {_MOST_NEW_MESSAGES} new messages to the citizen: {new:.1f}", new <= _MOST_NEW_MESSAGES),
        (f"at most {_MOST_GROUP_OPERATIONS} group operations an act: {most}", most <= _MOST_GROUP_OPERATIONS),
    ]


def _speed(work: Work) -> float:
    return work.updates / work.cpu


def _waits(figures: Figures) -> Waits:
    assert figures.waits is not None
    return figures.waits


def _survival(figures: Figures) -> Survival:
    assert figures.survival is not None
    return figures.survival


def report(measured: Measured) -> str:
    """Return everything for people."""
    reached = [f"- {'reached' if is_so else 'not reached'}: {aim}" for aim, is_so in aims(measured)]
    return "\n\n".join([table(measured), life_table(measured), "\n".join(reached)])
