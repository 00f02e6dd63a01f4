"""What staff write reaches the citizen only if it was meant to."""

from datetime import timedelta

import pytest

from storage.domain.statuses import Status
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, STRANGER, Group, Shown

RELAYED = "城市管理局:\n明天下午去看。\n\n经办:市容科 07号\n直接回复这条,就能跟他们说。"


async def test_a_reply_waits_and_then_reaches_the_citizen(group: Group):
    appeal_id = await group.claimed()
    said = await group.say("明天下午去看。", to=group.wall[0])
    assert group.phone == []
    prompt = group.newest("15 秒后发给群众。")
    assert (prompt.answers, list(prompt.buttons)) == (said, ["现在发", "不发了", "改成群内备注"])
    assert group.chats[GROUP][said].reactions == ["👀"]
    await group.wait(seconds=16)
    assert group.phone == [RELAYED]
    assert group.chats[GROUP][said].reactions == ["👍"]
    assert group.chats[GROUP][prompt.message_id].text == "已送到。"
    assert (await group.appeal(appeal_id)).contacted_at == group.now


async def test_an_ordinary_reply_costs_two_calls_in_the_group(group: Group):
    await group.claimed()
    group.calls.clear()
    await group.say("明天下午去看。", to=group.wall[0])
    await group.wait(seconds=16)
    assert group.calls.count(f"sendMessage {GROUP}") + group.calls.count(f"editMessageText {GROUP}") == 2


async def test_send_now_does_not_wait(group: Group):
    await group.claimed()
    await group.say("明天下午去看。", to=group.wall[0])
    await group.press("现在发")
    assert group.phone == [RELAYED]
    await group.wait(seconds=60)
    assert group.phone == [RELAYED]


async def test_what_is_taken_back_never_goes_out(group: Group):
    appeal_id = await group.claimed()
    said = await group.say("算了", to=group.wall[0])
    await group.press("不发了", by=HU)
    await group.wait(seconds=60)
    assert group.phone == []
    assert group.newest("没有发给群众。").buttons == {}
    assert group.chats[GROUP][said].reactions == []
    assert [each.state for each in await group.words(appeal_id)] == ["dropped"]


async def test_what_became_a_note_never_goes_out(group: Group):
    appeal_id = await group.claimed()
    await group.say("先看看材料", to=group.wall[0])
    await group.press("改成群内备注")
    await group.wait(seconds=60)
    assert group.phone == []
    (words,) = await group.words(appeal_id)
    assert (words.direction, words.state) == ("note", "kept")


async def test_what_went_cannot_be_taken_back(group: Group):
    await group.claimed()
    await group.say("明天下午去看。", to=group.wall[0])
    prompt = group.newest("不发了")
    await group.wait(seconds=16)
    await group.press("不发了", on=prompt)
    await group.press("改成群内备注", on=prompt)
    assert group.toasts[-2:] == ["这条已经发出去了,收不回来。"] * 2
    assert group.phone == [RELAYED]


@pytest.mark.parametrize("mark", ["//", "// ", "\uff0f\uff0f"])
async def test_a_note_stays_in_the_group(group: Group, mark: str):
    appeal_id = await group.claimed()
    await group.say(f"{mark}谁有梯子", to=group.wall[0])
    await group.wait(seconds=60)
    assert group.phone == []
    assert group.newest("记下了,只在群里。").buttons == {}
    assert [(each.direction, each.text) for each in await group.words(appeal_id)] == [("note", "谁有梯子")]


async def test_chatter_is_nobodys_business(group: Group):
    appeal_id = await group.claimed()
    before = len(group.wall)
    said = await group.say("中午吃什么")
    await group.say("面条", by=HU, to=group.chats[GROUP].get(said) or _unseen(said))
    await group.wait(seconds=60)
    assert (len(group.wall), group.phone, await group.words(appeal_id)) == (before, [], [])


@pytest.mark.parametrize("name", ["@urban_management_12", "@Urban_Management_12"])
async def test_a_colleague_named_keeps_it_inside_until_somebody_says_otherwise(group: Group, name: str):
    await group.claimed()
    await group.say(f"{name} 你去看看?", to=group.wall[0])
    await group.wait(seconds=60)
    assert group.phone == []
    assert list(group.newest("这句里提到了同事,没有发给群众。").buttons) == ["发给群众", "就在群里"]
    await group.press("发给群众")
    assert "你去看看?" in group.phone[0]


async def test_a_colleague_without_a_username_counts_too(group: Group):
    await group.claimed()
    mention = {
        "type": "text_mention",
        "offset": 0,
        "length": 2,
        "user": {"id": HU, "is_bot": False, "first_name": "老胡"},
    }
    await group.say("老胡 你去看看?", to=group.wall[0], entities=[mention])
    await group.wait(seconds=60)
    assert group.phone == []
    await group.press("就在群里")
    assert group.newest("记下了,只在群里。").buttons == {}


async def test_an_answer_to_a_colleagues_words_stays_inside(group: Group):
    await group.claimed()
    said = await group.say("// 谁有梯子", to=group.wall[0])
    await group.say("我有", by=HU, to=_unseen(said))
    await group.wait(seconds=60)
    assert group.phone == []
    assert "没有发给群众。" in group.newest("就在群里").text


async def test_a_private_number_stops_a_reply(group: Group):
    await group.claimed()
    await group.say("请打13812345678找我", to=group.wall[0])
    await group.wait(seconds=60)
    assert group.phone == []
    assert list(group.newest("这句里有电话或证件号,没有发出去。").buttons) == ["去掉号码再发", "原样发给群众", "不发了"]
    await group.press("去掉号码再发")
    assert len(group.phone) == 1
    assert "13812345678" not in group.phone[0]


async def test_sending_a_number_as_it_is_is_remembered(group: Group):
    appeal_id = await group.claimed()
    await group.say("请打13812345678找我", to=group.wall[0])
    prompt = group.newest("原样发给群众")
    await group.press("原样发给群众")
    await group.press("原样发给群众", on=prompt)
    assert len(group.phone) == 1
    assert "13812345678" in group.phone[0]
    assert [each.what for each in await group.history(appeal_id)].count("numbers_sent") == 1


async def test_a_named_colleague_and_a_number_are_two_questions(group: Group):
    await group.claimed()
    await group.say("@urban_management_12 打13812345678", to=group.wall[0])
    await group.press("发给群众")
    assert group.phone == []
    assert list(group.newest("原样发给群众").buttons) == ["去掉号码再发", "原样发给群众", "不发了"]


async def test_replying_to_an_unclaimed_card_signs_for_it(group: Group):
    appeal_id = await group.file()
    await group.say("明天下午去看。", by=HU, to=group.wall[0])
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS
    assert "承办:老胡" in group.wall[0].text


async def test_a_note_on_an_unclaimed_card_signs_for_nothing(group: Group):
    appeal_id = await group.file()
    await group.say("// 这是谁的", to=group.wall[0])
    await group.say("@urban_management_12 你的?", to=group.wall[0])
    assert (await group.appeal(appeal_id)).status == Status.DISPATCHED


async def test_strangers_are_told_once_and_nothing_goes_out(group: Group):
    await group.claimed()
    await group.say("我替他们说一句", by=STRANGER, to=group.wall[0])
    await group.wait(seconds=60)
    assert group.phone == []
    assert group.wall[-1].text == "只有城市管理局的工作人员能办这一件。要加人,请找管理员。"


async def test_an_edit_replaces_what_is_still_held(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await group.say("改之前", to=card)
    await group.edit(said, "改之后", to=card)
    await group.wait(seconds=16)
    assert len(group.phone) == 1
    assert "改之后" in group.phone[0]


async def test_an_edit_into_a_note_stays_inside(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await group.say("改之前", to=card)
    await group.edit(said, "// 改成备注", to=card)
    await group.wait(seconds=60)
    assert group.phone == []
    assert group.newest("记下了,只在群里。").buttons == {}


async def test_a_command_is_no_reply_to_the_citizen(group: Group):
    await group.claimed()
    await group.say("/todo", to=group.wall[0])
    await group.wait(seconds=60)
    assert group.phone == []


async def test_words_too_long_for_one_message_are_not_cut_silently(group: Group):
    await group.claimed()
    await group.say("长" * 3501, to=group.wall[0])
    await group.wait(seconds=60)
    assert group.phone == []
    assert "请分成两条" in group.wall[-1].text


async def test_a_die_is_not_swallowed_silently(group: Group):
    await group.claimed()
    message = group._message(9000, LI, GROUP) | {"dice": {"emoji": "\N{GAME DIE}", "value": 3}}
    await group.update(message=message | {"reply_to_message": group._message(group.wall[0].message_id, 1, GROUP)})
    assert "这一种转不了" in group.wall[-1].text


async def test_a_reply_in_a_topic_is_told_from_the_topics_first_message(group: Group):
    await group.claimed()
    card = group.wall[0]
    await group.say("只是说说", to=card, is_topic_message=True, message_thread_id=card.message_id)
    await group.wait(seconds=60)
    assert group.phone == []


async def test_a_card_whose_id_nobody_recorded_is_known_by_its_buttons(group: Group):
    await group.claimed()
    keyboard = [[{"text": "答复办结", "callback_data": group.wall[0].buttons["答复办结"]}]]
    target = group._message(7777, 1, GROUP) | {"reply_markup": {"inline_keyboard": keyboard}}
    await group.update(message=group._message(9001, LI, GROUP) | {"text": "明天下午去看。", "reply_to_message": target})
    await group.wait(seconds=16)
    assert group.phone == [RELAYED]


async def test_nothing_goes_to_a_citizen_who_withdrew(group: Group):
    appeal_id = await group.claimed()
    async with group.database.writing() as session:
        (await session.get_one(type(await group.appeal(appeal_id)), appeal_id)).status = Status.WITHDRAWN
    await group.say("还在吗", to=group.wall[0])
    await group.wait(seconds=60)
    assert group.phone == []
    assert "已撤回" in group.wall[-1].text


async def test_words_reach_the_citizen_until_thirty_days_after_the_closing(group: Group):
    appeal_id = await group.claimed()
    async with group.database.writing() as session:
        appeal = await session.get_one(type(await group.appeal(appeal_id)), appeal_id)
        appeal.status, appeal.closed_at = Status.CLOSED, group.now - timedelta(days=29)
    await group.say("后来怎么样?", to=group.wall[0])
    await group.wait(seconds=16)
    assert len(group.phone) == 1
    group.now += timedelta(days=2)
    await group.say("还好吗?", to=group.wall[0])
    await group.wait(seconds=16)
    assert len(group.phone) == 1


async def test_the_first_word_has_its_own_form(group: Group):
    await group.claimed()
    await group.press("先联系一下")
    await group.say("明天下午去看。", to=group.newest("先跟群众说一句什么"))
    await group.wait(seconds=16)
    assert group.phone == ["城市管理局:您反映的事我们接手了,明天下午去看。\n直接回复这条,就能跟他们说。"]


@pytest.mark.parametrize("label", ["先联系一下", "请补充"])
async def test_chatter_of_somebody_who_was_asked_for_a_word_stays_in_the_group(group: Group, label: str):
    appeal_id = await group.claimed()
    await group.press(label)
    await group.say("中午吃什么?")
    await group.wait(seconds=16)
    assert group.phone == []
    assert await group.words(appeal_id) == []


async def test_who_is_asked_for_one_appeal_can_still_reply_about_another(group: Group):
    await group.claimed()
    first = group.wall[0]
    await group.claimed()
    await group.press("先联系一下", on=first)
    await group.say("另一件,明天去。", to=group.wall[1])
    await group.wait(seconds=16)
    assert group.phone == ["城市管理局:\n另一件,明天去。\n\n经办:市容科 07号\n直接回复这条,就能跟他们说。"]


async def test_the_citizens_words_come_under_the_card_and_can_be_answered(group: Group):
    await group.claimed()
    card = group.wall[0]
    await group.say("明天下午去看。", to=card)
    await group.press("现在发")
    relay = group.newest("明天下午去看。", chat=CITIZEN)
    await group.say("好,我电话13812345678", by=CITIZEN, chat=CITIZEN, to=relay)
    supplement = group.newest("群众补充")
    assert supplement.text == "LX-20261123-0001 群众补充:\n好,我电话138****5678"
    assert supplement.answers == card.message_id
    await group.say("收到", by=HU, to=supplement)
    await group.press("现在发")
    assert any("收到\n\n经办:市容科 12号" in each for each in group.phone)


def _unseen(message_id: int) -> Shown:
    return Shown(message_id, "", {})


async def test_a_prompt_whose_id_nobody_recorded_still_takes_the_answer(group: Group):
    await group.claimed()
    await group.press("答复办结")
    await group.press("已经解决")
    keyboard = [[{"text": "取消", "callback_data": group.wall[-1].buttons["取消"]}]]
    target = group._message(7778, 1, GROUP) | {"reply_markup": {"inline_keyboard": keyboard}}
    words = "昨天下午换了灯头,晚上试过,已经亮了。"
    await group.update(message=group._message(9002, LI, GROUP) | {"text": words, "reply_to_message": target})
    assert words in group.wall[-1].text
    assert "发出" in group.wall[-1].buttons
