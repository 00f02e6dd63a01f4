"""`python -m tests.bench.dangers`: recall and precision of the rules of danger, and how often real messages alarm."""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.city.dangers import load_dangers
from storage.domain.dangers import Danger, find_danger

WRITTEN = Path(__file__).parents[1] / "storage/domain/dangers"
REAL = Path(__file__).parents[2].parent / "shared" / "data"
_EVERY = 3  # each third row was held back while the rules were tuned


@dataclass(frozen=True)
class Written:
    """A text of a written set, what it is in danger of (None: nothing), and what the rules say."""

    text: str
    danger: Danger | None
    said: Danger | None


def rows_of(path: Path) -> list[Written]:
    """Return one written set, each row with what the rules say."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_asked(row["text"], row.get("danger")) for row in csv.DictReader(file)]


def _asked(text: str, danger: str | None) -> Written:
    alarm = find_danger(text, load_dangers())
    return Written(text, Danger(danger) if danger else None, alarm.danger if alarm else None)


def halves(rows: list[Written]) -> tuple[list[Written], list[Written]]:
    """Return the rows the rules were tuned on, and those held back."""
    known = [row for number, row in enumerate(rows, 1) if number % _EVERY]
    return known, rows[_EVERY - 1 :: _EVERY]
