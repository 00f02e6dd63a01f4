"""协商转办 and 接手: two units agree between themselves, in their own groups."""

from datetime import timedelta

import pytest

from bot.services import lapsing, withdrawing
from storage.domain.statuses import Event, Status
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, OTHER_UNIT, Group

THERE = -3001
NUMBER = "LX-20261123-0001"
TO_EDUCATION = {"likely": [{"department": "education", "p": 0.4, "words": []}], "auto": False}


async def offered(group: Group, *, words: str = "校门口的灯归学校", **columns: object) -> int:
    """Let 小李 offer it to 教育局."""
    appeal_id = await group.claimed(guess=TO_EDUCATION, **columns)
    await group.press("更多")
    await group.press("协商转办")
    await group.press("教育局")
    await group.say(words, to=group.newest("为什么归他们"))
    return appeal_id


async def test_the_other_unit_is_asked_with_the_reason_and_the_due_day(group: Group):
    await offered(group, words="校门口的灯归学校,王老师13812345678")
    (card,) = group.chats[THERE].values()
    assert card.text == (
        f"【请接手】{NUMBER}\n城市管理局认为这件归你们。\n村小学东门的路灯坏了半个月,晚上老人摔过跤\n村小学东门\n"
        "理由:校门口的灯归学校,王老师138****5678\n原来的答复期限:11月30日(周一)"
    )
    assert list(card.buttons) == ["接手", "不接,写理由"]
    assert (group.wall[-1].text, list(group.wall[-1].buttons)) == (
        "已经请教育局接手,最迟等到今天 15:30。\n接手之前还由城市管理局办,时间照常算。",
        ["撤回转办"],
    )


async def test_who_takes_it_over_gets_the_card_and_everybody_is_told(group: Group):
    appeal_id = await offered(group)
    promised = (await group.appeal(appeal_id)).answer_due
    await group.press("接手", by=OTHER_UNIT, chat=THERE)
    question, card = group.chats[THERE].values()
    assert (question.text, question.buttons) == (f"{NUMBER} 小周接手了,诉求卡在下面。", {})
    assert (list(card.buttons), card.text.split("\n")[0]) == (["签收", "不归我管"], f"【新诉求】{NUMBER}")
    assert (group.wall[0].text, group.wall[0].buttons) == (f"{NUMBER} 由教育局接手了,你们不用办了。", {})
    assert group.newest("由教育局接手了").buttons == {}
    assert not any("撤回转办" in each.buttons for each in group.wall)
    appeal = await group.appeal(appeal_id)
    assert (appeal.department, appeal.status, appeal.answer_due) == ("education", Status.DISPATCHED, promised)
    told = [each.text for each in group.chats[CITIZEN].values() if "换成" in each.text]
    assert told == ["这件事原来交给城市管理局,现在换成教育局办。\n最迟答复:11月30日(周一),没有往后推。"]
    await group.press("签收", by=OTHER_UNIT, chat=THERE)
    live = [each.text for each in group.chats[CITIZEN].values() if "换过1次单位" in each.text]
    assert len(live) == 1


async def test_a_declined_offer_says_why_in_both_groups(group: Group):
    appeal_id = await offered(group)
    await group.press("不接,写理由", by=OTHER_UNIT, chat=THERE)
    prompt = group.newest("为什么不接", chat=THERE)
    await group.say("灯在校外", by=OTHER_UNIT, to=prompt, chat=THERE)
    question = next(iter(group.chats[THERE].values()))
    assert (question.text, question.buttons) == (f"{NUMBER} 小周不接:灯在校外", {})
    assert group.newest("好,已经告诉他们了。", chat=THERE)
    assert group.wall[-1].text == f"{NUMBER} 教育局不接:灯在校外\n还由城市管理局办。"
    assert (await group.appeal(appeal_id)).department == "urban_management"
    await group.wait(seconds=60)
    assert group.phone == []


async def test_a_decline_that_is_too_long_is_not_taken(group: Group):
    await offered(group)
    await group.press("不接,写理由", by=OTHER_UNIT, chat=THERE)
    await group.say("长" * 3600, by=OTHER_UNIT, to=group.newest("为什么不接", chat=THERE), chat=THERE)
    assert "接手" in next(iter(group.chats[THERE].values())).buttons


async def test_a_withdrawn_offer_is_over_for_both_and_a_late_press_hears_who_withdrew_it(group: Group):
    await offered(group)
    question = group.newest("接手", chat=THERE)
    await group.press("撤回转办", by=HU)
    assert not any("撤回转办" in each.buttons for each in group.wall)
    shown = group.chats[THERE][question.message_id]
    assert (shown.text, shown.buttons) == (f"{NUMBER} 不用接了:城市管理局撤回了转办。", {})
    await group.press("接手", on=question, by=OTHER_UNIT, chat=THERE)
    assert group.toasts[-1] == f"{NUMBER}不用接了:老胡撤回了转办,还由城市管理局办。"


async def test_an_offer_without_an_answer_lapses(group: Group):
    appeal_id = await offered(group)
    group.now += timedelta(hours=6)
    await group.happens(
        lambda session, _person: lapsing.lapse(
            session, appeal_id, now=group.now, city=group.house.city, calendar=group.house.calendar(group.now)
        )
    )
    assert group.wall[-1].text == f"{NUMBER} 教育局没有回音,不再等了。还由城市管理局办。"
    (question,) = group.chats[THERE].values()
    assert (question.text, question.buttons) == (f"{NUMBER} 不用接了:没有回音,还由城市管理局办。", {})


async def test_an_offer_is_over_once_the_unit_answers_and_a_withdrawal_finds_none(group: Group):
    appeal_id = await offered(group)
    await group.event(appeal_id, Event.ANSWER)
    (question,) = group.chats[THERE].values()
    assert question.text == f"{NUMBER} 不用接了:城市管理局已经答复。"
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
    assert group.wall[-1].text == f"{NUMBER} 群众撤回了,不用再办。"
    assert question.buttons == {}


async def test_only_the_asked_unit_takes_it_over(group: Group):
    appeal_id = await offered(group)
    take = group.newest("接手", chat=THERE).buttons["接手"]
    for by, chat in ((LI, GROUP), (LI, THERE), (OTHER_UNIT, GROUP), (4001, THERE)):
        await group.press_data(take, by=by, chat=chat)
        assert group.toasts[-1].startswith("只有教育局的工作人员能办这一件。")
    await group.press_data("o.accept:99999", by=OTHER_UNIT, chat=THERE)
    assert (await group.appeal(appeal_id)).department == "urban_management"


async def test_a_second_offer_waits_until_the_first_is_over(group: Group):
    await offered(group)
    await group.press("更多", on=group.wall[0])
    await group.press("协商转办")
    assert group.toasts[-1] == "已经请别的单位接手了,一次只能请一个。要换一个,请先撤回。"


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("atlantis", "没有这个单位。请换个名字再搜。"),
        ("urban_management", "没有这个单位。请换个名字再搜。"),
        ("power", "供电公司还没有绑定群,派过去没人看得到。请管理员先绑定,或者派给别的单位。"),
    ],
)
async def test_nothing_is_offered_where_nobody_would_see_it(group: Group, code: str, refusal: str):
    appeal_id = await group.claimed()
    await group.press_data(f"o.towhom:{appeal_id}:{code}")
    assert group.toasts[-1] == refusal


async def test_the_other_unit_can_be_looked_for_by_name(group: Group):
    await group.claimed()
    await group.press("更多")
    await group.press("协商转办")
    await group.press("搜一个单位")
    await group.say("教育", to=group.wall[-1])
    assert "教育局" in group.wall[-1].buttons
    await group.press("教育局")
    await group.say("长" * 3600, to=group.newest("为什么归他们"))
    assert group.wall[-1].text == "这句太长。请短一点,再回复一次。"
    await group.press_data("o.unoffer:1:x")
    assert THERE not in group.chats
