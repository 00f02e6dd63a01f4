"""What passes of messages a model was never taught: `python -m tests.bench.novelty`, on real messages of seven topics.

For each topic a model is trained without it, on four fifths of the others; what it is asked is the last fifth, the
topic it does not know, and messages of units that none of the seven topics holds. Ways of telling them apart are
compared where each lets the same share of the known messages pass.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack
from sklearn.preprocessing import normalize

from classifier import LabelledText, Model, starter_corpus, train
from classifier.pipeline import fitted_head
from classifier.tokens import cut
from classifier.training import dealt
from tests.bench.__main__ import REAL, real_messages

UNSEEN = Path(__file__).parents[2] / "classifier/data/gate.csv"
ELSEWHERE = ["公安局", "交警支队", "民政局", "自然资源和规划局", "农业农村局", "水利局", "司法局", "税务局"]
ELSEWHERE += ["退役军人事务局", "残疾人联合会", "信访局", "镇街", "无"]
"""Labels of the starter corpus that none of the seven topics holds."""
PASSING = 0.87
"""The share of known messages that every way lets pass."""

Values = NDArray[np.float64]


def unseen() -> list[str]:
    """Messages of units that none of the seven topics holds, and of nobody's."""
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file) if row["label"] in ELSEWHERE]


def ways(model: Model, known: Sequence[LabelledText], texts: Sequence[str]) -> dict[str, Values]:
    """Return what each way says of each message: the higher, the more it is like what was taught."""
    assert model.novelty
    whole = [cut(text) for text in texts]
    rows, taught = model.features.matrix(whole), model.features.matrix([cut(row.text) for row in known])
    margins = model.units.scores(rows)
    p = np.sort(model.units.curve.chances(margins), axis=1)
    unit, own = normalize(rows), np.asarray([row.label for row in known])
    centres = normalize(np.vstack([np.asarray(taught[own == label].mean(axis=0)) for label in model.units.labels]))
    likeness = model.novelty.background.chances([one.words for one in whole]) @ model.novelty.known
    best = margins.max(axis=1)
    return {
        "probability of the best label": p[:, -1],
        "its distance from the second": p[:, -1] - p[:, -2],
        "margin of the best label": best,
        "nearest label's mean message": (unit @ centres.T).max(axis=1),
        "nearest five messages": np.sort((unit @ normalize(taught).T).toarray(), axis=1)[:, -5:].mean(axis=1),
        "how much of it is known words": np.asarray(rows.sum(axis=1)).ravel(),
        "starter corpus as one more label": _against_all(model, taught, rows),
        "background alone": likeness,
        "margin and background": best * model.novelty.counts[0] + likeness * model.novelty.counts[1],
    }


def _against_all(model: Model, taught: Any, rows: Any) -> Values:
    other = model.features.matrix([cut(row.text) for row in starter_corpus()])
    names = ["taught"] * taught.shape[0] + ["other"] * other.shape[0]
    head = fitted_head(vstack([taught, other], format="csr"), names, seed=0)
    return head.scores(rows)[:, head.labels.index("taught")]


def passing(values: Values, inside: int) -> Values:
    """Mark what passes where PASSING of the first `inside` values do."""
    return values >= np.quantile(values[:inside], 1 - PASSING)


def main() -> int:
    """Print the tables."""
    rows = real_messages()
    if not rows:
        print(f"not measured: {REAL.name} is not there")
        return 0
    aside = dealt([row.label for row in rows], 5, seed=1) == 0
    foreign = unseen()
    found: dict[str, list[tuple[float, float]]] = {}
    print(
        f"{'without':<12}{'known':>22}{'left out':>22}{'units elsewhere':>22}\n{'':<12}"
        + 3 * f"{'sure':>12}{'auto':>10}"
    )
    for topic in sorted({row.label for row in rows}):
        known = [row for row, out in zip(rows, aside, strict=True) if not out and row.label != topic]
        inside = [row.text for row, out in zip(rows, aside, strict=True) if out and row.label != topic]
        left = [row.text for row in rows if row.label == topic]
        model = train(known)
        figures = ""
        for texts in (inside, left, foreign):
            said = model.judge(texts)
            figures += f"{np.mean([one.sure for one in said]):>12.3f}{np.mean([one.auto for one in said]):>10.3f}"
        print(f"{topic:<12}{figures}", flush=True)
        for way, values in ways(model, known, [*inside, *left, *foreign]).items():
            passed = passing(values, len(inside))[len(inside) :]
            found.setdefault(way, []).append((float(passed[: len(left)].mean()), float(passed[len(left) :].mean())))
    print(f"\nwhere {PASSING:.0%} of the known pass{'left out':>32}{'units elsewhere':>18}")
    for way, pairs in found.items():
        print(f"{way:<40}{np.mean([one for one, _ in pairs]):>14.3f}{np.mean([two for _, two in pairs]):>18.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
