"""`make chaos`: appeals are filed and answered while `lianxin run` is killed again and again; then the books are read.

Nobody repeats a press or a word: whatever is lost stays lost, and shows in the ledger.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from storage.city.loading import load_city
from tests.chaos.ledger import Ledger, read_books
from tests.support.filing import choose_unit, number_in
from tests.support.playing import PlayedError, Town, labels, text_of
from tests.support.processes import Forked, Running, joining, start_sandbox

_AT_ONCE = 12
_PATIENCE = 240


@dataclass
class Play:
    """What is going on: how many appeals are through, and how often the bot was killed."""

    town: Town
    units: list[str]
    dice: random.Random
    done: int = 0
    kills: int = 0
    stuck: list[str] = field(default_factory=list)
    answered: dict[str, tuple[int, str]] = field(default_factory=dict)


def words_of(n: int) -> str:
    """What citizen `n` says: nobody else says the same."""
    return f"第{n:04d}号院子门口,路灯坏了很多天,请派人来修"


async def live(play: Play, n: int) -> None:
    """File appeal `n`, let its unit answer, rate it."""
    town, unit = play.town, play.units[n % len(play.units)]
    citizen = await town.newcomer(f"citizen {n}")
    try:
        number = await _file(town, citizen, n, unit)
        await _answer(town, n, number, unit)
        await _rate(town, citizen, n)
        play.answered[words_of(n)] = (citizen, number)
    except PlayedError as error:
        play.stuck.append(f"appeal {n}: {error}")
    play.done += 1


async def _press(town: Town, chat: int, label: str, *, by: int | None = None, after: int = 0) -> None:
    message = await town.wait(chat, lambda m: label in labels(m), by=by, after=after, seconds=_PATIENCE)
    await town.press(chat, message, label, by=by)


async def _file(town: Town, citizen: int, n: int, unit: str) -> str:
    await town.say(citizen, words_of(n))
    await _press(town, citizen, "同意")
    await town.wait(citizen, "这件事在什么地方", seconds=_PATIENCE)
    await town.say(citizen, "村小学东门")
    await _press(town, citizen, "不留,在这里联系")
    summary = await town.wait(citizen, lambda m: "提交" in labels(m), seconds=_PATIENCE)
    if f"交给:{unit}" not in text_of(summary):
        summary = await choose_unit(town, citizen, summary, unit, seconds=_PATIENCE)
    await town.press(citizen, summary, "提交")
    return number_in(await town.wait(citizen, "交上去了", seconds=_PATIENCE))


async def _answer(town: Town, n: int, number: str, unit: str) -> None:
    group, people = await town.staff(unit)
    staff = people[0]

    def mine(label: str):  # noqa: ANN202 - a small question
        return lambda m: number in text_of(m) and label in labels(m)

    card = await town.wait(group, mine("签收"), by=staff, seconds=_PATIENCE)
    await town.press(group, card, "签收", by=staff)
    card = await town.wait(group, mine("答复办结"), by=staff, seconds=_PATIENCE)
    await town.press(group, card, "答复办结", by=staff)
    asked = await town.wait(group, mine("已经解决"), by=staff, seconds=_PATIENCE)
    await town.press(group, asked, "已经解决", by=staff)
    asked = await town.wait(
        group,
        lambda m: m["message_id"] == asked["message_id"] and "请写答复" in text_of(m),
        by=staff,
        seconds=_PATIENCE,
    )
    written = await town.say(group, answer_of(n), by=staff, reply_to=asked["message_id"])
    await _press(town, group, "发出", by=staff, after=written["message_id"])


def answer_of(n: int) -> str:
    """What the unit answers to appeal `n`."""
    return f"答复{n:04d}:昨天下午去看过,换了新的灯头,晚上试过,已经亮了。"


async def _rate(town: Town, citizen: int, n: int) -> None:
    await town.wait(citizen, answer_of(n), seconds=_PATIENCE)
    await _press(town, citizen, "联系过")
    await _press(town, citizen, "解决了")
    await _press(town, citizen, "满意")
    await _press(town, citizen, "好了")
    await town.wait(citizen, "谢谢您,记下了。", seconds=_PATIENCE)


async def kill_again_and_again(play: Play, bot: Running | Forked, kills: int, appeals: int) -> None:
    """Kill the bot at random moments, soon after it is ready or before, from the first appeal to the last."""
    while play.kills < kills:
        with suppress(TimeoutError):
            await asyncio.wait_for(bot.ready(), play.dice.choice([3, 60, 60, 60]))
            await asyncio.sleep(play.dice.uniform(0.05, 6))
            await _kept_pace(play, kills, appeals)
        await bot.kill()
        play.kills += 1
        _show(play, kills, appeals)
        await bot.launch()


async def _kept_pace(play: Play, kills: int, appeals: int) -> None:
    """Wait until so many appeals are through that the kills are spread over all of them."""
    while play.done < appeals * play.kills / kills - _AT_ONCE:  # noqa: ASYNC110 - a look now and then is enough
        await asyncio.sleep(play.dice.uniform(0.05, 0.5))


def _show(play: Play, kills: int, appeals: int) -> None:
    print(f"\rkilled {play.kills}/{kills}, appeals through {play.done}/{appeals}", end="", file=sys.stderr, flush=True)


async def run(*, kills: int, appeals: int, seed: int, folder: Path, var: Path, forked: bool) -> Ledger:
    """Play it all; return what the books say."""
    database = f"sqlite:///{folder / 'lianxin.db'}"
    with (folder / "log.txt").open("wb") as log:
        sandbox, address = await start_sandbox(folder, log=log)
        env = joining(address, database, var=var)
        bot = Forked(env, log) if forked else Running("run", env=env, log=log)
        await bot.launch()
        async with Town(address) as town:
            units = [unit.name for unit in load_city().departments]
            play = Play(town, units, random.Random(seed))  # noqa: S311 - dice, no secret
            await town.group(units[0])
            turn = asyncio.Semaphore(_AT_ONCE)

            async def one(n: int) -> None:
                async with turn:
                    await live(play, n)

            killing = asyncio.create_task(kill_again_and_again(play, bot, kills, appeals))
            await asyncio.gather(*(one(n) for n in range(appeals)))
            await killing
            ledger = await read_books(database, town, play, [words_of(n) for n in range(appeals)])
        await bot.stop()
        await sandbox.stop()
    return ledger


def main() -> int:
    """Play, print the ledger; 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how often the bot is killed")
    parser.add_argument("--appeals", type=int, default=300, help="how many appeals are filed")
    parser.add_argument(
        "--forked",
        action="store_true",
        help="fork each bot from a process that imported everything: a restart takes one second instead of ten",
    )
    parser.add_argument("--seed", type=int, default=1, help="of the dice")
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        var = Path("var").resolve()
        play = run(
            kills=given.kills, appeals=given.appeals, seed=given.seed, folder=Path(folder), var=var, forked=given.forked
        )
        ledger = asyncio.run(play)
    print(file=sys.stderr)
    print(ledger.table(minutes=(time.monotonic() - begun) / 60))
    return 0 if ledger.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
