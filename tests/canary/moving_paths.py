"""From unit to unit, by dispatchers and by agreement."""

from tests.canary.flight import OTHER_UNIT, TRIAGE, Flight
from tests.support.filing import LAMP
from tests.support.playing import Message, labels, text_of


async def asked_back(flight: Flight, *, chat: int | None = None) -> None:
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


async def sent_to(flight: Flight, chat: int, by: int, card: Message, unit: str) -> None:
    town = flight.town
    await flight.press(chat, card, "别的单位", by=by)
    page = await town.wait_button(chat, "打字搜", by=by, after=card["message_id"] - 1)
    await flight.press(chat, page, "打字搜", by=by)
    asked = await town.wait(chat, lambda m: f"{flight.number} 派给谁" in text_of(m), by=by)
    said = await town.say(chat, unit, by=by, reply_to=asked["message_id"])
    found = await town.wait_button(chat, unit, by=by, after=said["message_id"] - 1)
    await flight.press(chat, found, unit, by=by)


async def transferred(flight: Flight) -> None:
    """Returned by one unit, agreed to, and shown to the next."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    await asked_back(flight)
    group, people = await flight.town.staff(TRIAGE)
    card = await flight.town.wait(group, lambda m: f"【退单】{flight.number}" in text_of(m), by=people[0])
    await sent_to(flight, group, people[0], card, OTHER_UNIT)
    there, staff = await flight.group(OTHER_UNIT)
    await flight.town.wait(there, lambda m: flight.number in text_of(m) and "签收" in labels(m), by=staff[0])


async def return_refused(flight: Flight) -> None:
    """Returned, and refused."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    await asked_back(flight)
    group, people = await flight.town.staff(TRIAGE)
    card = await flight.town.wait(group, lambda m: f"【退单】{flight.number}" in text_of(m), by=people[0])
    await flight.press(group, card, "驳回退单", by=people[0])
    asked = await flight.town.wait_button(group, "是你们的职责", by=people[0], after=card["message_id"] - 1)
    await flight.press(group, asked, "是你们的职责", by=people[0])
    there, staff = await flight.group()
    await flight.town.wait(there, lambda m: f"{flight.number} 退单没有同意" in text_of(m), by=staff[0])


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
