import pytest

from classifier import LabelledText, Model
from classifier.evaluation import cross_validated, evaluate, reported
from classifier.model import Judged


def judgement(best: str, p: float = 0.9, *, sure: bool = True, sure_98: bool = False, new: bool = False) -> Judged:
    rest = [label for label in ("甲", "乙", "丙", "无") if label != best]
    return Judged((best, *rest), (p, 0.1, 0.0, 0.0), sure, sure_98, sure and not new)


ROWS = [LabelledText("一", "甲"), LabelledText("二", "甲"), LabelledText("三", "乙"), LabelledText("四", "无")]
SAID = [
    judgement("甲", sure_98=True),
    judgement("乙", sure=False),
    judgement("乙"),
    judgement("甲", new=True),
]


def test_the_figures_are_those_of_hand():
    report = reported(ROWS, SAID)
    assert report.n == 4
    assert report.accuracy == 0.5
    assert report.top2 == 0.75
    assert report.top3 == 0.75
    assert report.per_label["甲"].precision == report.per_label["甲"].recall == report.per_label["甲"].f1 == 0.5
    assert (report.per_label["乙"].precision, report.per_label["乙"].recall) == (0.5, 1.0)
    assert report.per_label["无"].f1 == 0
    assert report.macro_f1 == pytest.approx((0.5 + 2 / 3 + 0) / 3)
    assert report.ece == pytest.approx(0.4, abs=1e-6)


def test_coverage_is_of_units_messages_and_precision_of_all_that_is_sent_on():
    report = reported(ROWS, SAID)
    assert report.coverage_95 == pytest.approx(2 / 3)
    assert report.precision_95 == pytest.approx(2 / 3)
    assert report.coverage_98 == pytest.approx(1 / 3)
    assert report.precision_98 == 1


def test_what_is_new_is_sure_but_does_not_go_on():
    report = reported(ROWS, SAID)
    assert report.auto == pytest.approx(2 / 3)
    assert report.auto_precision == 1


def test_where_nothing_is_sent_on_there_is_no_precision():
    report = reported(ROWS[:1], [judgement("甲", sure=False)])
    assert (report.coverage_95, report.precision_95) == (0, 0)


def test_the_json_has_the_keys_it_is_known_by(model: Model):
    report = evaluate(model, [LabelledText("暖气不热", "供热公司")]).to_json()
    assert list(report) == [
        *("n", "accuracy", "macro_f1", "top2", "top3", "ece"),
        *("coverage_95", "precision_95", "coverage_98", "precision_98"),
        *("auto", "auto_precision", "per_label"),
    ]
    assert list(report["per_label"]["供热公司"]) == ["precision", "recall", "f1", "support"]


def test_a_label_the_model_does_not_know_counts_as_missed(model: Model):
    report = evaluate(model, [LabelledText("暖气不热", "供热公司"), LabelledText("月亮太亮", "月球局")])
    assert report.accuracy == 0.5
    assert report.per_label["月球局"].recall == 0


def test_cross_validation_judges_each_row_once_by_a_model_that_did_not_see_it(rows: list[LabelledText]):
    some = rows[::3]
    done: list[float] = []
    report = cross_validated(some, folds=3, seed=1, watch=done.append)
    assert report.n == len(some)
    assert 0.5 < report.accuracy < 0.999
    assert done == sorted(done)
    assert done[-1] == 1
