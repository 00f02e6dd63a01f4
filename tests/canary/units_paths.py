"""What units say and hear, and what is said of danger, calls and refusals."""

from tests.canary.flight import SUPERVISION, TRIAGE, Flight
from tests.canary.watch import is_bots
from tests.support.filing import LAMP
from tests.support.playing import labels, text_of


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
    """The preview of an answer, the doubt about the number in it, and the answer."""
    await flight.file()
    chat, by = await flight.answered(f"已经修好,再坏请打{flight.bird.phone}找老王。")
    await flight.press(chat, await flight.town.wait_button(chat, "原样发给群众", by=by), "原样发给群众", by=by)
    await flight.town.wait(flight.citizen, "找老王")


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
    """The verdict, told to the unit, and what the supervisors read of it."""
    await flight.file(f"{flight.bird.phone}打不通,{LAMP}\n{flight.bird.song}")
    chat, by = await flight.answered()
    for label in ("没联系", "解决了", "不满意", "别的,我来说"):
        await flight.town.press_when_there(flight.citizen, label)
    await flight.town.wait(flight.citizen, "还想说什么")
    await flight.town.say(flight.citizen, f"叫我打{flight.bird.phone}\n{flight.bird.song}")
    await flight.town.wait(chat, lambda m: f"{flight.number} 已结案" in text_of(m), by=by)


async def concern(flight: Flight) -> None:
    """找监督员: read by the supervisors, answered, and by nobody else."""
    await flight.file()
    chat, by, _ = await flight.claimed()
    await flight.town.say(flight.citizen, f"/status {flight.number}")
    await flight.town.press_when_there(flight.citizen, "找监督员")
    await flight.town.wait(flight.citizen, "您想跟监督员说什么")
    await flight.town.say(flight.citizen, f"叫我打{flight.bird.phone}\n{flight.bird.song}")
    group, people = await flight.town.staff(SUPERVISION)
    card = await flight.town.wait(group, lambda m: f"【群众反映】{flight.number}" in text_of(m), by=people[0])
    await flight.town.say(group, "已经批评了他。", by=people[0], reply_to=card["message_id"])
    await flight.town.wait(flight.citizen, "监督员答复您")
    assert not [m for m in await flight.town.messages(chat, by=by) if flight.bird.song in text_of(m)]


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
