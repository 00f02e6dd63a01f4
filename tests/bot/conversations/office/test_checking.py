"""An answer is looked at before it goes; a suggestion's says whether it is adopted; a no waits for a supervisor."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services import withdrawing
from bot.services.binding import Purpose, Role, bind, employ
from storage.domain.statuses import Status
from storage.repositories import people
from storage.tables import Appeal, Approval
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, STRANGER, Group
from tests.bot.conversations.office.test_answering import ANSWER, preview

NUMBER = "LX-20261123-0001"
SUPERVISORS, WANG = -9000, 9101
NO = "按照供电规定,院内线路由产权人自己维修,您可以找物业或者社区。"


@pytest.fixture
async def watched(group: Group) -> Group:
    """The unit, and supervisors with a group of their own."""
    async with group.database.writing() as session:
        here = {"platform": "telegram", "bot": 1}
        await bind(session, **here, chat_id=SUPERVISORS, purpose=Purpose.SUPERVISION, title="监督群", now=group.now)
        person = await people.meet(session, **here, user_id=WANG, username=None, now=group.now)
        await employ(session, person_id=person.id, role=Role.SUPERVISOR, name="王监督", now=group.now)
    return group


async def test_a_short_answer_is_asked_about_and_goes_when_it_is_meant(group: Group):
    appeal_id = await group.claimed()
    await preview(group, "灯换好了。")
    await group.press("发出")
    asked = group.newest("就这样发")
    assert asked.text == "这句只有4个字,群众可能看不明白。\n请写明:做了什么、结果怎样、以后找谁。"
    assert list(asked.buttons) == ["再改改", "就这样发"]
    assert group.phone == []
    await group.press("就这样发", by=HU)
    assert "灯换好了。" in group.phone[0]
    (kept,) = [each for each in await group.history(appeal_id) if each.what == "answer_override"]
    assert kept.details["check"] == "short"


async def test_a_short_answer_can_be_written_anew(group: Group):
    await group.claimed()
    await preview(group, "灯换好了。")
    await group.press("发出")
    await group.press("再改改")
    await group.say(ANSWER, to=group.newest("请回复这一条"))
    await group.press("发出")
    assert len(group.phone) == 1
    assert ANSWER in group.phone[0]


async def test_an_unfinished_answer_is_asked_about_with_the_ways_to_go_on(group: Group):
    await group.claimed()
    await preview(group, "您反映的路灯问题我们正在处理,感谢您的理解。")
    await group.press("发出")
    asked = group.newest("已经办完,照发")
    assert asked.text == ("这句写的是「正在处理」,事情好像还没办完。\n没办完请用「先联系一下」或「列入计划」。")
    assert list(asked.buttons)[:3] == ["先联系一下", "列入计划", "已经办完,照发"]
    assert group.phone == []
    await group.press("先联系一下", on=asked)
    await group.say("明天下午去看。", to=group.newest("先跟群众说一句"))
    await group.wait(seconds=20)
    assert [each.split("\n")[0] for each in group.phone] == ["城市管理局:您反映的事我们接手了,明天下午去看。"]


async def test_what_is_done_all_the_same_goes(group: Group):
    await group.claimed()
    await preview(group, "我们到场时对方正在施工,已当场要求停工并立案。")
    await group.press("发出")
    await group.press("已经办完,照发")
    assert len(group.phone) == 1


async def test_a_third_persons_number_is_cut_or_sent_as_it_is(group: Group):
    await group.claimed(phone="13912345678")
    await preview(group, f"{ANSWER}有事找王师傅13812345678,打过您的13912345678。")
    await group.press("发出")
    asked = group.newest("去掉号码再发")
    assert asked.text.startswith("这句里有电话或证件号,不是群众自己的")
    assert "138" not in asked.text
    await group.press("去掉号码再发")
    shown = group.newest("将这样答复群众")
    assert "138" not in shown.text
    await group.press("发出")
    assert "有事找王师傅,打过您的" in group.phone[0]


async def test_a_third_persons_number_may_be_meant(group: Group):
    appeal_id = await group.claimed()
    await preview(group, f"{ANSWER}有事找王师傅13812345678。")
    await group.press("发出")
    await group.press("原样发给群众")
    assert "13812345678" in group.phone[0]
    assert [each.details["check"] for each in await group.history(appeal_id) if each.what == "answer_override"] == [
        "numbers"
    ]


async def test_the_citizens_own_number_is_not_asked_about(group: Group):
    await group.claimed(phone="13812345678")
    await preview(group, f"{ANSWER}打过您的13812345678。")
    await group.press("发出")
    assert len(group.phone) == 1


async def test_strangers_and_forged_checks_override_nothing(group: Group):
    await group.claimed()
    await preview(group, "灯换好了。")
    await group.press("发出")
    data = group.newest("就这样发").buttons["就这样发"]
    await group.press_data(data, by=STRANGER)
    await group.press_data(data.replace("short", "all"))
    assert group.toasts[-1] == "没有这个选项。请看最新的卡片,重新点一下。"
    assert group.phone == []


async def test_a_suggestion_is_answered_with_what_becomes_of_it_and_why(group: Group):
    appeal_id = await group.claimed(kind="suggestion")
    await group.press("答复办结")
    asked = group.newest("采纳吗")
    assert (asked.text, list(asked.buttons)) == (
        f"{NUMBER} 这条建议采纳吗?",
        ["采纳", "部分采纳", "不采纳", "取消"],
    )
    await group.press("部分采纳")
    await group.say("路灯明年四月装十盏,绿地部分规划没有空间。", to=group.newest("请回复这一条"))
    words = "您的建议:部分采纳。\n路灯明年四月装十盏,绿地部分规划没有空间。"
    assert group.newest("发出").text == f"将这样答复群众:\n\n{words}"
    await group.press("发出")
    assert group.phone[0].startswith(f"城市管理局答复您了:\n\n{words}\n")
    assert (await group.appeal(appeal_id)).staff_outcome == "partly"


async def test_other_outcomes_do_not_fit_a_suggestion_nor_its_own_another_kind(group: Group):
    suggestion = await group.claimed(kind="suggestion")
    await group.press_data(f"o.result:{suggestion}:solved")
    assert group.toasts[-1] == "没有这个选项。请看最新的卡片,重新点一下。"
    other = await group.claimed()
    await group.press_data(f"o.result:{other}:adopted")
    assert group.toasts[-1] == "没有这个选项。请看最新的卡片,重新点一下。"


async def test_a_plan_is_no_answer_but_asked_of_supervisors(group: Group):
    appeal_id = await group.claimed()
    await group.press("答复办结")
    await group.press("列入计划")
    assert "为什么现在办不成" in group.wall[-1].text
    await group.press_data(f"o.result:{appeal_id}:planned")
    assert group.toasts[-1] == "没有这个选项。请看最新的卡片,重新点一下。"


async def a_no(watched: Group) -> int:
    """Let 小李 write that it cannot be done, up to sending it."""
    appeal_id = await watched.claimed()
    await preview(watched, NO, outcome="办不了")
    await watched.press("发出")
    return appeal_id


async def test_a_no_waits_for_a_supervisor(watched: Group):
    appeal_id = await a_no(watched)
    assert watched.phone == []
    assert watched.newest("等监督员审").text == f"{NUMBER}的答复等监督员审。"
    shown = watched.newest("等监督员审", chat=SUPERVISORS)
    assert NO in shown.text
    assert list(shown.buttons) == ["同意发出", "退回修改"]
    assert (await watched.appeal(appeal_id)).answer_pressed_at is None
    await watched.press("答复办结", on=watched.wall[0], by=HU)
    assert watched.toasts[-1] == "这一件的答复在等监督员审,请等他看完。"


async def test_agreed_to_it_goes_and_counts_from_the_units_press(watched: Group):
    appeal_id = await a_no(watched)
    pressed = watched.now
    watched.now += timedelta(hours=1)
    await watched.press("同意发出", by=WANG, chat=SUPERVISORS)
    assert NO in watched.phone[0]
    appeal = await watched.appeal(appeal_id)
    assert (appeal.status, appeal.staff_outcome) == (Status.ANSWERED, "impossible")
    assert (appeal.answer_pressed_at, appeal.answered_at) == (pressed, watched.now)
    assert watched.newest("等群众评价").text == f"{NUMBER} 已答复,已送到。等群众评价。"
    assert watched.newest("等监督员审", chat=SUPERVISORS).buttons == {}


async def test_sent_back_its_unit_mends_it(watched: Group):
    await a_no(watched)
    await watched.press("退回修改", by=WANG, chat=SUPERVISORS)
    asked = watched.newest("要改哪里?", chat=SUPERVISORS)
    assert asked.text == f"{NUMBER} 要改哪里?写一句,承办单位会看到。\n写的时候,请回复这一条。"
    assert "同意发出" in watched.newest("等监督员审", chat=SUPERVISORS).buttons
    await watched.say("写上物业的电话,别写13812345678", by=WANG, to=asked, chat=SUPERVISORS)
    told = watched.newest("再改改")
    assert told.text.startswith(
        f"{NUMBER}的答复监督员退回了,没有发给群众。\n监督员说:写上物业的电话,别写138****5678\n时间照常算,最迟"
    )
    left = watched.newest("等监督员审", chat=SUPERVISORS)
    assert left.text.endswith("没有同意(王监督):写上物业的电话,别写138****5678")
    assert left.buttons == {}
    assert watched.phone == []
    await watched.press("再改改")
    await watched.say(f"{NO}电话0000-12345。", to=watched.newest("请回复这一条"))
    await watched.press("发出")
    await watched.press("同意发出", by=WANG, chat=SUPERVISORS)
    assert "电话0000-12345" in watched.phone[0]


async def test_only_supervisors_say_why_it_goes_back_and_only_once(watched: Group):
    await a_no(watched)
    await watched.press("退回修改", by=WANG, chat=SUPERVISORS)
    asked = watched.newest("要改哪里?", chat=SUPERVISORS)
    await watched.say("太短", by=STRANGER, to=asked, chat=SUPERVISORS)
    await watched.say("长" * 1001, by=WANG, to=asked, chat=SUPERVISORS)
    assert "这句太长" in watched.newest("这句太长", chat=SUPERVISORS).text
    assert "同意发出" in watched.newest("同意发出", chat=SUPERVISORS).buttons
    await watched.press("同意发出", by=WANG, chat=SUPERVISORS)
    await watched.say("等一下", by=WANG, to=asked, chat=SUPERVISORS)
    assert len(watched.phone) >= 1
    assert not [each for each in watched.chats[GROUP].values() if "退回了" in each.text]


async def test_of_a_confidential_no_the_group_reads_nothing_and_one_supervisor_all_in_private(watched: Group):
    appeal_id = await a_no(watched)
    async with watched.database.writing() as session:
        (await session.get_one(Appeal, appeal_id)).confidential = True
        asked = (await session.execute(select(Approval.id))).scalar_one()
    await watched.press_data(f"s.aread:{asked}", by=WANG, chat=SUPERVISORS)
    (private,) = [each for each in watched.chats[WANG].values() if "写的:" in each.text]
    assert private.text == f"{NUMBER} 城市管理局写的:\n{NO}\n只供核查,不要转发。这次查看已记录。"
    assert [each.what for each in await watched.history(appeal_id)][-1] == "confidential_read"
    for by, chat in ((HU, SUPERVISORS), (WANG, GROUP)):
        await watched.press_data(f"s.aread:{asked}", by=by, chat=chat)
        assert "写的:" not in "".join(each.text for each in watched.chats.get(HU, {}).values())
    assert len([each for each in watched.chats[WANG].values() if "写的:" in each.text]) == 1


async def test_only_supervisors_let_it_go(watched: Group):
    await a_no(watched)
    data = watched.newest("同意发出", chat=SUPERVISORS).buttons["同意发出"]
    for by, chat in ((HU, SUPERVISORS), (WANG, GROUP), (STRANGER, SUPERVISORS)):
        await watched.press_data(data, by=by, chat=chat)
    assert watched.phone == []


async def test_one_that_was_moved_on_meanwhile_does_not_go(watched: Group):
    appeal_id = await a_no(watched)
    data = watched.newest("同意发出", chat=SUPERVISORS).buttons["同意发出"]
    await watched.moved(appeal_id, "education")
    await watched.press_data(data, by=WANG, chat=SUPERVISORS)
    assert watched.phone == []


async def test_one_that_was_withdrawn_meanwhile_does_not_go(watched: Group):
    appeal_id = await a_no(watched)
    data = watched.newest("同意发出", chat=SUPERVISORS).buttons["同意发出"]
    await watched.happens(
        lambda session, person: withdrawing.withdraw(
            session,
            appeal_id=appeal_id,
            person_id=person,
            reason=withdrawing.Reason.UNWANTED,
            now=watched.now,
            calendar=watched.house.calendar(watched.now),
        )
    )
    await watched.press_data(data, by=WANG, chat=SUPERVISORS)
    assert watched.phone == []


async def test_where_nobody_could_look_the_answer_stays_a_draft(group: Group):
    await group.claimed()
    await preview(group, NO, outcome="办不了")
    await group.press("发出")
    assert group.toasts[-1].startswith("办不了的答复要监督员先看,现在还没有监督群。")
    assert "发出" in group.newest("将这样答复群众").buttons


async def test_a_no_can_be_begun_from_the_list_of_rarer_acts(watched: Group):
    await watched.claimed()
    await watched.press("更多")
    await watched.press("办不了")
    prompt = watched.newest("请写明办不了的原因")
    assert "发出前由监督员看一遍" in prompt.text
    await watched.say(NO, to=prompt)
    assert NO in watched.newest("将这样答复群众").text


async def test_of_a_suggestion_the_same_button_asks_what_becomes_of_it(group: Group):
    await group.claimed(kind="suggestion")
    await group.press("更多")
    await group.press("办不了")
    assert "不采纳" in group.newest("采纳吗").buttons
    assert CITIZEN in group.chats
