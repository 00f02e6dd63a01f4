"""Labelled messages from a CSV or an XLSX file; a workbook is opened by a process that may use little and not long."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from classifier.reading import Fault, Row, Table, TableError, parsed, read_table

LARGEST: Final = 50 * 2**20
"""A file over so many bytes is not opened."""
_UNPACKED: Final = 400 * 2**20
_RATIO: Final = 200
_PARTS: Final = 2000
_SECONDS: Final = 120
_SHOWN: Final = 10
_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each thread asks for memory of its own
_FIRST_ROW: Final = 2


def read_labelled(path: Path) -> Table:
    """Read a file as `read_table` does, or the first sheet of a workbook (.xlsx); its rows and faults by line.

    Raises TableError where no row can be used, or where the file is too large, no workbook, or one that unpacks to
    more than an office writes; OSError where it cannot be opened.
    """
    if path.stat().st_size > LARGEST:
        raise TableError(f"the file is over {LARGEST // 2**20} MB: split it")
    if path.suffix.lower() != ".xlsx":
        return read_table(path, labelled=True)
    _look_before_opening(path)
    return _table(list(_rows(path)))


def _look_before_opening(path: Path) -> None:
    """Refuse a workbook by what its directory says, before a byte of it is unpacked."""
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise TableError("the file is no workbook: save it as .xlsx or as CSV UTF-8") from None
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > _PARTS or unpacked > _UNPACKED or unpacked > _RATIO * max(packed, 1):
        raise TableError(
            f"the workbook unpacks to {unpacked // 2**20} MB in {len(parts)} parts, {unpacked // max(packed, 1)} times "
            "its size: no office writes such a file, it is not opened"
        )


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the filled rows of the first sheet with their numbers, as the limited process reads them."""
    command = [sys.executable, "-m", "classifier.workbook", str(path)]
    try:
        read = subprocess.run(  # noqa: S603 - our own module, the path is one argument
            command, capture_output=True, check=False, timeout=_SECONDS, env={**os.environ, **_ONE_THREAD}
        )
    except subprocess.TimeoutExpired:
        raise TableError(f"the workbook could not be read in {_SECONDS} seconds: save it as CSV UTF-8") from None
    if read.returncode:
        raise TableError("the workbook cannot be read, or needs more than it may: save it as CSV UTF-8")
    for line in read.stdout.splitlines():
        number, cells = json.loads(line)
        yield number, cells


def _table(sheet: Sequence[tuple[int, list[str]]]) -> Table:
    if not sheet:
        raise TableError("there is nothing on the first sheet")
    header = _as_line(sheet[0][1])
    read = [_placed(number, header, cells) for number, cells in sheet[1:]]
    rows = tuple(each for each in read if isinstance(each, Row))
    faults = tuple(each for each in read if isinstance(each, Fault))
    if not rows:
        next(parsed([header], labelled=True), None)
        why = [str(fault) for fault in faults[:_SHOWN]] or ["there is nothing after the first line"]
        raise TableError("\n".join(["no row of the file can be used:", *why]))
    return Table(rows, faults)


def _placed(number: int, header: str, cells: list[str]) -> Row | Fault:
    """Read one row as a line of a CSV under the same header; it keeps the number that the spreadsheet shows."""
    for read in parsed([header, _as_line(cells)], labelled=True):
        if isinstance(read, Fault):
            return replace(read, line=number)
        return replace(read, id=number - _FIRST_ROW + 1) if read.id == 1 else read
    return Fault(number, "it cannot be read")


def _as_line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()
