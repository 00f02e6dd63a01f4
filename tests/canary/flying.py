"""A town of its own for the canaries, with the log listened to; each path is flown and searched for."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.platforms.sandbox.cast import load_cast
from bot.platforms.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.wiring import Service
from tests.canary.bird import Bird
from tests.canary.flight import Flight
from tests.canary.paths import PATHS
from tests.canary.watch import Watch, listening
from tests.support import databases
from tests.support.playing import Town

MODELS = Path("var").resolve()
PLACES = ("groups", "other chats", "answers", "file names", "log")


@dataclass
class Aviary:
    """Where canaries fly, and the ledger of what was heard of each where."""

    watch: Watch
    service: Service
    ledger: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    async def fly(self, name: str) -> dict[str, list[str]]:
        """Fly one path and search every place; return what was heard where."""
        bird = Bird(101 + list(PATHS).index(name))
        flight = Flight(self.watch.town, bird, self.watch)
        await PATHS[name](flight)
        assert await self.service.quiet()
        heard = await self.watch.places(bird, citizen=flight.citizen, asker=flight.asker, kept=name.endswith("保密"))
        if flight.asker is not None:
            assert await self.watch.told(bird, flight.asker)
        self.ledger[name] = heard
        return heard

    def lines(self) -> list[str]:
        """Return the ledger as a table."""
        width = max(map(len, PATHS)) + 6
        lines = [f"{'path':{width}}" + "".join(f"{place:>14}" for place in PLACES)]
        for name, heard in self.ledger.items():
            cells = ["-" if not heard[place] else ",".join(heard[place]) for place in PLACES]
            lines.append(f"{name:{width}}" + "".join(f"{cell:>14}" for cell in cells))
        return lines


@asynccontextmanager
async def aviary() -> AsyncIterator[Aviary]:
    """Open a sandbox with a bot that logs at DEBUG, on SQLite."""
    with tempfile.TemporaryDirectory() as made, listening() as log:
        folder = Path(made)
        async with databases.sqlite(folder) as url:
            sandbox = await Sandbox.start(port=0, limits=False, cast=load_cast(), state=folder / "world.jsonl")
            settings = load_settings(
                token="1:sandbox",
                api_base=sandbox.address,
                database_url=url,
                var=MODELS,
                hold_seconds=0.5,
                pacing=False,
                log_level="DEBUG",
            )
            service = Service(settings)
            await service.start()
            async with Town(sandbox.address) as town:
                yield Aviary(Watch(town, (folder,), log), service)
            await service.stop()
            await sandbox.stop()
