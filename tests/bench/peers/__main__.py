"""`python -m tests.bench.peers`: ours beside three bots as others write them, in one run."""

import argparse
import asyncio
import json
import shlex
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from tests.bench.peers.contenders import BOTS, OURS, Bot
from tests.bench.peers.fed import work_without_sends
from tests.bench.peers.figures import Figures
from tests.bench.peers.killing import killed_again_and_again
from tests.bench.peers.life import whole_life
from tests.bench.peers.played import work_with_sends
from tests.bench.peers.table import Measured, report
from tests.support.playing import Town
from tests.support.processes import start_sandbox

PAGE = Path(__file__).parents[3] / "docs/benchmarks.md"
_BEGIN, _END = "<!-- measured -->", "<!-- end of what was measured -->"
_QUICK = {"appeals": 40, "kills": 3}
_PEERS_FILE_MORE = 4  # without sends they take so little that /proc would not tell
_SLOWLY = 40


@dataclass
class Bench:
    """One run: where its files are, how much is done, and what was measured."""

    folder: Path
    log: IO[bytes]
    appeals: int
    kills: int
    measured: dict[Bot, Figures]

    def _room(self, name: str) -> Path:
        made = self.folder / name
        made.mkdir()
        return made

    async def run(self) -> None:
        """Measure everything: one bot after the other what CPU counts in, all together what it does not."""
        sandbox, address = await start_sandbox(self.folder, log=self.log)
        try:
            for bot in BOTS:
                await self._without_sends(bot)
            async with Town(address) as town:
                for bot in BOTS:
                    await self._with_sends(bot, town)
                with _told("a whole appeal of ours"):
                    self.measured[OURS].life = await whole_life(town, folder=self._room("life"), log=self.log)
                with _told(f"{self.kills} kills of each"):
                    await self._killed(town)
        finally:
            await sandbox.stop()

    async def _without_sends(self, bot: Bot) -> None:
        appeals = self.appeals if bot.is_ours else self.appeals * _PEERS_FILE_MORE
        for thinks in (False, True):
            with _told(f"{bot.name}: no sends, {'with' if thinks else 'no'} classifier"):
                self.measured[bot].work[False, thinks] = await work_without_sends(
                    bot, appeals=appeals, thinks=thinks, folder=self._room(f"fed-{bot.id}-{thinks}"), log=self.log
                )

    async def _with_sends(self, bot: Bot, town: Town) -> None:
        for thinks in (False, True):
            with _told(f"{bot.name}: with sends, {'with' if thinks else 'no'} classifier"):
                work, waits = await work_with_sends(
                    bot,
                    town,
                    appeals=self.appeals // 2,
                    slowly=min(_SLOWLY, self.appeals) if thinks else 0,
                    thinks=thinks,
                    folder=self._room(f"played-{bot.id}-{thinks}"),
                    log=self.log,
                )
            self.measured[bot].work[True, thinks] = work
            self.measured[bot].waits = waits

    async def _killed(self, town: Town) -> None:
        room = self._room("killed")
        all_at_once = (killed_again_and_again(bot, town, kills=self.kills, folder=room, log=self.log) for bot in BOTS)
        for bot, survival in zip(BOTS, await asyncio.gather(*all_at_once), strict=True):
            self.measured[bot].survival = survival


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Say on stderr what is being measured, and how long it took."""
    print(f"{what} … ", end="", file=sys.stderr, flush=True)
    begun = time.monotonic()
    yield
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def as_json(measured: Measured) -> str:
    """Return every figure as JSON."""
    found = {}
    for bot, figures in measured.items():
        work = {f"sends={sends},classifier={thinks}": asdict(each) for (sends, thinks), each in figures.work.items()}
        assert figures.waits is not None
        assert figures.survival is not None
        waits = asdict(figures.waits) | {"p50": figures.waits.at(0.5), "p99": figures.waits.at(0.99)}
        found[bot.name] = {"work": work, "waits": waits, "survival": asdict(figures.survival), "life": figures.life}
    return json.dumps(found, ensure_ascii=False)


def write(words: str, command: str) -> None:
    """Put the table, with its day and the command, into the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    day = f"Measured on {datetime.now(UTC):%Y-%m-%d} by `{command}`, Python {sys.version.split()[0]}."
    PAGE.write_text(f"{before}{_BEGIN}\n{day}\n\n{words}\n{_END}{after}", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--appeals", type=int, default=200, help="how many are filed with ours where nothing is sent")
    parser.add_argument("--kills", type=int, default=10, help="how often each bot is killed")
    parser.add_argument("--quick", action="store_true", help="few of both: whether it runs, not how fast")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    return parser.parse_args()


def main() -> int:
    """Measure, print."""
    given = _options()
    size = _QUICK if given.quick else {"appeals": given.appeals, "kills": given.kills}
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log.txt").open("wb") as log:
        bench = Bench(Path(folder), log, **size, measured={bot: Figures() for bot in BOTS})
        asyncio.run(bench.run())
    words = report(bench.measured)
    print(as_json(bench.measured) if given.json else words)
    if given.write:
        write(words, f"python -m tests.bench.peers {shlex.join(sys.argv[1:])}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
