"""How sure a score is: the scale of honest probabilities, the threshold of a wanted precision, their measures."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from classifier.pipeline import Floats, softmax

Truth = NDArray[np.intp]
Marks = NDArray[np.bool_]

NEVER: Final = 1.1
"""A threshold above every probability: nothing is sent on by itself."""
LEAST: Final = 0.5
"""No threshold stands lower: a guess that is as likely wrong as right goes to people."""


def fitted_scale(scores: Floats, truth: Truth) -> float:
    """Return the scale by which `softmax` finds the true columns most likely; 1.0 where there is nothing to fit."""
    if not len(truth):
        return 1.0

    def surprise(log_scale: float) -> float:
        true = softmax(scores, float(np.exp(log_scale)))[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(true, 1e-12)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-2.0, 4.0), method="bounded").x))


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
