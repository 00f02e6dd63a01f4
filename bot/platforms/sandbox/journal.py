"""The journal: every change of the world as one line of JSON, so that a killed sandbox forgets nothing."""

import json
import os
from pathlib import Path
from typing import Any, TextIO

Key = int | str
Tables = dict[str, dict[Key, Any]]


class JournalBroken(Exception):  # noqa: N818 - reads as the sentence it is
    """The journal holds a line, not the last one, that is no journal line."""


class Journal:
    """An append-only file of `[table, key, value]` (a record as it now stands) and `[table, key]` (a record gone)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def read(self) -> Tables:
        """Replay the file; a torn last line, as a power cut leaves one, is left out."""
        if not self._path.exists():
            return {}
        tables: Tables = {}
        lines = self._path.read_bytes().split(b"\n")
        for number, line in enumerate(lines, start=1):
            if line and not _replay(line, tables) and number < len(lines):
                message = f"{self._path}, line {number}: this is no line of a sandbox journal."
                raise JournalBroken(message)
        return tables

    def open(self, tables: Tables) -> None:
        """Write the world as it stands in place of its history, then stand ready to append."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(self._path.name + ".new")
        with fresh.open("w", encoding="ascii") as file:
            for name, records in tables.items():
                file.writelines(_line([name, key, value]) for key, value in records.items())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        self._file = self._path.open("a", encoding="ascii")

    def append(self, line: list[Any]) -> None:
        """Hand one line to the operating system, which keeps it even if this process is killed."""
        if self._file is not None:
            self._file.write(_line(line))
            self._file.flush()

    def close(self) -> None:
        """Close the file; further lines are dropped."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _line(line: list[Any]) -> str:
    return json.dumps(line, separators=(",", ":")) + "\n"


def _replay(line: bytes, tables: Tables) -> bool:
    try:
        name, key, *value = json.loads(line)
        records = tables.setdefault(name, {})
    except (ValueError, TypeError):
        return False
    if value:
        records[key] = value[0]
    else:
        records.pop(key, None)
    return True
