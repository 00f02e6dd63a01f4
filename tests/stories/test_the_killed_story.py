"""The bot is killed right after each step of an appeal's life and started again; nothing is repeated by anybody."""

from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.filing import LAMP, choose_unit, number_in
from tests.support.playing import Message, Town, labels, text_of
from tests.support.processes import Forked, joining, start_sandbox
from tests.support.staging import MODELS

UNIT = "城市管理局"
PATIENCE = 90


@pytest.fixture
async def address_of_a_database(tmp_path: Path) -> AsyncIterator[str]:
    """PostgreSQL where one answers: `make chaos` does the same on SQLite."""
    made = databases.postgres() if await databases.answers() else databases.sqlite(tmp_path)
    async with made as url:
        yield url


class Mortal:
    """A bot that dies after each step."""

    def __init__(self, bot: Forked) -> None:
        self._bot = bot

    async def dies_after(self, step: Awaitable[object]) -> None:
        await step
        await self._bot.kill()
        await self._bot.launch()


@pytest.mark.timeout(500)
async def test_sigkill_after_every_step_loses_nothing_and_doubles_nothing(address_of_a_database: str, tmp_path: Path):
    with (tmp_path / "log.txt").open("wb") as log:
        sandbox, address = await start_sandbox(tmp_path, log=log)
        bot = Forked(joining(address, address_of_a_database, var=MODELS), log)
        await bot.launch()
        await bot.ready()
        async with Town(address) as town:
            number, citizen = await _live(town, Mortal(bot))
            heard = [text_of(m) for m in await town.messages(citizen) if m["from"]["is_bot"]]
        await bot.stop()
        assert await sandbox.stop() == 0
    assert len({line for text in heard for line in text.split() if "LX-" in line and number not in line}) == 0
    assert sum("答复您了" in text for text in heard) == 1


async def _live(town: Town, bot: Mortal) -> tuple[str, int]:
    citizen = await town.newcomer()
    await bot.dies_after(town.say(citizen, LAMP))
    await bot.dies_after(_press(town, citizen, "同意"))
    await town.wait(citizen, "这件事在什么地方", seconds=PATIENCE)
    await bot.dies_after(town.say(citizen, "桃园镇北王村村小学东门"))
    await bot.dies_after(_press(town, citizen, "不留,在这里联系"))
    summary = await town.wait(citizen, lambda m: "提交" in labels(m), seconds=PATIENCE)
    if f"交给:{UNIT}" not in text_of(summary):
        summary = await choose_unit(town, citizen, summary, UNIT, seconds=PATIENCE)
    await bot.dies_after(_send_press(town, citizen, summary, "提交"))
    number = number_in(await town.wait(citizen, "交上去了", seconds=PATIENCE))
    await _work(town, bot, number)
    await town.wait(citizen, "昨天下午换了灯头", seconds=PATIENCE)
    for label in ("联系过", "解决了", "满意", "好了"):
        await bot.dies_after(_press(town, citizen, label))
    await town.wait(citizen, "谢谢您,记下了。", seconds=PATIENCE)
    return number, citizen


async def _work(town: Town, bot: Mortal, number: str) -> None:
    group, people = await town.staff(UNIT)
    staff = people[0]
    card = await town.wait(group, lambda m: number in text_of(m) and "签收" in labels(m), by=staff, seconds=PATIENCE)
    await bot.dies_after(_send_press(town, group, card, "签收", by=staff))
    card = await town.wait(
        group, lambda m: number in text_of(m) and "答复办结" in labels(m), by=staff, seconds=PATIENCE
    )
    await bot.dies_after(_send_press(town, group, card, "答复办结", by=staff))
    asked = await town.wait(group, lambda m: "已经解决" in labels(m), by=staff, seconds=PATIENCE)
    await bot.dies_after(_send_press(town, group, asked, "已经解决", by=staff))
    asked = await town.wait(group, "请写答复", by=staff, seconds=PATIENCE)
    written = "昨天下午换了灯头,晚上试过,已经亮了。"
    await bot.dies_after(town.say(group, written, by=staff, reply_to=asked["message_id"]))
    preview = await town.wait(group, lambda m: "发出" in labels(m), by=staff, seconds=PATIENCE)
    await bot.dies_after(_send_press(town, group, preview, "发出", by=staff))


async def _press(town: Town, chat: int, label: str) -> None:
    message = await town.wait(chat, lambda m: label in labels(m), seconds=PATIENCE)
    await _send_press(town, chat, message, label)


async def _send_press(town: Town, chat: int, message: Message, label: str, *, by: int | None = None) -> None:
    """Press; the update is queued at once, and nobody may be there to answer it."""
    await town.press(chat, message, label, by=by)
