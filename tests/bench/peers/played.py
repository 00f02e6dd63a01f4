"""With sends: citizens file on the sandbox; one at a time for how long they wait, many at once for what it costs."""

import asyncio
from collections import Counter
from functools import partial
from pathlib import Path
from typing import IO

from tests.bench.peers.citizens import Citizen
from tests.bench.peers.contenders import Bot, Contender, Setting
from tests.bench.peers.costs import ROUNDS, measured, middle
from tests.bench.peers.figures import Waits, Work
from tests.bench.peers.groups import Groups, found_group
from tests.support.playing import Town

_AT_ONCE = 16
_WARM = 16
_LOOK_SECONDS = 0.03
_LINGER_SECONDS = 0.3
_PATIENCE = 60


async def work_with_sends(
    bot: Bot, town: Town, *, appeals: int, slowly: int, thinks: bool, folder: Path, log: IO[bytes]
) -> tuple[Work, Waits | None]:
    """Let citizens file, first `slowly` one after the other, then all at once; return what it took and how long."""
    group = 0 if bot.is_ours else await found_group(town, bot)
    contender = Contender(bot, Setting(town.address, folder, group=group, thinks=thinks), log)
    await contender.start()
    try:
        await _many(await _crowd(town, bot, range(_WARM)))
        waits = await _one_by_one(contender, await _crowd(town, bot, range(1000, 1000 + slowly))) if slowly else None
        return await _rounds(contender, town, appeals // ROUNDS), waits
    finally:
        await contender.stop()


async def _rounds(contender: Contender, town: Town, appeals: int) -> Work:
    """Let several crowds file at once, one crowd after the other; return the middle one's cost."""
    rounds = []
    for nth in range(ROUNDS):
        citizens = await _crowd(town, contender.bot, range(2000 + nth * appeals, 2000 + (nth + 1) * appeals))
        await quiet(contender)
        rounds.append(await measured(contender, partial(_filed, contender, citizens)))
    return middle(rounds)


async def _filed(contender: Contender, citizens: dict[int, Citizen]) -> tuple[int, int]:
    await _many(citizens)
    await quiet(contender)
    return len(citizens), sum(len(citizen.waits) for citizen in citizens.values())


async def _crowd(town: Town, bot: Bot, numbers: range) -> dict[int, Citizen]:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def come(n: int) -> tuple[int, Citizen]:
        async with turn:
            return n, await Citizen.come(town, bot, f"citizen {n}")

    return dict(await asyncio.gather(*(come(n) for n in numbers)))


async def _many(citizens: dict[int, Citizen]) -> None:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(n: int, citizen: Citizen) -> None:
        async with turn:
            await asyncio.wait_for(citizen.file(n), _PATIENCE)

    await asyncio.gather(*(one(*each) for each in citizens.items()))


async def _one_by_one(contender: Contender, citizens: dict[int, Citizen]) -> Waits:
    town = next(iter(citizens.values())).town
    groups = await Groups.of(town, contender.bot)
    for n, citizen in citizens.items():
        await asyncio.wait_for(citizen.file(n), _PATIENCE)
        await quiet(contender)
    await quiet(contender, linger=_LINGER_SECONDS)
    shown = sum([await _all_shown(citizen) for citizen in citizens.values()], Counter())
    seconds = [wait for citizen in citizens.values() for wait in citizen.waits]
    return Waits(seconds, len(citizens), shown["message"], shown["edited"], await groups.operations())


async def _all_shown(citizen: Citizen) -> Counter[str]:
    """Count what a citizen was shown, what came after the receipt included."""
    return citizen.shown + Counter(str(event["type"]) for event in await citizen.ear.heard())


async def quiet(contender: Contender, *, linger: float = 0) -> None:
    """Wait until the bot has handled and said everything; `linger` where it may not know yet what was done."""
    await asyncio.sleep(linger)
    while not contender.books.is_quiet():  # noqa: ASYNC110 - another process sets no event
        await asyncio.sleep(_LOOK_SECONDS)
