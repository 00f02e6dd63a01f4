"""Lines 25 to 30 of what goes wrong elsewhere: everything people send, both ways, through the sandbox."""

from typing import Any

import pytest

from tests.support.filing import LAMP, claimed, file
from tests.support.playing import Town, labels, text_of
from tests.support.sending import (
    OTHER,
    PHOTO,
    THIRD,
    UNIT,
    card_of,
    in_reply_to,
    newcomer,
    on,
    push,
    under,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")
LAMP_EMOJI = "\N{ELECTRIC LIGHT BULB}"
BIG = 21 * 1024 * 1024
SIGN = "城市管理局:"


async def everything(town: Town, chat: int, *, by: int | None = None) -> str:
    return "\n".join(text_of(m) for m in await town.messages(chat, by=by))


async def parts(town: Town, citizen: int, *files: tuple[str, bytes]) -> list[dict[str, Any]]:
    """Let the platform know some pictures; return them as a message holds them."""
    sent = await town.send(citizen, *files, kind="photo")
    shown = [m for m in await town.messages(citizen) if m["message_id"] >= sent["message_id"] and "photo" in m]
    return [m["photo"] for m in shown]


async def test_c25_parts_of_an_album_that_come_late_join_it_at_every_step(town: Town):
    known = await parts(town, await newcomer(town), PHOTO, OTHER, THIRD)
    citizen = await newcomer(town)
    album = f"late{citizen}"
    await push(town, citizen, 900001, photo=known[0], media_group_id=album)
    step = await town.wait(citizen, "照片收到了,1张。")
    await town.press(citizen, step, "下一步")
    await town.wait(citizen, "这件事在什么地方")
    await push(town, citizen, 900002, photo=known[1], media_group_id=album)
    placed = await town.wait(citizen, "照片2张收到了。")
    assert "这件事在什么地方" in text_of(placed)
    said = await town.say(citizen, "桃园镇北王村村小学东门")
    await town.press_when_there(citizen, "不留,在这里联系", after=said["message_id"])
    summary = await town.wait_button(citizen, "提交", after=said["message_id"])
    await town.press(citizen, summary, "改单位" if "改单位" in labels(summary) else "我知道归谁管")
    named = await town.say(citizen, UNIT)
    summary = await town.wait(citizen, lambda m: f"交给:{UNIT}" in text_of(m), after=named["message_id"])
    await town.press(citizen, summary, "提交")
    receipt = await town.wait(citizen, "交上去了", after=summary["message_id"] - 1)
    await push(town, citizen, 900003, photo=known[2], media_group_id=album, caption=LAMP)
    number = text_of(receipt).split("编号:")[1].split("\n")[0]
    group, people = await town.staff(UNIT)
    await town.wait(group, lambda m: text_of(m) == LAMP and "photo" in m, by=people[0])
    card = await town.wait(group, lambda m: number in text_of(m) and "签收" in labels(m), by=people[0])
    assert len(in_reply_to(await town.messages(group, by=people[0]), card, "photo")) == 3


async def test_c25_a_caption_is_edited_before_and_after_the_submission(town: Town):
    citizen = await newcomer(town)
    sent = await town.send(citizen, PHOTO, OTHER, text=LAMP, kind="photo")
    await town.wait(citizen, "照片2张也收到了")
    await town.edit(citizen, sent, LAMP.replace("东门", "南门"))
    step = await town.wait_button(citizen, "下一步", after=sent["message_id"])
    filed = await on(town, citizen, step)
    group, by, card = await card_of(town, filed)
    assert "南门的路灯" in text_of(card)
    await town.edit(citizen, sent, LAMP.replace("东门", "西门"))
    await town.wait(citizen, f"{filed.number}里那句,已经换成您改的,原来的也留着。")
    await town.wait(group, lambda m: "群众改了说过的话" in text_of(m) and "西门的路灯" in text_of(m), by=by)


async def test_c25_a_picture_put_in_the_place_of_another_is_the_one_that_goes(town: Town):
    citizen = await newcomer(town)
    sent = await town.send(citizen, PHOTO, text=LAMP, kind="photo")
    step = await town.wait_button(citizen, "下一步", after=sent["message_id"])
    [other] = await parts(town, await newcomer(town), OTHER)
    await push(town, citizen, sent["message_id"], edited=True, photo=other, caption=LAMP)
    await town.wait_button(citizen, "下一步", after=step["message_id"])
    filed = await on(town, citizen, await town.wait_button(citizen, "下一步", after=step["message_id"]))
    group, by, card = await card_of(town, filed)
    shown = await under(town, group, card, "photo", by=by)
    assert await town.fetch(shown["photo"][-1]["file_id"]) == OTHER[1]


async def test_c26_a_text_of_the_greatest_length_goes_both_ways_or_is_refused_aloud(town: Town):
    citizen = await newcomer(town)
    words = f"路灯坏了{LAMP_EMOJI * 2040}完了"
    said = await town.say(citizen, words)
    filed = await on(town, citizen, await town.wait_button(citizen, "下一步", after=said["message_id"]))
    group, by, card = await card_of(town, filed)
    await town.wait(group, lambda m: text_of(m).endswith("完了"), by=by)
    told = [m for m in await town.messages(group, by=by) if m["message_id"] >= card["message_id"]]
    assert sum(text_of(m).count(LAMP_EMOJI) for m in told) == 2040
    await town.press(group, card, "签收", by=by)
    long = await town.say(group, "字" * 3501, by=by, reply_to=card["message_id"])
    await town.wait(group, "这条太长,没有发给群众。", by=by, after=long["message_id"])
    fits = f"换好了{LAMP_EMOJI * 1700}"
    await town.say(group, fits, by=by, reply_to=card["message_id"])
    await town.wait(citizen, lambda m: text_of(m).startswith(SIGN) and fits in text_of(m))


async def test_c26_a_caption_of_the_greatest_length_goes_both_ways_as_words_and_a_picture(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, card = await claimed(town, filed, UNIT)
    by, caption = people[0], LAMP_EMOJI * 512
    await town.send(filed.citizen, PHOTO, text=caption, kind="photo", reply_to=filed.receipt["message_id"])
    await town.wait(group, lambda m: caption in text_of(m) and "群众补充" in text_of(m), by=by)
    await under(town, group, card, "photo", by=by)
    await town.send(group, PHOTO, by=by, text=caption, kind="photo", reply_to=card["message_id"])
    words = await town.wait(filed.citizen, lambda m: caption in text_of(m) and text_of(m).startswith(SIGN))
    shown = await town.wait(filed.citizen, lambda m: "photo" in m and m["from"]["is_bot"])
    assert shown["reply_to_message"]["message_id"] == words["message_id"]


async def test_c27_signs_that_broke_others_stand_as_they_are_and_invisible_ones_do_not_stand_at_all(town: Town):
    name = "王小二<3\N{RIGHT-TO-LEFT OVERRIDE}gnp\N{ZERO WIDTH SPACE}"
    citizen = await newcomer(town, name)
    said = await town.say(citizen, f"{LAMP}<b>急</b> &amp; <3 \N{RIGHT-TO-LEFT OVERRIDE}亮\N{ZERO WIDTH SPACE}了 *_[")
    filed = await on(town, citizen, await town.wait_button(citizen, "下一步", after=said["message_id"]))
    group, by, card = await card_of(town, filed)
    assert f"{LAMP}<b>急</b> &amp; <3 亮了 *_[" in text_of(card)
    assert not card.get("entities")
    assert "王小二" not in await everything(town, group, by=by)
    await town.press(group, card, "签收", by=by)
    await town.say(group, "换好了 <3 </b> &lt; *_[\N{LEFT-TO-RIGHT OVERRIDE}", by=by, reply_to=card["message_id"])
    await town.wait(citizen, lambda m: text_of(m).startswith(f"{SIGN}\n换好了 <3 </b> &lt; *_[\n"))


async def test_c28_a_large_video_goes_both_ways_and_a_large_document_is_refused_aloud(town: Town):
    citizen = await newcomer(town)
    refused = await town.send(citizen, ("合同.pdf", b"%PDF"), kind="document", size=BIG, text="合同")
    await town.wait(citizen, "这个文件太大", after=refused["message_id"])
    sent = await town.send(citizen, ("VID_1.mp4", b"video"), kind="video", size=BIG, text=LAMP)
    filed = await on(town, citizen, await town.wait_button(citizen, "下一步", after=sent["message_id"]))
    group, by, card = await card_of(town, filed)
    shown = await under(town, group, card, "video", by=by)
    assert shown["video"]["file_id"] == sent["video"]["file_id"]
    await town.press(group, card, "签收", by=by)
    reply = {"by": by, "reply_to": card["message_id"], "size": BIG}
    refused = await town.send(group, ("通知.pdf", b"%PDF"), kind="document", **reply)
    await town.wait(group, "这个文件太大", by=by, after=refused["message_id"])
    await town.send(group, ("VID_2.mp4", b"video"), kind="video", **reply)
    await town.wait(citizen, lambda m: "video" in m and m["from"]["is_bot"])


async def test_c28_a_file_bears_no_name_in_the_group(town: Town):
    citizen = await newcomer(town)
    names = [("王小二13800138000.pdf", "document"), ("王小二.mp4", "video"), ("王小二.mp3", "audio")]
    for name, kind in names:
        sent = await town.send(citizen, (name, name.encode()), kind=kind, text=LAMP)
        step = await town.wait_button(citizen, "下一步", after=sent["message_id"])
    filed = await on(town, citizen, step)
    group, by, card = await card_of(town, filed)
    for name, kind in names:
        shown = await under(town, group, card, kind, by=by)
        assert shown[kind]["file_name"].startswith(filed.number)
        assert await town.fetch(shown[kind]["file_id"]) == name.encode()


async def test_c28_every_kind_a_citizen_sends_is_taken_or_refused_aloud_and_a_sticker_is_no_appeal(town: Town):
    citizen = await newcomer(town)
    for kind, name in (("sticker", "s.webp"), ("dice", ""), ("poll", "")):
        if kind == "sticker":
            sent = await town.send(citizen, (name, b"RIFF"), kind=kind)
        else:
            what: Any = {"question": "好不好", "options": ["好", "不好"]} if kind == "poll" else "\N{GAME DIE}"
            sent = await town.tell(citizen, **{kind: what})
        answer = await town.wait(citizen, lambda m: m["from"]["is_bot"], after=sent["message_id"])
        assert "下一步" not in labels(answer)
    said = await town.say(citizen, "😀👍")
    answer = await town.wait(citizen, lambda m: m["from"]["is_bot"], after=said["message_id"])
    assert "收到了。您是有事要反映吗?" in text_of(answer)
    chat = {"id": -100, "type": "channel", "title": "频道"}
    for number, odd in enumerate(
        ({"story": {"chat": chat, "id": 1}}, {"game": {"title": "g", "description": "", "photo": []}})
    ):
        await push(town, citizen, 910000 + number, **odd)
        answer = await town.wait(citizen, "这一种我收不了。", after=answer["message_id"])
    files = [("video_note", "n.mp4"), ("animation", "a.gif"), ("audio", "a.mp3"), ("voice", "v.ogg")]
    for kind, name in files:
        sent = await town.send(citizen, (name, b"x"), kind=kind)
        step = await town.wait_button(citizen, "下一步", after=sent["message_id"])
    filed = await on(town, citizen, step)
    group, by, card = await card_of(town, filed)
    for kind, _ in files:
        await under(town, group, card, kind, by=by)


async def test_c28_every_kind_staff_send_arrives_or_is_refused_aloud(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, card = await claimed(town, filed, UNIT)
    by, reply = people[0], {"by": people[0], "reply_to": card["message_id"]}
    for kind, name in (("video_note", "n.mp4"), ("animation", "a.gif"), ("audio", "a.mp3"), ("voice", "v.ogg")):
        await town.send(group, (name, b"x"), kind=kind, **reply)
        await town.wait(filed.citizen, lambda m, kind=kind: kind in m)
    await town.tell(group, venue={"latitude": 36.1, "longitude": 117.1, "title": "政务大厅", "address": "1号"}, **reply)
    await town.wait(filed.citizen, lambda m: "venue" in m)
    for odd in ({"dice": "\N{GAME DIE}"}, {"poll": {"question": "好", "options": ["好", "不"]}}):
        said = await town.tell(group, **odd, **reply)
        await town.wait(group, "这一种转不了,没有发给群众。", by=by, after=said["message_id"])
    said = await town.tell(group, contact={"phone_number": "13800138000", "first_name": "老王"}, **reply)
    await town.wait(group, "名片不转给群众。", by=by, after=said["message_id"])


async def test_c28_a_file_that_cannot_be_fetched_is_asked_for_again(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, _ = await claimed(town, filed, UNIT)
    await town.call("POST", "/faults", {"method": "getFile", "times": 1, "status": 400})
    contract = ("王小二.pdf", b"%PDF")
    await town.send(filed.citizen, contract, kind="document", text="合同", reply_to=filed.receipt["message_id"])
    lost = await town.wait(group, "群众发来的附件,有的没能转过来", by=people[0])
    assert text_of(lost).endswith("群众说:\n合同")
    asked = await town.wait(filed.citizen, "有的没能转过去。")
    await town.send(filed.citizen, contract, kind="document", reply_to=asked["message_id"])
    await town.wait(group, lambda m: m.get("document", {}).get("file_name") == f"{filed.number}-1.pdf", by=people[0])


async def test_c29_only_ones_own_visiting_card_is_believed(town: Town):
    citizen = await newcomer(town)
    said = await town.say(citizen, LAMP)
    step = await town.wait_button(citizen, "下一步", after=said["message_id"])
    await town.press(citizen, step, "下一步")
    placed = await town.say(citizen, "桃园镇北王村村小学东门")
    await town.press_when_there(citizen, "留手机号", after=placed["message_id"])
    for owner in ({"user_id": 4}, {}):
        card = await town.tell(citizen, contact={"phone_number": "13900139000", "first_name": "别人", **owner})
        await town.wait(citizen, "这个号码不是您自己发来的名片。", after=card["message_id"])
    mine = await town.tell(citizen, contact={"phone_number": "+8613812345678", "first_name": "我", "user_id": citizen})
    await town.wait(citizen, "记下了:138****5678。只给经办的人看。", after=mine["message_id"])
