"""The citizen asks once for a second look at what was declined; the supervisors let it go on, or not."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose, bind
from bot.services.placing import lose_chat
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import offices
from tests.support.declining import (
    SECOND,
    SUPERVISION,
    SUPERVISOR,
    appeal_of,
    choose,
    declined,
    filed,
    history_of,
)
from tests.support.desking import Front, Owed
from tests.support.screens import CITIZEN, DISPATCHER, TRIAGE, found, last, press, screen, toasts

UNITS = ["urban_management", "power", "education"]
ONCE = "这一件监督员已经再看过,或者正在看,只能请一次。有新情况,请当作新的事再说一遍。"


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(UNITS)
    return front


async def objected(front: Front, text: str = "村小学东门的路灯坏了,电话13812345678", **columns: Any) -> Owed:
    """File, decline as 要走法律程序 and ask for a second look; return the supervisors' card."""
    await filed(front, text, **columns)
    await choose(front, "要走法律程序")
    await press(front, "人民法院 12368", TRIAGE, by=DISPATCHER)
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    [card] = [each for each in await press(front, "请再看一次") if each.chat == SUPERVISION]
    return card


async def test_the_supervisors_get_the_appeal_the_reason_and_the_likely_units(front: Front):
    card = await objected(front)
    appeal = await appeal_of(front)
    assert card.text == (
        f"【请再看】{appeal.number}\n求助·一般\n桃园镇\n群众 {appeal.alias}:\n村小学东门的路灯坏了,电话138****5678\n"
        "派单员不予受理:要走法律程序\n告诉群众:这类纠纷要由人民法院来断,我们断不了,断了也不作数。\n"
        "群众请再看一次。\n最迟11月25日(周三)告诉群众。"
    )
    assert list(card.buttons) == ["城市管理局", "供电公司", "别的单位", "维持"]
    assert card.payload["protect_content"] is True
    assert last(front).text == "好,监督员会再看一次,最迟11月25日(周三)告诉您。"


async def test_what_goes_on_after_all_has_its_clocks_from_now_and_both_sides_read_it(front: Front):
    card = await objected(front)
    owed = await press(front, "供电公司", SUPERVISION, by=SUPERVISOR)
    appeal = await appeal_of(front)
    assert (appeal.status, appeal.department, appeal.first_dispatched_at) == ("dispatched", "power", front.now)
    assert (appeal.objection_due, appeal.answer_due is None) == (None, False)
    assert "监督员看过了,这件该办。交给供电公司,最迟答复:11月" in found(front, "这件该办").text
    async with front.database.reading() as session:
        unit = await offices.of(session, platform="telegram", bot=1, purpose="department", department="power")
    assert [list(each.buttons) for each in owed if each.chat == unit.chat_id] == [["签收", "不归我管"]]
    left = screen(front, SUPERVISION)[card.id]
    assert (left.text.split("\n")[1], left.buttons) == ("接着办,交给供电公司(小方)", {})


async def test_what_stays_declined_is_told_with_who_is_in_charge(front: Front):
    card = await objected(front)
    await press(front, "维持", SUPERVISION, by=SUPERVISOR)
    assert (await appeal_of(front)).status == "declined"
    assert last(front).text == (
        "监督员看过了,还是没有权力办。原因:这类纠纷要由人民法院来断,我们断不了,断了也不作数。\n请找人民法院,电话12368。"
    )
    assert screen(front, SUPERVISION)[card.id].buttons == {}


async def test_a_second_objection_is_refused_in_a_sentence(front: Front):
    await objected(front)
    assert toasts(await front.press(CITIZEN, 1, "c.object:1")) == [ONCE]
    await press(front, "维持", SUPERVISION, by=SUPERVISOR)
    assert toasts(await front.press(CITIZEN, 1, "c.object:1")) == [ONCE]
    assert (await history_of(front)).count("object") == 1


async def test_of_two_supervisors_the_second_reads_that_it_is_decided(front: Front):
    card = await objected(front)
    await press(front, "维持", SUPERVISION, by=SUPERVISOR)
    owed = await front.press(SUPERVISION, card.id, card.buttons["供电公司"], by=SECOND)
    assert toasts(owed) == ["这一件已经定过了,请看最新的卡片。"]
    assert (await appeal_of(front)).status == "declined"


async def test_only_supervisors_in_their_group_decide(front: Front):
    card = await objected(front)
    for chat, by in ((SUPERVISION, DISPATCHER), (TRIAGE, DISPATCHER), (CITIZEN, CITIZEN), (-3002, SUPERVISOR)):
        for data in ("so.send:1:power", "so.page:1:0", "so.back:1", "so.search:1", "s.uphold:1"):
            owed = await front.press(chat, card.id, data, by=by)
            assert [each.method for each in owed] == ["answerCallbackQuery"]
    assert (await history_of(front))[-1] == "object"


async def test_nobody_objects_for_somebody_else_or_to_what_is_not_declined(front: Front):
    await filed(front)
    assert toasts(await front.press(CITIZEN, 1, "c.object:1")) == ["这一步刚才已经办过了,现在是:待派单。"]
    await declined(front)
    assert "没查到" in toasts(await front.press(1002, 1, "c.object:1"))[0]
    assert "object" not in await history_of(front)


async def test_other_units_are_leafed_through_or_searched(front: Front):
    card = await objected(front)
    await press(front, "别的单位", SUPERVISION, by=SUPERVISOR)
    page = screen(front, SUPERVISION)[card.id]
    assert list(page.buttons) == ["教育局", "城市管理局", "供电公司", "打字搜", "返回"]
    await press(front, "返回", SUPERVISION, by=SUPERVISOR)
    assert screen(front, SUPERVISION)[card.id].buttons == card.buttons
    await front.press(SUPERVISION, card.id, page.buttons["打字搜"], by=SUPERVISOR)
    await front.say(SUPERVISION, "没有的", by=SUPERVISOR, reply_to=last(front, SUPERVISION).id)
    assert "没有找到「没有的」" in last(front, SUPERVISION).text
    await front.say(SUPERVISION, "教育", by=SUPERVISOR, reply_to=last(front, SUPERVISION).id)
    await press(front, "教育局", SUPERVISION, by=SUPERVISOR)
    assert (await appeal_of(front)).department == "education"


async def test_a_unit_without_a_group_or_a_forged_one_gets_nothing(front: Front):
    card = await objected(front)
    for data in ("so.send:1:gas", "so.send:1:nowhere", "so.send:99:power"):
        assert toasts(await front.press(SUPERVISION, card.id, data, by=SUPERVISOR))
    assert (await appeal_of(front)).status == "declined"


async def test_a_report_of_an_official_never_goes_to_the_accused_unit(front: Front):
    await filed(front, "城市管理局的队长收钱,路灯也不修", confidential=False)
    await declined(front)
    [card] = [each for each in await press(front, "请再看一次") if each.chat == SUPERVISION]
    assert "城市管理局" not in card.buttons
    owed = await front.press(SUPERVISION, card.id, "so.send:1:urban_management", by=SUPERVISOR)
    assert toasts(owed) == ["这件反映的就是这个单位,不能交给它办。请换一个单位。"]
    await front.press(SUPERVISION, card.id, "so.page:1:0", by=SUPERVISOR)
    assert "城市管理局" not in screen(front, SUPERVISION)[card.id].buttons
    assert (await appeal_of(front)).status == "declined"


async def test_the_supervisors_group_reads_nothing_of_a_confidential_appeal(front: Front):
    looked = await filed(front, "某队长收了摊主的钱", confidential=True)
    await front.press(TRIAGE, looked.id, "t.look:1", by=DISPATCHER)
    for label in ("不予受理", "说得太少", "发出"):
        await press(front, label, DISPATCHER)
    await press(front, "补充")
    await front.say(CITIZEN, "他叫某某,收了三次")
    card = last(front, SUPERVISION)
    assert "保密件,内容不在群里显示。" in card.text
    assert not any(word in card.text for word in ("队长", "某某", "只凭"))
    await press(front, "供电公司", SUPERVISION, by=SUPERVISOR)
    groups = [each.text for each in front.calls if each.chat < 0]
    assert not any("队长" in each or "某某" in each for each in groups)


async def test_one_supervisor_reads_a_confidential_objection_in_private_and_that_is_kept(front: Front):
    looked = await filed(front, "某队长收了摊主的钱", confidential=True)
    await front.press(TRIAGE, looked.id, "t.look:1", by=DISPATCHER)
    for label in ("不予受理", "说得太少", "发出"):
        await press(front, label, DISPATCHER)
    await press(front, "补充")
    await front.say(CITIZEN, "他叫某某,收了三次,我的电话13812345678")
    card = last(front, SUPERVISION)
    owed = await press(front, "我来看", SUPERVISION, by=SUPERVISOR)
    [private] = [each for each in owed if each.chat == SUPERVISOR]
    assert private.text.splitlines()[1:] == [
        "某队长收了摊主的钱",
        "告诉群众:只凭这些,还不知道是什么事、在哪里。补充一句,马上接着办。",
        "群众请再看一次,说:他叫某某,收了三次,我的电话138****5678",
        "只供核查,不要转发。这次查看已记录。",
    ]
    assert private.payload["protect_content"] is True
    assert (await history_of(front))[-1] == "confidential_read"
    for by, chat in ((DISPATCHER, SUPERVISION), (SUPERVISOR, TRIAGE)):
        assert not [each for each in await front.press(chat, card.id, "s.oread:1", by=by) if each.chat == by]


async def test_too_little_said_is_objected_to_with_words(front: Front):
    await filed(front, "坏了")
    await declined(front, "说得太少")
    await press(front, "补充")
    assert "object" not in await history_of(front)
    await front.say(CITIZEN, "北王村的路灯坏了,找13812345678")
    assert (await history_of(front))[-1] == "object"
    assert "群众请再看一次,说:北王村的路灯坏了,找138****5678" in last(front, SUPERVISION).text


async def test_thanks_and_a_reply_about_another_appeal_are_no_words_for_the_supervisors(front: Front):
    await filed(front, "路灯")
    other = last(front)
    await filed(front, "坏了")
    await declined(front, "说得太少")
    await press(front, "补充")
    await front.say(CITIZEN, "谢谢")
    await front.say(CITIZEN, "灯在东门", reply_to=other.id)
    assert "supplement" in await history_of(front, 1)
    assert "object" not in await history_of(front, 2)
    await front.say(CITIZEN, "井盖坏了,在村口")
    assert (await history_of(front, 2))[-1] == "object"


async def test_words_in_reply_to_the_decline_are_an_objection_but_thanks_are_not(front: Front):
    await filed(front)
    await declined(front)
    told = found(front, "没有权力办")
    await front.say(CITIZEN, "谢谢", reply_to=told.id)
    assert "object" not in await history_of(front)
    await front.say(CITIZEN, "可是法院说归你们管", reply_to=told.id)
    assert (await history_of(front))[-1] == "object"
    assert "说:可是法院说归你们管" in last(front, SUPERVISION).text


async def test_who_says_nothing_to_it_after_all_objects_to_nothing(front: Front):
    await filed(front, "坏了")
    await declined(front, "说得太少")
    await press(front, "补充")
    await press(front, "不用了")
    await front.say(CITIZEN, "村口的井盖丢了一个")
    assert "object" not in await history_of(front)


async def test_who_has_read_it_can_still_object_from_their_list(front: Front):
    await filed(front)
    await declined(front)
    await press(front, "知道了")
    assert not [each for each in screen(front).values() if "知道了" in each.buttons]
    await front.press(CITIZEN, last(front).id, "c.see:1:list")
    await press(front, "请再看一次")
    assert (await history_of(front))[-1] == "object"


async def test_a_new_supervisors_group_gets_the_objections_that_wait(front: Front):
    async def put_out(session: AsyncSession) -> None:
        for purpose in (Purpose.SUPERVISION, Purpose.TRIAGE):
            office = await offices.of(session, platform="telegram", bot=1, purpose=purpose)
            await lose_chat(session, platform="telegram", bot=1, chat_id=office.chat_id, now=front.now)

    async def rebind(session: AsyncSession) -> None:
        group = {"chat_id": -99, "purpose": Purpose.SUPERVISION, "title": "新群"}
        await bind(session, platform="telegram", bot=1, now=front.now, **group)

    await filed(front)
    await declined(front)
    await front.happen(put_out)
    await press(front, "请再看一次")
    assert last(front).text.startswith("好,监督员会再看一次")
    [card] = [each for each in await front.happen(rebind) if each.chat == -99]
    assert card.text.startswith("【请再看】")
    await front.press(-99, card.id, card.buttons["维持"], by=SUPERVISOR)
    assert (await history_of(front))[-1] == "objection_refused"
