import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from classifier import importing
from classifier.importing import read_labelled
from classifier.reading import Fault, TableError


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_workbooks_good_rows_are_kept_and_the_bad_ones_named_by_their_row(tmp_path: Path):
    path = workbook(
        tmp_path / "labels.xlsx",
        ["id", "text", "label"],
        [7, "路灯坏了", "城市管理局"],
        [],
        [8, "", "教育局"],
        [None, "水管\n漏水,没人修", "供水公司"],
        [9, "没有单位", None],
        [10, "=1+1", "教育局"],
    )
    table = read_labelled(path)
    assert [(row.id, row.text, row.label) for row in table.rows] == [
        ("7", "路灯坏了", "城市管理局"),
        (4, "水管 漏水,没人修", "供水公司"),
    ]
    assert table.faults == (
        Fault(4, "the text is empty"),
        Fault(6, "the label is empty"),
        Fault(7, "the text is empty"),
    )


def test_a_title_and_a_body_make_one_message(tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", ["title", "body", "label"], ["路灯", "坏了", "城市管理局"])
    assert read_labelled(path).rows[0].text == "路灯\n坏了"


def test_a_csv_is_read_as_ever(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("text,label\n路灯坏了,城市管理局\n", encoding="utf-8")
    assert len(read_labelled(path).rows) == 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "nothing on the first sheet"),
        ([["words", "unit"], ["路灯坏了", "城市管理局"]], "there is no column"),
        ([["text", "label"], ["路灯坏了", None]], "no row of the file can be used"),
    ],
)
def test_a_workbook_of_which_nothing_can_be_used_says_why(tmp_path: Path, rows: list[list[object]], sentence: str):
    with pytest.raises(TableError, match=sentence):
        read_labelled(workbook(tmp_path / "a.xlsx", *rows))


def test_a_file_that_is_no_workbook_says_so(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(b"text,label\n")
    with pytest.raises(TableError, match="no workbook"):
        read_labelled(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("anything.txt", "no sheet")
    with pytest.raises(TableError, match="cannot be read"):
        read_labelled(tmp_path / "b.xlsx")


def test_a_zip_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importing, "_rows", lambda _path: pytest.fail("it was opened"))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(TableError, match="not opened"):
        read_labelled(tmp_path / "a.xlsx")


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importing, "LARGEST", 3 * 2**20)
    (tmp_path / "a.csv").write_bytes(b"0" * (3 * 2**20 + 1))
    with pytest.raises(TableError, match="over 3 MB"):
        read_labelled(tmp_path / "a.csv")


def test_a_workbook_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = workbook(tmp_path / "a.xlsx", ["text", "label"], ["路灯坏了", "城市管理局"])
    monkeypatch.setattr(importing, "_SECONDS", 0.01)
    with pytest.raises(TableError, match="could not be read in"):
        read_labelled(path)


def test_a_workbook_of_which_there_is_too_much_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """One that its directory speaks well of, and that needs more than it may once it is open."""
    monkeypatch.setattr(importing, "_RATIO", 10_000)
    path = workbook(tmp_path / "a.xlsx", ["text", "label"], *[["水" * 32_000, "供水公司"] for _ in range(2000)])
    with pytest.raises(TableError, match="needs more than it may"):
        read_labelled(path)
