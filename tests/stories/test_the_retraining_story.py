"""Dispatchers correct, an administrator has the classifier trained anew, and the next of its kind goes right by itself.

Whoever poisons labels is refused, and a training that is killed leaves the old model in place.
"""

import asyncio
import csv
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.thinking import versions
from classifier import starter_corpus
from classifier.vetting import is_held_out
from tests.support import databases
from tests.support.acting import TRIAGE, at_work, citizen_of, in_group
from tests.support.filing import Filed, agree, number_in
from tests.support.lessons import LESSONS, MATTER_UNIT
from tests.support.playing import Message, Town, labels, text_of
from tests.support.processes import Running, joining, start_sandbox
from tests.support.staging import MODELS, Played, staged

pytestmark = pytest.mark.xdist_group("retraining")
ADMINISTRATOR = 9001
PATIENCE = 240
NEXT, ASKED, ONE = "下一步", "这件事在什么地方", "就是一件事"


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A var folder of one's own, with the starter model that was trained before."""
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "model").symlink_to(MODELS / "model")
    return folder


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    """PostgreSQL where one answers: the services are tried on both."""
    made = databases.postgres() if await databases.answers() else databases.sqlite(tmp_path)
    async with made as address:
        yield address


@pytest.fixture
async def played(url: str, var: Path) -> AsyncIterator[Played]:
    async with staged(url, var=var) as played:
        yield played


async def _file(town: Town, words: str) -> Filed:
    """File it as one matter, with what the classifier makes of it; nobody corrects it before."""
    number = await town.newcomer()
    await agree(town, number)
    said = (await town.say(number, words))["message_id"]
    step = await town.wait(number, lambda m: any(NEXT in each for each in labels(m)), after=said)
    await town.press(number, step, next(each for each in labels(step) if NEXT in each))
    asked = await town.wait(number, lambda m: ASKED in text_of(m) or ONE in labels(m), after=said)
    if ONE in labels(asked):
        await town.press(number, asked, ONE)
        await town.wait(number, ASKED, after=said)
    placed = await town.say(number, "桃园镇北王村村小学东门")
    await town.press_when_there(number, "不留,在这里联系", after=placed["message_id"])
    await town.press_when_there(number, "提交", after=placed["message_id"])
    receipt = await town.wait(number, "交上去了", after=placed["message_id"], seconds=60)
    return Filed(number, number_in(receipt), receipt)


async def _correct(town: Town, filed: Filed) -> None:
    """Send an appeal that waits in triage to the unit whose matter it is."""
    dispatcher = await in_group(town, TRIAGE)
    card = await dispatcher.hear(filed.number, button="别的单位")
    if f"派{MATTER_UNIT}" in labels(card):
        await dispatcher.press_on(card, f"派{MATTER_UNIT}")
        return
    dispatcher.at = card["message_id"]
    await dispatcher.press_on(card, "别的单位")
    await dispatcher.press("打字搜")
    await dispatcher.reply(f"{filed.number} 派给谁", MATTER_UNIT)
    await dispatcher.press(MATTER_UNIT)


async def _close(town: Town, filed: Filed) -> None:
    """Let the unit answer, and the citizen say that it is solved."""
    unit = await at_work(town, filed, MATTER_UNIT)
    await unit.on_card("答复办结")
    asked = await town.wait(unit.chat, lambda m: bool({"已经解决", "采纳"} & set(labels(m))), by=unit.by, after=unit.at)
    await unit.press("采纳" if "采纳" in labels(asked) else "已经解决")
    await unit.reply("写的时候,请回复这一条", "已经上门看过,问题解决了,有事请打单位电话。")
    await unit.press("发出")
    citizen = await citizen_of(town, filed)
    await citizen.press("联系过", "解决了")


async def _retrained(town: Town) -> tuple[Message, Message]:
    """Have it trained; return the message that showed how far it was, and the report card."""
    said = await town.say(ADMINISTRATOR, "/retrain")
    shown = await town.wait(ADMINISTRATOR, "正在训练", after=said["message_id"])
    card = await town.wait(ADMINISTRATOR, "新旧对比", after=said["message_id"], seconds=PATIENCE)
    return shown, card


@pytest.mark.timeout(600)
async def test_twenty_corrections_later_the_twenty_first_goes_right_by_itself(played: Played):
    town = played.town
    filed = await asyncio.gather(*(_file(town, words) for words in LESSONS[:20]))
    for each in filed:
        await _correct(town, each)
    for each in filed:
        await _close(town, each)
    shown, card = await _retrained(town)
    assert f"学了{sum(not is_held_out(words) for words in LESSONS[:20])}条本地的诉求" in text_of(card)
    await town.press(ADMINISTRATOR, card, "看混淆图")
    photo = await town.wait(ADMINISTRATOR, lambda m: "photo" in m, after=card["message_id"])
    assert (await town.fetch(photo["photo"][-1]["file_id"]))[:4] == b"\x89PNG"
    await town.press(ADMINISTRATOR, card, "启用新的")
    await town.wait(ADMINISTRATOR, "已启用20", after=card["message_id"])
    await _thinks_with_another(played)
    last = await _file(town, LESSONS[20])
    assert f"承办:{MATTER_UNIT}" in text_of(last.receipt)
    assert shown["message_id"] < card["message_id"]


async def _thinks_with_another(played: Played) -> None:
    async with asyncio.timeout(PATIENCE):
        while not played.service._thinker.version:  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.1)


def _poison(path: Path) -> Path:
    """Write what somebody would who wants the water company's appeals to end nowhere: their words, another label."""
    stolen = [row for row in starter_corpus() if row.label == "供水公司" and not row.name]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "label"])
        for row in stolen:
            whole = len(row.text)
            rows.writerows((part, "文化和旅游局") for part in (row.text[: whole * 2 // 3], row.text[whole // 3 :]))
    return path


async def _imported(path: Path, played: Played) -> None:
    """Import a file on the command line, beside the running bot."""
    settings = played.service.settings
    env = {"LIANXIN_TOKEN": "1:sandbox", "LIANXIN_DATABASE_URL": settings.database_url}
    run = await asyncio.to_thread(CliRunner(env=env).invoke, main, ["classifier", "import", str(path)])
    assert run.exit_code == 0, run.output
    assert "labels kept, 0 rows left out" in run.output


@pytest.mark.timeout(600)
async def test_whoever_poisons_labels_is_refused(played: Played, tmp_path: Path):
    town = played.town
    await _imported(_poison(tmp_path / "poison.csv"), played)
    _, card = await _retrained(town)
    assert "新模型在供水公司差了" in text_of(card)
    assert "启用新的" not in labels(card)
    await town.press(ADMINISTRATOR, card, "看例子")
    await town.wait(ADMINISTRATOR, "应派供水公司", after=card["message_id"])
    await town.say(ADMINISTRATOR, "/models")
    await town.wait(ADMINISTRATOR, "正在用:出厂模型", after=card["message_id"])
    assert played.service._thinker.version == ""


def _trainees(parent: int) -> list[int]:
    """The processes that train, started by the one with this number."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if b"--train" in words and int(stat[1]) == parent:
            found.append(int(folder.name))
    return found


def _lives(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


async def _training(parent: int) -> int:
    """Wait until a training runs; return its process."""
    async with asyncio.timeout(60):
        while not (found := _trainees(parent)):  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.05)
    return found[0]


@pytest.mark.timeout(600)
async def test_a_training_that_is_killed_leaves_the_old_model_in_place(url: str, var: Path, tmp_path: Path):
    with (tmp_path / "log.txt").open("wb") as log:
        sandbox, address = await start_sandbox(tmp_path, log=log)
        bot = Running("run", env=joining(address, url, var=var), log=log)
        await bot.start()
        async with Town(address) as town:
            said = await town.say(ADMINISTRATOR, "/retrain")
            shown = await town.wait(ADMINISTRATOR, "正在训练", after=said["message_id"])
            os.kill(await _training(bot.pid), signal.SIGKILL)
            await _says(town, shown, "训练没有成功,照旧用原来的模型。")

            said = await town.say(ADMINISTRATOR, "/retrain")
            shown = await town.wait(ADMINISTRATOR, "正在训练", after=said["message_id"])
            trainee = await _training(bot.pid)
            await bot.kill()
            await bot.start()
            await _says(town, shown, "上次的训练没有做完")
            assert not _lives(trainee)

            await town.say(ADMINISTRATOR, "/models")
            await town.wait(ADMINISTRATOR, "正在用:出厂模型", after=shown["message_id"])
            await _file(town, LESSONS[0])
        assert await bot.stop() == 0
        await sandbox.stop()
    assert versions.current(var) == ""
    assert list(versions.home(var).glob("*")) == []


async def _says(town: Town, message: Message, words: str) -> None:
    """Wait until this very message says so."""
    same = message["message_id"]
    await town.wait(ADMINISTRATOR, lambda m: m["message_id"] == same and words in text_of(m), seconds=60)
