"""How sure a score is: the curve of honest probabilities, the threshold of a wanted precision, their measures."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from classifier.columns import Floats
from classifier.pipeline import Curve

Truth = NDArray[np.intp]
Marks = NDArray[np.bool_]

NEVER: Final = 1.1
"""A threshold above every probability: nothing is sent on by itself."""
LEAST: Final = 0.5
"""No threshold stands lower: a guess that is as likely wrong as right goes to people."""


def fitted_curve(scores: Floats, truth: Truth) -> Curve:
    """Return the curve by which the true columns are most likely; the usual one where there is nothing to fit."""
    if not len(truth):
        return Curve()

    def surprise(logs: NDArray[np.float64]) -> float:
        true = _curve(logs).chances(scores)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(true, 1e-12)).mean())

    return _curve(minimize(surprise, np.log(Curve()), method="Nelder-Mead", options={"maxiter": 80}).x)


def _curve(logs: NDArray[np.float64]) -> Curve:
    """Both numbers stay positive and within what floats can carry, however few rows they are fitted on."""
    steep, stretch = np.exp(np.clip(logs, -3.0, 3.0)).tolist()
    return Curve(steep, stretch)


def threshold_for(wanted: float, p: Floats, right: Marks) -> float:
    """Return the lowest p from which on the guesses are right in `wanted` of cases (0 to 1), at least LEAST."""
    order = np.argsort(-p, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(p) + 1)
    enough = np.flatnonzero(precision >= wanted)
    if not len(enough):
        return NEVER
    return max(LEAST, float(p[order][enough[-1]]))


def calibration_error(p: Floats, right: Marks, *, bins: int = 15) -> float:
    """Return the expected calibration error (0 to 1): how far p and accuracy lie apart, in equal-width bins."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [abs(p[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in np.unique(place)]
    return float(sum(gaps))
