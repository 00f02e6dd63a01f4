from pathlib import Path

from tests.support import databases
from tests.support.filing import LAMP, agree, number_in
from tests.support.playing import labels, text_of
from tests.support.staging import staged


async def test_what_was_not_handed_in_is_asked_after_twice_and_filed_by_a_dispatcher(tmp_path: Path):
    async with databases.sqlite(tmp_path) as url, staged(url) as played:
        town = played.town
        citizen = await town.newcomer()
        await agree(town, citizen)
        await town.say(citizen, LAMP)
        await town.press_when_there(citizen, "下一步")
        await town.wait(citizen, "这件事在什么地方")

        await town.call("POST", "/clock", {"advance": "PT11M"})
        asked = await town.wait(citizen, "您刚才说的还没交上去。")
        assert labels(asked) == ["提交", "接着说", "不办了"]
        await town.call("POST", "/clock", {"advance": "PT22H30M"})
        await town.wait(citizen, "您昨天说的「")
        await town.call("POST", "/clock", {"advance": "P9D"})
        group, people = await town.staff("派单群")
        card = await town.wait(group, lambda m: "【没交完】" in text_of(m) and "替他交上" in labels(m), by=people[0])
        await town.press(group, card, "替他交上", by=people[0])
        number = number_in(await town.wait(citizen, "编号:LX-"))
        await town.wait(group, lambda m: "替他交上了" in text_of(m) and number in text_of(m), by=people[0])
        reminders = [m for m in await town.messages(citizen) if "还没交上去" in text_of(m)]
        assert len(reminders) == 2
