"""One training from the lessons to the report card; it knows no database, and changes nothing that is in use."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from bot.thinking.picture import chinese_font, drawn
from classifier.corpus import LabelledText, starter_corpus
from classifier.model import Model
from classifier.promotion import Comparison, Fall, compare, gate
from classifier.training import train
from classifier.vetting import DEFAULT_CAPS, Caps, Lesson, Suspect, Vetted, folded, is_held_out, suspects, vetted
from storage.domain.masking import mask

_SHOWN: Final = 200
_TRAINED, _SUSPECTED, _COMPARED = 0.8, 0.9, 0.97


@dataclass(frozen=True)
class Learnt:
    """A new model, its report as plain JSON, and the picture of what it takes for what."""

    model: Model
    report: dict[str, Any]
    picture: bytes


def learn(
    lessons: Sequence[Lesson],
    old: Model,
    *,
    caps: Caps = DEFAULT_CAPS,
    seed: int = 0,
    watch: Callable[[float], None] = lambda _done: None,
) -> Learnt:
    """Train on the starter corpus and on what may be learnt of the lessons, and compare with the old model.

    A tenth of the lessons, known by their letters, and the fixed messages of the gate are learnt by no model: on them
    the two are compared. The lessons that are held out speak only of the whole: their labels may be as wrong as any.
    """
    fixed = gate()
    taken = {folded(row.text) for row in fixed}
    found = vetted([each for each in lessons if folded(each.text) not in taken], caps=caps)
    own = [each for each in found.kept if not is_held_out(each.text)]
    aside = [LabelledText(each.text, each.label, each.kind) for each in found.kept if is_held_out(each.text)]
    corpus = starter_corpus()
    rows = [*corpus, *(LabelledText(each.text, each.label, each.kind) for each in own)]
    model = train(rows, seed=seed, watch=lambda done: watch(done * _TRAINED))
    odd = suspects(found.kept, [row for row in corpus if not row.name], seed=seed)
    watch(_SUSPECTED)
    compared = _compared(old, model, fixed, aside)
    watch(_COMPARED)
    font = chinese_font()
    picture = drawn(compared.whole.labels, compared.whole.confusion, font=font)
    watch(1.0)
    report = _report(compared, found, odd)
    counted = {"learnt": len(rows), "own": len(own), "legend": [] if font else list(compared.whole.labels)}
    return Learnt(model, report | counted, picture)


@dataclass(frozen=True)
class _Compared:
    """Old and new on the gate, on the lessons that were held out (if there are any), and on both together."""

    gate: Comparison
    own: Comparison | None
    whole: Comparison

    @property
    def falls(self) -> list[Fall]:
        """What fell on the gate, and what fell on the town's own messages."""
        named = {each.what for each in self.gate.falls}
        return [*self.gate.falls, *(each for each in (self.own.falls if self.own else ()) if each.what not in named)]


def _compared(old: Model, new: Model, fixed: Sequence[LabelledText], aside: Sequence[LabelledText]) -> _Compared:
    """Compare on both apart: labels that were poisoned speak well of the model that learnt them."""
    gated = compare(old, new, fixed)
    if not aside:
        return _Compared(gated, None, gated)
    return _Compared(gated, compare(old, new, aside), compare(old, new, [*fixed, *aside]))


def _report(compared: _Compared, found: Vetted, odd: Sequence[Suspect]) -> dict[str, Any]:
    """Put the report together; people's words in it are starred and cut short."""
    figures = compared.gate.to_json()
    kept = {name: figures[name] for name in ("n", "accuracy", "sure", "coverage", "per_label")}
    own = compared.own
    return {
        **kept,
        "held_out": {"n": own.n, "accuracy": own.accuracy} if own else None,
        "falls": [asdict(each) for each in compared.falls],
        "surprises": [asdict(replace(each, text=_short(each.text))) for each in compared.whole.surprises],
        "over_cap": found.over_cap,
        "repeated": found.repeated,
        "disagreeing": len(found.disagreeing),
        "suspects": [
            {"source": each.lesson.source, "label": each.lesson.label, "said": each.said, "p": each.p} for each in odd
        ],
    }


def _short(text: str) -> str:
    line = " ".join(mask(text).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
