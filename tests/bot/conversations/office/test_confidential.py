"""保密件: the group sees next to nothing; its handler reads and works on it in a private chat of their own."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.notices import say_what_happened
from bot.notices.office import _HEARD
from bot.services import handling, rating, reopening, supplementing, withdrawing
from bot.services.moving import Actor
from storage.domain.statuses import Status
from storage.repositories import events, people
from storage.tables import Appeal, Staff, Utterance
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, OTHER_UNIT, STRANGER, Group, Shown

ANSWER = "11月25日下午去看过,账目都查了,已经退回。"
TEXT = "有人收黑钱把路灯拆了,张三可以作证,打13812345678"
SHORT = (
    "【保密件】LX-20261123-0001\n举报·一般\n地点:桃园镇\n内容不在群里显示,由专办人在私聊里看。\n"
    "答复:最迟 12月14日(周一)\n专办人:小李"
)


@pytest.fixture
async def desk(group: Group) -> Group:
    """The unit with 小李 as its handler."""
    await _name_handler(group, LI)
    return group


async def _name_handler(group: Group, user: int) -> None:
    async def name(session: AsyncSession, _citizen: int) -> None:
        person = await people.find(session, platform="telegram", bot=1, user_id=user)
        assert person is not None
        row = (await session.execute(select(Staff).where(Staff.person_id == person.id))).scalar_one()
        await handling.name_handler(session, row.id, person_id=None, now=group.now)

    await _happens(group, name)


async def _happens(group: Group, act: Callable[[AsyncSession, int], Awaitable[object]]) -> None:
    async with group.database.writing() as session:
        citizen = await people.meet(session, platform="telegram", bot=1, user_id=CITIZEN, username=None, now=group.now)
        await act(session, citizen.id)
        await group._put(session, await say_what_happened(session, group.house, now=group.now))
    await group.deliver()


async def _filed(group: Group, **columns: object) -> int:
    given = {"kind": "report", "confidential": True, "town": "taoyuan", "phone": "13912345678", **columns}
    appeal_id = await group.file(TEXT, **given)
    async with group.database.writing() as session:
        first = Utterance(appeal_id=appeal_id, direction="from_citizen", text=TEXT, at=group.now, state="kept")
        session.add(first)
    return appeal_id


async def _opened(group: Group) -> int:
    appeal_id = await _filed(group)
    await group.press("我来看")
    return appeal_id


async def _claimed(group: Group) -> int:
    appeal_id = await _opened(group)
    await group.press("签收", chat=LI)
    return appeal_id


def _card(group: Group) -> Shown:
    """The handler's card."""
    return next(each for each in group.chats[LI].values() if each.role == "card")


def _nothing_leaked(group: Group) -> None:
    wall = "\n".join(each.text for each in group.wall)
    for secret in ("路灯", "张三", "138", "139", "村小学", "7F3K", "东门"):
        assert secret not in wall, wall


async def test_the_group_sees_number_kind_level_town_due_time_and_handler_and_no_more(desk: Group):
    await _filed(desk)
    (shown,) = desk.wall
    assert (shown.text, list(shown.buttons)) == (SHORT, ["我来看"])


async def test_the_handler_opens_it_in_private_with_the_buttons_there(desk: Group):
    appeal_id = await _opened(desk)
    assert desk.toasts[-1] == "全文发到您的私聊里了。"
    card = _card(desk)
    assert card.text.startswith("【新诉求】LX-20261123-0001\n保密件:只有您看得到,请不要转发、不要截图。\n")
    assert "有人收黑钱把路灯拆了,张三可以作证,打138****5678" in card.text
    assert list(card.buttons) == ["签收", "不归我管"]
    _nothing_leaked(desk)
    (opened,) = [each for each in await desk.history(appeal_id) if each.what == "confidential_opened"]
    assert opened.details == {"role": "staff"}


async def test_whoever_else_presses_is_told_whose_it_is(desk: Group):
    await _filed(desk)
    await desk.press("我来看", by=HU)
    assert desk.toasts[-1] == "这一件是保密件,由小李专办,只在他的私聊里看、在那里办。"
    await desk.press("我来看", by=STRANGER)
    assert desk.toasts[-1] == "只有城市管理局的工作人员能办这一件。要加人,请找管理员。"
    await desk.press("我来看", by=OTHER_UNIT)
    assert desk.toasts[-1] == "只有城市管理局的工作人员能办这一件。要加人,请找管理员。"
    assert set(desk.chats) == {GROUP, CITIZEN}


@pytest.mark.parametrize("verb", ["o.claim", "o.answer", "o.contact", "o.more", "o.phone", "o.notours", "o.show"])
async def test_a_forged_button_in_the_group_opens_nothing_not_even_to_the_handler(desk: Group, verb: str):
    appeal_id = await _filed(desk)
    for who in (LI, HU):
        await desk.press_data(f"{verb}:{appeal_id}:visit", by=who)
        assert desk.toasts[-1].startswith("这一件是保密件,由小李专办")
    await desk.press_data(f"{verb}:{appeal_id}:visit", by=HU, chat=HU)
    assert desk.toasts[-1].startswith("这一件是保密件,由小李专办")
    assert (await desk.appeal(appeal_id)).status == Status.DISPATCHED
    _nothing_leaked(desk)


async def test_a_reply_to_the_groups_card_goes_nowhere(desk: Group):
    await _claimed(desk)
    for who in (LI, HU):
        await desk.say("我们明天去看", by=who, to=desk.wall[0])
    await desk.wait(seconds=60)
    assert desk.phone == []
    assert desk.wall[-1].text.startswith("这一件是保密件,由小李专办")


async def test_signing_changes_the_card_in_the_group_to_a_status_and_no_more(desk: Group):
    appeal_id = await _claimed(desk)
    assert (await desk.appeal(appeal_id)).status == Status.IN_PROGRESS
    assert len(desk.wall) == 1
    assert desk.wall[0].text == SHORT.replace("\n专办人", "\n现在:办理中\n专办人")
    assert list(_card(desk).buttons) == ["答复办结", "先联系一下", "请补充", "会办", "更多"]
    assert "开头写 // ,只记下来。" in _card(desk).text


async def test_a_reply_in_private_is_held_and_goes_to_the_citizen(desk: Group):
    await _claimed(desk)
    await desk.say("明天上午去看。", to=_card(desk), chat=LI)
    held = desk.newest("现在发", chat=LI)
    assert list(held.buttons) == ["现在发", "不发了", "改成备注"]
    assert desk.phone == []
    await desk.press("现在发", chat=LI)
    assert "明天上午去看。" in desk.phone[0]
    _nothing_leaked(desk)


async def test_a_note_in_private_stays_with_the_handler(desk: Group):
    appeal_id = await _claimed(desk)
    await desk.say("// 先查账再说", to=_card(desk), chat=LI)
    assert desk.newest("记下了", chat=LI).text == "记下了,群众看不到。"
    assert [each.direction for each in await desk.words(appeal_id)][-1] == "note"
    await desk.wait(seconds=60)
    assert desk.phone == []
    _nothing_leaked(desk)


async def test_a_private_number_in_a_private_reply_is_asked_about_too(desk: Group):
    await _claimed(desk)
    await desk.say("请打13600000000找我", to=_card(desk), chat=LI)
    await desk.press("去掉号码再发", chat=LI)
    assert "请打找我" in desk.phone[-1]


async def test_the_first_word_and_the_question_work_in_private(desk: Group):
    await _claimed(desk)
    for label, said, read, send in (
        ("先联系一下", "明天去看。", "您反映的事我们接手了,明天去看。", "现在发"),
        ("请补充", "什么时候的事?", "想请您补充:\n什么时候的事?", "发出"),
    ):
        await desk.press(label, chat=LI)
        await desk.say(said, to=desk.newest("请回复这一条", chat=LI), chat=LI)
        await desk.press(send, chat=LI)
        assert read in desk.phone[-1]
    _nothing_leaked(desk)


async def test_the_answer_is_written_looked_at_and_sent_in_private(desk: Group):
    appeal_id = await _claimed(desk)
    await desk.press("答复办结", chat=LI)
    await desk.press("已经解决", chat=LI)
    await desk.say(ANSWER, chat=LI)
    await desk.press("发出", chat=LI)
    assert ANSWER in desk.phone[-1]
    assert (await desk.appeal(appeal_id)).status == Status.ANSWERED
    assert "现在:已答复待评价" in desk.wall[0].text
    assert len(desk.wall) == 1
    _nothing_leaked(desk)


async def test_the_number_is_shown_in_private_with_a_reason_and_logged(desk: Group):
    appeal_id = await _claimed(desk)
    await desk.press("更多", chat=LI)
    await desk.press("看联系方式", chat=LI)
    await desk.press("核实情况", chat=LI)
    assert "13912345678" in desk.newest("的电话:", chat=LI).text
    seen = [each for each in await desk.history(appeal_id) if each.what == "contact_seen"]
    assert [each.details["reason"] for each in seen] == ["check"]
    _nothing_leaked(desk)


async def test_what_the_citizen_adds_and_does_is_told_in_private_only(desk: Group):
    appeal_id = await _claimed(desk)
    await _supplement(desk, appeal_id, "还有李四,电话13700000000")
    assert desk.newest("群众补充", chat=LI).text == "LX-20261123-0001 群众补充:\n还有李四,电话137****0000"
    await _withdraw(desk, appeal_id)
    assert desk.newest("群众撤回了", chat=LI)
    (shown,) = desk.wall
    assert ("现在:已撤回" in shown.text, shown.buttons) == (True, {})
    _nothing_leaked(desk)


async def test_what_was_not_solved_comes_back_in_private(desk: Group):
    appeal_id = await _claimed(desk)
    await desk.press("答复办结", chat=LI)
    await desk.press("已经解决", chat=LI)
    await desk.say(ANSWER, chat=LI)
    await desk.press("发出", chat=LI)
    await _happens(
        desk,
        lambda session, citizen: reopening.reopen(
            session,
            appeal_id=appeal_id,
            person_id=citizen,
            now=desk.now,
            city=desk.house.city,
            calendar=desk.house.calendar(desk.now),
            words="张三还在收",
        ),
    )
    assert "张三还在收" in desk.newest("【重办】", chat=LI).text
    await _happens(
        desk,
        lambda session, citizen: rating.said_unsolved(session, appeal_id=appeal_id, person_id=citizen, now=desk.now),
    )
    assert "现在:办理中" in desk.wall[0].text
    _nothing_leaked(desk)


async def test_what_came_before_it_was_opened_is_there_when_it_is(desk: Group):
    appeal_id = await _filed(desk)
    await _supplement(desk, appeal_id, "还有李四")
    await desk.press("我来看")
    assert [each.text for each in desk.chats[LI].values()][-1] == "LX-20261123-0001 群众补充:\n还有李四"
    _nothing_leaked(desk)


async def test_an_undelivered_answer_is_told_in_private(desk: Group):
    await _claimed(desk)
    desk.blocked.add(CITIZEN)
    await desk.say("明天上午去看。", to=_card(desk), chat=LI)
    await desk.press("现在发", chat=LI)
    assert desk.newest("【没送到】", chat=LI)
    assert len(desk.wall) == 1


async def test_a_handler_who_cannot_be_written_to_is_asked_in_the_group_to_open_the_chat(desk: Group):
    desk.blocked.add(LI)
    await _filed(desk)
    await desk.press("我来看")
    assert desk.wall[-1].text == (
        "LX-20261123-0001 小李,我还不能给您发私聊,有话没送到。请先点开我的头像,发一句「你好」,再来点「我来看」。"
    )
    await desk.press("我来看", on=desk.wall[0])
    assert desk.toasts[-1].startswith("我还不能给您发私聊。")
    desk.blocked.clear()
    await desk.say("你好", chat=LI)
    await desk.press("我来看", on=desk.wall[0])
    assert "有人收黑钱" in _card(desk).text
    _nothing_leaked(desk)


async def test_where_nobody_is_named_the_card_says_so_and_is_brought_up_to_date(group: Group):
    await _filed(group)
    assert group.wall[0].text.endswith("专办人:还没有,已请管理员指定")
    await group.press("我来看")
    assert group.toasts[-1] == "这一件是保密件,还没有专办人。请管理员发 /handler 指定。"
    await _name_handler(group, LI)
    assert group.wall[0].text == SHORT
    assert len(group.wall) == 1
    await group.press("我来看")
    assert "有人收黑钱" in _card(group).text


async def test_a_new_handler_takes_over_and_the_former_one_is_out(desk: Group):
    appeal_id = await _claimed(desk)
    await _name_handler(desk, HU)
    assert _card(desk).text == "LX-20261123-0001 换成老胡专办,您不用办了。"
    assert _card(desk).buttons == {}
    assert "专办人:老胡" in desk.wall[0].text
    await desk.press_data(f"o.answer:{appeal_id}", chat=LI)
    assert desk.toasts[-1].startswith("这一件是保密件,由老胡专办")
    await desk.say("还想再说一句", to=_card(desk), chat=LI)
    await desk.wait(seconds=60)
    assert desk.phone == []
    await desk.press("我来看", by=HU)
    assert "有人收黑钱" in desk.newest("签收", chat=HU).text


async def test_nobody_handles_their_own_appeal(group: Group):
    await _name_handler(group, LI)

    async def own(session: AsyncSession, _citizen: int) -> None:
        person = await people.find(session, platform="telegram", bot=1, user_id=LI)
        appeal = (await session.execute(select(Appeal))).scalar_one()
        assert person is not None
        appeal.citizen_id = person.id
        await events.record(session, "card_wanted", at=group.now, actor=Actor.SYSTEM, appeal_id=appeal.id)

    await _filed(group)
    await _happens(group, own)
    assert group.wall[-1].text.endswith("专办人:还没有,已请管理员指定")
    await group.press("我来看")
    assert group.toasts[-1] == "这一件是保密件,还没有专办人。请管理员发 /handler 指定。"


async def test_a_handlers_own_form_goes_on_beside_the_work(desk: Group):
    await _happens(desk, _agreed_by_li)
    await desk.say("我家楼下的下水道堵了三天", chat=LI)
    assert "下一步" in desk.newest("记下了", chat=LI).buttons
    await _claimed(desk)
    await desk.press("先联系一下", chat=LI)
    await desk.say("明天去看。", to=desk.newest("请回复这一条", chat=LI), chat=LI)
    await desk.press("现在发", chat=LI)
    await desk.say("味道很大", chat=LI)
    await desk.press("下一步", chat=LI)
    assert desk.newest("这件事在什么地方", chat=LI)
    assert len(desk.phone) == 1


async def _agreed_by_li(session: AsyncSession, _citizen: int) -> None:
    person = await people.find(session, platform="telegram", bot=1, user_id=LI)
    assert person is not None
    person.consent_version = 1


async def test_words_of_a_handler_that_reply_to_nothing_are_their_own(desk: Group):
    await _happens(desk, _agreed_by_li)
    await _claimed(desk)
    await desk.say("我家楼下的下水道堵了三天", chat=LI)
    await desk.wait(seconds=60)
    assert desk.phone == []
    assert desk.newest("下一步", chat=LI)


async def test_a_group_bound_anew_gets_the_short_card(desk: Group):
    appeal_id = await _filed(desk)
    await _happens(
        desk,
        lambda session, _: events.record(session, "card_wanted", at=desk.now, actor=Actor.SYSTEM, appeal_id=appeal_id),
    )
    assert [each.text for each in desk.wall] == [SHORT, SHORT]


async def test_every_event_there_is_tells_the_group_nothing(desk: Group):
    appeal_id = await _claimed(desk)
    (said, *_) = await desk.words(appeal_id)
    details = {"appeal_id": appeal_id, "utterance_id": said.id, "old": "power", "reason": "duty"}
    for what in _HEARD:
        await _happens(
            desk,
            lambda session, _, what=what: events.record(session, what, at=desk.now, actor=Actor.SYSTEM, **details),
        )
    _nothing_leaked(desk)
    assert set(desk.chats) == {GROUP, LI, CITIZEN}


async def _supplement(group: Group, appeal_id: int, text: str) -> None:
    await _happens(
        group,
        lambda session, citizen: supplementing.supplement(
            session, appeal_id=appeal_id, person_id=citizen, text=text, now=group.now
        ),
    )


async def _withdraw(group: Group, appeal_id: int) -> None:
    await _happens(
        group,
        lambda session, citizen: withdrawing.withdraw(
            session,
            appeal_id=appeal_id,
            person_id=citizen,
            reason=withdrawing.Reason.UNWANTED,
            now=group.now,
            calendar=group.house.calendar(group.now),
        ),
    )
