"""`python -m tests.bench.dangers`: recall and precision of the rules of danger, and how often real messages alarm.

Each third row of the tuned sets was held back while the words were tuned. Every later set was unseen when it was first
measured; docs/decisions/dangers.md tells those figures, and `python -m tests.bench.danger_weights unseen` what the
scale makes of each set when it has learnt from the others alone. Of real messages only counts are printed.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.city.dangers import load_dangers
from storage.domain.dangers import Danger, DangerRules, find_danger

WRITTEN = Path(__file__).parents[1] / "storage/domain/dangers"
REAL = Path(__file__).parents[2].parent / "shared" / "data"
_REAL_FILES = ("appeals_train.csv", "messages_stream.csv")
_HELD_BACK = 3


@dataclass(frozen=True)
class Judged:
    """A written text, what it is in danger of (None: nothing), and what the rules say."""

    text: str
    danger: Danger | None
    said: Danger | None


@dataclass(frozen=True)
class Figures:
    """How well a set of texts was judged; precision is of the alarms in this set."""

    dangers: int
    found: int
    other_kind: int
    quiet: int
    false: int

    @property
    def recall(self) -> float:
        """The share of dangers that were found."""
        return self.found / max(self.dangers, 1)

    @property
    def precision(self) -> float:
        """The share of alarms that were right."""
        return self.found / max(self.found + self.false, 1)


def judged(path: Path, rules: DangerRules | None = None) -> list[Judged]:
    """Return the rows of one written set; those without a danger are quiet."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_judge(row["text"], row.get("danger"), rules or load_dangers()) for row in csv.DictReader(file)]


def _judge(text: str, danger: str | None, rules: DangerRules) -> Judged:
    alarm = find_danger(text, rules)
    return Judged(text, Danger(danger) if danger else None, alarm.danger if alarm else None)


def figures(rows: Sequence[Judged]) -> Figures:
    """Count."""
    dangers = [row for row in rows if row.danger is not None]
    quiet = [row for row in rows if row.danger is None]
    found = [row for row in dangers if row.said is not None]
    return Figures(
        dangers=len(dangers),
        found=len(found),
        other_kind=sum(row.said != row.danger for row in found),
        quiet=len(quiet),
        false=sum(row.said is not None for row in quiet),
    )


def sets() -> dict[str, list[Judged]]:
    """Return the written sets by name; the tuned one in two parts."""
    found: dict[str, list[Judged]] = {"tuned": [], "held back": []}
    for path in sorted(WRITTEN.glob("*.csv")):
        rows = judged(path)
        if name := set_of(path).replace("_", " "):
            found.setdefault(name, []).extend(rows)
            continue
        found["tuned"] += [row for number, row in enumerate(rows, 1) if number % _HELD_BACK]
        found["held back"] += rows[_HELD_BACK - 1 :: _HELD_BACK]
    return found


def set_of(path: Path) -> str:
    """Return the name of the set that a file belongs to: round_1 of round_1_positives; the tuned set has none."""
    return path.stem.rpartition("_")[0]


def _print_sets() -> None:
    print_head()
    for name, rows in sets().items():
        print_line(name, figures(rows))
        for danger in Danger:
            of_it = [row for row in rows if row.danger is danger]
            false = sum(row.danger is None and row.said is danger for row in rows)
            if of_it:
                one = figures(of_it)
                print_line(f"  {danger}", Figures(one.dangers, one.found, one.other_kind, 0, false))


def print_head() -> None:
    """Print what stands above the figures."""
    print(f"{'texts':<22}{'dangers':>8}{'recall':>8}{'other kind':>12}{'quiet':>8}{'false':>7}{'precision':>11}")


def print_line(name: str, it: Figures) -> None:
    """Print the figures of one set."""
    quiet = it.quiet or ""
    print(
        f"{name:<22}{it.dangers:>8}{it.recall:>8.3f}{it.other_kind:>12}{quiet:>8}{it.false:>7}{it.precision:>11.3f}",
    )


def _real(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (f"{row['title']}\n{row['body']}" for row in csv.DictReader(file))


def _print_real(path: Path) -> None:
    if not path.exists():
        print(f"{path.stem:<22}not measured: it does not lie beside the project")
        return
    rules, said, spent = load_dangers(), Counter[str](), []
    for text in _real(path):
        begun = time.thread_time()
        alarm = find_danger(text, rules)
        spent.append(time.thread_time() - begun)
        said[alarm.danger if alarm else ""] += 1
    alarms = len(spent) - said.pop("", 0)
    counts = ", ".join(f"{danger} {count}" for danger, count in said.most_common())
    slow = sorted(spent)[len(spent) * 99 // 100] * 1000
    share = alarms / len(spent)
    print(f"{path.stem:<22}{len(spent)} messages, {alarms} alarms ({share:.2%}): {counts}; p99 {slow:.1f} ms CPU")


def main(folder: Path = REAL) -> int:
    """Print the table; real messages are looked for in `folder`."""
    _print_sets()
    for name in _REAL_FILES:
        _print_real(folder / name)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
