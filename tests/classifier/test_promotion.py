from dataclasses import replace

import pytest

from classifier import CorpusError, LabelledText, Model, starter_corpus, train
from classifier.promotion import OVERALL, SURE, Margins, compare, gate
from classifier.vetting import folded

WATER, HEATING = "供电公司", "供热公司"


@pytest.fixture(scope="session")
def poisoned(rows: list[LabelledText]) -> Model:
    """A model that was taught that most of what is the power company's is the heating company's."""
    wrong = [replace(row, label=HEATING) if row.label == WATER and at % 8 else row for at, row in enumerate(rows)]
    return train(wrong)


def known(rows: list[LabelledText]) -> list[LabelledText]:
    """The messages of the gate that bear a label of the small models."""
    labels = {row.label for row in rows}
    return [row for row in gate() if row.label in labels]


def test_the_gate_knows_every_label_and_shares_no_message_with_the_corpus():
    fixed, corpus = gate(), starter_corpus()
    assert {row.label for row in fixed} == {row.label for row in corpus}
    taken = {folded(row.text) for row in corpus if not row.name}
    assert [row.text for row in fixed if len(folded(row.text)) > 2 and folded(row.text) in taken] == []
    assert len(fixed) >= 400


def test_a_model_is_no_worse_than_itself(model: Model, rows: list[LabelledText]):
    found = compare(model, model, known(rows))
    assert found.falls == ()
    assert found.surprises == ()
    assert found.accuracy[0] == found.accuracy[1]


def test_a_poisoned_model_falls_in_the_unit_it_was_poisoned_about_and_overall(
    model: Model, poisoned: Model, rows: list[LabelledText]
):
    found = compare(model, poisoned, known(rows))
    assert found.falls[0].what == WATER
    assert found.falls[0].points > 20
    assert OVERALL in {each.what for each in found.falls}


def test_within_the_margins_nothing_has_fallen(model: Model, poisoned: Model, rows: list[LabelledText]):
    wide = Margins(overall=1, sure=1, label=1)
    assert compare(model, poisoned, known(rows), margins=wide).falls == ()


def test_one_message_is_no_fall_where_two_are_wanted(model: Model, rows: list[LabelledText]):
    """One message of three is a third, and chance."""
    asked = known(rows)
    right = [row for row in asked if model.judge([row.text])[0].ranked[0] == row.label == WATER][:3]
    other = replace(model, units=replace(model.units, bias=model.units.bias * 0 - 1))
    found = compare(model, other, right, margins=Margins(overall=1, sure=1, fewest=4))
    assert found.falls == ()


def test_what_goes_out_by_itself_and_wrong_is_a_fall_of_its_own(model: Model, rows: list[LabelledText]):
    rash = replace(model, threshold=0.0)
    found = compare(model, rash, known(rows))
    assert {each.what for each in found.falls} == {SURE}


def test_the_surest_disagreements_come_first_and_ten_at_most(model: Model, poisoned: Model, rows: list[LabelledText]):
    found = compare(model, poisoned, known(rows)).surprises
    assert 1 < len(found) <= 10
    assert all(each.old != each.new for each in found)
    sums = [each.old_p + each.new_p for each in found]
    assert sums == sorted(sums, reverse=True)


def test_the_confusion_counts_each_message_once(model: Model, poisoned: Model, rows: list[LabelledText]):
    found = compare(model, poisoned, known(rows))
    assert sum(map(sum, found.confusion)) == found.n
    place = found.labels.index(WATER)
    assert found.confusion[place][found.labels.index(HEATING)] > 0
    assert sum(found.confusion[place]) == found.per_label[WATER].support


def test_no_message_compares_nothing(model: Model):
    with pytest.raises(CorpusError):
        compare(model, model, [])
