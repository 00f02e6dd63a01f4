from pathlib import Path

import pytest

from classifier.reading import Fault, Row, TableError, read_table


def table_of(folder: Path, content: str | bytes, *, labelled: bool = True):
    path = folder / "rows.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, labelled=labelled)


def test_text_and_label_are_read_and_rows_without_an_id_get_their_number(tmp_path: Path):
    table = table_of(tmp_path, "text,label\n停电了,供电公司\n\n暖气不热,供热公司\n")
    assert table.rows == (Row(1, "停电了", "供电公司"), Row(2, "暖气不热", "供热公司"))
    assert table.faults == ()


def test_title_and_body_become_one_text_and_the_id_is_kept(tmp_path: Path):
    table = table_of(tmp_path, "id,title,body,label,time\nA-7,停电,昨晚停的,供电公司,2026\n")
    assert table.rows == (Row("A-7", "停电\n昨晚停的", "供电公司"),)


def test_a_title_of_several_lines_becomes_one(tmp_path: Path):
    table = table_of(tmp_path, 'title,body,label\n"停电\n两天",昨晚停的,供电公司\n')
    assert table.rows[0].text == "停电 两天\n昨晚停的"


def test_a_title_alone_is_enough(tmp_path: Path):
    assert table_of(tmp_path, "title,body,label\n停电,,供电公司\n").rows[0].text == "停电"


def test_kinds_are_read_where_there_are_any(tmp_path: Path):
    table = table_of(tmp_path, "text,label,kind\n停电了,供电公司,help\n没电,供电公司,\n")
    assert [row.kind for row in table.rows] == ["help", ""]


def test_bad_rows_are_named_by_line_and_the_good_ones_kept(tmp_path: Path):
    lines = ["text,label,kind", "停电了,供电公司,help", ",供电公司,help", "没电,,help", "没水,供水公司,shouting", "短"]
    table = table_of(tmp_path, "\n".join([*lines, "多,供电公司,help,again", "来电了,供电公司,praise"]))
    assert [row.text for row in table.rows] == ["停电了", "来电了"]
    assert [fault.line for fault in table.faults] == [3, 4, 5, 6, 7]
    assert str(table.faults[0]) == "line 3: the text is empty"
    assert "the label is empty" in table.faults[1].reason
    assert "shouting" in table.faults[2].reason
    assert "as many columns" in table.faults[3].reason == table.faults[4].reason


def test_a_text_of_several_lines_keeps_the_count_of_lines_right(tmp_path: Path):
    table = table_of(tmp_path, 'text,label\n"停电了,\n又停了",供电公司\n,供电公司\n')
    assert table.rows[0].text == "停电了,\n又停了"
    assert table.faults == (Fault(4, "the text is empty"),)


def test_a_quotation_mark_never_closed_is_named_where_it_opens(tmp_path: Path):
    table = table_of(tmp_path, 'text,label\n停电了,供电公司\n"没电,供电公司\n没水,供水公司\n')
    assert [row.text for row in table.rows] == ["停电了"]
    assert table.faults[0].line == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, encoding: str):
    table = table_of(tmp_path, "text,label\n暖气不热,供热公司\n".encode(encoding))
    assert table.rows == (Row(1, "暖气不热", "供热公司"),)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_understood(tmp_path: Path, separator: str):
    table = table_of(tmp_path, f"text{separator}label\n暖气不热,冷{separator}供热公司\n")
    assert table.rows == (Row(1, "暖气不热,冷", "供热公司"),)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "there is no column title"),
        ("body,label\n停电,供电公司", "line 1: there is no column title"),
        ("text\n停电", "line 1: there is no column label"),
        ("text,text,label\n停电,停电,供电公司", "the column text comes twice"),
        ("text,label\n", "there is nothing after the first line"),
        ("text,label\n,供电公司", "line 2: the text is empty"),
        (b"\xff\x00\xfe\x81", "UTF-8 or GB18030"),
    ],
)
def test_a_file_without_a_row_to_use_is_refused_in_a_sentence(tmp_path: Path, content: str | bytes, sentence: str):
    with pytest.raises(TableError, match=sentence):
        table_of(tmp_path, content)


def test_messages_to_guess_need_no_label(tmp_path: Path):
    assert table_of(tmp_path, "text\n停电了\n", labelled=False).rows == (Row(1, "停电了"),)


def test_a_message_of_a_megabyte_is_read(tmp_path: Path):
    assert len(table_of(tmp_path, f"text,label\n{'停' * 400_000},供电公司\n").rows[0].text) == 400_000
