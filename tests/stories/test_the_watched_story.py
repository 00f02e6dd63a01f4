from pathlib import Path

from tests.support import databases
from tests.support.filing import LAMP, claimed, file
from tests.support.playing import Message, Town, labels, text_of
from tests.support.staging import staged

UNIT = "城市管理局"


async def said(town: Town, chat: int, words: str, *, by: int | None = None) -> list[Message]:
    return [each for each in await town.messages(chat, by=by) if words in text_of(each)]


async def test_three_weeks_of_silence_are_told_once_to_everybody_and_the_unit_answers_its_supervisors(tmp_path: Path):
    async with databases.sqlite(tmp_path) as url, staged(url) as played:
        town = played.town
        filed = await file(town, LAMP, unit=UNIT)
        group, people, card = await claimed(town, filed, UNIT)
        supervision, supervisors = await town.staff("监督群")

        await town.call("POST", "/clock", {"advance": "P21D"})
        for _ in range(12):  # where that is a day off, until it is none
            if await said(town, supervision, "【督办早报】", by=supervisors[0]):
                break
            await town.call("POST", "/clock", {"advance": "P1D"})
        assert len(await said(town, filed.citizen, "我在替您催")) == 1
        assert len(await said(town, supervision, "【督办早报】", by=supervisors[0])) == 1
        assert len(await said(town, group, "【今天要办的】", by=people[0])) == 1
        back = await town.wait(
            group, lambda m: m["message_id"] == card["message_id"] and "签收" in labels(m), by=people[0]
        )
        assert filed.number in text_of(back)

        await town.press_when_there(supervision, "一起催办", by=supervisors[0])
        pressed = await town.wait(
            group, lambda m: "【催办】" in text_of(m) and filed.number in text_of(m), by=people[0]
        )
        before = len(await town.messages(filed.citizen))
        await town.say(group, "灯头缺货,后天到", by=people[0], reply_to=pressed["message_id"])
        await town.wait(supervision, "灯头缺货,后天到", by=supervisors[0])
        assert len(await town.messages(filed.citizen)) == before
