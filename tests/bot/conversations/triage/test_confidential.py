"""保密件 without a unit: the dispatchers' group sees next to nothing, one dispatcher reads and sends it in private."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import submitting, supplementing
from bot.services.calling_back import WANTED
from bot.services.guessing import Guess, Likely
from bot.services.handling import name_handler
from bot.services.leaving import dismiss
from bot.services.moving import Actor
from storage.city.calendar import calendar_around
from storage.domain.statuses import Event, Status
from storage.engine import Database
from storage.repositories import drafts, events, handlers, people
from storage.tables import Appeal, CallbackRequest
from tests.bot.conversations.triage.test_dispatching import BOUND, CITIZEN, COLLEAGUE, DISPATCHER, TRIAGE
from tests.support.desking import Front, Owed

UNIT_GROUP, HANDLER = -3002, 3003
TEXT = "教育局的人收黑钱,王五可以作证,打13812345678"
GUESS = Guess((Likely("education", 0.9), Likely("urban_management", 0.05), Likely("power", 0.02)), auto=True)
ADMINISTRATOR = 9001


@pytest.fixture
async def front(database: Database, city: Any, now: Any) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(BOUND)
    return front


async def _filed(front: Front, text: str = TEXT) -> tuple[int, list[Owed]]:
    async def submit(session: AsyncSession) -> None:
        person = await people.meet(session, platform="telegram", bot=1, user_id=CITIZEN, username=None, now=front.now)
        draft = await drafts.begin(session, person.id, text=text, now=front.now)
        draft.kind, draft.confidential, draft.guess = "report", True, GUESS.to_json()
        draft.place, draft.town = "村小学东门", "taoyuan"
        await submitting.submit(
            session,
            person=person,
            draft=draft,
            now=front.now,
            city=front.city,
            calendar=calendar_around(front.city, front.now.date()),
            platform="telegram",
            bot=1,
            draw=lambda n: n // 2,
            untitled="没写标题",
        )

    owed = await front.happen(submit)
    async with front.database.reading() as session:
        (found,) = await handlers.waiting_for(session, department=None)
    return found.id, owed


def _into(owed: list[Owed], chat: int) -> list[Owed]:
    return [each for each in owed if each.chat == chat]


def _nothing_leaked(front: Front) -> None:
    said = "\n".join(each.text for each in front.calls if each.chat < 0)
    for secret in ("收黑钱", "王五", "138", "村小学", "东门"):
        assert secret not in said, said


async def _card(front: Front) -> tuple[int, Owed]:
    """File one and let the dispatcher open it; return its id and the card in private."""
    appeal_id, owed = await _filed(front)
    (short,) = _into(owed, TRIAGE)
    opened = await front.press(TRIAGE, short.id or 0, short.buttons["我来看"], by=DISPATCHER)
    return appeal_id, next(each for each in _into(opened, DISPATCHER) if each.buttons)


async def test_the_dispatchers_see_number_kind_level_town_due_time_and_who_reads_it(front: Front):
    _, owed = await _filed(front)
    (short,) = _into(owed, TRIAGE)
    assert short.text == (
        "【保密件】LX-20261123-0001\n举报·一般\n地点:桃园镇\n内容不在群里显示,由专办人在私聊里看。\n"
        "请在 15:30 前派出\n专办人:小叶"
    )
    assert list(short.buttons) == ["我来看"]
    assert short.payload["protect_content"] is True


async def test_a_unit_named_in_the_words_is_neither_routed_to_nor_offered(front: Front):
    _, card = await _card(front)
    assert list(card.buttons) == ["派城市管理局", "派供电公司", "别的单位", "拆成几件", "不予受理", "改类别", "改急缓"]
    assert "文中说到:教育局、桃园镇。" in card.text or "文中说到:教育局。" in card.text
    paged = await front.press(DISPATCHER, card.id or 0, card.buttons["别的单位"], by=DISPATCHER)
    assert "教育局" not in next(each for each in paged if each.buttons).buttons


async def test_the_dispatcher_reads_it_whole_in_private(front: Front):
    _, card = await _card(front)
    assert "教育局的人收黑钱,王五可以作证,打138****5678" in card.text
    assert card.payload["protect_content"] is True
    _nothing_leaked(front)


async def test_another_dispatcher_is_told_who_reads_it_and_can_do_nothing(front: Front):
    appeal_id, owed = await _filed(front)
    (short,) = _into(owed, TRIAGE)
    for chat, data in (
        (TRIAGE, f"t.look:{appeal_id}"),
        (TRIAGE, f"t.send:{appeal_id}:power"),
        (COLLEAGUE, f"t.send:{appeal_id}:power"),
        (TRIAGE, f"t.page:{appeal_id}:0"),
        (TRIAGE, f"t.search:{appeal_id}"),
        (TRIAGE, f"t.write:{appeal_id}"),
    ):
        told = await front.press(chat, short.id or 0, data, by=COLLEAGUE)
        assert [each.text for each in told] == ["这一件是保密件,由小叶专办,只在他的私聊里看、在那里办。"]


async def test_not_even_the_one_who_reads_it_sends_it_on_in_the_group(front: Front):
    appeal_id, owed = await _filed(front)
    (short,) = _into(owed, TRIAGE)
    told = await front.press(TRIAGE, short.id or 0, f"t.send:{appeal_id}:power", by=DISPATCHER)
    assert [each.text for each in told] == ["这一件是保密件,由小叶专办,只在他的私聊里看、在那里办。"]


async def test_it_is_sent_on_in_private_and_both_groups_see_a_status(front: Front):
    appeal_id, card = await _card(front)
    sent = await front.press(DISPATCHER, card.id or 0, card.buttons["派城市管理局"], by=DISPATCHER)
    async with front.database.reading() as session:
        assert (await session.get_one(Appeal, appeal_id)).status == Status.DISPATCHED
    (there,) = _into(sent, UNIT_GROUP)
    assert there.text.startswith("【保密件】LX-20261123-0001\n举报·一般\n地点:桃园镇\n")
    assert list(there.buttons) == ["我来看"]
    assert [each.text for each in _into(sent, TRIAGE)] == ["【保密件】LX-20261123-0001\n现在:待签收\n城市管理局"]
    assert not _into(sent, HANDLER)
    _nothing_leaked(front)


async def test_a_unit_is_found_by_name_in_private(front: Front):
    _, card = await _card(front)
    paged = await front.press(DISPATCHER, card.id or 0, card.buttons["别的单位"], by=DISPATCHER)
    page = next(each for each in paged if each.buttons)
    asked = await front.press(DISPATCHER, card.id or 0, page.buttons["打字搜"], by=DISPATCHER)
    prompt = next(each for each in asked if "派给谁" in each.text)
    found = await front.say(DISPATCHER, "交通", reply_to=prompt.id)
    assert "交通运输局" in next(each for each in found if each.buttons).buttons


async def test_the_answer_to_a_search_counts_even_before_the_questions_id_is_known(front: Front):
    appeal_id, card = await _card(front)
    await front.press(DISPATCHER, card.id or 0, f"t.search:{appeal_id}", by=DISPATCHER)
    found = await front.say(DISPATCHER, "交通", reply_to=999_999)
    assert "交通运输局" in next(each for each in found if each.buttons).buttons


async def test_a_dispatchers_own_words_in_private_are_no_search(front: Front):
    _, card = await _card(front)
    await front.press(DISPATCHER, card.id or 0, f"t.search:{card.buttons['别的单位'].split(':')[1]}", by=DISPATCHER)
    said = await front.say(DISPATCHER, "我家楼下的下水道堵了三天")
    assert not any("找到" in each.text for each in said)


async def test_what_its_citizen_adds_meanwhile_goes_to_the_dispatcher_alone(front: Front):
    appeal_id, _ = await _card(front)

    async def add(session: AsyncSession) -> None:
        person = await people.find(session, platform="telegram", bot=1, user_id=CITIZEN)
        assert person is not None
        await supplementing.supplement(
            session, appeal_id=appeal_id, person_id=person.id, text="王五说还有一笔", now=front.now
        )

    told = await front.happen(add)
    assert [each.text for each in _into(told, DISPATCHER)] == ["LX-20261123-0001 群众补充:\n王五说还有一笔"]
    _nothing_leaked(front)


async def test_a_return_is_decided_in_private_too(front: Front):
    appeal_id, card = await _card(front)
    await front.press(DISPATCHER, card.id or 0, card.buttons["派城市管理局"], by=DISPATCHER)
    asked = await front.happen(
        _records(front, appeal_id, Event.RETURN_ASKED, reason="duty", department="urban_management")
    )
    (short,) = _into(asked, TRIAGE)
    assert "【保密件】" in short.text
    opened = await front.press(TRIAGE, short.id or 0, short.buttons["我来看"], by=DISPATCHER)
    back = next(each for each in _into(opened, DISPATCHER) if each.buttons)
    assert back.text.startswith("保密件:只有您看得到,请不要转发、不要截图。\n【退单】")
    agreed = await front.press(DISPATCHER, back.id or 0, f"t.send:{appeal_id}:power", by=DISPATCHER)
    assert "【保密件】LX-20261123-0001\n改派给供电公司,你们不用办了。" in [
        each.text for each in _into(agreed, UNIT_GROUP)
    ]
    _nothing_leaked(front)


async def test_where_no_dispatcher_is_named_the_administrators_are_told(front: Front):
    async def unname(session: AsyncSession) -> None:
        await handlers.unname(session, role="dispatcher")

    await front.happen(unname)
    _, owed = await _filed(front)
    assert "专办人:还没有,已请管理员指定" in _into(owed, TRIAGE)[0].text
    assert [each.text for each in _into(owed, ADMINISTRATOR)] == [
        "派单群没有专办人,保密件LX-20261123-0001没人能看。请发 /handler 派单群 指定一位。办理时间照常算。"
    ]

    async def name(session: AsyncSession) -> None:
        rows = await handlers.eligible(session, role="dispatcher")
        await name_handler(session, rows[-1].id, person_id=None, now=front.now)

    told = await front.happen(name)
    assert "专办人:老魏" in _into(told, TRIAGE)[0].text


def _records(front: Front, appeal_id: int, what: str, **details: object) -> Callable[[AsyncSession], Awaitable[object]]:
    return lambda session: events.record(session, what, at=front.now, actor=Actor.STAFF, appeal_id=appeal_id, **details)


async def test_where_the_one_who_handles_it_leaves_the_card_and_the_administrators_say_so(front: Front):
    _, card = await _card(front)
    sent = await front.press(DISPATCHER, card.id or 0, card.buttons["派城市管理局"], by=DISPATCHER)
    assert "专办人:小李" in _into(sent, UNIT_GROUP)[0].text

    async def leave(session: AsyncSession) -> None:
        (found, *_) = await handlers.eligible(session, role="staff", department="urban_management")
        await dismiss(session, found, now=front.now)

    told = await front.happen(leave)
    assert "专办人:还没有,已请管理员指定" in _into(told, UNIT_GROUP)[0].text
    assert len(_into(told, ADMINISTRATOR)) == 1


async def test_a_wish_to_be_called_goes_to_who_handles_it_in_private(front: Front):
    appeal_id, card = await _card(front)

    async def wish(session: AsyncSession) -> None:
        appeal = await session.get_one(Appeal, appeal_id)
        row = CallbackRequest(
            person_id=appeal.citizen_id,
            appeal_id=appeal.id,
            alias=appeal.alias,
            phone="13912345678",
            state="open",
            asked_at=front.now,
        )
        session.add(row)
        await session.flush()
        await events.record(session, WANTED, at=front.now, actor=Actor.CITIZEN, appeal_id=appeal.id, call=row.id)

    wished = await front.happen(wish)
    assert {each.chat for each in wished} == {DISPATCHER}
    (call,) = wished
    for chat, by in ((TRIAGE, DISPATCHER), (COLLEAGUE, COLLEAGUE)):
        refused = await front.press(chat, call.id or 0, call.buttons["看联系方式"], by=by)
        assert not any("13912345678" in each.text for each in refused)
    shown = await front.press(DISPATCHER, call.id or 0, call.buttons["看联系方式"], by=DISPATCHER)
    assert any("13912345678" in each.text for each in _into(shown, DISPATCHER))
    assert card
    _nothing_leaked(front)
