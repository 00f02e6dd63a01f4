"""The tables of the sandbox's world: plain JSON records, every change told to the journal."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.platforms.sandbox.journal import Journal, Key, Tables

Json = dict[str, Any]

_NUMBERS_A_SECOND = 16
_NUMBERS_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_LARGEST = 2**31


def number_of_the_hour(now: datetime | None = None) -> int:
    """Return a number below 2**31 that grows with the clock: two runs that keep no state never share their ids."""
    elapsed = (now or datetime.now(UTC)) - _NUMBERS_BEGIN
    return int(elapsed.total_seconds() * _NUMBERS_A_SECOND) % _LARGEST


class Store:
    """Named tables of records by key; a record is replaced, never changed in place."""

    def __init__(self, journal: Journal | None = None) -> None:
        self._journal = journal
        self._tables: Tables = journal.read() if journal else {}
        self._floor = number_of_the_hour()
        if journal:
            journal.open(self._tables)

    def table(self, name: str) -> Mapping[Key, Any]:
        """All records of one table, in the order of their first writing."""
        return self._tables.setdefault(name, {})

    def put(self, table: str, key: Key, record: Any) -> None:
        """Keep `record` under `key`, in place of what stood there."""
        if self._journal:
            self._journal.append([table, key, record])
        self._tables.setdefault(table, {})[key] = record

    def drop(self, table: str, key: Key) -> None:
        """Forget the record under `key`."""
        if self._journal:
            self._journal.append([table, key])
        del self._tables[table][key]

    def count(self, name: str, *, start: int | None = None) -> int:
        """Return the next number of a counter, which begins at `start` or at the number of the hour."""
        last = self.table("counters").get(name)
        first = self._floor if start is None else start
        number = first if last is None else int(last) + 1
        self.put("counters", name, number)
        return number

    def raise_counter(self, name: str, number: int) -> None:
        """Let the counter go on after `number` if it is not there yet."""
        if int(self.table("counters").get(name, -1)) < number:
            self.put("counters", name, number)

    def close(self) -> None:
        """Close the journal."""
        if self._journal:
            self._journal.close()
