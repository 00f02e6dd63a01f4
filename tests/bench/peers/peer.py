"""What the three peers share: their options, where finished appeals are kept, and the classifier in a thread."""

import argparse
import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.peers import words

if TYPE_CHECKING:
    from classifier import Model


def options() -> argparse.Namespace:
    """Read what a peer is started with."""
    parser = argparse.ArgumentParser()
    for name in ("--base", "--token", "--database"):
        parser.add_argument(name, required=True)
    parser.add_argument("--group", type=int, required=True, help="where cards of appeals are posted")
    parser.add_argument("--mute", action="store_true", help="let no call but getUpdates go out")
    parser.add_argument("--think", type=Path, help="the folder of the starter model; without it nothing is guessed")
    return parser.parse_args()


class Appeals:
    """The finished appeals, in SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS appeal (id INTEGER PRIMARY KEY, number TEXT UNIQUE, day TEXT, citizen INTEGER,"
            " text TEXT, place TEXT, unit TEXT)"
        )
        connection.execute("CREATE INDEX IF NOT EXISTS appeal_day ON appeal (day)")

    def keep(self, citizen: int, *, text: str, place: str, unit: str) -> str:
        """Write one down; return its number. Committed at once, unless a transaction is open."""
        now = datetime.now(UTC)
        day = f"{now:%Y%m%d}"
        (count,) = self._connection.execute("SELECT count(*) FROM appeal WHERE day = ?", (day,)).fetchone()
        number = words.number_of(count + 1, now)
        self._connection.execute(
            "INSERT INTO appeal (number, day, citizen, text, place, unit) VALUES (?, ?, ?, ?, ?, ?)",
            (number, day, citizen, text, place, unit),
        )
        return number


class Thinking:
    """The project's classifier, asked in a thread so that the loop goes on."""

    def __init__(self, folder: Path | None) -> None:
        self._model = _loaded(folder) if folder else None

    async def unit(self, text: str) -> str:
        """Return the likeliest unit; nothing where no model is used."""
        if self._model is None:
            return ""
        return (await asyncio.to_thread(self._model.guess, text)).ranked[0].label


def _loaded(folder: Path) -> "Model":
    from classifier import load_or_train_starter  # noqa: PLC0415 - takes seconds, and not every peer asks it

    model = load_or_train_starter(folder)
    model.guess("路灯坏了")  # jieba reads its dictionary at the first word
    return model


def say_ready() -> None:
    """Tell who started this bot that it begins to ask for updates."""
    print("ready", flush=True)
