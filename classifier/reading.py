"""CSV files that people bring: good rows kept, bad ones reported by line with the reason."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from classifier.labels import labels

_LONGEST_FIELD: Final = 2**24
_SEPARATORS: Final = (",", ";", "\t")
_REST: Final = "\0rest"
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SHOWN: Final = 10
_PIECE: Final = 2**20


class TableError(ValueError):
    """A file of which no row can be used; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One message with its id (the row's number where the file has none), and its label and kind where it has them."""

    id: str | int
    text: str
    label: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Fault:
    """A row that cannot be used: the line it begins at, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        """Name the line before the reason."""
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True)
class Table:
    """The rows of a file that can be used, and what is wrong with the others."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_table(path: Path, *, labelled: bool) -> Table:
    """Read a CSV file with the columns `text` or `title,body`, with `label` where `labelled`, maybe `id` and `kind`.

    UTF-8, UTF-16 with its mark, or GB18030, as spreadsheets save it; further columns are not looked at. Raises
    TableError where no row can be used, OSError where the file cannot be opened.
    """
    with path.open(encoding=_encoding(path), newline="") as lines:
        read = list(parsed(lines, labelled=labelled))
    rows = tuple(each for each in read if isinstance(each, Row))
    faults = tuple(each for each in read if isinstance(each, Fault))
    if not rows:
        why = [str(fault) for fault in faults[:_SHOWN]] or ["there is nothing after the first line"]
        raise TableError("\n".join(["no row of the file can be used:", *why]))
    return Table(rows, faults)


def parsed(lines: Iterable[str], *, labelled: bool) -> Iterator[Row | Fault]:
    """Yield each row of a CSV as a Row or as a Fault; raise TableError where the first line names the wrong columns."""
    csv.field_size_limit(_LONGEST_FIELD)
    lines = iter(lines)
    header = next(lines, "")
    separator = next((each for each in _SEPARATORS if each in header), ",")
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=separator), [])]
    needed = _needed(names, labelled=labelled)
    reader = csv.DictReader(lines, names, restkey=_REST, delimiter=separator)
    number, begins = 0, 2
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault(begins, f"it cannot be read ({error})")
        else:
            number += 1
            fault = _fault(cells, needed)
            yield Fault(begins, fault) if fault else _row(cells, number)
        begins = reader.line_num + 2


def _needed(names: list[str], *, labelled: bool) -> list[str]:
    """Return the columns that every row must fill; raise TableError where one is missing or comes twice."""
    text = ["text"] if "text" in names else ["title", "body"]
    needed = [*text, "label"] if labelled else text
    missing = [name for name in needed if name not in names]
    twice = [name for name in needed if names.count(name) > 1]
    if missing or twice:
        form = "text,label or title,body,label" if labelled else "text or title,body"
        what = f"there is no column {missing[0]}" if missing else f"the column {twice[0]} comes twice"
        raise TableError(f"line 1: {what}; the first line must name the columns: {form}, and id if there is one")
    return needed


def _fault(cells: dict[str, str], needed: list[str]) -> str:
    """Say what is wrong with a row; an empty sentence where nothing is."""
    if _REST in cells or any(value is None for value in cells.values()):
        return (
            "it has not as many columns as the first line (a comma in the text wants quotation marks around the text)"
        )
    if not _text(cells):
        return "the text is empty"
    if "label" in needed and not cells["label"].strip():
        return "the label is empty"
    kind = cells.get("kind", "").strip()
    if kind and kind not in labels().kinds:
        return f"the kind {kind} is none of {', '.join(labels().kinds)}"
    return ""


def _row(cells: dict[str, str], number: int) -> Row:
    given = {name: cells.get(name, "").strip() for name in ("id", "label", "kind")}
    return Row(given["id"] or number, _text(cells), given["label"], given["kind"])


def _text(cells: dict[str, str]) -> str:
    """Return the message; a title stands on one line of its own above the body."""
    if "text" in cells:
        return cells["text"].strip()
    return f"{' '.join(cells['title'].split())}\n{cells['body'].strip()}".strip()


def _encoding(path: Path) -> str:
    """Return the encoding in which the whole file can be read."""
    with path.open("rb") as file_of_bytes:
        begins = file_of_bytes.read(2)
    tried = ("utf-16",) if begins in _UTF16_MARKS else _ENCODINGS
    for encoding in tried:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(_PIECE):
                    pass
        except UnicodeError:
            continue
        return encoding
    raise TableError("the file is no text in UTF-8 or GB18030: save it as CSV UTF-8")
