"""How good a model is on labelled messages: the figures of the report, each from 0 to 1 but the counts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from classifier.batches import judged
from classifier.calibration import Marks, calibration_error
from classifier.corpus import LabelledText
from classifier.labels import labels
from classifier.model import Judged, Model
from classifier.training import Watch, dealt, train, unwatched


@dataclass(frozen=True)
class OfLabel:
    """How well one label is found; `support` is how many messages truly bear it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Report:
    """What an evaluation says.

    `top2`, `top3`: the true label is among the best two, three. `ece`: expected calibration error of the best label's
    probability in 15 equal-width bins. `coverage_95`: the share of units' messages (those not truly for nobody)
    whose best label is as probable as the model learnt to want for 95 % precision; `precision_95`: how many of all such
    are right. `auto`: the share of units' messages that go on by themselves, being no news to the model either;
    `auto_precision`: how many of all that go on go right. `macro_f1` is the mean over the labels that occur in the
    messages.
    """

    n: int
    accuracy: float
    macro_f1: float
    top2: float
    top3: float
    ece: float
    coverage_95: float
    precision_95: float
    coverage_98: float
    precision_98: float
    auto: float
    auto_precision: float
    per_label: dict[str, OfLabel]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


def evaluate(model: Model, rows: Sequence[LabelledText], *, watch: Watch = unwatched) -> Report:
    """Measure a model on messages it has not seen; a label it does not know counts as missed."""
    return reported(rows, list(judged(model, [row.text for row in rows], watch=watch)))


def cross_validated(rows: Sequence[LabelledText], *, folds: int, seed: int, watch: Watch = unwatched) -> Report:
    """Measure by training on all folds but one and judging that one, for each; a label's only row is judged by none.

    Curve and threshold come from the training part alone. Raises ValueError as `train` does.
    """
    place = dealt([row.label for row in rows], folds, seed=seed)
    judgements: list[Judged] = []
    asked: list[LabelledText] = []
    for fold in range(folds):
        held = [row for row, at in zip(rows, place, strict=True) if at == fold]
        known = [row for row, at in zip(rows, place, strict=True) if at != fold]
        model = train(known, seed=seed, watch=_part(watch, fold, folds))
        judgements += judged(model, [row.text for row in held])
        asked += held
    return reported(asked, judgements)


def _part(watch: Watch, at: int, of: int) -> Watch:
    return lambda done: watch((at + done) / of)


def reported(rows: Sequence[LabelledText], judgements: Sequence[Judged]) -> Report:
    """Compare judgements with the true labels; both in the same order, at least one row."""
    truth = [row.label for row in rows]
    said = [each.ranked[0] for each in judgements]
    right: Marks = np.asarray([one == other for one, other in zip(said, truth, strict=True)])
    p = np.asarray([each.p[0] for each in judgements], dtype=np.float32)
    of_unit: Marks = np.asarray([label != labels().nobody for label in truth])
    per_label = _per_label(truth, said)
    coverage_95, precision_95 = _sent_on([each.sure for each in judgements], right, of_unit)
    coverage_98, precision_98 = _sent_on([each.sure_98 for each in judgements], right, of_unit)
    auto, auto_precision = _sent_on([each.auto for each in judgements], right, of_unit)
    return Report(
        n=len(rows),
        accuracy=float(right.mean()),
        macro_f1=float(np.mean([each.f1 for each in per_label.values()])),
        top2=_among_best(2, truth, judgements),
        top3=_among_best(3, truth, judgements),
        ece=calibration_error(p, right),
        coverage_95=coverage_95,
        precision_95=precision_95,
        coverage_98=coverage_98,
        precision_98=precision_98,
        auto=auto,
        auto_precision=auto_precision,
        per_label=per_label,
    )


def _among_best(places: int, truth: Sequence[str], judgements: Sequence[Judged]) -> float:
    return float(np.mean([one in each.ranked[:places] for one, each in zip(truth, judgements, strict=True)]))


def _sent_on(those: Sequence[bool], right: Marks, of_unit: Marks) -> tuple[float, float]:
    sent: Marks = np.asarray(those)
    covered = float((sent & of_unit).sum() / max(1, of_unit.sum()))
    return covered, float(right[sent].mean()) if sent.any() else 0.0


def _per_label(truth: Sequence[str], said: Sequence[str]) -> dict[str, OfLabel]:
    names = sorted(set(truth))
    found = precision_recall_fscore_support(truth, said, labels=names, zero_division=0)
    rows = zip(names, *(column.tolist() for column in found), strict=True)
    return {name: OfLabel(precision, recall, f1, int(support)) for name, precision, recall, f1, support in rows}
