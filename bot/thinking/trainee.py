"""The process that trains: it collects, learns, keeps the model and tells how far it is, as JSON a line."""

import argparse
import asyncio
import base64
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bot.thinking import versions
from bot.thinking.child import load_model
from bot.thinking.collecting import collect
from bot.thinking.learning import Learnt, learn
from classifier.artefacts import ModelFileError, save
from classifier.corpus import CorpusError
from classifier.model import Model
from classifier.vetting import Lesson
from storage.city.loading import load_city
from storage.domain.city import City
from storage.engine import open_database

DATABASE: Final = "LIANXIN_DATABASE_URL"
"""The environment names the database: it may hold a password, which arguments would show to everybody."""


def main() -> None:
    """Train one version, and say at the end what became of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    os.nice(10)  # the bot goes first
    given = _arguments()
    try:
        learnt = train_version(
            given.version,
            against=given.against,
            base=given.model,
            var=given.var,
            city=load_city(given.city),
            database_url=os.environ[DATABASE],
            watch=lambda done: _tell({"done": done}),
        )
    except (ModelFileError, CorpusError, OSError, ValueError, MemoryError) as error:
        _tell({"error": f"{type(error).__name__}: {error}"})
        sys.exit(1)
    _tell({"report": learnt.report, "picture": base64.b64encode(learnt.picture).decode()})


def train_version(
    version: str,
    *,
    against: str,
    base: Path | None,
    var: Path,
    city: City,
    database_url: str,
    watch: Callable[[float], None],
) -> Learnt:
    """Train a version on all that may be learnt today, compare it with `against`, and keep it under `var`."""
    lessons = asyncio.run(_lessons(database_url, city))
    learnt = learn(lessons, _old(against, base, var), watch=watch)
    save(learnt.model, versions.making(var, version))
    versions.finish(var, version)
    return learnt


def _old(against: str, base: Path | None, var: Path) -> Model:
    return load_model(versions.folder_of(var, against) if against else base, var)


async def _lessons(database_url: str, city: City) -> list[Lesson]:
    database = open_database(database_url)
    try:
        async with database.reading() as session:
            return await collect(session, city)
    finally:
        await database.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--city", "--model", "--var"):
        parser.add_argument(name, type=Path)
    for name in ("--train", "--against"):
        parser.add_argument(name, default="")
    given = parser.parse_args()
    given.version = given.train
    return given


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
