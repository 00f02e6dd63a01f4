"""What people send that is not text, both ways, through the sandbox."""

import pytest

from tests.support.filing import LAMP, claimed, file
from tests.support.playing import Town, labels, text_of
from tests.support.sending import OTHER, PHOTO, THIRD, UNIT, VOICE, card_of, newcomer, on, under

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_album_is_answered_once_and_reaches_the_unit_under_its_card(town: Town):
    citizen = await newcomer(town)
    await town.send(citizen, PHOTO, OTHER, THIRD, text=LAMP, kind="photo")
    step = await town.wait(citizen, lambda m: "照片3张也收到了" in text_of(m) and "下一步" in labels(m))
    answers = [m for m in await town.messages(citizen) if "收到了" in text_of(m)]
    assert len(answers) == 1, [text_of(m) for m in answers]
    filed = await on(town, citizen, step)
    group, by, card = await card_of(town, filed)
    assert "附件:照片3张,见下" in text_of(card)
    await under(town, group, card, "photo", by=by)
    shown = [m for m in await town.messages(group, by=by) if m.get("media_group_id") and "photo" in m]
    album = [m for m in shown if m.get("reply_to_message", {}).get("message_id") == card["message_id"]]
    assert len(album) == 3
    assert all(m.get("has_protected_content") for m in (card, *album))
    assert not any("forward_origin" in m for m in album)


async def test_pictures_before_the_consent_are_kept(town: Town):
    citizen = await town.newcomer()
    await town.send(citizen, PHOTO, OTHER, text=LAMP, kind="photo")
    await town.press_when_there(citizen, "同意")
    step = await town.wait(citizen, lambda m: "照片2张也收到了" in text_of(m))
    assert "下一步" in labels(step)


async def test_a_voice_alone_is_filed_written_down_and_read_back(town: Town):
    citizen = await newcomer(town)
    await town.send(citizen, VOICE, kind="voice", duration=12)
    step = await town.wait(citizen, "语音收到了,会有人听。")
    filed = await on(town, citizen, step, unit=None)
    group, people = await town.staff("派单群")
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "写下来" in labels(m), by=people[0])
    assert "语音12秒,见下" in text_of(card)
    await under(town, group, card, "voice", by=people[0])
    await town.press(group, card, "写下来", by=people[0])
    asked = await town.wait(group, f"{filed.number} 语音里说了什么", by=people[0])
    await town.say(group, LAMP, by=people[0], reply_to=asked["message_id"])
    back = await town.wait(citizen, f"「{LAMP}」")
    assert labels(back) == ["对", "不对,我改一下"]
    await town.wait(group, lambda m: LAMP in text_of(m) and "别的单位" in labels(m), by=people[0])
    await town.press(citizen, back, "不对,我改一下")
    await town.say(citizen, "是村小学西门的路灯坏了,不是东门")
    await town.wait(citizen, "就照您说的办")
    await town.wait(group, lambda m: "群众改了说过的话" in text_of(m) and "西门" in text_of(m), by=people[0])


async def test_a_document_reaches_the_unit_under_a_neutral_name(town: Town):
    citizen = await newcomer(town)
    await town.send(citizen, ("王小二13800000000.pdf", b"%PDF a contract"), text=LAMP, kind="document")
    step = await town.wait(citizen, "文件1个也收到了")
    filed = await on(town, citizen, step)
    group, by, card = await card_of(town, filed)
    shown = await under(town, group, card, "document", by=by)
    assert shown["document"]["file_name"] == f"{filed.number}-1.pdf"
    assert await town.fetch(shown["document"]["file_id"]) == b"%PDF a contract"


async def test_what_cannot_be_passed_on_is_refused_with_a_sentence(town: Town):
    citizen = await newcomer(town)
    await town.send(citizen, ("big.zip", b"PK big"), kind="document", size=21 * 1024 * 1024)
    await town.wait(citizen, "这个文件太大,我转不过去。请发小一点的,或者拍张照片。")
    await town.tell(citizen, poll={"question": "好不好", "options": ["好", "不好"]})
    await town.wait(citizen, "投票我收不了。")
    await town.tell(citizen, contact={"phone_number": "13800000000", "first_name": "别人", "user_id": 4})
    await town.wait(citizen, "名片我先不收")


async def test_a_pin_and_a_venue_begin_an_appeal_and_tell_its_place(town: Town):
    citizen = await newcomer(town)
    await town.tell(citizen, location={"latitude": 36.1, "longitude": 117.2})
    await town.wait(citizen, lambda m: "下一步" in labels(m) or "请说说是什么事" in text_of(m))
    said = await town.say(citizen, LAMP)
    step = await town.wait_button(citizen, "下一步", after=said["message_id"])
    await town.press(citizen, step, "下一步")
    await town.press_when_there(citizen, "就是定位", after=said["message_id"])
    await town.press_when_there(citizen, "不留,在这里联系", after=said["message_id"])
    summary = await town.wait_button(citizen, "提交", after=said["message_id"])
    assert "定位" in text_of(summary)


async def test_what_the_citizen_adds_is_one_message_in_the_group(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, _ = await claimed(town, filed, UNIT)
    await town.send(filed.citizen, PHOTO, OTHER, text="灯杆也歪了", kind="photo", reply_to=filed.receipt["message_id"])
    shown = await town.wait(group, lambda m: "灯杆也歪了" in text_of(m), by=people[0])
    assert "群众补充" in text_of(shown)
    assert "photo" in shown
    album = [m for m in await town.messages(group, by=people[0]) if m.get("media_group_id") == shown["media_group_id"]]
    assert len(album) == 2


async def test_an_edit_after_the_submission_is_shown_and_the_old_words_stay(town: Town):
    citizen = await newcomer(town)
    first = await town.say(citizen, LAMP)
    step = await town.wait_button(citizen, "下一步", after=first["message_id"])
    filed = await on(town, citizen, step)
    group, by, _ = await card_of(town, filed)
    await town.edit(citizen, first, LAMP.replace("东门", "西门"))
    await town.wait(citizen, "已经换成您改的")
    await town.wait(group, lambda m: "群众改了说过的话" in text_of(m) and "西门" in text_of(m), by=by)
    await town.wait(group, lambda m: "【新诉求】" in text_of(m) and "西门" in text_of(m), by=by)


async def test_a_picture_of_the_unit_reaches_the_citizen_signed_and_follows_its_edit_and_its_withdrawal(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, card = await claimed(town, filed, UNIT)
    reply = {"by": people[0], "reply_to": card["message_id"]}
    sent = await town.send(group, PHOTO, text="灯头已经换了", kind="photo", **reply)
    got = await town.wait(filed.citizen, lambda m: "灯头已经换了" in text_of(m) and "photo" in m)
    assert text_of(got).startswith(f"{UNIT}:")
    assert "经办:" in text_of(got)
    told = await town.wait(
        group,
        lambda m: text_of(m) == "已送到。" and "撤回这条" in labels(m),
        by=people[0],
        after=sent["message_id"],
    )
    await town.edit(group, sent, "灯头和灯杆都换了", by=people[0])
    await town.wait(filed.citizen, lambda m: "灯头和灯杆都换了" in text_of(m) and "photo" in m)
    await town.press(group, told, "撤回这条", by=people[0])
    await town.wait(group, "撤回了,群众那边已经没有这条。", by=people[0], after=sent["message_id"])
    left = [m for m in await town.messages(filed.citizen) if "photo" in m]
    assert left == []


async def test_an_answer_goes_with_its_pictures(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, card = await claimed(town, filed, UNIT)
    await town.press(group, card, "答复办结", by=people[0])
    asked = await town.press_when_there(group, "已经解决", by=people[0], after=card["message_id"])
    await town.send(group, PHOTO, by=people[0], kind="photo", reply_to=asked["message_id"])
    await town.wait(group, "请再写一句答复", by=people[0])
    written = await town.say(group, "昨天换了灯头,晚上试过,亮了。", by=people[0], reply_to=asked["message_id"])
    preview = await town.wait_button(group, "发出", by=people[0], after=written["message_id"] - 1)
    assert "附件:照片1张" in text_of(preview)
    await town.press(group, preview, "发出", by=people[0])
    answer = await town.wait(filed.citizen, lambda m: "答复您了" in text_of(m) and "photo" in m)
    assert "昨天换了灯头" in text_of(answer)
    await town.wait_button(filed.citizen, "联系过", after=answer["message_id"])


async def test_voices_files_and_places_of_the_unit_arrive_as_sent(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    group, people, card = await claimed(town, filed, UNIT)
    reply = {"by": people[0], "reply_to": card["message_id"]}
    await town.send(group, VOICE, kind="voice", **reply)
    heard = await town.wait(filed.citizen, lambda m: "voice" in m)
    assert f"{UNIT}发来语音1段" in text_of(heard)
    await town.send(group, ("通知.pdf", b"%PDF notice"), kind="document", text="通知", **reply)
    read = await town.wait(filed.citizen, lambda m: "document" in m)
    assert read["document"]["file_name"] == f"{filed.number}-1.pdf"
    await town.tell(group, location={"latitude": 36.1, "longitude": 117.2}, **reply)
    await town.wait(filed.citizen, lambda m: "location" in m)
    await town.wait(filed.citizen, f"{UNIT}发来位置1处。")
    await town.send(group, ("s.webp", b"RIFF"), kind="sticker", **reply)
    await town.wait(group, "这一种转不了,没有发给群众。", by=people[0])
