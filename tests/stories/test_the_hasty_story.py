"""Albums under a platform in a hurry, and a bot that is started anew between their parts."""

from pathlib import Path
from typing import Any

from bot.wiring import Service
from tests.support import databases
from tests.support.filing import LAMP
from tests.support.playing import Message, Town, labels
from tests.support.sending import OTHER, PHOTO, THIRD, card_of, in_reply_to, newcomer, on, push
from tests.support.staging import Played, staged

PATIENCE = 90


async def three(town: Town) -> list[Any]:
    """Let the platform know three pictures."""
    other = await newcomer(town)
    sent = await town.send(other, PHOTO, OTHER, THIRD, kind="photo")
    return [m["photo"] for m in await town.messages(other) if m["message_id"] >= sent["message_id"] and "photo" in m]


async def restarted(played: Played) -> Service:
    """Stop the bot and start it anew on the same books."""
    await played.service.stop()
    fresh = Service(played.service.settings, clock=played.service.clock)
    await fresh.start()
    return fresh


async def test_c25_an_album_whose_parts_come_before_and_after_a_restart_stays_one(tmp_path: Path):
    async with databases.sqlite(tmp_path) as url, staged(url) as played:
        town = played.town
        pictures, citizen = await three(town), await newcomer(town)
        await push(town, citizen, 900001, photo=pictures[0], media_group_id="restart")
        await town.wait(citizen, "照片收到了,1张。")
        fresh = await restarted(played)
        await push(town, citizen, 900002, photo=pictures[1], media_group_id="restart")
        await push(town, citizen, 900003, photo=pictures[2], media_group_id="restart", caption=LAMP)
        step = await town.wait(citizen, lambda m: "照片3张也收到了" in str(m.get("text")) and "下一步" in labels(m))
        answers = [m for m in await town.messages(citizen) if "收到了" in str(m.get("text"))]
        await fresh.stop()
    assert [m["message_id"] for m in answers] == [step["message_id"]]


async def test_c30_under_the_platforms_limits_no_attachment_is_lost(tmp_path: Path):
    async with databases.sqlite(tmp_path) as url, staged(url, limits=True) as played:
        town = played.town
        citizen = await newcomer(town)
        await town.send(citizen, PHOTO, OTHER, THIRD, kind="photo", text=LAMP)
        for each in (PHOTO, OTHER):
            await town.send(citizen, each, kind="photo")
        step = await town.wait(citizen, lambda m: "照片5张也收到了" in str(m.get("text")), seconds=PATIENCE)
        filed = await on(town, citizen, step)
        group, by, card = await card_of(town, filed)
        shown: list[Message] = []
        while len(shown) < 5:
            last = max([card["message_id"], *(m["message_id"] for m in shown)])
            await town.wait(group, lambda m: "photo" in m, by=by, after=last, seconds=PATIENCE)
            shown = in_reply_to(await town.messages(group, by=by), card, "photo")
        refused = (await town.call("GET", "/metrics"))["429"]
    assert (len(shown), refused > 0) == (5, True)
