"""The words of danger: what is written in dangers.toml can be used, and takes no longer than its text is long."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from storage.city.dangers import WORDS, _heads, load_dangers
from storage.domain.dangers import Danger, find_danger
from storage.domain.folding import Folding
from storage.domain.scale import pieces_of
from tests.bench.danger_weights import ordinary, written
from tests.bench.dangers import WRITTEN

FILE = tomllib.loads(WORDS.read_text(encoding="utf-8"))


def patterns() -> Iterator[str]:
    yield from FILE["harmless"]["words"]
    for table in (FILE["context"], *FILE["dangers"]):
        for key, words in table.items():
            if isinstance(words, list) and key not in {"denied", "shrugs"}:
                yield from words


def test_every_danger_has_its_words_once():
    assert sorted(table["danger"] for table in FILE["dangers"]) == sorted(Danger)


def test_every_piece_that_weighs_something_stands_in_two_or_more_written_texts():
    texts, _ = written(WRITTEN.glob("*.csv"))
    often = Counter(piece for text in (*texts, *ordinary()) for piece in pieces_of(text))
    assert [piece for piece in load_dangers().scale.pieces if often[piece] < 2] == []


def test_no_pattern_repeats_without_end():
    without_end = re.compile(r"[*+]|\{\d*,\}|\{,")
    assert [pattern for pattern in patterns() if without_end.search(pattern)] == []


def test_no_pattern_fits_nothing_at_all():
    rules = load_dangers()
    context = rules.context
    found = [
        pattern.pattern[:40]
        for kind in rules.kinds
        for pattern in (kind.cries, kind.signs, kind.unless, context.formal, context.now, context.settled)
        if pattern.search("")
    ]
    assert found == []


def test_no_word_stands_twice_in_a_list():
    for table in (FILE["harmless"], FILE["context"], *FILE["dangers"]):
        for words in table.values():
            assert not isinstance(words, list) or len(words) == len(set(words))


def test_no_word_needs_a_space_or_a_capital_which_folding_takes_away():
    assert [pattern for pattern in patterns() if re.search(r"[ A-Z。]|(?<!\?)!", pattern)] == []


def test_names_and_manners_of_speaking_are_taken_out():
    assert find_danger("火车站的火锅店跳楼价", load_dangers()) is None


@pytest.fixture
def folding() -> Folding:
    return load_dangers().folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("着 火 了", "着火了"),
        ("着,火,了,快来", "着火了,快来"),
        ("好,我家着火了", "好,我家着火了"),
        ("樓上!煤氣", "楼上\n煤气"),
        ("SOS\u200b 110", "sos110"),
        ("①号楼", "1号楼"),
    ],
)
def test_a_text_is_folded(folding: Folding, text: str, folded: str):
    assert folding.fold(text) == folded


@pytest.mark.parametrize(
    ("source", "heads"),
    [
        ("(a|bc)d", ["ad", "bcd"]),
        ("(a|(b|c)d)?e", ["ae", "bde", "cde", "e"]),
        ("[ab]?c", ["ac", "bc", "c"]),
        ("a?b", ["ab", "b"]),
        ("ab?", ["ab?"]),
    ],
)
def test_a_pattern_opens_with_a_plain_character_each_choice_written_out(source: str, heads: list[str]):
    assert list(_heads(source)) == heads


def test_a_bracket_that_is_not_closed_is_told():
    with pytest.raises(ValueError, match="A bracket is not closed"):
        list(_heads("(a|b"))
