from collections import Counter

import pytest

from classifier.corpus import CorpusError, labels, read_rows, starter_checksum, starter_corpus


def test_the_starter_corpus_has_rows_for_nobody_and_for_twenty_nine_units():
    counted = Counter(row.label for row in starter_corpus())
    assert len(counted) == 30
    assert {labels().nobody, labels().town} <= set(counted)
    assert min(counted.values()) >= 60


def test_every_matter_stands_under_a_label_that_people_wrote_to():
    rows = starter_corpus()
    written = {row.label for row in rows if row.kind} | {labels().nobody}
    assert {row.label for row in rows} == written


def test_a_term_without_a_change_keeps_the_checksum():
    assert starter_checksum() == starter_checksum()
    assert len(starter_checksum()) == 16


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (",教育局,help", "the text is empty"),
        ("停电了,,help", "the label is empty"),
        ("停电了,供电公司,shouting", "shouting"),
        ("停电了,供电公司,", "the kind is empty"),
        ("停电了,又来了,供电公司,help", "not three columns"),
        ("停电了", "not three columns"),
    ],
)
def test_a_bad_row_is_named_by_its_line(line: str, fault: str):
    with pytest.raises(CorpusError, match=rf"rows\.csv, line 3: .*{fault}"):
        list(read_rows(["text,label,kind", "你好,无,", line], "rows.csv"))


def test_other_columns_are_refused():
    with pytest.raises(CorpusError, match="line 1: the columns must be text,label,kind"):
        list(read_rows(["body,label"], "rows.csv"))


def test_a_quoted_text_may_hold_commas_and_lines():
    (row,) = read_rows(["text,label,kind\n", '"停电了,\n', '又停了",供电公司,help\n'], "rows.csv")
    assert row.text == "停电了,\n又停了"
