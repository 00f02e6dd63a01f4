"""The numbers people read out and type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.numbers import ALIASES, ALPHABET, CODES, alias, appeal_number, code, parse_code, parse_number

DAY = date(2026, 11, 23)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_a_number_has_its_day_and_at_least_four_digits():
    assert appeal_number(DAY, 7) == "LX-20261123-0007"
    assert appeal_number(DAY, 12345) == "LX-20261123-12345"


def test_the_first_appeal_of_a_day_is_number_one():
    with pytest.raises(ValueError, match="from 1"):
        appeal_number(DAY, 0)


@pytest.mark.parametrize(
    "typed",
    [
        "LX-20261123-0007",
        "lx-20261123-0007",
        "LX202611230007",
        "lx 20261123 0007",
        "LX-20261123-7",
        "LX－20261123－０００７",
        "20261123-0007",
        "202611230007",
        " 20261123 0007 ",
        "我的编号是lx-20261123-0007,办到哪一步了",
        "LX—20261123—0007",
        "LX-20261123-0007 LX-20261123-0008",
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str):
    assert parse_number(typed) == "LX-20261123-0007"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "你好",
        "LX-20261323-0007",
        "LX-20261123-0000",
        "LX-20261123",
        "20261123",
        "我家在20261123-0007",
        "LX-2026112-0007",
    ],
)
def test_what_is_no_number_is_none(typed: str):
    assert parse_number(typed) is None


@given(days, st.integers(1, 10**7))
def test_every_number_is_read_back_in_any_dress(day: date, n: int):
    number = appeal_number(day, n)
    assert parse_number(number) == number
    assert parse_number(number.lower().replace("-", "")) == number
    assert parse_number(f"请问 {number.replace('-', ' ')} 呢") == number


@given(st.text())
def test_whatever_is_typed_the_answer_is_a_proper_number_or_none(text: str):
    found = parse_number(text)
    assert found is None or parse_number(found) == found


def test_aliases_have_four_characters_and_codes_eight():
    assert [len(alias(index)) for index in (0, 1, ALIASES - 1)] == [4, 4, 4]
    assert [len(code(index)) for index in (0, 1, CODES - 1)] == [8, 8, 8]


def test_nothing_in_the_alphabet_looks_like_something_else():
    assert len(set(ALPHABET)) == len(ALPHABET)
    for twins in ("0O", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(twins) & set(ALPHABET)) <= 1


@pytest.mark.parametrize("index", [-1, ALIASES])
def test_an_index_outside_is_refused(index: int):
    with pytest.raises(ValueError, match="4 characters"):
        alias(index)


@given(st.integers(0, ALIASES - 1), st.integers(0, ALIASES - 1))
def test_two_indexes_never_share_an_alias(one: int, other: int):
    assert (alias(one) == alias(other)) == (one == other)


@given(st.integers(0, CODES - 1))
def test_a_code_is_read_back_in_any_dress(index: int):
    spelled = code(index)
    assert parse_code(f" {spelled[:4].lower()}-{spelled[4:]} ") == spelled


@pytest.mark.parametrize("typed", ["", "ABC", "O0O0O0O0", "7F3K7F3K7"])
def test_what_is_no_code_is_none(typed: str):
    assert parse_code(typed) is None
