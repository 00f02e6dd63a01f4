import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.duplicates import KEPT, SAME_MATTER, SAME_TOPIC, Index, likeness, vector_of
from classifier.places import Agreement, Place, place_of

DARK = "梧桐小区三号楼门前的路灯坏了半个月,晚上漆黑一片,老人不敢出门"
DARK_TOO = "梧桐小区门前路灯坏了快半个月了,晚上一片漆黑,老人都不敢出门"
DARK_ELSEWHERE = DARK.replace("梧桐", "槐荫")
DRY = "梧桐小区昨天开始停水,物业说是水泵坏了,到现在没有人来修"


def _filled(*texts: str) -> Index:
    index = Index()
    for key, text in enumerate(texts):
        index.add(key, vector_of(text), place_of(text))
    return index


def _keys(index: Index, text: str) -> list[int]:
    return [each.key for each in index.find(vector_of(text), place_of(text))]


def test_the_same_matter_in_other_words_is_found_and_another_matter_of_the_same_place_is_not():
    assert _keys(_filled(DRY, DARK), DARK_TOO) == [1]


def test_the_same_words_about_another_place_are_not_the_same_matter():
    assert _keys(_filled(DARK_ELSEWHERE), DARK) == []


def test_where_a_place_is_not_known_it_takes_more_to_be_the_same():
    assert SAME_MATTER[Agreement.UNKNOWN] > SAME_MATTER[Agreement.SAME]
    assert SAME_TOPIC[Agreement.UNKNOWN] > SAME_TOPIC[Agreement.SAME]


def test_what_lies_in_another_town_is_never_compared():
    index = Index()
    index.add(1, vector_of(DARK), Place(frozenset({"hebin"})))
    assert index.find(vector_of(DARK), Place(frozenset({"xiangyang"}))) == []
    assert len(index.find(vector_of(DARK), Place(frozenset({"hebin"})))) == 1


def test_a_dropped_message_is_not_found_and_a_changed_one_only_as_it_is_now():
    index = _filled(DARK, DRY)
    index.drop(0)
    index.drop(7)
    index.add(1, vector_of(DARK), place_of(DARK))
    assert _keys(index, DARK) == [1]
    assert _keys(index, DRY) == []
    assert len(index) == 1


def test_what_says_nothing_is_like_nothing():
    index = _filled("……", DARK)
    assert _keys(index, "……") == []
    assert len(index) == 1


def test_an_empty_index_finds_nothing():
    assert _keys(Index(), DARK) == []


def _made_up(number: int) -> str:
    return f"{number}号院的事情{number * 7919 % 99991}已经说过{number * 31}次"


def test_messages_are_found_in_the_lists_as_in_the_tail_and_after_many_were_dropped():
    index = _filled(*(_made_up(number) for number in range(1500)))
    assert _keys(index, _made_up(3))[0] == 3
    assert _keys(index, _made_up(1499))[0] == 1499
    size = index.size
    for key in range(1400):
        index.drop(key)
    for key in range(1500, 2100):
        index.add(key, vector_of(_made_up(key)), Place())
    assert 3 not in _keys(index, _made_up(3))
    assert _keys(index, _made_up(1450))[0] == 1450
    assert index.size < size


def test_the_lists_find_what_comparing_with_each_finds():
    texts = [_made_up(number) for number in range(1200)]
    index, asked = _filled(*texts), vector_of(_made_up(77))
    found = {each.key: each.likeness for each in index.find(asked, Place(), limit=300)}
    each_one = {key: likeness(asked, vector_of(text)) for key, text in enumerate(texts)}
    least = SAME_MATTER[Agreement.UNKNOWN]
    assert found.keys() == {key for key, alike in each_one.items() if alike >= least}
    assert all(abs(found[key] - each_one[key]) < 1e-3 for key in found)


@given(st.text(max_size=400))
def test_a_vector_has_length_one_and_at_most_so_many_columns(text: str):
    vector = vector_of(text)
    assert len(vector.columns) == len(vector.weights) <= KEPT
    assert np.all(np.diff(vector.columns) > 0)
    assert not len(vector.columns) or float(vector.weights @ vector.weights) == pytest.approx(1, abs=1e-5)


def test_a_vector_is_the_same_in_each_process_whatever_its_hash_seed():
    code = f"from classifier.duplicates import vector_of; print(vector_of({DARK!r}).columns.tolist())"
    for seed in ("1", "2"):
        told = subprocess.run(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, "-W", "ignore", "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == str(vector_of(DARK).columns.tolist())


def test_columns_never_change_or_all_kept_thresholds_would_mean_something_else():
    assert vector_of("路灯坏了").columns.tolist() == [85095, 115427, 126004, 135219, 219499]
