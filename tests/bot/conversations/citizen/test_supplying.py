"""What a citizen who is asked for more says goes to that appeal and the clock goes on; or they have nothing."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import asking
from bot.services.binding import Role, employ
from bot.services.claiming import claim
from storage.domain.statuses import Status
from storage.repositories import appeals, attachments, offices, people
from storage.tables import Appeal, AppealEvent, Staff, Utterance
from tests.bot.conversations.citizen.conftest import Phone
from tests.support.handling import UNIT

QUESTION = "第几根灯杆?"
AS_READ = f"城市管理局想请您补充:\n{QUESTION}\n\n直接回复这条消息就行。\n办理时间先停一停,最多等到11月30日(周一)。"
ON_AGAIN = "收到,已经转给城市管理局。办理时间接着算,最迟答复:"


async def ask(phone: Phone, appeal_id: int, text: str = QUESTION) -> None:
    """Let the unit ask."""

    async def act(session: AsyncSession) -> None:
        appeal = await appeals.locked(session, appeal_id)
        assert appeal is not None
        staff = await _li(session, phone.now)
        if appeal.status == Status.DISPATCHED:
            await claim(session, appeal=appeal, staff=staff, now=phone.now)
        said = await asking.draft(session, appeal=appeal, staff=staff, text=text, source=None, now=phone.now)
        calendar = phone.house.calendar(phone.now)
        await asking.ask(session, appeal=appeal, staff=staff, words=said, now=phone.now, calendar=calendar)

    await phone.happen(act)


async def _li(session: AsyncSession, now: datetime) -> Staff:
    person = await people.meet(session, platform="telegram", bot=1, user_id=3003, username=None, now=now)
    found = await offices.colleagues(session, UNIT)
    return (
        found[0][0]
        if found
        else await employ(session, person_id=person.id, role=Role.STAFF, department=UNIT, name="小李", now=now)
    )


@pytest.fixture
async def asked(phone: Phone) -> Phone:
    """Somebody whose appeal waits for them."""
    appeal = await phone.file()
    await ask(phone, appeal.id)
    return phone


async def test_the_question_comes_with_three_buttons_and_the_card_says_who_must_act(asked: Phone):
    assert (asked.last.text, list(asked.last.buttons)) == (AS_READ, ["我没有这个", "以前给过了", "看不明白"])
    card = next(each for each in asked.screen.values() if "等您补充" in each.text)
    assert card.text.endswith("现在:等您补充。办理时间先停着,最多等到11月30日(周一)")
    assert list(card.buttons) == ["去补充", "我没有这个", "撤回"]


async def test_words_that_quote_nothing_go_to_the_appeal_that_waits(asked: Phone):
    asked.now += timedelta(days=1)
    await asked.say("第三根,电话13812345678")
    assert asked.last.text == f"{ON_AGAIN}12月1日(周二)。"
    appeal = await asked.appeal()
    assert (appeal.status, appeal.asked_at, appeal.ask_until, appeal.asks) == (Status.IN_PROGRESS, None, None, 1)
    assert appeal.answer_due == datetime.fromisoformat("2026-12-01T17:30:00+08:00")
    number = appeal.number
    assert f"{number} 群众补充:\n第三根,电话138****5678\n办理时间接着算,最迟 12月1日(周二)。" in asked.groups
    assert asked.groups[-1].startswith(f"【办理中】{number}")


async def test_what_is_supplied_on_the_same_day_leaves_the_promise_where_it_was(asked: Phone):
    asked.now += timedelta(hours=1)
    await asked.say("第三根")
    assert asked.last.text == f"{ON_AGAIN}11月30日(周一)。"
    live = next(each for each in asked.screen.values() if "正在办" in each.text)
    assert "最迟答复:11月30日(周一)" in live.text


async def test_a_quoted_answer_goes_there_too(asked: Phone):
    question = next(number for number, each in asked.screen.items() if each.text == AS_READ)
    await asked.say("第三根", reply_to=question)
    assert asked.last.text.startswith(ON_AGAIN)
    assert (await asked.appeal()).status == Status.IN_PROGRESS


async def test_pictures_and_voices_go_there_too(asked: Phone):
    await asked.show("lamp", album="a")
    await asked.show("pole", album="a")
    assert asked.last.text.startswith(ON_AGAIN)
    assert (await asked.appeal()).status == Status.IN_PROGRESS
    assert asked.brought == [["lamp"], ["pole"]]
    [said] = [each for each in await asked.rows(Utterance) if each.direction == "from_citizen" and each.text == ""]
    async with asked.database.reading() as session:
        assert len(await attachments.of_utterance(session, said.id)) == 2


async def test_the_buttons_are_off_the_question_once_it_is_answered(asked: Phone):
    await asked.say("第三根")
    question = next(each for each in asked.screen.values() if "想请您补充" in each.text)
    assert (question.text, question.buttons) == (AS_READ.rpartition("\n")[0], {})


async def test_more_that_follows_at_once_goes_there_too_and_is_no_new_appeal(asked: Phone):
    await asked.say("第三根")
    await asked.show("lamp")
    asked.now += timedelta(minutes=9)
    await asked.say("旁边有个小卖部")
    assert asked.last.text.startswith("收到,已经转给城市管理局。")
    said = [each.text for each in await asked.rows(Utterance) if each.direction == "from_citizen"]
    assert said[1:] == ["第三根", "", "旁边有个小卖部"]
    asked.now += timedelta(minutes=11)
    await asked.say("小区门口的井盖也坏了")
    assert "还是一件新的事?" in asked.last.text


@pytest.mark.parametrize(
    ("label", "reason", "told"), [("我没有这个", "none", "我没有这个"), ("以前给过了", "given", "以前给过了")]
)
async def test_who_has_nothing_to_give_says_so_and_the_clock_goes_on(asked: Phone, label: str, reason: str, told: str):
    asked.now += timedelta(days=1)
    await asked.press(label, on=asked.last)
    assert asked.last.text == "知道了,已经告诉城市管理局。办理时间接着算,最迟答复:12月1日(周二)。"
    appeal = await asked.appeal()
    assert appeal.status == Status.IN_PROGRESS
    events = await asked.rows(AppealEvent)
    assert [each.details["reason"] for each in events if each.what == "cannot_supply"] == [reason]
    assert any(
        each == f"{appeal.number} 群众说「{told}」,请按现有的情况接着办。办理时间接着算,最迟 12月1日(周二)。"
        for each in asked.groups
    )


async def test_who_does_not_understand_lets_the_unit_know_and_it_waits_on(asked: Phone):
    await asked.press("看不明白", on=asked.last)
    assert asked.toasts[-1].startswith("告诉他们您没看明白")
    appeal = await asked.appeal()
    assert (appeal.status, appeal.asked_at) == (Status.AWAITING_CITIZEN, asked.now)
    assert asked.groups[-1] == f"{appeal.number} 群众补充:\n看不明白"
    told = len(asked.groups)
    await asked.press("看不明白", on=asked.last)
    assert asked.toasts[-1].startswith("已经告诉他们您没看明白")
    assert len(asked.groups) == told


@pytest.fixture
async def listed(phone: Phone) -> Phone:
    """Somebody who is asked for several papers at once."""
    appeal = await phone.file()
    await ask(phone, appeal.id, "还差这几样:\n□ 现场照片\n□ 收据的照片\n一次备齐就行,不会再要别的。")
    return phone


async def test_a_list_of_papers_comes_with_buttons_of_its_own(listed: Phone):
    assert list(listed.last.buttons) == ["都发完了", "我没有这个", "能不能帮我代办", "看不明白"]


async def test_who_has_given_everything_lets_the_time_go_on(listed: Phone):
    await listed.press("都发完了", on=listed.last)
    assert listed.last.text == f"{ON_AGAIN}11月30日(周一)。"
    appeal = await listed.appeal()
    assert (appeal.status, appeal.asked_at) == (Status.IN_PROGRESS, None)
    assert any(each.startswith(f"{appeal.number} 群众补充:\n都发完了") for each in listed.groups)


async def test_who_cannot_get_them_asks_the_unit_to_do_it_and_is_waited_for(listed: Phone):
    asked = listed.last
    await listed.press("能不能帮我代办", on=asked)
    assert listed.toasts[-1] == "替您问了能不能代办,请等他们回话。办理时间还停着。"
    appeal = await listed.appeal()
    assert appeal.status == Status.AWAITING_CITIZEN
    assert listed.groups[-1] == f"{appeal.number} 群众补充:\n能不能帮我代办"
    await listed.press("能不能帮我代办", on=asked)
    assert listed.toasts[-1] == "已经替您问过能不能代办了,请等他们回话。"


async def test_a_button_of_a_list_that_comes_too_late_changes_nothing(listed: Phone):
    buttons = dict(listed.last.buttons)
    await listed.say("都在这里")
    for data in buttons.values():
        await listed.press_data(data)
        assert listed.toasts[-1].startswith("这一步刚才已经办过了,现在是:办理中。")


async def test_a_button_that_comes_too_late_changes_nothing(asked: Phone):
    buttons = dict(asked.last.buttons)
    await asked.say("第三根")
    due = (await asked.appeal()).answer_due
    asked.now += timedelta(days=2)
    for data in buttons.values():
        await asked.press_data(data)
        assert asked.toasts[-1].startswith("这一步刚才已经办过了,现在是:办理中。")
    assert (await asked.appeal()).answer_due == due


async def test_nobody_answers_for_somebody_else(asked: Phone):
    buttons = dict(asked.last.buttons)
    asked.user = 1002
    for data in [*buttons.values(), "c.tosupply:1"]:
        await asked.press_data(data)
    asked.user = 1001
    assert (await asked.appeal()).status == Status.AWAITING_CITIZEN


async def test_an_unknown_reason_is_refused(asked: Phone):
    await asked.press_data("c.lack:1:whatever")
    assert (await asked.appeal()).status == Status.AWAITING_CITIZEN


async def test_the_card_leads_to_the_question_again(asked: Phone):
    await asked.press("去补充")
    assert (asked.last.text, list(asked.last.buttons)) == (AS_READ, ["我没有这个", "以前给过了", "看不明白"])
    await asked.say("第三根")
    assert asked.last.text.startswith(ON_AGAIN)


async def test_a_form_that_is_being_filled_in_keeps_its_answers(asked: Phone):
    await asked.press_data("c.new:0")
    await asked.say("小区门口的井盖坏了三天")
    assert (await asked.draft()).text == "小区门口的井盖坏了三天"
    assert (await asked.appeal()).status == Status.AWAITING_CITIZEN


async def test_thanks_answer_nothing_and_no_is_an_answer(asked: Phone):
    await asked.say("谢谢")
    assert (await asked.appeal()).status == Status.AWAITING_CITIZEN
    async with asked.database.writing() as session:
        (await session.get_one(Appeal, 1)).contacted_at = asked.now
    await asked.say("没有了")
    assert (await asked.appeal()).status == Status.IN_PROGRESS


async def test_where_two_appeals_wait_the_citizen_says_which(asked: Phone):
    asked.now += timedelta(minutes=1)
    await asked.press_data("c.new:0")
    await asked.say("村东头的路灯也坏了")
    for label in ("下一步", "跳过", "不留,在这里联系", "提交"):
        await asked.press(label)
    second = await asked.appeal()
    await ask(asked, second.id)
    await asked.say("第三根")
    assert len([label for label in asked.last.buttons if label.startswith("补充到")]) == 2
    await asked.press(f"补充到 {second.number}")
    assert asked.last.text.startswith(ON_AGAIN)
    states = {each.id: each.status for each in await asked.rows(Appeal)}
    assert states == {1: Status.AWAITING_CITIZEN, second.id: Status.IN_PROGRESS}
