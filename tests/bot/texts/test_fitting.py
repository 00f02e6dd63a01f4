"""A text fits the platform's limit, and no character is cut in two."""

from hypothesis import given
from hypothesis import strategies as st

from bot.texts.fitting import ELLIPSIS, fit, rest, units

PEOPLE_WRITE = st.text(
    alphabet=st.one_of(st.sampled_from("灯坏了😊👍🏽𠮷\n "), st.characters(exclude_categories=["Cs"]))
)
LIMITS = st.integers(min_value=len(ELLIPSIS), max_value=40)


def test_a_character_outside_the_first_plane_counts_double():
    assert (units("灯"), units("a"), units("😊"), units("𠮷")) == (1, 1, 2, 2)


def test_what_fits_exactly_is_left_as_it_is():
    assert fit("😊" * 5, 10) == "😊" * 5


def test_a_pair_that_would_be_split_is_left_out_whole():
    assert fit("灯" + "😊" * 5, 10) == "灯😊😊😊" + ELLIPSIS
    assert fit("😊" * 6, 9) == "😊😊😊" + ELLIPSIS


@given(PEOPLE_WRITE, LIMITS)
def test_what_comes_out_fits_and_can_be_sent(text: str, limit: int):
    fitted = fit(text, limit)
    assert units(fitted) <= limit
    fitted.encode("utf-8")


@given(PEOPLE_WRITE, LIMITS)
def test_a_cut_text_is_the_longest_beginning_that_fits(text: str, limit: int):
    fitted = fit(text, limit)
    if fitted == text:
        return
    kept = fitted.removesuffix(ELLIPSIS)
    assert text.startswith(kept)
    assert units(text[: len(kept) + 1]) + len(ELLIPSIS) > limit


def test_half_a_character_in_the_text_stops_nothing():
    assert units(fit("\ud83d" * 20, 10)) <= 10


@given(PEOPLE_WRITE, LIMITS, st.integers(min_value=8, max_value=20))
def test_what_is_cut_off_comes_in_pieces_that_fit_and_nothing_is_lost(text: str, limit: int, size: int):
    pieces = rest(text, limit, size)
    assert all(0 < units(piece) <= size for piece in pieces)
    assert (fit(text, limit).removesuffix(ELLIPSIS) if pieces else text) + "".join(pieces) == text
