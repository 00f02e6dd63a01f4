import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier import LabelledText, Model, save, starter_corpus, train
from classifier.evaluation import evaluate
from classifier.novelty import shares

TAUGHT = ("教育局", "供热公司", "供电公司", "交警支队", "住房公积金管理中心", "人力资源和社会保障局")
UNSEEN = Path(__file__).parents[2] / "classifier/data/gate.csv"


@pytest.fixture(scope="module")
def unseen() -> list[LabelledText]:
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        return [LabelledText(row["text"], row["label"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def renamed() -> Model:
    """A model of two hundred messages each of five units, under names the starter corpus does not have."""
    kept = defaultdict(list)
    for row in starter_corpus():
        if row.label in TAUGHT[:5] and not row.name:
            kept[row.label].append(replace(row, label=f"我市{row.label}"))
    return train([row for rows in kept.values() for row in rows[:200]])


def going_on(model: Model, texts: list[str]) -> float:
    return float(np.mean([each.auto for each in model.judge(texts)]))


def test_messages_of_units_never_taught_seldom_go_on_by_themselves(renamed: Model, unseen: list[LabelledText]):
    foreign = [row.text for row in unseen if row.label not in TAUGHT]
    sure = float(np.mean([each.sure for each in renamed.judge(foreign)]))
    assert sure > 0.25
    assert going_on(renamed, foreign) < min(0.15, sure / 2)


def test_messages_of_the_units_taught_still_do_whatever_these_are_called(renamed: Model, unseen: list[LabelledText]):
    own = [row.text for row in unseen if row.label in TAUGHT[:5]]
    assert going_on(renamed, own) > 0.8


def test_a_new_message_is_said_to_be_new_and_not_sent_on_however_sure_it_seems(renamed: Model):
    assert renamed.novelty
    everything_new = replace(renamed, novelty=replace(renamed.novelty, least=1e6))
    text = "公积金怎么提取，公积金贷款利率是多少"
    assert (renamed.guess(text).auto, renamed.guess(text).new) == (True, False)
    assert (everything_new.guess(text).auto, everything_new.guess(text).new) == (False, True)
    assert everything_new.guess(text).ranked == renamed.guess(text).ranked


def test_coverage_stays_by_probability_alone_and_auto_counts_what_goes_on(renamed: Model, unseen: list[LabelledText]):
    assert renamed.novelty
    own = [replace(row, label=f"我市{row.label}") for row in unseen if row.label in TAUGHT[:5]]
    report = evaluate(renamed, own)
    everything_new = evaluate(replace(renamed, novelty=replace(renamed.novelty, least=1e6)), own)
    assert everything_new.coverage_95 == report.coverage_95 >= report.auto > everything_new.auto == 0


def test_one_by_one_and_together_the_same_are_new(renamed: Model, unseen: list[LabelledText]):
    texts = [row.text for row in unseen[::10]]
    together = [each.auto for each in renamed.judge(texts)]
    assert together == [renamed.guess(text).auto for text in texts] == [g.auto for g in renamed.guess_many(texts)]


def test_what_is_new_stays_so_when_the_model_is_kept(renamed: Model, unseen: list[LabelledText], tmp_path: Path):
    save(renamed, tmp_path)
    texts = [row.text for row in unseen[::4]]
    assert [each.new for each in Model.load(tmp_path).guess_many(texts)] == [
        each.new for each in renamed.guess_many(texts)
    ]


def test_a_model_of_few_messages_or_of_every_starter_label_takes_nothing_for_new(rows: list[LabelledText]):
    assert train(rows[::4]).novelty is None
    names = {row.label: row for row in starter_corpus() if row.name}
    assert train([*rows, *names.values()]).novelty is None


def test_the_shares_of_labels_are_found_although_the_guesses_lean_to_what_was_learnt_from():
    truth = np.repeat([0, 1, 2], [700, 300, 0])
    chances = np.full((1000, 3), 0.15, dtype=np.float32)
    chances[np.arange(1000), truth] = 0.7
    found = shares(chances, np.full(3, 1 / 3, dtype=np.float32))
    assert found.sum() == pytest.approx(1, abs=1e-4)
    assert found[0] == pytest.approx(0.8, abs=0.05)
    assert found[1] == pytest.approx(0.2, abs=0.05)
    assert found[2] < 0.01
