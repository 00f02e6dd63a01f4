"""The bots under SIGKILL while citizens file; nobody says or presses anything twice: what is lost stays lost."""

import asyncio
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.bench.peers.citizens import Citizen
from tests.bench.peers.contenders import Books, Bot, Contender, Setting, database_of, environment_of_ours
from tests.bench.peers.dialogue import first_words
from tests.bench.peers.figures import Survival
from tests.bench.peers.groups import found_group
from tests.support.playing import Town
from tests.support.processes import Forked, Running

_EACH_KILL = 6
_PATIENCE = 20.0
_FIRST = 5000


@dataclass
class Play:
    """A bot, its citizens, and the dice."""

    town: Town
    bot: Bot
    process: Running | Forked
    dice: random.Random
    citizens: dict[int, Citizen] = field(default_factory=dict)
    telling: set[asyncio.Task[None]] = field(default_factory=set)

    async def think(self) -> None:
        """Let a citizen read and type."""
        await asyncio.sleep(self.dice.uniform(0.05, 0.6))

    async def come(self, citizens: int) -> None:
        """Let citizens come, who do not begin yet."""
        numbers = range(_FIRST, _FIRST + citizens)
        came = await asyncio.gather(*(Citizen.come(self.town, self.bot, f"citizen {n}") for n in numbers))
        self.citizens = dict(zip(numbers, came, strict=True))

    def begin(self) -> None:
        """Let the next of them begin, at different moments."""
        for n in list(self.citizens)[len(self.telling) :][:_EACH_KILL]:
            self.telling.add(asyncio.create_task(self._one(n, self.dice.uniform(0, 1.5))))

    async def _one(self, n: int, after: float) -> None:
        await asyncio.sleep(after)
        await self.citizens[n].file(n, pause=self.think)


async def killed_again_and_again(bot: Bot, town: Town, *, kills: int, folder: Path, log: IO[bytes]) -> Survival:
    """Kill the bot so many times, soon after it is ready; return what became of the appeals."""
    group = 0 if bot.is_ours else await found_group(town, bot)
    setting = Setting(town.address, folder, group=group)
    process = Forked(environment_of_ours(setting), log) if bot.is_ours else Contender(bot, setting, log)
    play = Play(town, bot, process, random.Random(bot.id))  # noqa: S311 - dice, no secret
    await process.launch()
    try:
        await process.ready()
        await play.come(kills * _EACH_KILL)
        for _ in range(kills):
            play.begin()
            await asyncio.sleep(play.dice.uniform(0.2, 3))
            await process.kill()
            await process.launch()
            await process.ready()
        await _give_up(play.telling)
    finally:
        await process.stop()
    return _survival(play, Books(bot, database_of(bot, folder)), kills)


async def _give_up(telling: set[asyncio.Task[None]]) -> None:
    """Let citizens wait a while for the bot that lives again; then end it."""
    done, waiting = await asyncio.wait(telling, timeout=_PATIENCE)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    for task in done:
        task.result()


def _survival(play: Play, books: Books, kills: int) -> Survival:
    kept = books.appeals()
    told = {first_words(n).words: citizen for n, citizen in play.citizens.items()}
    lost = [words for words in told if not kept[words]]
    return Survival(
        kills=kills,
        told=len(told),
        kept=sum(kept[words] > 0 for words in told),
        lost=len(lost),
        lost_after_submit=sum(told[words].has_submitted for words in lost),
        doubled=sum(kept[words] > 1 for words in told),
    )
