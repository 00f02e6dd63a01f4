"""The steps that nearly every story begins with: a citizen files an appeal, a unit takes it."""

import re
from dataclasses import dataclass

from tests.support.playing import Message, Town, labels, text_of

LAMP = "村小学东门的路灯坏了,晚上黑漆漆的没有灯"
_NUMBER = re.compile(r"LX-\d{8}-\d{4,}")


@dataclass
class Filed:
    """An appeal that was filed: whose, its number, and the message that said so."""

    citizen: int
    number: str
    receipt: Message


async def agree(town: Town, citizen: int) -> None:
    """Say hello and agree to the privacy notice."""
    await town.say(citizen, "/start")
    await town.press_when_there(citizen, "同意,开始说")
    await town.wait_button(citizen, "我的诉求")


async def tell(
    town: Town, citizen: int, words: str, *, place: str = "桃园镇北王村村小学东门", phone: str = ""
) -> Message:
    """Tell an appeal up to its summary; return the summary. `phone`: the number to leave, empty for none."""
    said = await town.say(citizen, words)
    after = said["message_id"]
    step = await town.wait(citizen, lambda m: "下一步" in labels(m) or "就这些,下一步" in labels(m), after=after)
    await town.press(citizen, step, next(label for label in labels(step) if "下一步" in label))
    await town.wait(citizen, "这件事在什么地方", after=after)
    placed = await town.say(citizen, place)
    how = "留手机号" if phone else "不留,在这里联系"
    await town.press_when_there(citizen, how, after=placed["message_id"])
    if phone:
        await town.wait(citizen, "请把号码打出来", after=placed["message_id"])
        await town.say(citizen, phone)
    return await summary_of(town, citizen, after=after)


async def summary_of(town: Town, citizen: int, *, after: int) -> Message:
    """Wait for the summary; where secrecy is asked about before, say that none is needed."""
    shown = await town.wait(citizen, lambda m: {"提交", "不用保密"} & set(labels(m)), after=after)
    if "不用保密" in labels(shown):
        await town.press(citizen, shown, "不用保密")
    return await town.wait_button(citizen, "提交", after=after)


async def file(
    town: Town, words: str = LAMP, *, unit: str | None = None, citizen: int | None = None, phone: str = ""
) -> Filed:
    """File an appeal from a newcomer who agreed before; `unit` corrects the guessed unit where it differs."""
    if citizen is None:
        citizen = await town.newcomer()
        await agree(town, citizen)
    summary = await tell(town, citizen, words, phone=phone)
    if unit is not None and f"交给:{unit}" not in text_of(summary):
        summary = await choose_unit(town, citizen, summary, unit)
    await town.press(citizen, summary, "提交")
    receipt = await town.wait(citizen, "交上去了", after=summary["message_id"] - 1)
    return Filed(citizen, number_in(receipt), receipt)


async def choose_unit(town: Town, citizen: int, summary: Message, unit: str, *, seconds: float = 20) -> Message:
    """Correct the unit on the summary, by its button or by typing its name."""
    label = "改单位" if "改单位" in labels(summary) else "我知道归谁管"
    before = summary["message_id"] - 1
    await town.press(citizen, summary, label)
    asked = await town.wait(
        citizen, lambda m: m["message_id"] > before and "提交" not in labels(m), after=before, seconds=seconds
    )
    if unit not in labels(asked):
        said = await town.say(citizen, unit)
        after = said["message_id"]
        asked = await town.wait(
            citizen, lambda m: unit in labels(m) or f"交给:{unit}" in text_of(m), after=after, seconds=seconds
        )
    if unit in labels(asked):
        await town.press(citizen, asked, unit)
    return await town.wait(
        citizen,
        lambda m: "提交" in labels(m) and f"交给:{unit}" in text_of(m),
        after=before,
        seconds=seconds,
    )


async def claimed(town: Town, filed: Filed, unit: str) -> tuple[int, list[int], Message]:
    """Let the unit's first member of staff sign for it; return the group, its people and the card."""
    group, people = await town.staff(unit)
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])
    await town.press(group, card, "签收", by=people[0])
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "答复办结" in labels(m), by=people[0])
    return group, people, card


def number_in(message: Message) -> str:
    """The appeal's number in a message."""
    found = _NUMBER.search(text_of(message))
    assert found, text_of(message)
    return found[0]
