"""What happens at the edges: colleagues' buttons, forged data, nothing left to say."""

import pytest

from storage.domain.statuses import Status
from storage.tables import Appeal
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, Group
from tests.bot.conversations.office.test_answering import preview


async def test_a_colleague_may_send_the_answer_and_the_writer_is_asked_no_more(group: Group):
    appeal_id = await group.claimed()
    await preview(group)
    await group.press("发出", by=HU)
    assert (await group.appeal(appeal_id)).status == Status.ANSWERED
    await group.say("还有一句。", to=group.wall[0])
    await group.press("现在发")
    assert group.phone[-1].startswith("城市管理局:\n还有一句。")


async def test_an_answer_too_long_for_one_message_is_not_cut(group: Group):
    await group.claimed()
    await preview(group, "长" * 3501)
    assert "请分成两条" in group.wall[-1].text


async def test_an_answer_of_invisible_characters_is_none(group: Group):
    appeal_id = await group.claimed()
    await preview(group, "\u200b\u2060")
    assert await group.words(appeal_id) == []
    assert "发出" not in group.wall[-1].buttons


async def test_a_number_alone_leaves_nothing_to_send(group: Group):
    await group.claimed()
    await group.say("13812345678", to=group.wall[0])
    await group.press("去掉号码再发")
    assert group.toasts[-1] == "去掉号码就没有字了。请重新写一句。"
    await group.press("不发了")
    assert group.phone == []


@pytest.mark.parametrize("label", ["发给群众", "就在群里"])
async def test_a_settled_question_is_settled(group: Group, label: str):
    await group.claimed()
    await group.say("@urban_management_12 你去?", to=group.wall[0])
    asked = group.newest("就在群里")
    await group.press("就在群里", on=asked)
    await group.press(label, on=asked)
    assert group.toasts[-1] == "这条刚才已经办过了,请看最新的消息。"
    assert group.phone == []


@pytest.mark.parametrize(
    "data",
    ["o.result:1:made_up", "o.show:1:made_up", "o.return:1:made_up", "o.whose:1:made_up.power", "o.last:1:solved"],
)
async def test_a_forged_button_changes_nothing(group: Group, data: str):
    appeal_id = await group.claimed(phone="13812345678")
    before = [each.what for each in await group.history(appeal_id)]
    await group.press_data(data)
    assert [each.what for each in await group.history(appeal_id)] == before
    assert LI not in group.chats
    assert group.toasts[-1].startswith(("这一步现在办不了", "没有这个选项", "这一件还没有送到过的回复"))


async def test_a_buttons_words_are_judged_by_their_own_appeal(group: Group):
    appeal_id = await group.claimed()
    await group.say("明天下午去看。", to=group.wall[0])
    data = group.newest("现在发").buttons["现在发"]
    async with group.database.writing() as session:
        (await session.get_one(Appeal, appeal_id)).department = "education"
    await group.press_data(data)
    assert group.toasts[-1] == "只有教育局的工作人员能办这一件。要加人,请找管理员。"
    assert group.phone == []


async def test_what_a_citizen_missed_of_a_withdrawn_appeal_stays_unsaid(group: Group):
    appeal_id = await group.claimed()
    group.blocked.add(CITIZEN)
    await group.say("明天下午去看。", to=group.wall[0])
    await group.wait(seconds=16)
    async with group.database.writing() as session:
        (await session.get_one(Appeal, appeal_id)).status = Status.WITHDRAWN
    group.blocked.clear()
    await group.say("我回来了", by=CITIZEN, chat=CITIZEN)
    assert group.phone == []
    assert [each.state for each in await group.words(appeal_id)] == ["dropped"]


async def test_an_edit_too_long_stops_the_reply(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await group.say("短", to=card)
    await group.edit(said, "长" * 3501, to=card)
    await group.wait(seconds=60)
    assert group.phone == []
    assert "请分成两条" in group.newest("没有发给群众").text


async def test_the_citizens_copy_follows_an_edit_of_what_went(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await group.say("明天去。", to=card)
    await group.wait(seconds=16)
    await group.edit(said, "后天去。", to=card)
    await group.wait(seconds=16)
    assert "后天去。" in group.phone[-1]
    assert "改好了" in group.wall[-1].text


async def test_a_number_put_into_what_went_does_not_follow(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await group.say("明天去。", to=card)
    await group.wait(seconds=16)
    await group.edit(said, "明天去,打 13812345678。", to=card)
    assert "明天去。" in group.phone[-1]
    assert "没有改" in group.wall[-1].text


async def test_an_empty_note_is_no_note(group: Group):
    appeal_id = await group.claimed()
    await group.say("//", to=group.wall[0])
    assert await group.words(appeal_id) == []


async def test_a_late_appeal_says_how_late(group: Group):
    await group.claimed()
    group.now = group.now.replace(month=12, day=2)
    await group.say("抱歉,来晚了。", to=group.wall[0])
    group.blocked.add(CITIZEN)
    await group.wait(seconds=16)
    assert "答复:最迟 11月30日(周一),已经过期2个工作日" in group.wall[0].text
    assert group.chats[GROUP][group.wall[0].message_id].buttons
