import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from classifier.calibration import LEAST, NEVER, calibration_error, fitted_curve, threshold_for
from classifier.columns import Floats
from classifier.pipeline import Curve


def test_the_threshold_is_the_lowest_that_keeps_the_wanted_precision():
    p = np.asarray([0.99, 0.9, 0.8, 0.7, 0.6], dtype=np.float32)
    right = np.asarray([True, True, True, False, False])
    assert threshold_for(0.95, p, right) == np.float32(0.8)
    assert threshold_for(0.75, p, right) == np.float32(0.7)


def test_where_no_threshold_keeps_it_nothing_is_ever_sent_on():
    p = np.asarray([0.9, 0.8], dtype=np.float32)
    assert threshold_for(0.95, p, np.asarray([False, True])) == NEVER
    assert threshold_for(0.95, p[:0], np.asarray([], dtype=bool)) == NEVER


def test_a_guess_as_likely_wrong_as_right_is_never_enough():
    p = np.asarray([0.9, 0.2], dtype=np.float32)
    assert threshold_for(0.95, p, np.asarray([True, True])) == LEAST


def test_the_calibration_error_is_the_gap_between_confidence_and_truth():
    p = np.full(10, 0.9, dtype=np.float32)
    assert calibration_error(p, np.asarray([True] * 9 + [False])) < 0.001
    assert 0.39 < calibration_error(p, np.asarray([True] * 5 + [False] * 5)) < 0.41


def test_margins_that_are_often_wrong_get_a_flatter_curve():
    margins = np.tile(np.asarray([[0.5, -0.8]], dtype=np.float32), (20, 1))
    sure = fitted_curve(margins, np.zeros(20, dtype=np.intp)).chances(margins[:1])[0, 0]
    torn = fitted_curve(margins, np.asarray([0, 1] * 10)).chances(margins[:1])[0, 0]
    assert torn < 0.6
    assert sure > 0.95


def test_without_rows_the_usual_curve_is_taken():
    assert fitted_curve(np.zeros((0, 3), dtype=np.float32), np.zeros(0, dtype=np.intp)) == Curve()


@given(arrays(np.float32, (4, 5), elements=st.floats(-1000, 1000, width=32)))
def test_probabilities_sum_to_one_and_keep_the_order(margins: Floats):
    chances = Curve(steep=20.0, stretch=20.0).chances(margins)
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-4)
    assert (chances[np.arange(4), margins.argmax(axis=1)] == chances.max(axis=1)).all()
