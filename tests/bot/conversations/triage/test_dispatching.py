"""The dispatchers' group: one press an appeal, others by page or by name, and returns decided."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import lapsing, submitting, supplementing, withdrawing
from bot.services.binding import bind
from bot.services.guessing import Guess, Likely
from bot.services.moving import Actor, find
from bot.services.placing import lose_chat
from bot.services.transferring import transfer
from storage.city.calendar import calendar_around
from storage.domain.city import City
from storage.domain.statuses import Event
from storage.engine import Database
from storage.repositories import drafts, events, offices, people
from storage.tables import Appeal
from tests.support.desking import Front, Owed

SUPERVISION = -8100
TRIAGE, DISPATCHER, COLLEAGUE, SUPERVISOR, STAFF, CITIZEN = -8000, 8001, 8002, 8101, 3003, 1001
BOUND = [
    "education",
    "urban_management",
    "transport",
    "public_security",
    "traffic_police",
    "housing",
    "human_resources",
    "water_resources",
    "power",
    "tap_water",
    "gas",
    "housing_fund",
    "taoyuan",
]
LAMP = Guess(
    (
        Likely("urban_management", 0.62, ("路灯", "坏了")),
        Likely("power", 0.21, ("灯",)),
        Likely("@town", 0.09, ("村小学",)),
    )
)


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(BOUND)
    return front


async def submitted(front: Front, guess: Guess = LAMP, text: str = "村小学东门的路灯坏了,电话13812345678") -> Owed:
    """File an appeal that nobody is sure of; return the card the dispatchers get."""

    async def submit(session: AsyncSession) -> None:
        person = await people.meet(session, platform="telegram", bot=1, user_id=CITIZEN, username=None, now=front.now)
        draft = await drafts.begin(session, person.id, text=text, now=front.now)
        draft.town, draft.village, draft.place = "taoyuan", "beiwang", "村小学东门"
        draft.guess = guess.to_json()
        await submitting.submit(
            session,
            person=person,
            draft=draft,
            now=front.now,
            city=front.city,
            calendar=calendar_around(front.city, front.now.date()),
            platform="telegram",
            bot=1,
            draw=front.house.draw,
            untitled="",
        )

    return next(each for each in await front.happen(submit) if each.chat == TRIAGE)


async def appeal(front: Front) -> Appeal:
    async with front.database.reading() as session:
        return await session.get_one(Appeal, 1)


def said_to(owed: list[Owed], chat: int) -> list[Owed]:
    return [each for each in owed if each.chat == chat]


def answer(owed: list[Owed]) -> dict[str, Any]:
    [only] = [each for each in owed if each.method == "answerCallbackQuery"]
    return only.payload


async def returned(front: Front, card: Owed, suggested: str | None = "power") -> Owed:
    """Dispatch it to the urban managers and let them ask to give it back; return the dispatchers' card."""
    await front.press(TRIAGE, card.id, "t.send:1:urban_management", by=DISPATCHER)

    async def ask(session: AsyncSession) -> None:
        await events.record(
            session,
            Event.RETURN_ASKED,
            at=front.now,
            actor=Actor.STAFF,
            appeal_id=1,
            reason="duty",
            department="urban_management",
            suggested=suggested,
            words="线路归他们,问13812345678",
        )

    [card] = said_to(await front.happen(ask), TRIAGE)
    return card


async def test_a_number_at_the_end_of_a_cut_text_is_not_half_shown(front: Front):
    card = await submitted(front, text="长" * 2490 + "13812345678" + "完" * 20)
    [below] = [each for each in said_to(front.calls, TRIAGE) if each is not card]
    assert "1381" not in card.text
    assert below.text.endswith("完" * 20)
    assert not any("13812345678" in each.text for each in (card, below))


async def test_the_card_shows_what_a_dispatcher_needs_and_no_private_number(front: Front):
    card = await submitted(front)
    number, alias = (await appeal(front)).number, (await appeal(front)).alias
    assert card.text == (
        f"【待派单】{number}\n"
        "求助·一般\n"
        "桃园镇北王村,村小学东门\n"
        f"群众 {alias}:\n"
        "村小学东门的路灯坏了,电话138****5678\n"
        "机器估计:\n"
        "城市管理局 62%(路灯、坏了)\n"
        "供电公司 21%(灯)\n"
        "桃园镇 9%(村小学)\n"
        "派单目录:道路照明,主办城市管理局\n"
        "请在 15:30 前派出"
    )
    rows = card.payload["reply_markup"]["inline_keyboard"]
    labels = [[button["text"] for button in row] for row in rows]
    assert labels == [
        ["派城市管理局"],
        ["派供电公司", "派桃园镇"],
        ["别的单位", "拆成几件"],
        ["并到旧件", "不予受理"],
        ["改类别", "改急缓"],
    ]
    assert card.payload["protect_content"] is True


async def test_without_an_opinion_there_is_still_a_way_to_send_it(front: Front):
    card = await submitted(front, Guess())
    assert "机器估计:说不准" in card.text
    assert list(card.buttons) == ["别的单位", "拆成几件", "并到旧件", "不予受理", "改类别", "改急缓"]


async def test_one_press_sends_it_and_takes_the_buttons_away(front: Front):
    card = await submitted(front)
    owed = await front.press(TRIAGE, card.id, card.buttons["派供电公司"], by=DISPATCHER)
    found = await appeal(front)
    assert (found.status, found.department) == ("dispatched", "power")
    [edited] = said_to(owed, TRIAGE)
    assert (edited.method, edited.id, edited.buttons) == ("editMessageText", card.id, {})
    assert edited.text.endswith("已派给供电公司(小叶)")
    assert answer(owed)["text"] == f"{found.number}已派给供电公司。"
    async with front.database.reading() as session:
        unit = await offices.of(session, platform="telegram", bot=1, purpose="department", department="power")
    assert len(said_to(owed, unit.chat_id)) == 1


async def test_of_two_dispatchers_one_wins_and_the_other_is_told(front: Front):
    card = await submitted(front)
    await front.press(TRIAGE, card.id, card.buttons["派供电公司"], by=DISPATCHER)
    owed = await front.press(TRIAGE, card.id, card.buttons["派城市管理局"], by=COLLEAGUE)
    found = await appeal(front)
    assert answer(owed)["text"] == f"{found.number}已经由小叶派给供电公司。"
    assert found.department == "power"
    assert len(owed) == 1


async def test_only_dispatchers_act(front: Front):
    card = await submitted(front)
    for person in (SUPERVISOR, STAFF, CITIZEN, 9001, 7777):
        for data in ("t.send:1:education", "t.page:1:0", "t.search:1", "t.refuse:1", "t.why:1:duty", "t.lead:1"):
            owed = await front.press(TRIAGE, card.id, data, by=person)
            assert answer(owed)["show_alert"]
            assert len(owed) == 1
    assert (await appeal(front)).status == "pending_triage"


async def test_a_dispatcher_acts_in_the_dispatchers_group_only(front: Front):
    await submitted(front)
    for chat in (DISPATCHER, -3001):
        owed = await front.press(chat, 5, "t.send:1:education", by=DISPATCHER)
        assert answer(owed)["show_alert"]
    assert (await appeal(front)).status == "pending_triage"


async def test_forged_buttons_change_nothing(front: Front):
    card = await submitted(front)
    for data in ("t.send:1:nowhere", "t.send:99:education", "t.send:1", "t.page:99:0", "t.why:1:x", "t.why:1:duty"):
        owed = await front.press(TRIAGE, card.id, data, by=DISPATCHER)
        assert answer(owed)["show_alert"]
    assert (await appeal(front)).status == "pending_triage"


async def test_nothing_is_sent_where_nobody_would_see_it(front: Front):
    card = await submitted(front)

    async def put_out(session: AsyncSession) -> None:
        office = await offices.of(session, platform="telegram", bot=1, purpose="department", department="power")
        await lose_chat(session, platform="telegram", bot=1, chat_id=office.chat_id, now=front.now)

    await front.happen(put_out)
    owed = await front.press(TRIAGE, card.id, card.buttons["派供电公司"], by=DISPATCHER)
    assert answer(owed)["text"].startswith("供电公司还没有绑定群")
    assert (await appeal(front)).status == "pending_triage"


async def test_other_units_are_leafed_through_on_the_card_itself(front: Front):
    card = await submitted(front)
    page = card
    seen: list[str] = []
    for turning in ["别的单位", "下一页"]:
        [page, _] = await front.press(TRIAGE, card.id, page.buttons[turning], by=DISPATCHER)
        assert (page.method, page.id, page.text) == ("editMessageText", card.id, card.text)
        seen += [label for label, data in page.buttons.items() if data.startswith("t.send")]
    assert seen == [unit.name for unit in front.city.departments if unit.code in BOUND]
    assert len(seen) == len(BOUND)
    assert "下一页" not in page.buttons
    [back, _] = await front.press(TRIAGE, card.id, page.buttons["返回"], by=DISPATCHER)
    assert back.buttons == card.buttons


async def test_a_unit_is_found_by_part_of_its_name(front: Front):
    card = await submitted(front)
    [page, _] = await front.press(TRIAGE, card.id, card.buttons["别的单位"], by=DISPATCHER)
    [prompt, _] = await front.press(TRIAGE, card.id, page.buttons["打字搜"], by=DISPATCHER)
    [nothing] = await front.say(TRIAGE, "没有的", by=DISPATCHER, reply_to=prompt.id)
    assert "没有找到「没有的」" in nothing.text
    [found] = await front.say(TRIAGE, "公积金", by=DISPATCHER, reply_to=nothing.id)
    assert list(found.buttons) == ["住房公积金管理中心", "再搜"]
    owed = await front.press(TRIAGE, found.id, found.buttons["住房公积金管理中心"], by=DISPATCHER)
    assert (await appeal(front)).department == "housing_fund"
    edits = {each.id: each for each in said_to(owed, TRIAGE)}
    assert set(edits) == {card.id, found.id}
    assert not any(each.buttons for each in edits.values())


async def test_a_name_typed_right_after_the_press_counts_without_a_reply(front: Front):
    card = await submitted(front)
    await front.press(TRIAGE, card.id, "t.search:1", by=DISPATCHER)
    [found] = await front.say(TRIAGE, "教育局", by=DISPATCHER)
    assert "教育局" in found.buttons
    assert await front.say(TRIAGE, "教育局", by=DISPATCHER) == []


async def test_talk_among_dispatchers_is_left_alone(front: Front):
    card = await submitted(front)
    assert await front.say(TRIAGE, "这件像是城管的", by=DISPATCHER) == []
    assert await front.say(TRIAGE, "这件像是城管的", by=DISPATCHER, reply_to=card.id) == []


async def test_dispatchers_hear_what_the_citizen_adds(front: Front):
    card = await submitted(front)

    async def supplement(session: AsyncSession) -> None:
        found = await find(session, 1)
        await supplementing.supplement(
            session, appeal_id=1, person_id=found.citizen_id, text="昨天又有人摔了 13812345678", now=front.now
        )

    [said] = said_to(await front.happen(supplement), TRIAGE)
    assert said.text.endswith("群众补充:\n昨天又有人摔了 138****5678")
    assert card.id


async def test_a_withdrawn_appeal_leaves_no_buttons(front: Front):
    card = await submitted(front)

    async def withdraw(session: AsyncSession) -> None:
        found = await find(session, 1)
        await withdrawing.withdraw(
            session,
            appeal_id=1,
            person_id=found.citizen_id,
            reason="solved",
            now=front.now,
            calendar=front.house.calendar(front.now),
        )

    [edited] = said_to(await front.happen(withdraw), TRIAGE)
    assert (edited.id, edited.buttons) == (card.id, {})
    assert edited.text.endswith("现在是:已撤回")


async def test_a_new_group_gets_the_cards_that_wait(front: Front):
    await submitted(front)

    async def rebind(session: AsyncSession) -> None:
        await bind(session, platform="telegram", bot=1, chat_id=-99, purpose="triage", title="新群", now=front.now)

    [card] = await front.happen(rebind)
    assert (card.chat, card.text.startswith("【待派单】")) == (-99, True)


async def test_an_agreed_return_goes_to_the_unit_that_was_named(front: Front):
    card = await returned(front, await submitted(front))
    assert card.text.startswith(f"【退单】{(await appeal(front)).number} 第1次\n城市管理局说不归他们:不是我们的职责\n")
    assert "他们认为归:供电公司\n依据:线路归他们,问138****5678\n村小学" in card.text
    assert list(card.buttons) == ["同意改派", "驳回退单", "别的单位", "请监督员定"]
    assert card.text.endswith("原来的答复期限:11月30日(周一)(不因退单往后推)")
    owed = await front.press(TRIAGE, card.id, card.buttons["同意改派"], by=DISPATCHER)
    found = await appeal(front)
    assert (found.department, found.returns) == ("power", 1)
    [edited] = said_to(owed, TRIAGE)
    assert (edited.id, edited.buttons) == (card.id, {})
    assert edited.text.endswith("城市管理局退单,已改派给供电公司(小叶)")
    assert len(said_to(owed, CITIZEN)) >= 1


async def test_a_return_can_go_to_a_third_unit_but_not_back_to_the_same(front: Front):
    card = await returned(front, await submitted(front), suggested=None)
    assert list(card.buttons) == ["驳回退单", "别的单位", "请监督员定"]
    [page, _] = await front.press(TRIAGE, card.id, card.buttons["别的单位"], by=DISPATCHER)
    assert "城市管理局" not in page.buttons
    await front.press(TRIAGE, card.id, page.buttons["教育局"], by=DISPATCHER)
    assert (await appeal(front)).department == "education"


async def test_a_refused_return_stays_and_the_unit_hears_why(front: Front):
    card = await returned(front, await submitted(front))
    [reasons, _] = await front.press(TRIAGE, card.id, card.buttons["驳回退单"], by=DISPATCHER)
    assert list(reasons.buttons) == ["是你们的职责", "在你们的辖区", "理由没说清楚", "返回"]
    owed = await front.press(TRIAGE, card.id, reasons.buttons["在你们的辖区"], by=DISPATCHER)
    assert (await appeal(front)).department == "urban_management"
    [edited] = said_to(owed, TRIAGE)
    assert edited.text.endswith("退单没有同意,还由城市管理局办:在你们的辖区(小叶)")
    [told] = [each for each in owed if each.chat not in (TRIAGE, 0)]
    assert "理由:在你们的辖区" in told.text
    late = await front.press(TRIAGE, card.id, "t.why:1:duty", by=COLLEAGUE)
    assert answer(late)["text"] == f"{(await appeal(front)).number}的退单已经由小叶驳回,还由城市管理局办。"


async def test_a_return_nobody_decides_is_refused_and_the_card_says_so(front: Front):
    card = await returned(front, await submitted(front))
    front.now += timedelta(hours=6)
    calendar = calendar_around(front.city, front.now.date())
    [edited, told] = await front.happen(
        lambda session: lapsing.lapse(session, 1, now=front.now, city=front.city, calendar=calendar)
    )
    if edited.chat != TRIAGE:
        edited, told = told, edited
    assert (edited.id, edited.buttons) == (card.id, {})
    assert edited.text.endswith("退单没有同意,还由城市管理局办:到时候没有人定,按没同意算")
    assert "理由:到时候没有人定" in told.text


async def test_a_request_is_passed_on_to_the_supervisors(front: Front):
    card = await returned(front, await submitted(front))
    owed = await front.press(TRIAGE, card.id, card.buttons["请监督员定"], by=DISPATCHER)
    [edited] = said_to(owed, TRIAGE)
    assert (edited.id, edited.buttons) == (card.id, {})
    assert edited.text.endswith("请监督员定主办单位了(小叶)")
    assert len(said_to(owed, SUPERVISION)) == 1
    late = await front.press(TRIAGE, card.id, card.buttons["同意改派"], by=COLLEAGUE)
    assert answer(late)["text"] == "这件已经交给监督员定主办单位了,请等监督员定。"
    assert (await appeal(front)).department == "urban_management"


async def test_an_agreement_of_the_units_leaves_the_dispatchers_nothing_to_decide(front: Front):
    card = await returned(front, await submitted(front))

    async def take_over(session: AsyncSession) -> None:
        await transfer(
            session,
            await find(session, 1),
            Event.TAKE_OVER,
            "gas",
            actor=Actor.STAFF,
            person_id=(await find(session, 1)).citizen_id,
            now=front.now,
            city=front.city,
            calendar=calendar_around(front.city, front.now.date()),
        )

    [edited] = said_to(await front.happen(take_over), TRIAGE)
    assert (edited.id, edited.buttons) == (card.id, {})
    assert edited.text.endswith("不用再派,燃气公司已经接手")


async def test_a_new_group_gets_the_returns_that_wait_too(front: Front):
    await returned(front, await submitted(front))

    async def rebind(session: AsyncSession) -> None:
        await bind(session, platform="telegram", bot=1, chat_id=-99, purpose="triage", title="新群", now=front.now)

    [card] = await front.happen(rebind)
    assert (card.chat, card.text.startswith("【退单】")) == (-99, True)


async def test_administrators_hear_of_an_update_that_could_not_be_worked_off(front: Front):
    async def die(session: AsyncSession) -> None:
        await events.record(session, "dead_update", at=front.now, actor=Actor.SYSTEM)

    [alarm] = await front.happen(die)
    assert (alarm.chat, alarm.text.startswith("有一条消息办不下去")) == (9001, True)


async def test_tomorrows_due_is_written_with_its_day(front: Front):
    front.now += timedelta(hours=7)
    assert "请在11月24日(周二)" in (await submitted(front)).text


async def test_a_dispatcher_reads_that_nothing_like_it_was_learnt(front: Front):
    card = await submitted(front, Guess(likely=(Likely("urban_management", 0.97, ("合影",)),), new=True))
    assert "机器估计(没学过这类事,可能不准):" in card.text
