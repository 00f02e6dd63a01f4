"""The scale of danger: what pieces weigh together."""

import pytest

from storage.domain.scale import Scale, pieces_of

SCALE = Scale(
    kinds=("fire", "gas"),
    pieces={"火": 2.0, "着火": 4.0, "问": -3.0},
    of_kinds={"火": (2.0, -1.0), "气": (-1.0, 2.0)},
    rest=-1.0,
    rest_of_kinds=(0.5, 0.0),
)


def test_pieces_are_characters_and_pairs_and_no_signs():
    assert pieces_of("着火,了") == {"着", "火", "了", "着火"}


def test_a_text_of_which_nothing_is_known_weighs_what_was_there_before():
    assert SCALE.weigh("你好") == -1.0
    assert SCALE.weigh_kinds("你好") == {"fire": 0.5, "gas": 0.0}


def test_pieces_weigh_together_however_often_they_stand():
    assert SCALE.weigh("着火") == SCALE.weigh("着火,着火") == pytest.approx(-1 + 6 / 2**0.5)


def test_what_speaks_against_danger_makes_a_text_lighter():
    assert SCALE.weigh("问着火") < SCALE.weigh("着火")


def test_kinds_are_weighed_each_for_itself():
    assert SCALE.weigh_kinds("气") == {"fire": -0.5, "gas": 2.0}


def test_the_heaviest_part_is_told():
    assert SCALE.heaviest("你好,问一下,着火\n谢谢") == "着火"
