"""Several matters in one message: whether it falls apart into parts for different units, and where."""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import numpy as np

from classifier.columns import Floats
from classifier.model import Model
from classifier.tokens import cut

MOST: Final = 5
"""So many parts at most; what is said behind them stays with the last."""
LEAST: Final = 4
"""Letters and digits that a part has at least."""
_TRIED: Final = 30
_TRIED_IN_LONG: Final = 10
_LONG: Final = 800
_NEAR: Final = 30
_FLOOR: Final = 1e-4

_SIGNS: Final = re.compile(r"[\W_]+")
_SENTENCE: Final = re.compile("[.\\n;!?\u3002\uff1b\uff01\uff1f\u2026]")
"""Ends of sentences: full stops, line breaks, semicolons, exclamation and question marks, of both widths, ellipses."""


class Signs(NamedTuple):
    """What speaks for and against a cut at one place; natural logarithms but for the 0s and 1s.

    `gain`: how much better two labels explain the two sides than one label would; `back` and `ahead`: how likely the
    right side's label is just before the cut, and the left side's just behind it; `likeness`: cosine of the sides.
    """

    connective: float
    sentence: float
    comma: float
    gain: float
    gain_if_connective: float
    shorter: float
    length: float
    likeness: float
    back: float
    ahead: float
    whole: float


@dataclass(frozen=True)
class Rule:
    """How much each sign weighs, and from which sum on a message is cut (learnt: `python -m tests.bench.splitting`)."""

    weights: Mapping[str, float]
    bias: float

    def weigh(self, signs: Signs) -> float:
        """Return the log-odds that two matters meet here."""
        return self.bias + math.fsum(self.weights[name] * value for name, value in signs._asdict().items())


@cache
def rule() -> Rule:
    """Read data/splitting.toml."""
    read = tomllib.loads(_data("splitting.toml"))
    return Rule(read["weights"], read["bias"])


@cache
def _connectives() -> re.Pattern[str]:
    """Read data/connectives.txt."""
    lines = _data("connectives.txt").splitlines()
    return re.compile("|".join(line for line in lines if not line.startswith("#")))


def _data(name: str) -> str:
    return resources.files("classifier").joinpath("data", name).read_text(encoding="utf-8")


def matters(model: Model, text: str) -> list[str]:
    """Return the parts of a message that are different units' matters, in their order; one part where it is one."""
    return _cut_up(model, text, MOST)


def _cut_up(model: Model, text: str, most: int) -> list[str]:
    place = _best_cut(model, text) if most > 1 else None
    if place is None:
        return [text]
    first = _cut_up(model, text[:place].strip(), most - 1)
    return [*first, *_cut_up(model, text[place:].strip(), most - len(first))]


def _best_cut(model: Model, text: str) -> int | None:
    """Return the place where two matters most likely meet, if they do."""
    tried = cuts(text)
    weighed = [
        (rule().weigh(signs), place) for place, signs in zip(tried, signs_at(model, text, tried), strict=True) if signs
    ]
    best, place = max(weighed, default=(0.0, 0))
    return place if best > 0 else None


def cuts(text: str) -> list[int]:
    """Return the places where a part could begin: behind signs and at connecting words, with enough on both sides."""
    found = {each.end() for each in _SIGNS.finditer(text)} | {each.start() for each in _connectives().finditer(text)}
    places: list[int] = []
    for place in sorted(found):
        if _letters(text[places[-1] if places else 0 : place]) >= LEAST and _letters(text[place:]) >= LEAST:
            places.append(place)
    return _likeliest(text, places)


def _likeliest(text: str, places: list[int]) -> list[int]:
    """Of many places keep those behind sentences and at connecting words: each one costs time."""
    most = _TRIED if len(text) < _LONG else _TRIED_IN_LONG
    if len(places) <= most:
        return places
    first = sorted(places, key=lambda place: (not _connectives().match(text, place), not _ends_sentence(text, place)))
    return sorted(first[:most])


def signs_at(model: Model, text: str, places: Sequence[int]) -> list[Signs | None]:
    """Return the signs at each place; None where both sides are the same unit's, so that nothing would be gained."""
    if not places:
        return []
    sides = [text[:at] for at in places] + [text[at:] for at in places]
    near = [text[max(0, at - _NEAR) : at] for at in places] + [text[at : at + _NEAR] for at in places]
    rows = model.features.matrix([cut(part) for part in (*sides, *near, text)])
    logs = np.log(np.maximum(model.units.chances(rows), _FLOOR))
    if model.nobody in model.units.labels:
        logs[:, model.units.labels.index(model.nobody)] = np.log(_FLOOR)
    n = len(places)
    alike = np.asarray(rows[:n].multiply(rows[n : 2 * n]).sum(axis=1)).ravel() / 2
    return [
        _signs(text, at, logs[[k, n + k, 2 * n + k, 3 * n + k, -1]], float(alike[k])) for k, at in enumerate(places)
    ]


def _signs(text: str, place: int, logs: Floats, likeness: float) -> Signs | None:
    left, right, before, behind, whole = logs
    one, other = int(left.argmax()), int(right.argmax())
    if one == other:
        return None
    connective = float(bool(_connectives().match(text, place)))
    sentence = float(_ends_sentence(text, place))
    gain = float(left[one] + right[other] - (left + right).max())
    return Signs(
        connective=connective,
        sentence=sentence,
        comma=float(not sentence and bool(_SIGNS.match(text, place - 1))),
        gain=gain,
        gain_if_connective=gain * connective,
        shorter=float(np.log(min(place, len(text) - place))),
        length=float(np.log(len(text))),
        likeness=likeness,
        back=float(before[other]),
        ahead=float(behind[one]),
        whole=float(whole.max()),
    )


def _ends_sentence(text: str, place: int) -> bool:
    return bool(_SENTENCE.search(text, max(0, place - 2), place))


def _letters(text: str) -> int:
    return sum(each.isalnum() for each in text)
