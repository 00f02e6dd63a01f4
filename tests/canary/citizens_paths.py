"""What a citizen says, sends and changes."""

from tests.canary.flight import Flight, Path
from tests.support.filing import LAMP
from tests.support.playing import Message, text_of

_FILE = b"\xff\xd8\xff a file"


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
    await flight.town.press_when_there(flight.citizen, "联系过")
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
