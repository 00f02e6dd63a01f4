from collections import Counter

import pytest

from classifier.corpus import CorpusError, _rows, _sources, read_rows, starter_checksum, starter_corpus
from classifier.labels import labels


def test_the_starter_corpus_has_enough_messages_for_every_bureau_and_company_and_for_nobody():
    counted = Counter(row.label for row in starter_corpus() if not row.name)
    assert len(counted) == 30
    assert min(counted.values()) >= 200
    assert counted[labels().nobody] >= 400


def test_every_kind_of_town_matter_has_enough_messages():
    counted = {
        source.name: sum(row.label == labels().town for row in _rows(source))
        for source in _sources()
        if source.name.startswith("town-")
    }
    assert len(counted) == 16
    assert min(counted.values()) >= 25


def test_some_messages_are_letters_and_some_a_few_words():
    lengths = sorted(len(row.text) for row in starter_corpus() if not row.name)
    assert lengths[len(lengths) // 10] < 15
    assert lengths[-len(lengths) // 10] > 120


def test_every_matter_stands_under_a_label_that_people_wrote_to():
    rows = starter_corpus()
    written = {row.label for row in rows if row.kind} | {labels().nobody}
    assert {row.label for row in rows} == written


def test_every_message_of_the_corpus_has_a_kind_but_nobodys():
    without = {row.label for source in _sources() for row in _rows(source) if not row.kind}
    assert without == {labels().nobody}


def test_no_two_messages_share_a_run_of_twelve_characters():
    seen: dict[str, str] = {}
    for row in (row for source in _sources() for row in _rows(source)):
        plain = "".join(each for each in row.text if each.isalnum())
        runs = {plain[at : at + 12] for at in range(len(plain) - 11)}
        assert not [(seen[run], row.text) for run in runs & seen.keys()]
        seen.update(dict.fromkeys(runs, row.text))


def test_a_term_without_a_change_keeps_the_checksum():
    assert starter_checksum() == starter_checksum()
    assert len(starter_checksum()) == 16


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (",教育局,help", "the text is empty"),
        ("停电了,,help", "the label is empty"),
        ("停电了,供电公司,shouting", "shouting"),
        ("停电了,又来了,供电公司,help", "not as many columns"),
        ("停电了", "not as many columns"),
    ],
)
def test_a_bad_row_is_named_by_its_line(line: str, fault: str):
    with pytest.raises(CorpusError, match=rf"rows\.csv, line 3: .*{fault}"):
        list(read_rows(["text,label,kind", "你好,无,", line], "rows.csv"))


def test_other_columns_are_refused():
    with pytest.raises(CorpusError, match=r"rows\.csv, line 1: there is no column title"):
        list(read_rows(["body,label"], "rows.csv"))


def test_a_quoted_text_may_hold_commas_and_lines():
    (row,) = read_rows(["text,label,kind\n", '"停电了,\n', '又停了",供电公司,help\n'], "rows.csv")
    assert row.text == "停电了,\n又停了"
