"""The answer that ends the handling: looked at, sent once, given when it arrived."""

from datetime import timedelta

from storage.domain.statuses import Status
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, STRANGER, Group

ANSWER = "11月25日下午去看过,是灯头坏了,当晚换了新的。"
ANSWER_AS_READ = f"""城市管理局答复您了:

{ANSWER}

经办:市容科 07号
您反映的是:村小学东门的路灯坏了半个月,晚上老人摔过(LX-20261123-0001)"""


async def preview(group: Group, text: str = ANSWER, *, outcome: str = "已经解决") -> None:
    """Let 小李 write an answer, up to the look at it."""
    await group.press("答复办结")
    await group.press(outcome)
    await group.say(text, to=group.newest("请回复这一条"))


async def test_an_answer_is_looked_at_then_sent_then_given(group: Group):
    appeal_id = await group.claimed()
    await preview(group)
    shown = group.newest("发出")
    assert shown.text == f"将这样答复群众:\n\n{ANSWER}"
    assert list(shown.buttons) == ["发出", "再改改", "取消"]
    assert group.phone == []
    await group.press("发出")
    assert group.phone == [ANSWER_AS_READ]
    assert group.chats[GROUP][shown.message_id].text == "LX-20261123-0001 已答复,已送到。等群众评价。"
    card = group.wall[0]
    assert card.text.startswith("【已答复】LX-20261123-0001")
    assert list(card.buttons) == ["更多"]
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.answer, appeal.staff_outcome) == (Status.ANSWERED, ANSWER, "solved")
    assert (appeal.answer_pressed_at, appeal.answered_at) == (group.now, group.now)


async def test_the_outcomes_are_four(group: Group):
    await group.claimed()
    await group.press("答复办结")
    assert group.newest("办得怎么样").text == "LX-20261123-0001 办得怎么样?"
    assert list(group.newest("办得怎么样").buttons) == ["已经解决", "已解释清楚", "列入计划", "办不了", "取消"]
    await group.press("办不了")
    assert "依据哪条规定" in group.wall[-1].text


async def test_send_pressed_twice_sends_once(group: Group):
    await group.claimed()
    await preview(group)
    shown = group.newest("发出")
    await group.press("发出", on=shown)
    await group.press("发出", on=shown, by=HU)
    assert len(group.phone) == 1
    assert group.toasts[-1] == "这一步刚才已经办过了,现在是:已答复待评价。"


async def test_the_second_to_compose_is_told(group: Group):
    await group.claimed()
    await group.press("答复办结")
    await group.press("答复办结", on=group.wall[0], by=HU)
    assert group.toasts[-1].startswith("同事正在写这一件的答复")
    await group.press("取消")
    await group.press("答复办结", on=group.wall[0], by=HU)
    assert len([each for each in group.toasts if each.startswith("同事正在写")]) == 1
    assert group.wall[-1].text == "LX-20261123-0001 办得怎么样?"


async def test_a_colleague_does_not_wait_for_ever(group: Group):
    await group.claimed()
    await group.press("答复办结")
    group.now += timedelta(minutes=31)
    toasts = len(group.toasts)
    await group.press("答复办结", on=group.wall[0], by=HU)
    assert len(group.toasts) == toasts


async def test_only_the_writer_cancels_the_writing(group: Group):
    await group.claimed()
    await group.press("答复办结")
    await group.press("取消", by=HU)
    assert group.toasts[-1] == "这是同事在写的,请让他自己点。"


async def test_an_answer_can_be_written_anew(group: Group):
    await group.claimed()
    await preview(group, "修好")
    old = group.newest("发出").buttons["发出"]
    await group.press("再改改")
    await group.say(ANSWER, to=group.newest("请回复这一条"))
    await group.press_data(old)
    assert group.phone == []
    await group.press("发出")
    assert group.phone == [ANSWER_AS_READ]


async def test_a_cancelled_answer_goes_nowhere(group: Group):
    appeal_id = await group.claimed()
    await preview(group)
    old = group.newest("发出").buttons["发出"]
    await group.press("取消", on=group.newest("发出"))
    await group.press_data(old)
    assert group.phone == []
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS
    assert group.wall[-1].text.startswith("好,先不办这一步")


async def test_a_private_number_in_an_answer_is_pointed_out(group: Group):
    await group.claimed()
    await preview(group, "请打13812345678")
    assert "发出前请再看看" in group.newest("发出").text


async def test_the_last_reply_can_be_the_answer(group: Group):
    await group.claimed()
    await group.press("答复办结")
    await group.press("已经解决")
    assert "用上一条回复" not in group.wall[-1].buttons
    await group.press("取消")
    await group.say("灯头坏了,今天上午已经换好,试过亮了。", to=group.wall[0])
    await group.press("现在发")
    await group.press("答复办结")
    await group.press("已经解决")
    await group.press("用上一条回复")
    await group.press("发出")
    assert group.phone[-1].startswith("城市管理局答复您了:\n\n灯头坏了,今天上午已经换好,试过亮了。")


async def test_an_unclaimed_or_answered_appeal_takes_no_answer(group: Group):
    appeal_id = await group.file()
    await group.press_data(f"o.answer:{appeal_id}")
    assert group.toasts[-1] == "这一步刚才已经办过了,现在是:待签收。"


async def test_strangers_neither_write_nor_send(group: Group):
    await group.claimed()
    await group.press("答复办结", by=STRANGER)
    await preview(group)
    await group.press("发出", by=STRANGER)
    assert group.phone == []


async def test_an_answer_that_does_not_arrive_is_none(group: Group):
    appeal_id = await group.claimed(phone="13812345678")
    group.blocked.add(CITIZEN)
    await preview(group)
    await group.press("发出")
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.last_reply, appeal.answered_at) == (Status.IN_PROGRESS, "undelivered", None)
    told = group.newest("【没送到】")
    assert told.text.startswith(
        "【没送到】LX-20261123-0001\n您的答复没有送到:对方停用了机器人,或者拉黑了。\n"
        "这条不算已答复,时间照常算。最迟 11月30日(周一)。\n"
    )
    assert list(told.buttons) == ["看联系方式", "已电话告知", "联系不上"]
    assert "上次答复:没送到" in group.wall[0].text


async def test_without_a_phone_the_unit_is_told_that_the_answer_waits(group: Group):
    await group.claimed()
    group.blocked.add(CITIZEN)
    await preview(group)
    await group.press("发出")
    told = group.newest("【没送到】")
    assert "对方也没有留电话" in told.text
    assert list(told.buttons) == ["联系不上"]


async def test_who_comes_back_reads_what_they_missed(group: Group):
    appeal_id = await group.claimed()
    group.blocked.add(CITIZEN)
    await group.say("明天去看。", to=group.wall[0])
    await group.wait(seconds=16)
    await preview(group)
    await group.press("发出")
    group.blocked.clear()
    await group.say("我回来了", by=CITIZEN, chat=CITIZEN)
    assert group.phone[0].startswith("城市管理局:\n明天去看。")
    assert group.phone[1] == ANSWER_AS_READ.replace("城市管理局答复您了:", "您回来了。您不在的时候,城市管理局答复过您:")
    assert (await group.appeal(appeal_id)).status == Status.ANSWERED
    assert group.newest("LX-20261123-0001的答复,刚才补发到了。")
    assert "没送到" not in group.wall[0].text


async def test_unblocking_alone_brings_it_too(group: Group):
    await group.claimed()
    await _membership(group, "member", "kicked")
    group.blocked.add(CITIZEN)
    await preview(group)
    await group.press("发出")
    group.blocked.clear()
    await _membership(group, "kicked", "member")
    assert len(group.phone) == 1


async def test_an_old_answer_does_not_come_after_a_newer_one(group: Group):
    await group.claimed()
    group.blocked.add(CITIZEN)
    await preview(group, "旧的答复,写得很长很长。")
    await group.press("发出")
    await preview(group)
    await group.press("发出")
    group.blocked.clear()
    await group.say("我回来了", by=CITIZEN, chat=CITIZEN)
    assert len(group.phone) == 1
    assert ANSWER in group.phone[0]


async def test_what_is_written_in_the_group_brings_nobody_back(group: Group):
    await group.claimed(phone="13812345678")
    group.blocked.add(LI)
    await group.press("更多")
    await group.press("看联系方式")
    await group.press("上门")
    assert "电话没能发到您的私聊" in group.wall[-1].text
    await group.press("更多")
    await group.press("看联系方式")
    await group.press("上门")
    assert group.toasts[-1].startswith("我还不能给您发私聊")


async def _membership(group: Group, old: str, new: str) -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "连心"}
    statuses = [
        {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})} for status in (old, new)
    ]
    change = {
        "chat": {"id": CITIZEN, "type": "private"},
        "from": {"id": CITIZEN, "is_bot": False, "first_name": "群众"},
        "date": 1,
        "old_chat_member": statuses[0],
        "new_chat_member": statuses[1],
    }
    await group.update(my_chat_member=change)
