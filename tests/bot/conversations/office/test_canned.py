"""Sentences a unit says often: kept, listed, removed, said to a citizen, and taken as an answer."""

from tests.bot.conversations.office.conftest import OTHER_UNIT, Group


async def test_a_kept_sentence_goes_the_way_of_a_normal_reply(group: Group):
    await group.claimed()
    await group.say("/t 已派人 = 已经派人去看了,今天给您回话。")
    assert group.wall[-1].text == "存好了:已派人。回复诉求卡,写 /t 已派人,就发给群众。"
    await group.say("/t 已派人", to=group.newest("答复办结"))
    assert list(group.newest("15 秒后发给群众").buttons) == ["现在发", "不发了", "改成群内备注"]
    assert group.phone == []
    await group.press("现在发")
    assert "已经派人去看了,今天给您回话。" in group.phone[-1]


async def test_a_sentence_can_be_taken_back_like_any_reply(group: Group):
    await group.claimed()
    await group.say("/t 已派人=已经派人去看了。")
    await group.say("/t 已派人", to=group.newest("答复办结"))
    await group.press("不发了")
    await group.wait(seconds=30)
    assert group.phone == []


async def test_without_a_card_replied_to_nothing_is_said(group: Group):
    await group.claimed()
    await group.say("/t 已派人=已经派人去看了。")
    await group.say("/t 已派人")
    assert group.wall[-1].text == "这样用:回复诉求卡,写 /t 和名字。"
    await group.wait(seconds=30)
    assert group.phone == []


async def test_sentences_are_listed_written_over_and_removed(group: Group):
    await group.say("/t")
    assert group.wall[-1].text == "还没有常用语。存一句:/t 名字 = 内容"
    await group.say("/t 甲 = 第一句")
    await group.say("/t 甲 = 第二句")
    await group.say("/t")
    assert "甲:第二句" in group.wall[-1].text
    assert "第一句" not in group.wall[-1].text
    await group.say("/t -甲")
    assert group.wall[-1].text == "删掉了:甲。"
    await group.say("/t 甲")
    assert group.wall[-1].text == "没有这句常用语。写 /t 看看有哪些。"


async def test_a_sentence_with_a_private_number_is_refused(group: Group):
    await group.say("/t 找人 = 请打 13812345678 找老王")
    assert group.wall[-1].text == "常用语里不能有电话或证件号,没有存。"
    await group.say("/t")
    assert "老王" not in group.wall[-1].text


async def test_a_sentence_without_a_name_or_far_too_long_is_refused(group: Group):
    for said in ("/t = 内容", f"/t {'长' * 13} = 内容", f"/t 甲 = {'长' * 1001}", "/t 甲 ="):
        await group.say(said)
        assert group.wall[-1].text.startswith("这样存:"), said


async def test_each_unit_has_its_own_sentences(group: Group):
    await group.say("/t 甲 = 城管的话")
    await group.say("/t", by=OTHER_UNIT, chat=-3001)
    assert group.newest("还没有常用语", chat=-3001)


async def test_a_sentence_can_be_the_answer_after_a_look_at_it(group: Group):
    appeal_id = await group.claimed()
    await group.say("/t 修好了 = 灯已经修好了,再坏请直接告诉我们。")
    await group.press("答复办结")
    await group.press("已经解决")
    await group.press("用常用语")
    assert list(group.newest("用哪一句").buttons) == ["修好了", "取消"]
    await group.press("修好了")
    assert "将这样答复群众:\n\n灯已经修好了" in group.newest("发出").text
    await group.press("发出")
    assert "灯已经修好了" in group.phone[-1]
    assert (await group.appeal(appeal_id)).staff_outcome == "solved"


async def test_a_unit_without_sentences_is_told_how_to_keep_one(group: Group):
    await group.claimed()
    await group.press("答复办结")
    await group.press("已经解决")
    await group.press("用常用语")
    assert group.toasts[-1].startswith("还没有常用语。")


async def test_another_units_sentence_is_no_answer(group: Group):
    appeal_id = await group.claimed()
    await group.say("/t 甲 = 教育局的话", by=OTHER_UNIT, chat=-3001)
    await group.press_data(f"o.phrase:{appeal_id}:solved.1")
    assert group.toasts[-1] == "没有这句常用语。写 /t 看看有哪些。"
    assert await group.words(appeal_id) == []
