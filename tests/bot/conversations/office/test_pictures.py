"""What staff send and edit beside plain words: albums whose parts come late, captions, notes, withdrawals."""

import pytest

from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, Group, Shown

COLLEAGUE = "urban_management_12"
SIGNED = "经办:市容科 07号\n直接回复这条,就能跟他们说。"


def on_the_phone(group: Group) -> list[Shown]:
    """What stands in the citizen's chat of the unit's own."""
    return [each for each in group.chats.get(CITIZEN, {}).values() if each.role in {"relay", "answer"}]


def files(group: Group) -> list[str]:
    return [file for each in on_the_phone(group) for file in each.files]


async def album(group: Group, card: Shown, *captions: str, name: str = "A") -> list[int]:
    return [await group.show(f"p{n}", to=card, caption=each, album=name) for n, each in enumerate(captions, start=1)]


async def test_parts_that_come_while_the_first_waits_go_with_it(group: Group):
    await group.claimed()
    await album(group, group.wall[0], "换好了", "", "")
    assert on_the_phone(group) == []
    await group.wait(seconds=16)
    [shown] = on_the_phone(group)
    assert shown.files == ["p1", "p2", "p3"]
    assert shown.text == f"城市管理局:\n换好了\n\n{SIGNED}"


async def test_a_caption_on_the_last_part_goes_out_too(group: Group):
    await group.claimed()
    await album(group, group.wall[0], "换好了", "", "灯杆也扶正了")
    await group.wait(seconds=16)
    assert "换好了\n灯杆也扶正了" in on_the_phone(group)[0].text


async def test_a_number_under_the_last_part_stops_the_whole_album(group: Group):
    await group.claimed()
    await album(group, group.wall[0], "换好了", "师傅电话13812345678")
    await group.wait(seconds=16)
    assert on_the_phone(group) == []
    await group.press("去掉号码再发")
    [shown] = on_the_phone(group)
    assert (shown.files, "13812345678" in shown.text) == (["p1", "p2"], False)


async def test_an_album_that_names_a_colleague_stays_inside_with_all_its_parts(group: Group):
    await group.claimed()
    await album(group, group.wall[0], f"@{COLLEAGUE} 你去看看", "", "")
    await group.wait(seconds=60)
    assert on_the_phone(group) == []
    await group.press("发给群众")
    assert files(group) == ["p1", "p2", "p3"]


async def test_a_colleague_named_under_a_later_part_stops_what_was_on_its_way(group: Group):
    await group.claimed()
    await album(group, group.wall[0], "换好了", f"@{COLLEAGUE} 你去看看")
    await group.wait(seconds=60)
    assert on_the_phone(group) == []
    assert group.newest("这句里提到了同事").buttons


async def test_an_album_in_answer_to_a_colleague_stays_inside(group: Group):
    await group.claimed()
    said = await group.say("我去看", to=group.wall[0], by=HU)
    await group.press("不发了", by=HU)
    await album(group, Shown(said, "", {}), "我也去", "")
    await group.wait(seconds=60)
    assert on_the_phone(group) == []


async def test_an_album_marked_as_a_note_stays_inside_with_all_its_parts(group: Group):
    appeal_id = await group.claimed()
    await album(group, group.wall[0], "// 现场照片", "", "说明")
    await group.wait(seconds=60)
    assert on_the_phone(group) == []
    [note] = await group.words(appeal_id)
    assert (note.direction, note.text) == ("note", "现场照片\n说明")


async def test_a_later_part_marked_as_a_note_keeps_the_album_inside(group: Group):
    appeal_id = await group.claimed()
    await album(group, group.wall[0], "换好了", "// 先别发")
    await group.wait(seconds=60)
    assert on_the_phone(group) == []
    [note] = await group.words(appeal_id)
    assert note.direction == "note"
    assert group.chats[GROUP][note.source_message or 0].reactions == []


async def test_a_picture_with_nothing_but_a_notes_mark_stays_inside(group: Group):
    await group.claimed()
    await album(group, group.wall[0], "//", "")
    await group.wait(seconds=60)
    assert on_the_phone(group) == []


async def test_a_part_that_comes_after_do_not_send_is_not_sent(group: Group):
    await group.claimed()
    card = group.wall[0]
    await group.show("p1", to=card, caption="不对", album="A")
    await group.press("不发了")
    await group.show("p2", to=card, album="A")
    await group.wait(seconds=60)
    assert on_the_phone(group) == []


@pytest.mark.parametrize("pressed", [True, False])
async def test_a_part_that_comes_after_the_first_has_gone_goes_after_it(group: Group, *, pressed: bool):
    await group.claimed()
    card = group.wall[0]
    await group.show("p1", to=card, caption="换好了", album="A")
    if pressed:
        await group.press("现在发")
    else:
        await group.wait(seconds=16)
    await group.show("p2", album="A")
    await group.show("p3", album="A")
    await group.wait(seconds=16)
    assert files(group) == ["p1", "p2", "p3"]
    assert on_the_phone(group)[1].text.startswith("城市管理局发来照片2张。")


async def test_captions_too_long_together_are_not_sent_and_it_is_said(group: Group):
    await group.claimed()
    await album(group, group.wall[0], *["字" * 1000] * 4)
    await group.wait(seconds=16)
    assert on_the_phone(group) == []
    assert group.newest("这条太长,没有发给群众。")


async def test_words_too_long_for_a_caption_go_first_and_the_picture_as_a_reply_to_them(group: Group):
    await group.claimed()
    await group.show("p1", to=group.wall[0], caption="字" * 1024)
    await group.wait(seconds=16)
    words, picture = on_the_phone(group)
    assert "字" * 1024 in words.text
    assert (picture.files, picture.text, picture.answers) == (["p1"], "", words.message_id)


async def asked_for_an_answer(group: Group) -> Shown:
    await group.claimed()
    await group.press("答复办结")
    await group.press("已经解决")
    return group.newest("请写答复")


async def test_an_album_without_a_word_is_asked_for_words_once(group: Group):
    asked = await asked_for_an_answer(group)
    before = len(group.wall)
    await album(group, asked, "", "", "")
    assert len(group.wall) == before + 1
    await group.say("昨天换了灯头,晚上试过,亮了。", to=asked)
    await group.press("发出")
    [shown] = on_the_phone(group)
    assert shown.files == ["p1", "p2", "p3"]


async def test_words_of_one_album_belong_together_and_an_edit_of_one_part_follows(group: Group):
    asked = await asked_for_an_answer(group)
    first, second = await album(group, asked, "昨天换了灯头,", "晚上试过,亮了。")
    await group.edit(first, "昨晚换了灯头,", to=asked, file="p1", album="A")
    assert group.newest("答复还没发出。")
    await group.press("发出", on=group.newest("将这样答复群众"))
    await group.edit(second, "夜里试过,亮了。", to=asked, file="p2", album="A")
    assert "昨天换了灯头,\n夜里试过,亮了。" in on_the_phone(group)[0].text


async def test_written_again_an_answer_keeps_its_pictures(group: Group):
    asked = await asked_for_an_answer(group)
    await album(group, asked, "换了")
    await group.press("再改改")
    await group.say("昨天换了灯头,晚上试过,亮了。", to=group.newest("请写答复"))
    assert "附件:照片1张" in group.newest("发出").text
    await group.press("发出")
    assert files(group) == ["p1"]


async def test_the_last_reply_taken_as_the_answer_is_one_with_words(group: Group):
    await group.claimed()
    card = group.wall[0]
    await group.say("昨天换了灯头。", to=card)
    await group.press("现在发")
    await group.show("p1", to=card)
    await group.press("现在发")
    await group.press("答复办结")
    await group.press("已经解决")
    await group.press("用上一条回复")
    assert "昨天换了灯头。" in group.newest("发出").text
