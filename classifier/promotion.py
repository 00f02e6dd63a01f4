"""Whether a new model may take the place of the old one: both judge the same messages, and nobody may fall."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Any, Final

from classifier.batches import judged
from classifier.corpus import CorpusError, LabelledText, read_rows
from classifier.evaluation import Report, reported
from classifier.model import Judged, Model

SURPRISES: Final = 10
"""So many disagreements of the two models are shown."""
OVERALL: Final = ""
"""What is called by this name in place of a label is the share that goes right, over all labels."""
SURE: Final = "sure"
"""What is called by this name is the share that goes right of what a model sends on by itself."""


@dataclass(frozen=True)
class Margins:
    """How far a model may fall, as shares from 0 to 1; what a chance message or two does is no fall.

    `overall`: of all messages; `sure`: of those it sends on by itself; `label`: of the messages of one label, and then
    by at least `fewest` of them.
    """

    overall: float = 0.01
    sure: float = 0.02
    label: float = 0.1
    fewest: int = 2


DEFAULT_MARGINS: Final = Margins()


@dataclass(frozen=True)
class Fall:
    """What fell by more than it may: a label, OVERALL or SURE, and the shares before and after (0 to 1)."""

    what: str
    old: float
    new: float

    @property
    def points(self) -> float:
        """By how many points of a hundred it fell."""
        return 100 * (self.old - self.new)


@dataclass(frozen=True)
class Surprise:
    """A message on which the two models disagree: its label, what each says, and how sure it is (0 to 1)."""

    text: str
    label: str
    old: str
    new: str
    old_p: float
    new_p: float


@dataclass(frozen=True)
class OfLabel:
    """The share of a label's messages (`support` of them) that each model finds, 0 to 1."""

    old: float
    new: float
    support: int


@dataclass(frozen=True)
class Comparison:
    """Two models on the same `n` messages, which neither has seen.

    `accuracy` and `sure` are shares (old, new) from 0 to 1, `coverage` what each sends on by itself. `confusion[i][j]`
    counts the messages of `labels[i]` that the new model takes for `labels[j]`.
    """

    n: int
    accuracy: tuple[float, float]
    sure: tuple[float, float]
    coverage: tuple[float, float]
    per_label: dict[str, OfLabel]
    falls: tuple[Fall, ...]
    surprises: tuple[Surprise, ...]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


def gate() -> list[LabelledText]:
    """Return the fixed messages that every new model is asked about, and that none is ever trained on."""
    source = resources.files("classifier").joinpath("data", "gate.csv")
    with source.open(encoding="utf-8") as lines:
        return list(read_rows(lines, source.name))


def compare(old: Model, new: Model, rows: Sequence[LabelledText], *, margins: Margins = DEFAULT_MARGINS) -> Comparison:
    """Let both models judge the messages (at least one); `falls` is empty where the new one may be used."""
    if not rows:
        raise CorpusError("there is no message to compare the models on")
    texts = [row.text for row in rows]
    before, after = list(judged(old, texts)), list(judged(new, texts))
    was, now = reported(rows, before), reported(rows, after)
    per_label = {
        name: OfLabel(was.per_label[name].recall, each.recall, each.support) for name, each in now.per_label.items()
    }
    labels, confusion = _confusion(rows, after)
    return Comparison(
        n=len(rows),
        accuracy=(was.accuracy, now.accuracy),
        sure=(was.precision_95, now.precision_95),
        coverage=(was.coverage_95, now.coverage_95),
        per_label=per_label,
        falls=_falls(was, now, per_label, margins),
        surprises=_surprises(rows, before, after),
        labels=labels,
        confusion=confusion,
    )


def _falls(was: Report, now: Report, per_label: dict[str, OfLabel], margins: Margins) -> tuple[Fall, ...]:
    """Return what fell too far, the label that fell most first."""
    fallen = [
        Fall(name, each.old, each.new)
        for name, each in per_label.items()
        if each.old - each.new > margins.label and round((each.old - each.new) * each.support) >= margins.fewest
    ]
    fallen.sort(key=lambda each: each.new - each.old)
    if was.accuracy - now.accuracy > margins.overall:
        fallen.append(Fall(OVERALL, was.accuracy, now.accuracy))
    if now.coverage_95 and was.precision_95 - now.precision_95 > margins.sure:
        fallen.append(Fall(SURE, was.precision_95, now.precision_95))
    return tuple(fallen)


def _surprises(rows: Sequence[LabelledText], before: Sequence[Judged], after: Sequence[Judged]) -> tuple[Surprise, ...]:
    """Return where the models disagree, those first that are surest of themselves."""
    found = [
        Surprise(row.text, row.label, old.ranked[0], new.ranked[0], old.p[0], new.p[0])
        for row, old, new in zip(rows, before, after, strict=True)
        if old.ranked[0] != new.ranked[0]
    ]
    found.sort(key=lambda each: (-(each.old_p + each.new_p), each.text))
    return tuple(found[:SURPRISES])


def _confusion(
    rows: Sequence[LabelledText], after: Sequence[Judged]
) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    pairs = [(row.label, each.ranked[0]) for row, each in zip(rows, after, strict=True)]
    labels = tuple(sorted({name for pair in pairs for name in pair}))
    place = {name: at for at, name in enumerate(labels)}
    counts = [[0] * len(labels) for _ in labels]
    for true, said in pairs:
        counts[place[true]][place[said]] += 1
    return labels, tuple(map(tuple, counts))
