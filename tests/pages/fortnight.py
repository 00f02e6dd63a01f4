"""Fourteen days by `POST /clock`: four appeals, of which one is late, one answered, one asked about, one planned."""

from datetime import timedelta

from tests.pages.studio import Studio
from tests.support.browsing import DESKTOP, PHONE, opened
from tests.support.filing import Filed, claimed, file
from tests.support.playing import Message, Town, labels

_HEATING, _LAMPS, _LABOUR, _ROADS = "供热公司", "城市管理局", "人力资源和社会保障局", "交通运输局"
_DAYS = 14


async def fortnight(studio: Studio) -> None:
    """Play the fourteen days, then look at the citizen's card, the red card and the digest."""
    town = studio.town
    cold = await _filed(town, "田大姐", "暖气片摸着冰凉,家里只有十三度,老人冻得不敢下床", _HEATING)
    lamp = await _filed(town, "乔大爷", "楼下的路灯不亮了,晚上回家看不见台阶", _LAMPS)
    wage = await _filed(town, "小孟", "在工地干了三个月,老板一直不给工钱", _LABOUR)
    road = await _filed(town, "老彭", "去镇上的路全是坑,车开过去颠得厉害", _ROADS)
    for each, unit in ((cold, _HEATING), (lamp, _LAMPS), (wage, _LABOUR), (road, _ROADS)):
        await claimed(town, each, unit)
    await _day(town)
    await _answered(town, lamp)
    await _asked(town, wage)
    await _planned(town, road)
    for _ in range(_DAYS - 1):
        await _day(town)
    studio.moment += timedelta(days=_DAYS)
    await _looked_at(studio, cold, road)


async def _day(town: Town) -> None:
    await town.call("POST", "/clock", {"advance": "P1D"})


async def _filed(town: Town, name: str, words: str, unit: str) -> Filed:
    citizen = await town.newcomer(name)
    await town.say(citizen, "/start")
    await town.press_when_there(citizen, "同意,开始说")
    return await file(town, words, unit=unit, citizen=citizen)


class _Room:
    """A unit's group, and whoever of it is at work."""

    def __init__(self, town: Town, chat: int, person: int) -> None:
        self.town, self.chat, self.person = town, chat, person

    @classmethod
    async def of(cls, town: Town, title: str) -> "_Room":
        chat, people = await town.staff(title)
        return cls(town, chat, people[0])

    async def press(self, label: str, *, on: str) -> int:
        """Press a button on the newest message with these words; return the number before what follows."""
        last = (await self.town.messages(self.chat, by=self.person))[-1]["message_id"]
        card = await self.town.wait(
            self.chat, lambda m: on in str(m.get("text")) and label in labels(m), by=self.person
        )
        await self.town.press(self.chat, card, label, by=self.person)
        return int(last)

    async def reply(self, words: str, *, to: str, after: int) -> Message:
        """Reply to the message that asks for it."""
        asked = await self.town.wait(self.chat, to, by=self.person, after=after)
        return await self.town.say(self.chat, words, by=self.person, reply_to=asked["message_id"])


async def _answered(town: Town, lamp: Filed) -> None:
    room = await _Room.of(town, _LAMPS)
    after = await room.press("答复办结", on=lamp.number)
    await town.press_when_there(room.chat, "已经解决", by=room.person, after=after)
    await room.reply("灯头烧坏了,今天上午换了新的,晚上六点亮灯,已经试过。", to="请写答复", after=after)
    await town.press_when_there(room.chat, "发出", by=room.person, after=after)
    await town.press_when_there(lamp.citizen, "联系过")
    await town.press_when_there(lamp.citizen, "解决了")
    await town.press_when_there(lamp.citizen, "满意")


async def _asked(town: Town, wage: Filed) -> None:
    room = await _Room.of(town, _LABOUR)
    after = await room.press("请补充", on=wage.number)
    await town.press_when_there(room.chat, "我来写", by=room.person, after=after)
    await room.reply("请发一张工资条或者记工本的照片,再写上工地的名字。", to="要群众补什么?一次说全。\n写", after=after)
    await town.press_when_there(room.chat, "发出", by=room.person, after=after)
    asked = await town.wait(wage.citizen, "记工本")
    await town.say(wage.citizen, "工地叫连心花园二期,没有工资条,有记工本。", reply_to=asked["message_id"])


async def _planned(town: Town, road: Filed) -> None:
    room = await _Room.of(town, _ROADS)
    after = await room.press("更多", on=road.number)
    await town.press_when_there(room.chat, "列入计划", by=room.person, after=after)
    await room.reply("上冻以后铺不了沥青。", to="为什么现在办不成", after=after)
    await room.reply("开春先把这三公里铺好,现在先填坑。", to="打算怎么办", after=after)
    await room.reply("2027年4月30日", to="哪天办成", after=after)
    supervisors = await _Room.of(town, "监督群")
    await supervisors.press("同意", on=road.number)
    await town.wait(road.citizen, "开春")


async def _looked_at(studio: Studio, cold: Filed, road: Filed) -> None:
    page, late, planned = f"{studio.town.address}/", cold.citizen, road.citizen
    async with opened(studio.browser, page, DESKTOP, person=late, moment=studio.moment) as window:
        await window.open_group(f"{_HEATING} 承办群")
        await window.group.reads(cold.number)
        await studio.shoot(window, "late-desktop")
    async with opened(studio.browser, page, PHONE, person=planned, moment=studio.moment) as window:
        await window.phone.reads("我一直盯着")
        await studio.shoot(window, "planned-phone")
        await window.open_group("监督群")
        await window.group.reads("【督办早报】")
        await studio.shoot(window, "digest-phone")
