"""From the number to the rating: follow-ups, progress, rating, reopening, withdrawal."""

from datetime import timedelta
from typing import Any

import pytest

from bot.services.dispatching import assign
from bot.services.moving import Actor, find, move
from storage.domain.statuses import Event
from storage.tables import Appeal, AppealEvent, Draft, Utterance


async def happen(phone: Any, *steps: Event) -> Appeal:
    """Let the unit do these things to the newest appeal."""
    number = (await phone.appeal()).id

    async def act(session: Any) -> Appeal:
        appeal = await find(session, number)
        for event in steps:
            await move(session, appeal, event, actor=Actor.STAFF, person_id=None, now=phone.now)
            if event is Event.DELIVERED:
                appeal.answered_at, appeal.answer = phone.now, "修好了"
        return appeal

    return await phone.happen(act)


async def answered(phone: Any) -> None:
    """File an appeal and let it be answered."""
    await phone.file()
    await happen(phone, Event.CLAIM, Event.ANSWER, Event.DELIVERED)


def card(phone: Any) -> Any:
    """Return the live card: the first message that bears the number."""
    return next(each for each in phone.screen.values() if "LX-20261123-0001" in each.text)


async def test_the_live_card_follows_the_appeal_in_place(phone: Any):
    await phone.file()
    before = phone.sent
    await happen(phone, Event.CLAIM)
    assert card(phone).text == (
        "LX-20261123-0001 村小学东门的路灯坏了半个月\n现在:城市管理局已经接手,正在办\n最迟答复:11月30日(周一)"
    )
    assert list(card(phone).buttons) == ["补充", "催一下", "撤回"]
    await happen(phone, Event.ANSWER, Event.DELIVERED)
    assert card(phone).text.endswith("现在:城市管理局已答复,等您评价\n最多等到12月7日(周一),到时候先结案")
    assert list(card(phone).buttons) == ["去评价", "还没解决"]
    assert phone.sent == before + 1
    assert phone.last.text == "想听您一句实话,点三下就好。\n除了您自己,谁也改不了。\n一、办事的人联系过您吗?"


async def test_solved_and_satisfied_closes_it(phone: Any):
    await answered(phone)
    await phone.press("联系过")
    assert phone.last.text == "二、事情解决了吗?"
    await phone.press("解决了")
    assert phone.last.text == "三、这次办得,您满意吗?"
    await phone.press("基本满意")
    assert phone.last.text == "还想说什么,直接发给我。没有就点「好了」。"
    await phone.press("好了")
    assert phone.last.text.startswith("谢谢您,记下了。\n12月23日(周三)前又出问题,找到这一件点「还没解决」,接着办。\n\n")
    appeal = await phone.appeal()
    assert (appeal.status, appeal.citizen_outcome, appeal.satisfaction) == ("closed", "solved", "fair")
    assert appeal.contact_confirmed is True
    assert "现在:已结案。您说:解决了\n" in card(phone).text


async def test_pressing_twice_changes_nothing(phone: Any):
    await answered(phone)
    question = phone.last
    await phone.press("联系过", on=question)
    await phone.press_data("c.spoke:1:no", question.message_id)
    await phone.press_data("c.solved:1", question.message_id)
    await phone.press_data("c.solved:1", question.message_id)
    await phone.press_data("c.rate:1:satisfied", question.message_id)
    await phone.press_data("c.rate:1:dissatisfied", question.message_id)
    appeal = await phone.appeal()
    assert (appeal.satisfaction, appeal.contact_confirmed) == ("satisfied", True)
    rated = [each for each in await phone.rows(AppealEvent) if each.what == "rate_solved"]
    assert len(rated) == 1


async def test_a_forged_rating_by_a_stranger_changes_nothing(phone: Any):
    await answered(phone)
    phone.user = 1002
    acts = (
        "c.spoke:1:no",
        "c.hush:1",
        "c.urge:1",
        "c.boss:1",
        "c.forced:1",
        "c.solved:1",
        "c.unsolved:1",
        "c.notyet:1",
    )
    for data in (*acts, "c.reopen:1", "c.take:1:solved", "c.see:1", "c.add:1"):
        await phone.press_data(data)
    appeal = await phone.appeal()
    assert (appeal.status, appeal.citizen_outcome, appeal.contact_confirmed) == ("answered", None, None)


async def test_not_solved_goes_on_with_a_new_limit_and_what_is_missing_reaches_the_unit(phone: Any):
    await answered(phone)
    await phone.press("联系过")
    await phone.press("还没有")
    assert phone.last.text == "还没解决。要接着办吗?"
    assert (await phone.appeal()).citizen_outcome == "unsolved"
    await phone.press("接着办")
    assert phone.last.text == (
        "好,接着办。已经交回城市管理局,最迟11月26日(周四)再答复您。\n这是第1次重办,监督员也在看。\n还差什么没办,请说一句。"
    )
    appeal = await phone.appeal()
    assert (appeal.status, appeal.reopens, appeal.citizen_outcome) == ("in_progress", 1, None)
    await phone.say("只修了一盏")
    assert phone.last.text == "收到,已经转给城市管理局。最迟11月26日(周四)答复您。"
    assert (await phone.rows(Utterance))[-1].text == "只修了一盏"


async def test_left_as_it_is_counts_as_unsolved(phone: Any):
    await answered(phone)
    await phone.press("联系过")
    await phone.press("还没有")
    await phone.press("算了,不办了")
    await phone.press("不满意")
    appeal = await phone.appeal()
    assert (appeal.status, appeal.citizen_outcome, appeal.satisfaction) == ("closed", "unsolved", "dissatisfied")


async def test_a_closed_appeal_is_reopened_from_its_card_within_thirty_days_only(phone: Any):
    await answered(phone)
    await phone.press("联系过")
    await phone.press("解决了")
    phone.now += timedelta(days=30)
    await phone.press("还没解决", on=card(phone))
    assert phone.last.text == "还没解决。要接着办吗?"
    phone.now += timedelta(days=1)
    await phone.press("接着办")
    assert (await phone.appeal()).status == "closed"
    await phone.press_data("c.unsolved:1")
    assert phone.last.text.startswith("这件结案已经超过 30 天")


async def test_words_while_an_appeal_is_open_are_asked_about_and_not_lost(phone: Any):
    await phone.file()
    await phone.say("又坏了一盏")
    assert list(phone.last.buttons) == ["补充到 LX-20261123-0001", "提新诉求"]
    await phone.say("在南门")
    assert phone.last.text.startswith("也记下了。")
    await phone.press("补充到 LX-20261123-0001")
    assert (await phone.rows(Utterance))[-1].text == "又坏了一盏\n在南门"
    assert any(each.what == "supplement" for each in await phone.rows(AppealEvent))


async def test_words_for_a_new_appeal_begin_it(phone: Any):
    await phone.file()
    await phone.say("菜市场缺斤短两")
    await phone.press("提新诉求")
    assert (await phone.draft()).text == "菜市场缺斤短两"
    await phone.press("下一步")
    assert phone.last.text.startswith("这件事在什么地方?")


async def test_a_reply_to_any_message_of_an_appeal_goes_to_that_appeal(phone: Any):
    await answered(phone)
    await phone.say("好的", reply_to=phone.last.message_id)
    assert phone.last.text == "收到,已经转给城市管理局。有答复就在这里告诉您。"
    assert (await phone.rows(Utterance))[-1].text == "好的"


async def test_a_quoted_word_in_the_middle_of_a_form_does_not_end_the_form(phone: Any):
    await phone.file()
    quoted = card(phone).message_id
    await phone.press_data("c.new:0")
    await phone.say("菜市场缺斤短两")
    await phone.say("灯杆也歪了", reply_to=quoted)
    assert phone.last.text.startswith("收到,已经转给城市管理局。")
    assert phone.last.text.endswith("说完点「下一步」。")
    assert (await phone.draft()).text == "菜市场缺斤短两"


async def test_the_supplement_button_asks_and_the_form_comes_back_afterwards(phone: Any):
    await phone.file()
    await phone.press_data("c.new:0")
    await phone.say("菜市场缺斤短两")
    await phone.press("补充", on=card(phone))
    assert phone.last.text == "LX-20261123-0001 要补充什么?请直接说。"
    await phone.say("灯杆也歪了")
    assert (await phone.rows(Utterance))[-1].text == "灯杆也歪了"
    await phone.press("下一步")
    assert phone.last.text.startswith("这件事在什么地方?")


@pytest.mark.parametrize("unit", ["market"])
async def test_the_dispatchers_choice_is_told_and_shown_on_the_card(phone: Any, unit: str):
    appeal = await phone.file("楼下饭店晚上特别吵还有味道")

    async def act(session: Any) -> None:
        await assign(
            session,
            appeal_id=appeal.id,
            department=unit,
            person_id=1,
            now=phone.now,
            city=phone.house.city,
            calendar=phone.house.calendar(phone.now),
        )

    await phone.happen(act)
    assert phone.last.text == "您的LX-20261123-0001,交给市场监督管理局办了。最迟答复:11月30日(周一)。"
    assert "现在:已交给市场监督管理局,等他们接手" in card(phone).text


async def test_taking_back_asks_why(phone: Any):
    await phone.file()
    await phone.press("撤回")
    assert list(phone.last.buttons) == ["问题解决了", "不想办了", "有人让我撤", "先不撤"]
    await phone.press("不想办了")
    assert phone.last.text == "撤回了。以后想办,随时再说。"
    assert (await phone.appeal()).status == "withdrawn"
    assert card(phone).text.endswith("现在:已撤回")
    assert card(phone).buttons == {}
    event = (await phone.rows(AppealEvent))[-1]
    assert (event.what, event.details["reason"]) == ("withdraw", "unwanted")


async def test_words_for_a_withdrawn_appeal_begin_a_new_one(phone: Any):
    await phone.file()
    await phone.press("补充")
    await happen(phone, Event.WITHDRAW)
    await phone.say("路灯又坏了三盏")
    assert phone.last.text.startswith("这一件已经结束了,这句话我先当新的事记下。")
    assert (await phone.draft()).text == "路灯又坏了三盏"


async def test_the_list_opens_each_appeal_with_its_way(phone: Any):
    await phone.say("/mine")
    assert phone.last.text == "您还没有诉求。有事直接说就行。"
    await phone.file()
    await happen(phone, Event.CLAIM)
    await phone.say("我的诉求")
    assert phone.last.text == ("您有1件正在办,0件已结案:\nLX-20261123-0001 村小学东门的路灯坏了半个月(办理中)")
    await phone.press(next(iter(phone.last.buttons)))
    assert phone.last.text.endswith("办理经过:\n11月23日(周一) 交给城市管理局\n11月23日(周一) 城市管理局接手")
    await phone.press("返回")
    assert phone.last.text.startswith("您有1件正在办")


async def test_a_number_shows_ones_own_appeal_and_nobody_elses(phone: Any):
    await phone.file()
    await phone.say("lx 20261123 0001")
    assert phone.last.text.startswith("LX-20261123-0001 村小学")
    phone.user = 1002
    await phone.say("/status LX-20261123-0001")
    assert phone.last.text.startswith("没查到这个编号。")


async def test_only_one_form_is_ever_open(phone: Any):
    await phone.file()
    await phone.press_data("c.new:0")
    await phone.press_data("c.new:0")
    assert len(await phone.rows(Draft)) == 1


async def test_an_overdue_appeal_says_so(phone: Any):
    await phone.file()
    await happen(phone, Event.CLAIM)
    phone.now += timedelta(days=9)
    await phone.say("LX-20261123-0001")
    assert "现在:城市管理局还没答复,已经过期2个工作日" in phone.last.text


async def test_words_a_day_after_the_bot_asked_for_more_are_not_taken_for_them(phone: Any):
    await answered(phone)
    await phone.press("联系过")
    await phone.press("还没有")
    await phone.press("接着办")
    phone.now += timedelta(days=1)
    await phone.say("菜市场缺斤短两")
    assert list(phone.last.buttons) == ["补充到 LX-20261123-0001", "提新诉求"]


async def test_words_that_waited_go_with_the_reopening(phone: Any):
    await answered(phone)
    question = phone.last
    await phone.say("灯又不亮了")
    await phone.press("联系过", on=question)
    await phone.press("还没有")
    await phone.press("接着办")
    assert (await phone.rows(Utterance))[-1].text == "灯又不亮了"
    reopened = next(each for each in await phone.rows(AppealEvent) if each.what == "reopen")
    assert "utterance_id" in reopened.details
