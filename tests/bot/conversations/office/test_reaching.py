"""An answer that did not arrive: 已电话告知 counts as answered, 联系不上 stops the clock only with a supervisor."""

from datetime import timedelta

import pytest

from bot.services import approving
from bot.services.binding import Purpose, bind
from storage.domain.statuses import Status
from tests.bot.conversations.office.conftest import CITIZEN, HU, LI, OTHER_UNIT, STRANGER, Group
from tests.bot.conversations.office.test_answering import ANSWER, preview
from tests.bot.conversations.office.test_wishing import approvals

NUMBER = "LX-20261123-0001"
CALL = "今天上午十点打的,本人说灯亮了,电话13812345678"
TRIES = "23日打了三次,24日上门两次,都没有人"
PHONE = "13912345678"
SUPERVISION = -8100


async def lost(group: Group, **columns: object) -> int:
    """Let 小李 answer a citizen who has stopped the bot."""
    appeal_id = await group.claimed(**{"phone": PHONE, **columns})
    group.blocked.add(CITIZEN)
    await preview(group)
    await group.press("发出")
    return appeal_id


async def called(group: Group, text: str = CALL, *, by: int = LI) -> None:
    """Press 已电话告知 and write the sentence."""
    await group.press("已电话告知", by=by)
    await group.say(text, by=by, to=group.newest("什么时候打的"))


async def tried(group: Group, text: str = TRIES) -> None:
    """Press 联系不上 and write the sentence."""
    await group.press("联系不上", on=group.newest("【没送到】"))
    await group.say(text, to=group.newest("请写明联系过几次"))


async def agree(group: Group) -> None:
    """Let a supervisor agree to what waits."""
    house = group.house
    await group.happens(
        lambda session, person: approving.agree(
            session, 1, person_id=person, now=group.now, city=house.city, calendar=house.calendar(group.now)
        )
    )


async def comes_back(group: Group) -> None:
    """Let the citizen write again."""
    group.blocked.clear()
    await group.say("我回来了", by=CITIZEN, chat=CITIZEN)


async def test_the_unit_is_told_what_to_do_and_has_the_buttons_for_it(group: Group):
    await lost(group)
    told = group.newest("【没送到】")
    assert told.text == (
        f"【没送到】{NUMBER}\n您的答复没有送到:对方停用了机器人,或者拉黑了。\n"
        "这条不算已答复,时间照常算。最迟 11月30日(周一)。\n"
        "请打电话告诉本人,打完点「已电话告知」。对方回来,我会自动补发。"
    )
    assert list(told.buttons) == ["看联系方式", "已电话告知", "联系不上"]


async def test_without_a_number_only_the_supervisor_is_left(group: Group):
    await lost(group, phone=None)
    told = group.newest("【没送到】")
    assert told.text.endswith("答复替您存着,对方一回来就发。请点「联系不上」,由监督员核实。")
    assert list(told.buttons) == ["联系不上"]


async def test_words_that_are_no_answer_have_none_of_these_buttons(group: Group):
    await group.claimed(phone=PHONE)
    group.blocked.add(CITIZEN)
    await group.say("明天去看。", to=group.wall[0])
    await group.press("现在发")
    told = group.newest("【没送到】")
    assert list(told.buttons) == ["看联系方式"]
    assert "已电话告知" not in told.text
    assert "您的回复没有送到" in told.text


async def test_a_call_that_is_told_of_answers_the_appeal(group: Group):
    appeal_id = await lost(group)
    pressed = group.now
    group.now += timedelta(hours=1)
    await called(group)
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.told_by_phone, appeal.answer) == (Status.ANSWERED, True, ANSWER)
    assert (appeal.answered_at, appeal.answer_pressed_at, appeal.contacted_at) == (group.now, pressed, group.now)
    assert group.newest("记下了,算已答复。")
    assert group.newest("什么时候打的").buttons == {}


async def test_who_called_and_what_was_said_is_kept_with_its_numbers_starred(group: Group):
    appeal_id = await lost(group)
    await called(group, by=HU)
    [event] = [each for each in await group.history(appeal_id) if each.what == "told_by_phone"]
    assert event.details["words"] == "今天上午十点打的,本人说灯亮了,电话138****5678"
    assert event.person_id is not None
    notice = next(each for each in group.wall if "已电话告知本人" in each.text)
    assert (notice.text, notice.buttons) == (f"{NUMBER} 答复没送到,老胡已电话告知本人。", {})


async def test_the_card_says_that_it_was_told_by_telephone_and_not_that_it_arrived(group: Group):
    await lost(group)
    await called(group)
    card = group.wall[0]
    assert card.text.startswith(f"【已答复】{NUMBER}")
    assert "已电话告知,等群众评价。对方回来,答复自动补发。" in card.text
    assert "已送到" not in card.text


async def test_who_comes_back_reads_the_answer_and_is_asked_how_it_went(group: Group):
    appeal_id = await lost(group)
    await called(group)
    group.now += timedelta(days=2)
    await comes_back(group)
    [read] = group.phone
    assert read.startswith(f"您回来了。您不在的时候,城市管理局答复过您:\n\n{ANSWER}\n")
    assert list(group.newest("办事的人联系过您吗", chat=CITIZEN).buttons) == ["联系过", "没联系"]
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.last_reply, appeal.told_by_phone) == (Status.ANSWERED, "delivered", True)
    assert appeal.follow_up_at == group.now + timedelta(days=3)
    assert "已答复,已送到。等群众评价。" in group.wall[0].text


async def test_the_words_of_a_call_stay_among_the_units(group: Group):
    await lost(group)
    await group.press("已电话告知")
    group.blocked.clear()
    prompt = group.newest("什么时候打的")
    await group.say(CALL, to=prompt, by=HU)
    await group.wait(seconds=60)
    assert not any("灯亮了" in each for each in group.phone)
    assert "没有发给群众" in group.wall[-1].text


async def test_a_word_that_says_nothing_is_not_taken(group: Group):
    appeal_id = await lost(group)
    await called(group, "打了")
    assert group.wall[-1].text == "太短了。请写明是什么时候、联系的情况怎样,再回复一次。"
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS
    await group.say("长" * 3600, to=group.newest("什么时候打的"))
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


@pytest.mark.parametrize("who", [STRANGER, OTHER_UNIT])
async def test_nobody_but_the_lead_unit_says_so(group: Group, who: int):
    appeal_id = await lost(group)
    for verb in ("o.told", "o.unreach"):
        await group.press_data(f"{verb}:{appeal_id}", by=who)
        assert group.toasts[-1].startswith("只有城市管理局的工作人员能办这一件。")
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


@pytest.mark.parametrize("verb", ["o.told", "o.unreach"])
async def test_without_an_undelivered_answer_there_is_nothing_to_tell(group: Group, verb: str):
    appeal_id = await group.claimed(phone=PHONE)
    await group.press_data(f"{verb}:{appeal_id}")
    assert group.toasts[-1].startswith("这一件没有「没送到」的答复")
    group.blocked.add(CITIZEN)
    await group.say("明天去看。", to=group.wall[0])
    await group.press("现在发")
    await group.press_data(f"{verb}:{appeal_id}")
    assert group.toasts[-1].startswith("这一件没有「没送到」的答复")


async def test_an_anonymous_administrator_has_not_called_anybody(group: Group):
    appeal_id = await lost(group)
    await group.press_data(f"o.told:{appeal_id}", by=1087968824)
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


async def test_an_answer_that_arrived_meanwhile_is_not_told_again(group: Group):
    appeal_id = await lost(group)
    await group.press("已电话告知")
    prompt = group.newest("什么时候打的")
    await comes_back(group)
    await group.say(CALL, to=prompt)
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.told_by_phone) == (Status.ANSWERED, False)
    assert group.wall[-1].text.startswith("这一步刚才已经办过了")
    assert not any("已电话告知" in each.buttons for each in group.wall)


async def test_who_cannot_be_reached_is_put_before_the_supervisors(group: Group):
    async with group.database.writing() as session:
        place = {"platform": "telegram", "bot": 1, "chat_id": SUPERVISION, "now": group.now}
        await bind(session, **place, purpose=Purpose.SUPERVISION, department=None, title="督办")
    appeal_id = await lost(group)
    await tried(group, f"{TRIES},{PHONE}")
    assert group.newest("交给监督员核实了。核实之前,时间照常算。")
    card = group.newest("【核实联系不上】", chat=SUPERVISION)
    assert f"他们说:{TRIES},139****5678\n" in card.text
    assert list(card.buttons) == ["同意", "不同意"]
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.stopped_at) == (Status.IN_PROGRESS, None)


async def test_a_supervisor_stops_the_clock_and_nothing_counts_as_answered(group: Group):
    appeal_id = await lost(group)
    await tried(group)
    group.now += timedelta(hours=3)
    await agree(group)
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.stopped_at, appeal.answered_at) == (Status.IN_PROGRESS, group.now, None)
    assert group.newest("监督员核实了").text == (
        f"{NUMBER} 监督员核实了,联系不上,停止计时。这件不算已答复;对方一回来,答复自动补发。"
    )
    assert "联系不上,11月23日(周一)起停止计时。对方一回来,答复自动补发" in group.wall[0].text
    assert "答复:最迟" not in group.wall[0].text


async def test_who_comes_back_after_that_is_answered(group: Group):
    appeal_id = await lost(group)
    await tried(group)
    await agree(group)
    await comes_back(group)
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.stopped_at, appeal.answered_at) == (Status.ANSWERED, None, group.now)


async def test_a_call_that_gets_through_after_that_answers_it_too(group: Group):
    appeal_id = await lost(group)
    await tried(group)
    await agree(group)
    await called(group)
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.stopped_at, appeal.told_by_phone) == (Status.ANSWERED, None, True)


async def test_it_is_asked_once_and_not_again_once_it_stands(group: Group):
    appeal_id = await lost(group)
    await tried(group)
    await tried(group)
    assert group.wall[-1].text.startswith("已经申请过了")
    await agree(group)
    await group.press_data(f"o.unreach:{appeal_id}")
    assert group.toasts[-1] == "这一件监督员已经核实过,时间停着。"


async def test_a_new_answer_makes_the_wish_about_the_old_one_void(group: Group):
    appeal_id = await lost(group)
    await tried(group)
    await preview(group)
    await group.press("发出")
    await agree(group)
    assert (await group.appeal(appeal_id)).stopped_at is None
    assert await approvals(group) == ["lapsed"]


async def test_another_unit_begins_with_a_running_clock(group: Group):
    appeal_id = await lost(group)
    await tried(group)
    await agree(group)
    await group.moved(appeal_id, "education")
    assert (await group.appeal(appeal_id)).stopped_at is None


async def test_the_units_list_says_that_no_time_is_counted(group: Group):
    await lost(group)
    await tried(group)
    await agree(group)
    await group.say("/todo")
    assert group.wall[-1].text.endswith("联系不上,停止计时")
