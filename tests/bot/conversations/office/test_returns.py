"""不归我管: why, whose, by what rule; the unit keeps it until others decide, and hears what they decided."""

from datetime import timedelta

import pytest

from bot.services import lapsing, naming, triaging
from bot.services.moving import Actor
from storage.domain.statuses import Event, Status
from storage.tables import AppealEvent
from tests.bot.conversations.office.conftest import HU, LI, STRANGER, Group

GUESS = {"likely": [{"department": "power", "p": 0.4, "words": []}], "auto": False}
NUMBER = "LX-20261123-0001"


async def asked(group: Group, appeal_id: int) -> list[AppealEvent]:
    return [each for each in await group.history(appeal_id) if each.what == Event.RETURN_ASKED]


async def test_a_return_is_asked_with_reason_unit_and_rule_and_the_unit_keeps_it(group: Group):
    appeal_id = await group.file(guess=GUESS)
    await group.press("不归我管")
    assert list(group.wall[-1].buttons)[:5] == ["不在我们辖区", "不是我们的职责", "已经移交别人", "重复件", "别的"]
    await group.press("不是我们的职责")
    assert (group.wall[-1].text, list(group.wall[-1].buttons)) == (
        "应该归谁?",
        ["供电公司", "搜一个单位", "不知道", "取消"],
    )
    await group.press("供电公司")
    prompt = group.wall[-1]
    assert prompt.text.startswith("依据哪条职责或派单目录?写一句。")
    said = await group.say("路灯线路由供电公司管,电话13812345678", to=prompt)
    assert (group.wall[-1].text, group.wall[-1].answers) == (
        "退单申请交上去了。派单员最迟今天 15:30 定。\n定之前还由城市管理局办,时间照常算。",
        said,
    )
    assert group.chats[-3002][prompt.message_id].buttons == {}
    (request,) = await asked(group, appeal_id)
    assert request.details == {
        "reason": "duty",
        "department": "urban_management",
        "suggested": "power",
        "words": "路灯线路由供电公司管,电话138****5678",
    }
    assert (await group.appeal(appeal_id)).status == Status.DISPATCHED
    await group.wait(seconds=60)
    assert group.phone == []


async def test_a_unit_that_does_not_know_whose_it_is_names_none(group: Group):
    appeal_id = await group.file()
    await group.ask_return("不知道")
    (request,) = await asked(group, appeal_id)
    assert request.details["suggested"] is None


async def test_any_unit_can_be_looked_for_by_part_of_its_name(group: Group):
    appeal_id = await group.file()
    await group.press("不归我管")
    await group.press("别的")
    await group.press("搜一个单位")
    await group.say("没有的", to=group.wall[-1])
    assert group.wall[-1].text == "没有找到「没有的」。请回复这条,换几个字再搜。"
    await group.say("公积金", to=group.wall[-1])
    assert list(group.wall[-1].buttons) == ["住房公积金管理中心", "再搜", "取消"]
    await group.press("住房公积金管理中心")
    await group.say("公积金归他们", to=group.newest("依据哪条职责"))
    (request,) = await asked(group, appeal_id)
    assert (request.details["suggested"], request.details["reason"]) == ("housing_fund", "other")


async def test_cancelled_it_asks_nothing_and_only_who_is_asked_can_cancel(group: Group):
    appeal_id = await group.file()
    await group.press("不归我管")
    await group.press("别的")
    await group.press("不知道")
    prompt = group.wall[-1]
    await group.press("取消", by=HU)
    assert group.toasts[-1] == "这是同事在写的,请让他自己点。"
    await group.press("取消")
    assert group.chats[-3002][prompt.message_id].buttons == {}
    await group.say("归别人", to=prompt)
    assert group.wall[-1].text == "这句没有发给群众。要跟群众说,请回复诉求卡。"
    assert await asked(group, appeal_id) == []


async def test_what_others_reply_to_the_questions_never_goes_to_the_citizen(group: Group):
    await group.file()
    await group.press("不归我管")
    question = group.wall[-1]
    for text in ("这个肯定不归我们", "找老王13812345678"):
        await group.say(text, by=HU, to=question)
        assert group.wall[-1].text == "这句没有发给群众。要跟群众说,请回复诉求卡。"
    await group.say("我也说一句", by=STRANGER, to=question)
    await group.say("// 问问老王", by=HU, to=question)
    assert group.wall[-1].text == "记下了,只在群里。"
    await group.wait(seconds=60)
    assert group.phone == []


async def test_a_reply_to_a_question_whose_id_is_unknown_stays_inside_too(group: Group):
    appeal_id = await group.file()
    buttons = [[{"text": "取消", "callback_data": f"o.quit:{appeal_id}:{LI}"}]]
    lost = group._message(77, 1, -3002) | {"text": "依据?", "reply_markup": {"inline_keyboard": buttons}}
    await group.update(message=group._message(78, LI, -3002) | {"text": "不归我们", "reply_to_message": lost})
    assert group.wall[-1].text == "这句没有发给群众。要跟群众说,请回复诉求卡。"


async def test_one_unit_asks_once(group: Group):
    appeal_id = await group.file()
    await group.ask_return()
    await group.press("不归我管", on=group.wall[0])
    assert group.toasts[-1] == "这一件的退单申请已经交上去了,请等派单员定。定之前还由本单位办。"
    await group.happens(
        lambda session, person: triaging.refuse_return(
            session, appeal_id=appeal_id, reason="duty", person_id=person, now=group.now
        )
    )
    assert group.wall[-1].text == (
        f"{NUMBER} 退单没有同意,还请城市管理局办。\n理由:是你们的职责(派单目录第4条)\n最迟答复:11月30日(周一)。"
    )
    await group.press("不归我管", on=group.wall[0])
    assert group.toasts[-1].startswith("本单位退过一次单了")
    assert len(await asked(group, appeal_id)) == 1


async def test_silence_is_a_refusal_that_says_so(group: Group):
    appeal_id = await group.file()
    await group.ask_return()
    group.now += timedelta(hours=6)
    await group.happens(
        lambda session, _person: lapsing.lapse(
            session, appeal_id, now=group.now, city=group.house.city, calendar=group.house.calendar(group.now)
        )
    )
    assert "理由:到时候没有人定,按没同意算" in group.wall[-1].text


async def test_an_agreed_return_moves_the_card_to_the_new_unit(group: Group):
    appeal_id = await group.file()
    await group.returned(appeal_id, "education")
    assert group.wall[0].text == f"{NUMBER} 改派给教育局,你们不用办了。"
    assert group.wall[0].buttons == {}
    (there,) = group.chats[-3001].values()
    assert there.text.startswith(f"【新诉求】{NUMBER}")
    assert "退过1次" in there.text
    told = [each.text for each in group.chats[1001].values() if "现在换成" in each.text]
    assert told == ["这件事原来交给城市管理局,现在换成教育局办。\n最迟答复:11月30日(周一),没有往后推。"]


async def test_after_two_returns_the_supervisors_are_asked_and_the_unit_waits(group: Group):
    appeal_id = await group.file(returns=2)
    await group.ask_return()
    assert group.wall[-1].text == (
        "退单申请交上去了。这件已经退过2次,由监督员定主办单位。\n定之前还由城市管理局办,时间照常算。"
    )
    await group.press("不归我管", on=group.wall[0])
    assert group.toasts[-1] == "这件已经退过2次,不能再退。请等监督员定主办单位。"
    await _named(group, appeal_id, "urban_management")
    assert group.wall[-1].text == f"{NUMBER} 监督员定了,由城市管理局主办,不能再退。\n最迟答复:11月30日(周一)。"
    await group.press("不归我管", on=group.wall[0])
    assert group.toasts[-1] == "这件已经退过2次,主办单位是监督员定的,不能再退。办不了的,请跟监督员说。"


async def test_the_unit_hears_that_the_dispatchers_passed_it_on_and_where_it_went(group: Group):
    appeal_id = await group.file()
    await group.ask_return()
    await group.happens(
        lambda session, person: triaging.want_lead(session, appeal_id=appeal_id, person_id=person, now=group.now)
    )
    assert group.wall[-1].text == f"{NUMBER} 派单员请监督员定主办单位了。\n定之前还由城市管理局办,时间照常算。"
    await group.press("不归我管", on=group.wall[0])
    assert group.toasts[-1] == "这件不能再退。请等监督员定主办单位。"
    await _named(group, appeal_id, "education")
    assert group.wall[0].text == f"{NUMBER} 监督员定了由教育局主办,你们不用办了。"


async def test_every_old_card_points_on_when_it_moves_again_and_when_it_comes_back(group: Group):
    appeal_id = await group.file()
    await group.returned(appeal_id, "education")
    await group.moved(appeal_id, "urban_management")
    (there,) = group.chats[-3001].values()
    assert (there.text, there.buttons) == (f"{NUMBER} 由城市管理局接手了,你们不用办了。", {})
    assert (group.wall[0].text, group.wall[0].buttons) == (f"{NUMBER} 现在由城市管理局办。", {})
    assert list(group.wall[-1].buttons) == ["签收", "不归我管"]
    await group.moved(appeal_id, "power")
    assert group.wall[0].text == f"{NUMBER} 现在由供电公司办。"
    assert group.wall[-1].text == f"{NUMBER} 由供电公司接手了,你们不用办了。"
    assert there.message_id in group.chats[-3001]
    assert group.chats[-3001][there.message_id].text == f"{NUMBER} 现在由供电公司办。"


async def test_buttons_of_what_moved_on_are_refused_politely(group: Group):
    appeal_id = await group.claimed()
    await group.press("答复办结")
    await group.press("已经解决")
    prompt = group.wall[-1]
    await group.moved(appeal_id, "education")
    await group.press("取消", on=prompt)
    refusal = f"{NUMBER}已经转给教育局,你们不用办了。要告诉他们什么,请直接回复诉求卡。"
    assert group.toasts[-1] == refusal
    for verb in ("o.claim", "o.answer", "o.more", "o.notours", "o.offer", "o.hand", "o.contact", "o.phone"):
        await group.press_data(f"{verb}:{appeal_id}")
        assert group.toasts[-1] == refusal
    before = len(group.wall)
    await group.say("中午吃什么")
    assert len(group.wall) == before


async def test_a_held_reply_does_not_go_after_the_move_and_its_writer_is_told(group: Group):
    appeal_id = await group.claimed()
    said = await group.say("明天去修。", to=group.wall[0])
    await group.say("打13812345678", to=group.wall[0])
    await group.moved(appeal_id, "education")
    await group.wait(seconds=60)
    assert group.phone == []
    told = [each for each in group.wall if each.text == "没有发给群众:这件已经转给教育局了。"]
    assert [each.buttons for each in told] == [{}, {}]
    assert group.chats[-3002][said].reactions == []


async def test_an_answer_under_way_is_called_off_and_its_writer_is_told(group: Group):
    appeal_id = await group.claimed()
    await group.press("答复办结")
    await group.press("已经解决")
    await group.say("昨天换了灯头,亮了。", to=group.wall[-1])
    preview = group.newest("发出")
    await group.moved(appeal_id, "education")
    shown = group.chats[-3002][preview.message_id]
    assert (shown.text, shown.buttons) == ("没有发给群众:这件已经转给教育局了。", {})
    await group.press("发出", on=preview)
    assert "已经转给教育局" in group.toasts[-1]
    assert group.phone == []


@pytest.mark.parametrize("data", ["o.return:1:why", "o.whose:1:duty.atlantis", "o.whose:1:duty.urban_management"])
async def test_forged_reasons_and_units_are_refused(group: Group, data: str):
    await group.file()
    await group.press_data(data)
    assert group.toasts[-1] in {
        "没有这个选项。请看最新的卡片,重新点一下。",
        "没有这个单位。请换个名字再搜。",
    }


async def test_too_long_a_sentence_is_not_taken(group: Group):
    appeal_id = await group.file()
    await group.ask_return(words="长" * 3600)
    assert group.wall[-1].text == "这句太长。请短一点,再回复一次。"
    assert await asked(group, appeal_id) == []


async def _named(group: Group, appeal_id: int, department: str) -> None:
    await group.happens(
        lambda session, person: naming.name_lead(
            session,
            appeal_id=appeal_id,
            department=department,
            actor=Actor.SUPERVISOR,
            person_id=person,
            now=group.now,
            city=group.house.city,
            calendar=group.house.calendar(group.now),
        )
    )
