"""What stories about pictures and voices begin with: some files, and the way from the first step to the card."""

from tests.support.filing import Filed, agree, choose_unit, number_in
from tests.support.playing import Message, Town, labels, text_of

UNIT = "城市管理局"
PHOTO = ("a.jpg", b"\xff\xd8\xff one picture")
OTHER = ("b.jpg", b"\xff\xd8\xff another picture")
THIRD = ("c.jpg", b"\xff\xd8\xff a third")
VOICE = ("v.ogg", b"OggS a voice")


async def on(town: Town, citizen: int, step: Message, *, unit: str | None = UNIT) -> Filed:
    """Go on from the first step to the number."""
    await town.press(citizen, step, "下一步")
    placed = await town.wait(citizen, "这件事在什么地方", after=step["message_id"] - 1)
    said = await town.say(citizen, "桃园镇北王村村小学东门")
    await town.press_when_there(citizen, "不留,在这里联系", after=placed["message_id"])
    summary = await town.wait_button(citizen, "提交", after=said["message_id"])
    if unit is not None and f"交给:{unit}" not in text_of(summary):
        summary = await choose_unit(town, citizen, summary, unit)
    await town.press(citizen, summary, "提交")
    receipt = await town.wait(citizen, "交上去了", after=summary["message_id"] - 1)
    return Filed(citizen, number_in(receipt), receipt)


async def newcomer(town: Town, name: str = "新来的") -> int:
    """Return somebody who agreed to everything."""
    citizen = await town.newcomer(name)
    await agree(town, citizen)
    return citizen


async def under(town: Town, group: int, card: Message, kind: str, *, by: int) -> Message:
    """Wait for a message of that kind which replies to the card."""
    return await town.wait(
        group,
        lambda m: kind in m and m.get("reply_to_message", {}).get("message_id") == card["message_id"],
        by=by,
    )


async def card_of(town: Town, filed: Filed, unit: str = UNIT) -> tuple[int, int, Message]:
    """Wait for the appeal's card; return the group, its first member of staff and the card."""
    group, people = await town.staff(unit)
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])
    return group, people[0], card


def in_reply_to(messages: list[Message], card: Message, kind: str) -> list[Message]:
    """Return the messages of that kind which reply to the card."""
    replies = [m for m in messages if m.get("reply_to_message", {}).get("message_id") == card["message_id"]]
    return [m for m in replies if kind in m]


async def push(town: Town, person: int, message_id: int, *, edited: bool = False, **content: object) -> None:
    """Let a raw message of somebody's private chat reach the bot, whatever is in it."""
    heading = {
        "message_id": message_id,
        "date": 1,
        "chat": {"id": person, "type": "private", "first_name": "甲"},
        "from": {"id": person, "is_bot": False, "first_name": "甲"},
    }
    kind, when = ("edited_message", {"edit_date": 2}) if edited else ("message", {})
    await town.call("POST", "/updates", {kind: {**heading, **when, **content}})
