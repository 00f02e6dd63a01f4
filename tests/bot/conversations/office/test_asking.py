"""请补充: everything asked at once, looked at, once an appeal; the clock stands still until the citizen answers."""

from datetime import datetime, timedelta

import pytest

from bot.services import approving, asking, withdrawing
from bot.services.binding import Purpose, bind
from storage.domain.statuses import Status
from storage.tables import Appeal
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, OTHER_UNIT, STRANGER, Group, Shown

NUMBER = "LX-20261123-0001"
QUESTION = "第几根灯杆?旁边有什么?"
SUPERVISION = -8100
DUE = datetime.fromisoformat("2026-11-30T17:30:00+08:00")
AS_READ = f"城市管理局想请您补充:\n{QUESTION}\n\n直接回复这条消息就行。\n办理时间先停一停,最多等到11月30日(周一)。"


async def written(group: Group, text: str = QUESTION, *, by: int = LI) -> Shown:
    """Let somebody write the question; return the look at it."""
    await group.press("请补充", by=by)
    await group.say(text, by=by, to=group.newest("一次说全"))
    return group.newest("将这样请群众补充")


async def asked(group: Group, **columns: object) -> int:
    """Let 小李 sign for an appeal and ask."""
    appeal_id = await group.claimed(**columns)
    await written(group)
    await group.press("发出")
    return appeal_id


def read(group: Group) -> Shown:
    """Return the question on the citizen's phone."""
    return group.newest("想请您补充", chat=CITIZEN)


async def agree(group: Group, *, yes: bool = True) -> None:
    """Let a supervisor decide what waits."""
    house = group.house
    if yes:
        await group.happens(
            lambda session, person: approving.agree(
                session, 1, person_id=person, now=group.now, city=house.city, calendar=house.calendar(group.now)
            )
        )
    else:
        await group.happens(lambda session, person: approving.refuse(session, 1, person_id=person, now=group.now))


async def test_the_unit_is_told_that_it_is_once_and_the_clock_stands(group: Group):
    await group.claimed()
    await group.press("请补充")
    shown = group.newest("要群众补什么")
    assert shown.text.startswith("要群众补什么?一次说全。\n补充期间停止计时,最多5个工作日,只能用一次。")
    assert list(shown.buttons) == ["从清单里选", "我来写", "取消"]


async def test_the_question_is_looked_at_before_it_goes(group: Group):
    appeal_id = await group.claimed()
    shown = await written(group, "请打13812345678说是第几根")
    assert "请打138****5678说是第几根" in shown.text
    assert "发出前请再看看" in shown.text
    assert list(shown.buttons) == ["发出", "再改改", "取消"]
    assert group.phone == []
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


async def test_it_goes_to_the_citizen_with_its_buttons_and_the_clock_stands(group: Group):
    appeal_id = await asked(group)
    assert (read(group).text, list(read(group).buttons)) == (AS_READ, ["我没有这个", "以前给过了", "看不明白"])
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.asks, appeal.asked_at) == (Status.AWAITING_CITIZEN, 1, group.now)
    assert (appeal.ask_until, appeal.answer_due) == (DUE, DUE)
    assert group.newest("已送到。").buttons == {}


async def test_the_units_card_says_who_must_act_and_until_when(group: Group):
    await asked(group)
    card = group.wall[0]
    assert card.text.startswith(f"【待补充】{NUMBER}")
    assert "等群众补充,最多等到11月30日(周一)。办理时间先停着。" in card.text
    assert "答复:最迟" not in card.text
    assert list(card.buttons) == ["更多"]


async def test_the_list_of_what_is_often_missing_makes_one_question(group: Group):
    await group.claimed()
    await group.press("请补充")
    await group.press("从清单里选")
    await group.press("选好了")
    assert group.toasts[-1] == "还没有选。请先点要补的。"
    for label in ("□ 具体地点", "□ 什么时间", "□ 现场照片", "☑ 什么时间"):
        await group.press(label)
    await group.press("选好了")
    await group.press("发出")
    assert "还差这几样:\n□ 具体在哪儿" in read(group).text
    assert "□ 现场照片\n一次备齐就行,不会再要别的。" in read(group).text
    assert "什么时候" not in read(group).text
    assert group.newest("已送到。")


async def test_own_words_can_be_asked_for_by_the_button(group: Group):
    await group.claimed()
    await group.press("请补充")
    await group.press("我来写")
    await group.say(QUESTION, to=group.newest("写的时候,请回复这一条"))
    await group.press("发出")
    assert read(group).text == AS_READ


async def test_a_picture_goes_with_the_question_and_does_not_take_its_buttons(group: Group):
    await group.claimed()
    await group.press("请补充")
    prompt = group.newest("一次说全")
    await group.show("form", to=prompt, caption=QUESTION, album="a")
    await group.show("back", to=prompt, album="a")
    [shown] = [each for each in group.wall if "将这样请群众补充" in each.text]
    assert "附件:照片2张" in shown.text
    await group.press("发出")
    assert list(read(group).buttons) == ["我没有这个", "以前给过了", "看不明白"]
    assert [each.files for each in group.chats[CITIZEN].values() if each.files] == [["form", "back"]]


async def test_a_picture_alone_is_no_question(group: Group):
    await group.claimed()
    await group.press("请补充")
    await group.show("form", to=group.newest("一次说全"))
    assert group.wall[-1].text.startswith("收到了。请再写一句要群众补什么")
    await group.say(QUESTION, to=group.newest("一次说全"))
    assert "附件:照片1张" in group.newest("将这样请群众补充").text


async def test_a_question_that_is_too_long_is_not_taken(group: Group):
    await group.claimed()
    await group.press("请补充")
    await group.say("长" * 3600, to=group.newest("一次说全"))
    assert group.wall[-1].text.startswith("这条太长,没有发给群众。")


async def test_it_can_be_written_anew_or_dropped(group: Group):
    appeal_id = await group.claimed()
    old = (await written(group, "什么颜色?")).buttons["发出"]
    await group.press("再改改")
    await group.say(QUESTION, to=group.newest("写的时候,请回复这一条"))
    await group.press_data(old)
    assert group.phone == []
    await group.press("取消", on=group.newest("将这样请群众补充"))
    assert group.wall[-1].text.startswith("好,先不办这一步")
    assert (await group.appeal(appeal_id)).asks == 0


async def test_sending_twice_asks_once(group: Group):
    await group.claimed()
    shown = await written(group)
    await group.press("发出", on=shown)
    await group.press("发出", on=shown, by=HU)
    assert group.phone == [AS_READ]
    assert group.toasts[-1] == "这一步刚才已经办过了,现在是:待补充。"


async def test_a_second_question_is_refused_in_a_sentence(group: Group):
    appeal_id = await asked(group)
    await group.say("第三根", by=CITIZEN, chat=CITIZEN)
    await group.press_data(f"o.ask:{appeal_id}")
    assert group.toasts[-1].startswith("这一件已经请群众补充过一次了,不能再停时间。")
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


async def test_a_colleague_who_was_writing_too_replies_as_ever_once_it_is_asked(group: Group):
    await group.claimed()
    card = group.wall[0]
    await group.press("请补充", by=HU)
    await written(group)
    await group.press("发出")
    await group.say("我们明天去看。", by=HU, to=card)
    await group.press("现在发")
    assert "我们明天去看。" in group.phone[-1]


async def test_staff_reply_and_note_while_it_waits(group: Group):
    appeal_id = await asked(group)
    await group.say("路灯在校门左边那根?", to=group.wall[0])
    await group.press("现在发")
    await group.say("// 已经派人去看", to=group.wall[0])
    assert "路灯在校门左边那根?" in group.phone[-1]
    assert [each.direction for each in await group.words(appeal_id)][-1] == "note"
    assert (await group.appeal(appeal_id)).status == Status.AWAITING_CITIZEN


async def test_an_answer_waits_until_the_clock_runs_again(group: Group):
    appeal_id = await asked(group)
    await group.press_data(f"o.answer:{appeal_id}")
    assert group.toasts[-1] == "这一步刚才已经办过了,现在是:待补充。"


@pytest.mark.parametrize("who", [STRANGER, OTHER_UNIT])
async def test_nobody_else_asks(group: Group, who: int):
    appeal_id = await group.claimed()
    shown = await written(group)
    for data in (f"o.ask:{appeal_id}", f"o.asklist:{appeal_id}:3", f"o.askset:{appeal_id}:3", shown.buttons["发出"]):
        await group.press_data(data, by=who)
        assert group.toasts[-1].startswith("只有城市管理局的工作人员能办这一件。")
    assert group.phone == []
    assert (await group.appeal(appeal_id)).asks == 0


async def test_a_look_that_is_pressed_by_a_forged_button_of_another_kind_stays_inside(group: Group):
    appeal_id = await group.claimed()
    said = (await written(group)).buttons["发出"].partition(":")[2]
    for verb in ("o.now", "o.send", "o.asis", "o.strip", "o.note", "o.dont"):
        await group.press_data(f"{verb}:{said}")
    assert group.phone == []
    assert [each.state for each in await group.words(appeal_id)] == ["held"]


async def test_an_edit_before_it_goes_does_not_send_it(group: Group):
    appeal_id = await group.claimed()
    await group.press("请补充")
    prompt = group.newest("一次说全")
    message = await group.say(QUESTION, to=prompt)
    await group.edit(message, "第几根?", to=prompt)
    await group.wait(seconds=60)
    assert group.phone == []
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


async def test_an_edit_afterwards_changes_the_citizens_copy_and_leaves_the_buttons(group: Group):
    await group.claimed()
    await group.press("请补充")
    prompt = group.newest("一次说全")
    message = await group.say(QUESTION, to=prompt)
    await group.press("发出")
    await group.edit(message, "是左边第几根灯杆?", to=prompt)
    assert "是左边第几根灯杆?" in read(group).text
    assert "最多等到11月30日(周一)" in read(group).text
    assert list(read(group).buttons) == ["我没有这个", "以前给过了", "看不明白"]


async def test_a_question_cannot_be_taken_back(group: Group):
    await asked(group)
    said = (await group.words(1))[-1].id
    await group.press_data(f"o.unsend:{said}")
    assert group.toasts[-1].startswith("请补充的话收不回来")
    assert read(group).text == AS_READ


async def test_a_question_that_does_not_arrive_never_stopped_the_clock(group: Group):
    appeal_id = await group.claimed(phone="13812345678")
    group.blocked.add(CITIZEN)
    await written(group)
    await group.press("发出")
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.asks, appeal.asked_at, appeal.ask_until) == (Status.IN_PROGRESS, 0, None, None)
    assert appeal.answer_due == DUE
    told = group.newest("【没送到】")
    assert told.text == (
        f"【没送到】{NUMBER}\n请群众补充的话没有送到:对方停用了机器人,或者拉黑了。\n"
        "时间没有停,照常算。最迟 11月30日(周一)。这次不算,还可以再请补充。\n对方回来,我会自动补发。"
    )
    assert list(told.buttons) == ["看联系方式"]
    assert group.wall[0].text.startswith("【办理中】")
    assert not any("没等到群众补充" in each.text for each in group.wall)


async def test_who_comes_back_reads_the_question_and_no_clock_stands_for_it(group: Group):
    appeal_id = await group.claimed()
    group.blocked.add(CITIZEN)
    await written(group)
    await group.press("发出")
    group.blocked.clear()
    await group.say("我回来了", by=CITIZEN, chat=CITIZEN)
    assert (read(group).text, read(group).buttons) == (AS_READ.rpartition("\n")[0], {})
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


async def test_it_can_be_asked_again_and_the_lost_one_never_comes_after_it(group: Group):
    appeal_id = await group.claimed()
    group.blocked.add(CITIZEN)
    await written(group, "旧的问题是什么?")
    await group.press("发出")
    group.blocked.clear()
    await group.press("请补充", on=group.wall[0])
    await group.say(QUESTION, to=group.newest("一次说全"))
    await group.press("发出", on=group.newest("将这样请群众补充"))
    await group.say("第三根", by=CITIZEN, chat=CITIZEN)
    assert not any("旧的问题" in each for each in group.phone)
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


async def test_while_it_is_open_whose_it_is_nobody_is_asked(group: Group):
    appeal_id = await group.file()
    await group.ask_return()
    await group.press("签收", on=group.wall[0])
    await group.press_data(f"o.ask:{appeal_id}")
    assert group.toasts[-1].startswith("退单、转办还没有定")


async def test_after_an_answer_that_waits_nobody_is_asked(group: Group):
    appeal_id = await group.claimed()
    group.blocked.add(CITIZEN)
    await group.press("答复办结")
    await group.press("已经解决")
    await group.say("昨晚换了新的灯头,已经亮了,以后再坏请直接说。", to=group.newest("请回复这一条"))
    await group.press("发出")
    await group.press_data(f"o.ask:{appeal_id}")
    assert group.toasts[-1].startswith("答复已经发出去了,或者还没送到")


async def test_on_the_last_day_a_supervisor_is_asked_and_nothing_goes_before(group: Group):
    appeal_id = await group.claimed()
    group.now += timedelta(days=4)  # Friday; due on Monday
    await group.press("请补充")
    shown = group.newest("要监督员同意")
    assert (shown.text, list(shown.buttons)) == (
        "11月30日(周一)就到期,这时候请补充要监督员同意。",
        ["申请", "取消"],
    )
    await group.press("申请")
    await group.say(QUESTION, to=group.newest("写的时候,请回复这一条"))
    await group.press("申请", on=group.newest("将这样请群众补充"))
    assert group.newest("申请交给监督员了").text == "申请交给监督员了。没同意之前不发给群众,时间照常算。"
    assert group.phone == []
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.asks) == (Status.IN_PROGRESS, 0)


async def late(group: Group) -> int:
    """Let 小李 ask a supervisor on the day before the limit."""
    appeal_id = await group.claimed()
    group.now += timedelta(days=4)
    await group.press("请补充")
    await group.press("申请")
    await group.say(QUESTION, to=group.newest("写的时候,请回复这一条"))
    await group.press("申请", on=group.newest("将这样请群众补充"))
    return appeal_id


async def test_the_supervisors_read_the_question_with_its_numbers_starred(group: Group):
    async with group.database.writing() as session:
        place = {"platform": "telegram", "bot": 1, "chat_id": SUPERVISION, "now": group.now}
        await bind(session, **place, purpose=Purpose.SUPERVISION, department=None, title="督办")
    await group.claimed()
    group.now += timedelta(days=4)
    await group.press("请补充")
    await group.press("申请")
    await group.say("请打13812345678说是第几根", to=group.newest("写的时候,请回复这一条"))
    await group.press("申请", on=group.newest("将这样请群众补充"))
    card = group.newest("【申请请补充】", chat=SUPERVISION)
    assert card.text == (
        f"【申请请补充】{NUMBER} 城市管理局\n答复期限:11月30日(周一),快到期了。\n"
        "要群众补充:\n请打138****5678说是第几根\n"
        "同意就发给群众,停止计时,最多5个工作日;不同意就照常算。"
    )
    assert list(card.buttons) == ["同意", "不同意"]


async def test_what_a_supervisor_agrees_to_goes_out_and_stops_the_clock(group: Group):
    appeal_id = await late(group)
    await agree(group)
    assert QUESTION in read(group).text
    appeal = await group.appeal(appeal_id)
    assert (appeal.status, appeal.asks, appeal.asked_at) == (Status.AWAITING_CITIZEN, 1, group.now)
    assert group.newest("已送到。")


async def test_what_a_supervisor_does_not_agree_to_goes_nowhere(group: Group):
    appeal_id = await late(group)
    await agree(group, yes=False)
    assert group.phone == []
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS
    assert any("没有同意" in each.text for each in group.wall)


async def test_a_question_that_was_looked_at_too_long_takes_a_supervisor(group: Group):
    appeal_id = await group.claimed()
    shown = await written(group)
    group.now += timedelta(days=7)
    await group.press("发出", on=shown)
    assert list(group.newest("将这样请群众补充").buttons) == ["申请", "再改改", "取消"]
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS
    said = shown.buttons["发出"].partition(":")[2]
    async with group.database.writing() as session:
        (await session.get_one(Appeal, appeal_id)).answer_due = group.now + timedelta(days=9)
    await group.press_data(f"o.askwant:{said}", message_id=shown.message_id)
    assert list(group.newest("将这样请群众补充").buttons) == ["发出", "再改改", "取消"]


@pytest.mark.parametrize(("days", "says"), [(6, "明天就到期"), (7, "今天就到期"), (8, "这一件已经过期")])
async def test_the_unit_is_told_how_late_it_is(group: Group, days: int, says: str):
    await group.claimed()
    group.now += timedelta(days=days)
    await group.press("请补充")
    assert group.newest("要监督员同意").text.startswith(says)


async def test_a_withdrawal_takes_the_buttons_off_the_question(group: Group):
    appeal_id = await asked(group)
    await group.happens(
        lambda session, person: withdrawing.withdraw(
            session,
            appeal_id=appeal_id,
            person_id=person,
            reason=withdrawing.Reason.UNWANTED,
            now=group.now,
            calendar=group.house.calendar(group.now),
        )
    )
    assert read(group).buttons == {}


async def test_nobody_is_waited_for_longer_than_five_working_days(group: Group):
    appeal_id = await asked(group)
    calendar = group.house.calendar(group.now)
    for at, lapses in ((DUE - timedelta(minutes=1), False), (DUE + timedelta(minutes=1), True)):
        group.now = at
        await group.happens(lambda session, _: asking.lapse(session, appeal_id, now=group.now, calendar=calendar))
        waits = (await group.appeal(appeal_id)).status == Status.AWAITING_CITIZEN
        assert waits is not lapses
    assert group.newest("没等到您的补充", chat=CITIZEN).text == (
        "没等到您的补充,城市管理局先按现有的情况办。最迟答复:12月7日(周一)。\n什么时候想补充,都可以直接发。"
    )
    assert group.newest("没等到群众补充").text == (
        f"{NUMBER} 没等到群众补充,请先按现有的情况办。办理时间接着算,最迟 12月7日(周一)。"
    )
    assert group.wall[0].text.startswith("【办理中】")
    assert read(group).buttons == {}
    assert GROUP in group.chats
