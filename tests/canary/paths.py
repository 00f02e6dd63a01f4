"""The paths on which words, files and numbers travel; each carries a canary of its own.

A path is a function that takes a `Flight` and plays one appeal. To add one, write it and put it into PATHS; one whose
name ends in 保密 is searched for the secret word too.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.canary.bird import Bird
from tests.canary.watch import Watch, is_bots
from tests.support.filing import LAMP, agree, choose_unit, number_in
from tests.support.playing import Message, Town, labels, text_of

UNIT, OTHER_UNIT, TRIAGE = "城市管理局", "供水公司", "派单群"
_FILE = b"\xff\xd8\xff a file"


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


async def said_before_the_consent(flight: Flight) -> None:
    """Words, and then a no."""
    flight.citizen = await flight.town.newcomer(flight.bird.name)
    await flight.town.say(flight.citizen, f"{LAMP}\n{flight.bird.song}")
    await flight.town.press_when_there(flight.citizen, "不同意")


async def text(flight: Flight) -> None:
    """The words of the appeal."""
    await flight.file(f"{LAMP}\n{flight.bird.song}")
    await flight.claimed()


async def long_text(flight: Flight) -> None:
    """Words that go on under the card."""
    await flight.file(LAMP + "路灯没有亮。" * 500 + flight.bird.song)
    await flight.claimed()


async def place(flight: Flight) -> None:
    """The words for the place."""
    await flight.file(place=f"村小学东门 {flight.bird.spellings[1]} {flight.bird.identity}")
    await flight.claimed()


async def contact(flight: Flight) -> None:
    """The step that asks for a number: looked at once, with a reason."""
    await flight.file(phone=flight.bird.phone)
    chat, by, card = await flight.claimed()
    flight.asker = by
    await flight.town.say(by, "你好")
    await flight.press(chat, card, "更多", by=by)
    more = await flight.town.wait_button(chat, "看联系方式", by=by, after=card["message_id"])
    await flight.press(chat, more, "看联系方式", by=by)
    why = await flight.town.wait_button(chat, "上门", by=by, after=card["message_id"])
    await flight.press(chat, why, "上门", by=by)
    await flight.town.wait(by, f"电话:{flight.bird.phone}")


async def contact_that_is_not_looked_at(flight: Flight) -> None:
    """The same, and nobody asks."""
    await flight.file(phone=flight.bird.spellings[1])
    await flight.claimed()


async def supplement(flight: Flight) -> None:
    """补充, by its button."""
    await flight.file()
    await flight.claimed()
    await flight.town.press(flight.citizen, flight.receipt or {}, "补充")
    await flight.town.say(flight.citizen, f"还有一句\n{flight.bird.song}")
    group, people = await flight.group()
    await flight.town.wait(group, lambda m: f"{flight.number} 群众补充" in text_of(m), by=people[0])


async def quoted_reply(flight: Flight) -> None:
    """A reply to what the unit said."""
    await flight.file()
    chat, by, card = await flight.claimed()
    await flight.town.say(chat, "请问是哪一盏?", by=by, reply_to=card["message_id"])
    asked = await flight.town.wait(flight.citizen, "请问是哪一盏?")
    await flight.town.say(flight.citizen, f"东头那盏\n{flight.bird.song}", reply_to=asked["message_id"])
    await flight.town.wait(chat, lambda m: f"{flight.number} 群众补充" in text_of(m), by=by)


async def edit_before(flight: Flight) -> None:
    """An edit before the submission."""
    await flight.arrive()
    said = await flight.town.say(flight.citizen, LAMP)
    await flight.town.wait_button(flight.citizen, "下一步", after=said["message_id"])

    async def edited() -> Message:
        await flight.town.edit(flight.citizen, said, f"{LAMP}\n{flight.bird.song}")
        return said

    await flight.file(say=edited)
    await flight.claimed()


async def edit_after(flight: Flight) -> None:
    """An edit of what was filed."""
    await flight.arrive()
    said: list[Message] = []

    async def first() -> Message:
        said.append(await flight.town.say(flight.citizen, LAMP))
        return said[0]

    await flight.file(say=first)
    chat, by, _ = await flight.claimed()
    await flight.town.edit(flight.citizen, said[0], f"{LAMP}\n{flight.bird.song}")
    await flight.town.wait(chat, lambda m: flight.number in text_of(m) and "改" in text_of(m), by=by)


async def reopening_words(flight: Flight) -> None:
    """What is still missing after the answer."""
    await flight.file()
    chat, by = await flight.answered()
    await flight.town.press_when_there(flight.citizen, "还没有")
    await flight.town.press_when_there(flight.citizen, "接着办")
    await flight.town.wait(flight.citizen, "还差什么没办")
    await flight.town.say(flight.citizen, f"只亮了一天\n{flight.bird.song}")
    await flight.town.wait(chat, lambda m: f"{flight.number} 群众补充" in text_of(m), by=by)


async def withdrawal(flight: Flight) -> None:
    """撤回 of what has it in its words: what is left of the cards names its title."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    await flight.claimed()
    await flight.town.press(flight.citizen, flight.receipt or {}, "撤回")
    await flight.town.press_when_there(flight.citizen, "不想办了")
    group, people = await flight.group()
    await flight.town.wait(group, lambda m: f"{flight.number} 群众撤回了" in text_of(m), by=people[0])


def media(kind: str, name: str) -> Path:
    """Return the path of a caption and a file name."""

    async def sent(flight: Flight) -> None:
        bird, town = flight.bird, flight.town
        await flight.arrive()
        named = name.format(phone=bird.phone, name=bird.name, identity=bird.identity)
        caption = {} if kind == "video_note" else {"text": f"{LAMP}\n{bird.song[:700]}"}

        async def first() -> Message:
            if not caption:
                await town.say(flight.citizen, LAMP)
            return await town.send(flight.citizen, (named, _FILE), kind=kind, **caption)

        await flight.file(say=first)
        await flight.claimed()
        group, people = await flight.group()
        await town.wait(group, lambda m: kind in m and bool(m.get("reply_to_message")), by=people[0])

    return sent


async def album(flight: Flight) -> None:
    """Pictures under one caption."""
    await flight.arrive()
    files = ((f"{flight.bird.phone}a.jpg", _FILE), (f"{flight.bird.name}.jpg", _FILE + b"2"))

    async def first() -> Message:
        return await flight.town.send(flight.citizen, *files, text=f"{LAMP}\n{flight.bird.song[:700]}", kind="photo")

    await flight.file(say=first)
    await flight.claimed()


async def media_in_a_supplement(flight: Flight) -> None:
    """A file that comes later."""
    await flight.file()
    chat, by, _ = await flight.claimed()
    await flight.town.press(flight.citizen, flight.receipt or {}, "补充")
    named = (f"{flight.bird.name}{flight.bird.phone}.pdf", b"%PDF a file")
    await flight.town.send(flight.citizen, named, text=flight.bird.song[:700], kind="document")
    await flight.town.wait(chat, lambda m: "document" in m and bool(m.get("reply_to_message")), by=by)


async def status_by_number(flight: Flight) -> None:
    """/status, one's own and in a group."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    chat, by, _ = await flight.claimed()
    await flight.town.say(flight.citizen, f"/status {flight.number}")
    await flight.town.say(chat, f"/status {flight.number}", by=by)
    await flight.town.wait(chat, lambda m: f"{flight.number} " in text_of(m) and "现在:办理中" in text_of(m), by=by)
    for command in ("/todo", "/mine"):
        await flight.town.say(chat, command, by=by)
    stranger = await flight.town.newcomer()
    await flight.town.say(stranger, f"/status {flight.number}")
    await flight.town.wait(stranger, lambda m: bool(m["from"]["is_bot"]))


async def staff_replies_without_the_number(flight: Flight) -> None:
    """去掉号码再发."""
    await flight.file()
    chat, by, card = await flight.claimed()
    said = await flight.town.say(chat, f"请打{flight.bird.phone}找老王", by=by, reply_to=card["message_id"])
    held = await flight.town.wait_button(chat, "去掉号码再发", by=by, after=said["message_id"] - 1)
    await flight.press(chat, held, "去掉号码再发", by=by)
    await flight.town.wait(flight.citizen, "请打找老王")


async def staff_replies_as_it_is(flight: Flight) -> None:
    """原样发给群众: it reaches its citizen, and stands in the group only as the member of staff typed it."""
    await flight.file()
    chat, by, card = await flight.claimed()
    said = await flight.town.say(chat, f"请打{flight.bird.spellings[1]}找老王", by=by, reply_to=card["message_id"])
    held = await flight.town.wait_button(chat, "原样发给群众", by=by, after=said["message_id"] - 1)
    await flight.press(chat, held, "原样发给群众", by=by)
    await flight.town.wait(flight.citizen, "找老王")


async def staff_notes(flight: Flight) -> None:
    """A note."""
    await flight.file()
    chat, by, card = await flight.claimed()
    said = await flight.town.say(chat, f"// {flight.bird.song}", by=by, reply_to=card["message_id"])
    await flight.town.wait(chat, "记下了", by=by, after=said["message_id"] - 1)


async def staff_answers(flight: Flight) -> None:
    """The preview of an answer, and the answer."""
    await flight.file()
    await flight.answered(f"已经修好,再坏请打{flight.bird.phone}找老王。")
    await flight.town.wait(flight.citizen, "找老王")


async def transferred(flight: Flight) -> None:
    """Returned by one unit, agreed to, and shown to the next."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    await _asked_back(flight)
    group, people = await flight.town.staff(TRIAGE)
    card = await flight.town.wait(group, lambda m: f"【退单】{flight.number}" in text_of(m), by=people[0])
    await _sent_to(flight, group, people[0], card, OTHER_UNIT)
    there, staff = await flight.group(OTHER_UNIT)
    await flight.town.wait(there, lambda m: flight.number in text_of(m) and "签收" in labels(m), by=staff[0])


async def return_refused(flight: Flight) -> None:
    """Returned, and refused."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    await _asked_back(flight)
    group, people = await flight.town.staff(TRIAGE)
    card = await flight.town.wait(group, lambda m: f"【退单】{flight.number}" in text_of(m), by=people[0])
    await flight.press(group, card, "驳回退单", by=people[0])
    asked = await flight.town.wait_button(group, "是你们的职责", by=people[0], after=card["message_id"] - 1)
    await flight.press(group, asked, "是你们的职责", by=people[0])
    there, staff = await flight.group()
    await flight.town.wait(there, lambda m: f"{flight.number} 退单没有同意" in text_of(m), by=staff[0])


async def _asked_back(flight: Flight, *, chat: int | None = None) -> None:
    """Ask the dispatchers to take it back; the reason that is written has the number in it, too."""
    group, people = await flight.group()
    chat, by = chat or group, people[0]
    card = await flight.town.wait(chat, lambda m: flight.number in text_of(m) and "不归我管" in labels(m), by=by)
    await flight.press(chat, card, "不归我管", by=by)
    why = await flight.town.wait_button(chat, "不是我们的职责", by=by, after=card["message_id"])
    await flight.press(chat, why, "不是我们的职责", by=by)
    whose = await flight.town.wait_button(chat, "不知道", by=by, after=card["message_id"])
    await flight.press(chat, whose, "不知道", by=by)
    asked = await flight.town.wait(chat, "依据哪条职责", by=by, after=card["message_id"])
    words = f"归水厂,打{flight.bird.spellings[1]}问"
    await flight.town.say(chat, words, by=by, reply_to=asked["message_id"])
    await flight.town.wait(chat, "退单申请交上去了", by=by, after=card["message_id"])


async def offered(flight: Flight) -> None:
    """Offered to another unit with words that have the number in them, taken over, and a word by the former unit."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    chat, by, card = await flight.claimed()
    town, number = flight.town, flight.bird.spellings[1]
    await flight.press(chat, card, "更多", by=by)
    await town.press_when_there(chat, "协商转办", by=by, after=card["message_id"])
    asked = await town.press_when_there(chat, "搜一个单位", by=by, after=card["message_id"])
    await town.wait(chat, lambda m: m["message_id"] == asked["message_id"] and not labels(m)[1:], by=by)
    typed = await town.say(chat, OTHER_UNIT, by=by, reply_to=asked["message_id"])
    found = await town.press_when_there(chat, OTHER_UNIT, by=by, after=typed["message_id"])
    await town.wait(chat, lambda m: m["message_id"] == found["message_id"] and OTHER_UNIT not in labels(m), by=by)
    await town.say(chat, f"灯在水厂院里,打{number}问", by=by, reply_to=found["message_id"])
    there, others = await flight.group(OTHER_UNIT)
    question = await town.wait(there, lambda m: flight.number in text_of(m) and "接手" in labels(m), by=others[0])
    await flight.press(there, question, "接手", by=others[0])
    await town.wait(there, lambda m: flight.number in text_of(m) and "签收" in labels(m), by=others[0])
    await town.say(chat, f"我们查过,打{number}问", by=by, reply_to=card["message_id"])
    await town.wait(there, lambda m: "我们查过" in text_of(m), by=others[0])


async def _sent_to(flight: Flight, chat: int, by: int, card: Message, unit: str) -> None:
    town = flight.town
    await flight.press(chat, card, "别的单位", by=by)
    page = await town.wait_button(chat, "打字搜", by=by, after=card["message_id"] - 1)
    await flight.press(chat, page, "打字搜", by=by)
    asked = await town.wait(chat, lambda m: f"{flight.number} 派给谁" in text_of(m), by=by)
    said = await town.say(chat, unit, by=by, reply_to=asked["message_id"])
    found = await town.wait_button(chat, unit, by=by, after=said["message_id"] - 1)
    await flight.press(chat, found, unit, by=by)


async def kept_return(flight: Flight) -> None:
    """Confidential: the unit's handler gives it back, the dispatchers' handler sends it on; both in private."""
    await flight.file(_secret(flight), kept=True)
    group, people = await flight.group()
    by = people[0]
    card = await flight.town.wait(group, lambda m: flight.number in text_of(m) and "我来看" in labels(m), by=by)
    await flight.town.say(by, "你好")
    await flight.press(group, card, "我来看", by=by)
    await _asked_back(flight, chat=by)
    triage_group, dispatchers = await flight.town.staff(TRIAGE)
    one = dispatchers[0]
    short = await flight.town.wait(
        triage_group, lambda m: flight.number in text_of(m) and "我来看" in labels(m), by=one
    )
    await flight.town.say(one, "你好")
    await flight.press(triage_group, short, "我来看", by=one)
    back = await flight.town.wait(one, lambda m: f"【退单】{flight.number}" in text_of(m))
    await _sent_to(flight, one, one, back, OTHER_UNIT)
    await flight.claimed(OTHER_UNIT)


async def triage(flight: Flight) -> None:
    """Words nobody is sure of, and a search in which a dispatcher types the number."""
    await flight.file(f"那边的事拖了很久也不见有人来管一管\n{flight.bird.song}", unit=None)
    group, people = await flight.town.staff(TRIAGE)
    by = people[0]
    card = await flight.town.wait(group, lambda m: f"【待派单】{flight.number}" in text_of(m), by=by)
    await flight.press(group, card, "别的单位", by=by)
    page = await flight.town.wait_button(group, "打字搜", by=by, after=card["message_id"] - 1)
    await flight.press(group, page, "打字搜", by=by)
    asked = await flight.town.wait(group, lambda m: f"{flight.number} 派给谁" in text_of(m), by=by)
    said = await flight.town.say(group, flight.bird.phone, by=by, reply_to=asked["message_id"])
    await flight.town.wait(group, "没有找到", by=by, after=said["message_id"] - 1)
    await flight.town.say(
        flight.citizen, f"再说一句\n{flight.bird.song}", reply_to=(flight.receipt or {})["message_id"]
    )
    await flight.town.wait(group, lambda m: f"{flight.number} 群众补充" in text_of(m), by=by)


async def undelivered(flight: Flight) -> None:
    """An answer that does not arrive."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}", phone=flight.bird.phone)
    await flight.town.call("POST", f"/people/{flight.citizen}/block", {"blocked": True})
    chat, by = await flight.answered()
    await flight.town.wait(chat, lambda m: f"【没送到】{flight.number}" in text_of(m), by=by)


async def refused_by_the_platform(flight: Flight) -> None:
    """Calls that the platform refuses, and an update nobody can read: both are logged."""
    await flight.arrive()
    await flight.town.call("POST", "/updates", {"message": {"message_id": flight.bird.song, "chat": 5}})
    await flight.town.call("POST", "/faults", {"method": "sendMessage", "status": 400, "times": 1})
    await flight.town.say(flight.citizen, f"{LAMP}\n{flight.bird.song}")
    await flight.town.say(flight.citizen, flight.bird.song)
    await flight.town.wait_button(flight.citizen, "下一步")


async def rated(flight: Flight) -> None:
    """The verdict, told to the unit."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    chat, by = await flight.answered()
    await flight.town.press_when_there(flight.citizen, "解决了")
    await flight.town.press_when_there(flight.citizen, "不满意")
    await flight.town.wait(chat, lambda m: f"{flight.number} 已结案" in text_of(m), by=by)


def _secret(flight: Flight) -> str:
    return f"村主任把换路灯的钱私吞了,{flight.bird.secret}\n{flight.bird.song}"


async def kept_text(flight: Flight) -> None:
    """Confidential: read and signed for in private."""
    await flight.file(_secret(flight), place=f"{flight.bird.secret}东门", kept=True)
    await flight.claimed()


async def kept_supplement(flight: Flight) -> None:
    """Confidential: words and a file that come later."""
    await flight.file(_secret(flight), kept=True)
    chat, _, _ = await flight.claimed()
    await flight.town.press(flight.citizen, flight.receipt or {}, "补充")
    named = (f"{flight.bird.secret}{flight.bird.phone}.pdf", b"%PDF a file")
    await flight.town.send(flight.citizen, named, text=f"{flight.bird.secret}\n{flight.bird.phone}", kind="document")
    await flight.town.wait(chat, lambda m: "document" in m)


async def kept_talk(flight: Flight) -> None:
    """Confidential: a note, a reply, an answer, a verdict."""
    await flight.file(_secret(flight), kept=True)
    chat, by, card = await flight.claimed()
    await flight.town.say(chat, f"// {flight.bird.secret}", by=by, reply_to=card["message_id"])
    await flight.town.wait(chat, "记下了,群众看不到。")
    await flight.town.say(chat, f"{flight.bird.secret}的事明天去查", by=by, reply_to=card["message_id"])
    await flight.town.wait(flight.citizen, "明天去查")
    await flight.press(chat, card, "答复办结", by=by)
    await flight.town.press_when_there(chat, "已经解决", after=card["message_id"])
    written = await flight.town.say(chat, f"{flight.bird.secret}的事查清了,钱已经退回来了。")
    await flight.town.press_when_there(chat, "发出", after=written["message_id"] - 1)
    await flight.town.press_when_there(flight.citizen, "还没有")
    await flight.town.press_when_there(flight.citizen, "接着办")
    await flight.town.wait(flight.citizen, "还差什么没办")
    await flight.town.say(flight.citizen, f"{flight.bird.secret}还没说清\n{flight.bird.song}")
    await flight.town.wait(chat, lambda m: "群众补充" in text_of(m) and flight.bird.secret in text_of(m))


async def kept_triage(flight: Flight) -> None:
    """Confidential, and the unit is named in the words: read and sent on by a dispatcher in private."""
    words = f"城管和{_secret(flight)}"
    await flight.file(words, unit=None, kept=True)
    group, people = await flight.town.staff(TRIAGE)
    by = people[0]
    short = await flight.town.wait(group, lambda m: f"【保密件】{flight.number}" in text_of(m), by=by)
    await flight.town.say(by, "你好")
    await flight.press(group, short, "我来看", by=by)
    card = await flight.town.wait(by, lambda m: f"【待派单】{flight.number}" in text_of(m))
    assert f"派{UNIT}" not in labels(card)
    await _sent_to(flight, by, by, card, OTHER_UNIT)
    await flight.claimed(OTHER_UNIT)


async def kept_contact(flight: Flight) -> None:
    """Confidential: the number is looked at once, with a reason; a list in the group names number and status."""
    await flight.file(_secret(flight), phone=flight.bird.phone, kept=True)
    chat, by, card = await flight.claimed()
    flight.asker = by
    await flight.press(chat, card, "更多", by=by)
    more = await flight.town.wait_button(chat, "看联系方式", by=by, after=card["message_id"])
    await flight.press(chat, more, "看联系方式", by=by)
    why = await flight.town.wait_button(chat, "核实情况", by=by, after=card["message_id"])
    await flight.press(chat, why, "核实情况", by=by)
    await flight.town.wait(by, f"电话:{flight.bird.phone}")
    group, _ = await flight.group()
    for command in ("/todo", "/mine", f"/status {flight.number}"):
        await flight.town.say(group, command, by=by)
    await flight.town.wait(group, f"{flight.number} 保密件 办理中", by=by)


async def danger(flight: Flight) -> None:
    """Danger, before the consent: shown to the dispatchers at once."""
    flight.citizen = await flight.town.newcomer(flight.bird.name)
    await flight.town.say(flight.citizen, f"我家厨房煤气味很大,头都晕了,打{flight.bird.spellings[1]}")
    group, people = await flight.town.staff(TRIAGE)
    await flight.town.wait(flight.citizen, "先关阀门、开窗")
    await flight.town.wait(group, lambda m: "【请马上看】" in text_of(m), by=people[0])


async def danger_later(flight: Flight) -> None:
    """Danger in what is added to an appeal that a unit has."""
    await flight.file()
    chat, by, _ = await flight.claimed()
    words = f"现在屋里煤气味很大,打{flight.bird.spellings[1]}"
    await flight.town.say(flight.citizen, words, reply_to=(flight.receipt or {})["message_id"])
    await flight.town.wait(chat, f"【急】{flight.number}", by=by)


async def call_wished_for(flight: Flight) -> None:
    """请打电话给我: the number is asked for, and looked at by the one who is to call."""
    await flight.arrive()
    await flight.town.press_when_there(flight.citizen, "请打电话给我")
    await flight.town.wait(flight.citizen, "打哪个号码找您?")
    await flight.town.say(flight.citizen, flight.bird.phone)
    promise = await flight.town.wait(flight.citizen, "好。会有人打给您")
    await flight.town.press(flight.citizen, promise, "换个时间")
    await flight.town.wait(flight.citizen, "什么时候打给您方便?")
    await flight.town.say(flight.citizen, f"下午打{flight.bird.spellings[1]}")
    group, people = await flight.town.staff(TRIAGE)
    card = await flight.town.wait(
        group, lambda m: "什么时候打:下午" in text_of(m) and "看联系方式" in labels(m), by=people[0]
    )
    flight.asker = people[0]
    await flight.town.say(people[0], "/start")
    await flight.press(group, card, "看联系方式", by=people[0])
    await flight.town.wait(people[0], flight.bird.phone)


async def canned_reply(flight: Flight) -> None:
    """A sentence that a unit wants to keep: with a number in it, it is not kept; its name comes back in an answer."""
    await flight.file()
    chat, by, _ = await flight.claimed()
    for words in (f"老王={flight.bird.phone}找老王", f"{flight.bird.spellings[1]}=找老王", flight.bird.phone):
        said = await flight.town.say(chat, f"/t {words}", by=by)
        await flight.town.wait(chat, is_bots, by=by, after=said["message_id"])
    await flight.town.say(chat, "/t", by=by)
    await flight.town.say(chat, f"/t -{flight.bird.spellings[1]}", by=by)


async def kept_danger(flight: Flight) -> None:
    """Confidential: danger in what is added."""
    await flight.file(_secret(flight), kept=True)
    chat, _, _ = await flight.claimed()
    words = f"{flight.bird.secret}的人在我家打人,现在还在打,打{flight.bird.phone}"
    await flight.town.say(flight.citizen, words, reply_to=(flight.receipt or {})["message_id"])
    await flight.town.wait(chat, lambda m: "群众补充" in text_of(m) and flight.bird.secret in text_of(m))


async def kept_call(flight: Flight) -> None:
    """Confidential: a call is wished for; who handles it sees so in private."""
    await flight.file(_secret(flight), kept=True)
    chat, by, _ = await flight.claimed()
    flight.asker = by
    await flight.town.say(flight.citizen, "请打电话给我")
    await flight.town.wait(flight.citizen, "打哪个号码找您?")
    await flight.town.say(flight.citizen, flight.bird.phone)
    promise = await flight.town.wait(flight.citizen, "好。会有人打给您")
    await flight.town.press(flight.citizen, promise, "换个时间")
    await flight.town.say(flight.citizen, f"下午打{flight.bird.spellings[1]}")
    await flight.town.wait(flight.citizen, "会有人打给您,下午")
    card = await flight.town.wait(chat, lambda m: "什么时候打:下午" in text_of(m) and "看联系方式" in labels(m))
    await flight.press(chat, card, "看联系方式")
    await flight.town.wait(chat, flight.bird.phone)
    await flight.press(chat, card, "打过了")


PATHS: dict[str, Path] = {
    "before the consent": said_before_the_consent,
    "text": text,
    "long text": long_text,
    "place": place,
    "contact, looked at": contact,
    "contact, not looked at": contact_that_is_not_looked_at,
    "supplement": supplement,
    "quoted reply": quoted_reply,
    "edit before": edit_before,
    "edit after": edit_after,
    "reopening words": reopening_words,
    "withdrawal": withdrawal,
    "photo": media("photo", "{phone}.jpg"),
    "video": media("video", "{name}.mp4"),
    "voice": media("voice", "{phone}.ogg"),
    "document": media("document", "{name}{identity}{phone}.pdf"),
    "audio": media("audio", "{name}{phone}.mp3"),
    "album": album,
    "media in a supplement": media_in_a_supplement,
    "status by number": status_by_number,
    "reply, number taken out": staff_replies_without_the_number,
    "reply, as it is": staff_replies_as_it_is,
    "note": staff_notes,
    "answer": staff_answers,
    "transfer": transferred,
    "offer and former unit": offered,
    "return refused": return_refused,
    "triage and search": triage,
    "undelivered": undelivered,
    "refused by the platform": refused_by_the_platform,
    "rating": rated,
    "danger": danger,
    "danger later": danger_later,
    "call wished for": call_wished_for,
    "canned reply": canned_reply,
    "text 保密": kept_text,
    "supplement 保密": kept_supplement,
    "talk 保密": kept_talk,
    "triage 保密": kept_triage,
    "contact 保密": kept_contact,
    "danger 保密": kept_danger,
    "call 保密": kept_call,
    "return 保密": kept_return,
}
#: Named in the list of paths and not there to be flown yet: the form asks for no wish.
NOT_THERE_YET = ("wish",)
