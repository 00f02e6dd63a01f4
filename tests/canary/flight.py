"""One path being flown: what the steps are that most paths begin with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.canary.bird import Bird
from tests.canary.watch import Watch
from tests.support.filing import LAMP, agree, choose_unit, number_in
from tests.support.playing import Message, Town, labels, text_of

UNIT, OTHER_UNIT, TRIAGE, SUPERVISION = "城市管理局", "供水公司", "派单群", "监督群"


@dataclass
class Flight:
    """One path being flown: the town, the canary, and what came of it so far."""

    town: Town
    bird: Bird
    watch: Watch
    citizen: int = 0
    number: str = ""
    receipt: Message | None = None
    asker: int | None = None

    async def press(self, chat: int, message: Message, label: str, *, by: int | None = None) -> None:
        """Press a button and keep the answer."""
        answer = await self.town.press(chat, message, label, by=by)
        self.watch.answers.append(str(answer.get("answer") or ""))

    async def arrive(self) -> None:
        """Come as a newcomer whose account bears the canary's name."""
        self.citizen = await self.town.newcomer(self.bird.name)
        await agree(self.town, self.citizen)

    async def file(
        self,
        words: str = LAMP,
        *,
        place: str = "桃园镇北王村村小学东门",
        phone: str = "",
        unit: str | None = UNIT,
        kept: bool = False,
        say: Callable[[], Awaitable[Message]] | None = None,
    ) -> None:
        """File an appeal; `say` sends its first message where that is more than words."""
        if not self.citizen:
            await self.arrive()
        town, citizen = self.town, self.citizen
        said = await (say() if say else town.say(citizen, words))
        step = await town.wait(
            citizen, lambda m: any("下一步" in label for label in labels(m)), after=said["message_id"]
        )
        await town.press(citizen, step, next(label for label in labels(step) if "下一步" in label))
        await town.wait(citizen, "这件事在什么地方", after=said["message_id"])
        placed = await town.say(citizen, place)
        asked = await town.wait_button(citizen, "不留,在这里联系", after=placed["message_id"])
        if phone:
            said = await town.say(citizen, phone)
        else:
            await town.press(citizen, asked, "不留,在这里联系")
        summary = await self._summary(asked["message_id"] - 1, kept=kept)
        if unit is not None and f"交给:{unit}" not in text_of(summary):
            summary = await choose_unit(town, citizen, summary, unit)
        await town.press(citizen, summary, "提交")
        self.receipt = await town.wait(citizen, "编号", after=summary["message_id"] - 1)
        self.number = number_in(self.receipt)

    async def _summary(self, after: int, *, kept: bool) -> Message:
        town, citizen = self.town, self.citizen
        summary = await town.wait(citizen, lambda m: bool({"提交", "要保密"} & set(labels(m))), after=after)
        if "要保密" in labels(summary):
            await town.press(citizen, summary, "要保密" if kept else "不用保密")
        return await town.wait_button(citizen, "提交", after=after)

    async def group(self, unit: str = UNIT) -> tuple[int, list[int]]:
        """Return the unit's group and its staff."""
        return await self.town.staff(unit)

    async def claimed(self, unit: str = UNIT) -> tuple[int, int, Message]:
        """Let the unit's first sign; return the chat in which they work, who it is, and the card."""
        group, people = await self.group(unit)
        by = people[0]
        card = await self.town.wait(group, lambda m: self.number in text_of(m) and bool(labels(m)), by=by)
        chat = group
        if "我来看" in labels(card):
            chat = by
            await self.town.say(by, "你好")
            await self.press(group, card, "我来看", by=by)
            card = await self.town.wait(by, lambda m: self.number in text_of(m) and "签收" in labels(m))
        await self.press(chat, card, "签收", by=by)
        return (
            chat,
            by,
            await self.town.wait(chat, lambda m: self.number in text_of(m) and "答复办结" in labels(m), by=by),
        )

    async def answered(self, words: str = "昨天已经换了灯头,当晚就亮了,请看看。", unit: str = UNIT) -> tuple[int, int]:
        """Sign, answer and send; return the chat and who did."""
        chat, by, card = await self.claimed(unit)
        await self.press(chat, card, "答复办结", by=by)
        asked = await self.town.wait_button(chat, "已经解决", by=by, after=card["message_id"])
        await self.press(chat, asked, "已经解决", by=by)
        asked = await self.town.wait(chat, "写的时候,请回复这一条", by=by, after=card["message_id"])
        written = await self.town.say(chat, words, by=by, reply_to=asked["message_id"])
        preview = await self.town.wait_button(chat, "发出", by=by, after=written["message_id"] - 1)
        await self.press(chat, preview, "发出", by=by)
        return chat, by


Path = Callable[[Flight], Awaitable[None]]
