"""What is confidential: it has a secret word, too, which no group may hear."""

from tests.canary.flight import OTHER_UNIT, SUPERVISION, TRIAGE, UNIT, Flight
from tests.canary.moving_paths import asked_back, sent_to
from tests.support.playing import labels, text_of


def _secret(flight: Flight) -> str:
    return f"村主任把换路灯的钱私吞了,{flight.bird.secret}\n{flight.bird.song}"


async def kept_return(flight: Flight) -> None:
    """Confidential: the unit's handler gives it back, the dispatchers' handler sends it on; both in private."""
    await flight.file(_secret(flight), kept=True)
    group, people = await flight.group()
    by = people[0]
    card = await flight.town.wait(group, lambda m: flight.number in text_of(m) and "我来看" in labels(m), by=by)
    await flight.town.say(by, "你好")
    await flight.press(group, card, "我来看", by=by)
    await asked_back(flight, chat=by)
    triage_group, dispatchers = await flight.town.staff(TRIAGE)
    one = dispatchers[0]
    short = await flight.town.wait(
        triage_group, lambda m: flight.number in text_of(m) and "我来看" in labels(m), by=one
    )
    await flight.town.say(one, "你好")
    await flight.press(triage_group, short, "我来看", by=one)
    back = await flight.town.wait(one, lambda m: f"【退单】{flight.number}" in text_of(m))
    await sent_to(flight, one, one, back, OTHER_UNIT)
    await flight.claimed(OTHER_UNIT)


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
    await flight.town.press_when_there(flight.citizen, "联系过")
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
    await sent_to(flight, by, by, card, OTHER_UNIT)
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


async def kept_concern(flight: Flight) -> None:
    """Confidential: what is told the supervisors is nothing in their group but a number; they answer it there."""
    await flight.file(_secret(flight), kept=True)
    await flight.claimed()
    await flight.town.say(flight.citizen, f"/status {flight.number}")
    await flight.town.press_when_there(flight.citizen, "找监督员")
    await flight.town.wait(flight.citizen, "您想跟监督员说什么")
    await flight.town.say(flight.citizen, f"{flight.bird.secret}还在管这件事,打{flight.bird.phone}")
    group, people = await flight.town.staff(SUPERVISION)
    card = await flight.town.wait(group, lambda m: f"【群众反映】{flight.number}" in text_of(m), by=people[0])
    await flight.town.say(group, "知道了,在查。", by=people[0], reply_to=card["message_id"])
    await flight.town.wait(flight.citizen, "监督员答复您")
