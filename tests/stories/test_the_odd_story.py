"""Line 30 of what goes wrong elsewhere: what no database takes, what is too much, and what comes too fast."""

import asyncio
from typing import Any

import pytest

from tests.stories.conftest import Played
from tests.support.filing import LAMP, claimed, file
from tests.support.playing import Message, Town, labels, text_of
from tests.support.sending import UNIT, VOICE, card_of, in_reply_to, newcomer, on, push

pytestmark = pytest.mark.asyncio(loop_scope="session")
LAMP_EMOJI = "\N{ELECTRIC LIGHT BULB}"


async def test_c30_what_no_database_takes_is_taken_out_and_the_rest_is_kept(town: Town):
    citizen = await newcomer(town)
    await push(town, citizen, 920001, text=f"{LAMP}\x00\ud83d 完了")
    step = await town.wait_button(citizen, "下一步")
    filed = await on(town, citizen, step)
    _, _, card = await card_of(town, filed)
    assert f"{LAMP} 完了" in text_of(card)


async def test_c30_four_thousand_emoji_deep_nests_and_a_megabyte_stop_nobody(town: Town, played: Played):
    citizen = await newcomer(town)
    await push(town, citizen, 930001, text=LAMP_EMOJI * 4096)
    await town.wait(citizen, "收到了。您是有事要反映吗?")
    for depth in (100, *range(300, 500, 8), 20_000):
        await town.push_body('{"message": ' + '{"a": [' * depth + "1" + "]}" * depth + "}")
    await push(town, citizen, 935000, text=LAMP, extra="灯" * 170_000)
    await town.wait_button(citizen, "下一步")
    await push(town, citizen, 935001, text="字" * 170_000)
    await town.wait(citizen, "超过了两万字")
    other = await newcomer(town)
    said = await town.say(other, LAMP)
    await town.wait_button(other, "下一步", after=said["message_id"])
    assert await played.service.quiet()


async def test_c30_fifty_attachments_in_a_minute_all_reach_the_unit(town: Town):
    citizen = await newcomer(town)
    pictures = [(f"{n}.jpg", b"\xff\xd8\xff picture %d" % n) for n in range(50)]
    said = await town.say(citizen, LAMP)
    sending = [town.send(citizen, *pictures[at : at + 6], kind="photo") for at in range(0, 30, 6)]
    sending += [town.send(citizen, each, kind="photo") for each in pictures[30:]]
    await asyncio.gather(*sending)
    step = await town.wait(citizen, lambda m: "照片50张也收到了" in text_of(m), after=said["message_id"], seconds=60)
    filed = await on(town, citizen, step)
    group, by, card = await card_of(town, filed)
    assert "附件:照片50张,见下" in text_of(card)
    shown: list[Message] = []
    while len(shown) < 50:
        last = max([card["message_id"], *(m["message_id"] for m in shown)])
        await town.wait(group, lambda m: "photo" in m, by=by, after=last)
        shown = in_reply_to(await town.messages(group, by=by), card, "photo")
    bytes_there = {await town.fetch(m["photo"][-1]["file_id"]) for m in shown}
    assert bytes_there == {content for _, content in pictures}


async def test_c30_a_quoted_part_of_a_message_leads_to_its_appeal(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, _ = await claimed(town, filed, UNIT)
    quote = {"reply_to": filed.receipt["message_id"], "quote": filed.number}
    await town.call("POST", f"/chats/{filed.citizen}/messages", {"from": filed.citizen, "text": "电线也断了", **quote})
    await town.wait(group, f"{filed.number} 群众补充:\n电线也断了", by=people[0])


async def test_c28_a_live_location_is_no_flood(town: Town, played: Played):
    citizen = await newcomer(town)
    point: dict[str, Any] = {"latitude": 36.1, "longitude": 117.1, "live_period": 900}
    await push(town, citizen, 940001, location=point)
    await town.wait(citizen, lambda m: "下一步" in labels(m) or "请说说是什么事" in text_of(m))
    before = len(await town.messages(citizen))
    for step in range(5):
        await push(town, citizen, 940001, edited=True, location={**point, "latitude": 36.1 + step / 1000})
    await town.send(citizen, VOICE, kind="voice")
    await town.wait(citizen, "语音收到了")
    assert await played.service.quiet()
    assert len(await town.messages(citizen)) == before + 2
