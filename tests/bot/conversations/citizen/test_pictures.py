"""What a citizen sends and edits beside plain words: late parts of albums, captions, pictures in place of others."""

import pytest

from storage.repositories import appeals
from storage.tables import Attachment, Utterance
from tests.bot.conversations.citizen.conftest import SURE, Phone


async def told(phone: Phone, *, album: str = "") -> int:
    """Agree, and begin with a picture and words; return its message's id."""
    await phone.say("/start")
    await phone.press("同意,开始说")
    return await phone.show("p1", caption=SURE, album=album)


async def on_to_the_summary(phone: Phone) -> None:
    await phone.press("下一步")
    await phone.press("跳过")
    await phone.press("不留,在这里联系")


def cards(phone: Phone, words: str) -> int:
    return sum(words in each.text for each in phone.screen.values())


async def brought(phone: Phone) -> list[str]:
    return [each.file_id for each in await phone.rows(Attachment) if each.appeal_id is not None]


async def test_an_album_with_its_caption_on_the_last_part_is_one_answer(phone: Phone):
    await phone.say("/start")
    await phone.press("同意,开始说")
    sent = phone.sent
    for file, words in (("p1", ""), ("p2", ""), ("p3", SURE)):
        await phone.show(file, caption=words, album="A")
    assert phone.sent == sent + 1
    assert "照片3张也收到了" in phone.last.text
    assert (await phone.draft()).text == SURE


async def test_a_part_that_comes_after_next_is_answered_at_the_step_of_now(phone: Phone):
    await told(phone, album="A")
    await phone.press("下一步")
    await phone.show("p2", album="A")
    assert phone.last.text.startswith("照片2张收到了。\n\n这件事在什么地方")
    assert cards(phone, "这件事在什么地方") == 1


async def test_a_part_that_comes_when_the_answer_is_no_longer_the_newest_is_answered_anew(phone: Phone):
    await told(phone, album="A")
    await phone.press("下一步")
    await phone.say("东门")
    await phone.show("p2", album="A")
    assert phone.last.text.startswith("照片2张收到了。\n\n要不要留个电话")
    await phone.show("p3", album="A")
    assert phone.last.text.startswith("照片3张收到了。\n\n要不要留个电话")


async def test_a_part_that_comes_at_the_summary_is_counted_there(phone: Phone):
    await told(phone, album="A")
    await on_to_the_summary(phone)
    await phone.show("p2", album="A", caption="灯杆也歪了")
    assert "附件:照片2张" in phone.last.text
    assert f"事情:{SURE}\n灯杆也歪了" in phone.last.text


async def test_a_part_that_comes_after_the_submission_joins_the_appeal(phone: Phone):
    await told(phone, album="A")
    await on_to_the_summary(phone)
    await phone.press("提交")
    await phone.show("p2", album="A", caption="灯杆也歪了,电话13812345678")
    appeal = await phone.appeal()
    assert appeal.text == f"{SURE}\n灯杆也歪了,电话13812345678"
    assert await brought(phone) == ["p1", "p2"]
    assert any("灯杆也歪了,电话138****5678" in each for each in phone.groups)
    assert not any("13812345678" in each for each in phone.groups)


async def test_parts_that_come_before_it_is_said_where_they_belong_wait_together(phone: Phone):
    await phone.file()
    await phone.show("p1", album="A")
    await phone.show("p2", album="A", caption="灯杆也歪了")
    await phone.press(f"补充到 {(await phone.appeal()).number}")
    await phone.show("p3", album="A")
    assert await brought(phone) == ["p1", "p2", "p3"]
    said = (await phone.rows(Utterance))[-1]
    assert said.text == "灯杆也歪了"


@pytest.mark.parametrize("submitted", [False, True])
async def test_an_edit_of_one_parts_caption_leaves_the_others(phone: Phone, *, submitted: bool):
    await told(phone, album="A")
    part = await phone.show("p2", album="A", caption="灯")
    await on_to_the_summary(phone)
    if submitted:
        await phone.press("提交")
    await phone.edit_picture(part, "p2", caption="灯杆", album="A")
    text = (await phone.appeal()).text if submitted else (await phone.draft()).text
    assert text == f"{SURE}\n灯杆"


async def test_a_caption_on_a_late_part_can_be_edited_too(phone: Phone):
    await told(phone, album="A")
    await on_to_the_summary(phone)
    await phone.press("提交")
    part = await phone.show("p2", album="A", caption="东门")
    await phone.edit_picture(part, "p2", caption="西门", album="A")
    assert (await phone.appeal()).text == f"{SURE}\n西门"
    assert "已经换成您改的" in phone.last.text
    assert any("群众改了说过的话" in each and "西门" in each for each in phone.groups)


async def test_words_put_under_a_picture_afterwards_are_taken(phone: Phone):
    await phone.say("/start")
    await phone.press("同意,开始说")
    picture = await phone.show("p1")
    await phone.edit_picture(picture, "p1", caption=SURE)
    assert (await phone.draft()).text == SURE


async def test_a_picture_put_in_the_place_of_another_before_the_submission_is_the_one_that_goes(phone: Phone):
    picture = await told(phone)
    await phone.edit_picture(picture, "q1", caption=SURE)
    await on_to_the_summary(phone)
    await phone.press("提交")
    assert await brought(phone) == ["q1"]


async def test_a_picture_put_in_the_place_of_another_after_the_submission_is_shown_beside_it(phone: Phone):
    picture = await told(phone)
    await on_to_the_summary(phone)
    await phone.press("提交")
    await phone.edit_picture(picture, "q1", caption=SURE)
    assert "已经换成您改的" in phone.last.text
    assert phone.brought == [["p1"], ["q1"]]


async def test_an_edit_that_waits_for_its_place_is_answered(phone: Phone):
    await phone.file()
    picture = await phone.show("p1", caption="灯杆也歪了")
    await phone.edit_picture(picture, "q1", caption="灯杆倒了")
    assert "也记下了" in phone.last.text
    await phone.press(f"补充到 {(await phone.appeal()).number}")
    assert await brought(phone) == ["q1"]
    assert (await phone.rows(Utterance))[-1].text == "灯杆倒了"


async def test_an_edit_of_a_closed_matter_is_answered(phone: Phone):
    picture = await told(phone)
    await on_to_the_summary(phone)
    await phone.press("提交")
    await phone.press("撤回")
    await phone.press("不想办了")
    await phone.edit_picture(picture, "q1", caption=SURE)
    assert "还是原来的样子" in phone.last.text
    assert await brought(phone) == ["p1"]


async def test_a_venue_that_is_added_is_shown_without_the_number_in_its_name(phone: Phone):
    appeal = await phone.file()
    point = {"latitude": 36.1, "longitude": 117.1}
    venue = {"location": point, "title": "老王13812345678", "address": "桃园镇"}
    await phone.send(venue=venue, location=point)
    await phone.press(f"补充到 {appeal.number}")
    assert "老王138****5678 桃园镇" in phone.groups
    assert not any("13812345678" in each for each in phone.groups)


async def test_a_long_supplement_reaches_the_unit_whole(phone: Phone):
    appeal = await phone.file()
    await phone.press("补充")
    await phone.say("灯" * 4090 + "完了")
    pieces = [each for each in phone.groups if "灯灯" in each]
    assert "".join(pieces).count("灯") >= 4090
    assert pieces[-1].endswith("完了")
    assert all(len(each) <= 4096 for each in pieces)
    assert appeal.number in pieces[0]


async def test_a_caption_longer_than_a_caption_may_be_is_shown_whole(phone: Phone):
    await told(phone, album="A")
    await on_to_the_summary(phone)
    await phone.press("提交")
    await phone.show("p2", album="A", caption="灯" * 2000 + "完了")
    assert "".join(phone.groups).count("灯") >= 2000
    assert any(each.endswith("完了") for each in phone.groups)
    async with phone.database.reading() as session:
        said = await appeals.first_words(session, (await phone.appeal()).id)
    assert said is not None
    assert said.text.endswith("完了")
