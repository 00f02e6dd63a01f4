"""Reads the first sheet of the workbook named on the command line: a row a line, as JSON [number, cells].

It is run in a process that may use little memory and little time, never imported by anything that serves.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

_MOST_ROWS: Final = 1_000_000
_MOST_COLUMNS: Final = 50
_MOST_WRITTEN: Final = 2**28
_MEMORY: Final = 2**30
_SECONDS: Final = 120


def main() -> None:
    """Print the rows that hold something; end with 1 where they are more than an office writes."""
    _take_little()
    written = 0
    for number, cells in _rows(sys.argv[1]):
        written += sys.stdout.write(json.dumps([number, cells]) + "\n")
        if written > _MOST_WRITTEN:
            sys.exit(1)


def _take_little() -> None:
    """Have little memory and little time from here on, and write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _rows(path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows as wide as the first filled one, so that a header names what stands under it."""
    from openpyxl import load_workbook  # noqa: PLC0415 - what it imports is held to the limits too

    width = 0
    with closing(load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file claims about its size is not believed
        for number, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS, values_only=True), start=1):
            cells = [_said(value) for value in row[:_MOST_COLUMNS]]
            filled = max((at for at, cell in enumerate(cells, start=1) if cell), default=0)
            width = width or filled
            if filled:
                yield number, [*cells, *[""] * width][: max(width, filled)]


def _said(value: Any) -> str:
    """Return a cell as text in one line; a whole number has no decimals."""
    if value is None:
        return ""
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return " ".join(str(whole).split())


if __name__ == "__main__":
    main()
