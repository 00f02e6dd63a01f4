"""The supervisors' group names the lead, or the dispatchers' where there is no such group."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import returning, withdrawing
from bot.services.binding import Purpose, bind
from bot.services.moving import find
from bot.services.placing import lose_chat
from bot.services.returning import ReturnReason
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import offices
from storage.tables import Appeal
from tests.support.desking import Front, Owed
from tests.support.handling import at_the_unit

SUPERVISION, TRIAGE, SUPERVISOR, SECOND, DISPATCHER = -8100, -8000, 8101, 8102, 8001
NUMBER = "LX-20261123-0001"


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    async with database.writing() as session:
        scene = await at_the_unit(session, now, returns=2, place="村小学东门")
        scene.appeal.text = "路灯坏了,电话13812345678"
    await front.bind_cast(["power", "gas", "education", "urban_management"])
    return front


async def appeal(front: Front) -> Appeal:
    async with front.database.reading() as session:
        return await session.get_one(Appeal, 1)


def said_to(owed: list[Owed], chat: int) -> list[Owed]:
    return [each for each in owed if each.chat == chat]


def answer(owed: list[Owed]) -> dict[str, Any]:
    [only] = [each for each in owed if each.method == "answerCallbackQuery"]
    return only.payload


async def asked(front: Front, chat: int = SUPERVISION) -> Owed:
    """Let the unit ask to return what came back twice before; return the card in the group that decides."""

    async def ask(session: AsyncSession) -> None:
        found = await find(session, 1)
        [(li, _), *_] = await offices.colleagues(session, "urban_management")
        words = {"reason": ReturnReason.DUTY, "suggested": "power", "words": "线路归他们,问13812345678"}
        await returning.ask_return(session, appeal=found, staff=li, now=front.now, **words)

    owed = await front.happen(ask)
    [card] = said_to(owed, chat)
    assert len(owed) == 1
    return card


async def test_the_card_shows_how_it_came_to_that_and_no_private_number(front: Front):
    card = await asked(front)
    assert card.text == (
        f"【定主办】{NUMBER} 退过2次\n村小学东门\n路灯坏了,电话138****5678\n"
        "11月23日(周一) 城市管理局退单:不是我们的职责,认为归供电公司。依据:线路归他们,问138****5678\n"
        "原来的答复期限:11月30日(周一)(不往后推)\n定了以后不能再退。"
    )
    assert list(card.buttons) == ["供电公司", "城市管理局", "别的单位"]
    assert card.payload["protect_content"] is True


async def test_one_press_names_the_lead_which_gets_the_usual_card(front: Front):
    card = await asked(front)
    owed = await front.press(SUPERVISION, card.id, card.buttons["供电公司"], by=SUPERVISOR)
    found = await appeal(front)
    assert (found.department, found.status, found.lead_named) == ("power", "dispatched", True)
    [edited] = said_to(owed, SUPERVISION)
    assert (edited.id, edited.buttons) == (card.id, {})
    assert edited.text == f"{NUMBER} 路灯坏了\n定了:由供电公司主办,不能再退(小方)"
    async with front.database.reading() as session:
        unit = await offices.of(session, platform="telegram", bot=1, purpose="department", department="power")
    [fresh] = said_to(owed, unit.chat_id)
    assert list(fresh.buttons) == ["签收", "不归我管"]
    assert [each.text for each in said_to(owed, 1001) if "换成供电公司" in each.text]


async def test_of_two_supervisors_one_wins_and_the_other_hears_who(front: Front):
    card = await asked(front)
    await front.press(SUPERVISION, card.id, card.buttons["供电公司"], by=SUPERVISOR)
    owed = await front.press(SUPERVISION, card.id, card.buttons["城市管理局"], by=SECOND)
    assert answer(owed)["text"] == f"{NUMBER}已经由小方定了:供电公司主办。"
    assert ((await appeal(front)).department, len(owed)) == ("power", 1)


async def test_only_supervisors_in_their_group_name_a_lead(front: Front):
    card = await asked(front)
    for chat, by in ((SUPERVISION, DISPATCHER), (SUPERVISION, 9001), (TRIAGE, DISPATCHER), (-3002, SUPERVISOR)):
        for data in ("s.send:1:power", "s.page:1:0", "s.back:1", "s.search:1"):
            owed = await front.press(chat, card.id, data, by=by)
            assert answer(owed)["show_alert"]
            assert len(owed) == 1
    assert (await appeal(front)).department == "urban_management"


async def test_forged_and_unbound_units_are_refused(front: Front):
    card = await asked(front)
    for data in ("s.send:1:nowhere", "s.send:1:health", "s.send:99:power", "s.page:99:0"):
        owed = await front.press(SUPERVISION, card.id, data, by=SUPERVISOR)
        assert answer(owed)["show_alert"]
    assert (await appeal(front)).department == "urban_management"


async def test_other_units_are_leafed_through_or_searched(front: Front):
    card = await asked(front)
    [page, _] = await front.press(SUPERVISION, card.id, card.buttons["别的单位"], by=SUPERVISOR)
    assert (page.id, list(page.buttons)[-2:]) == (card.id, ["打字搜", "返回"])
    [back, _] = await front.press(SUPERVISION, card.id, page.buttons["返回"], by=SUPERVISOR)
    assert back.buttons == card.buttons
    [prompt, _] = await front.press(SUPERVISION, card.id, page.buttons["打字搜"], by=SUPERVISOR)
    assert await front.say(SUPERVISION, "教育局", by=SUPERVISOR) == []
    assert await front.say(SUPERVISION, "/x", by=SUPERVISOR, reply_to=prompt.id) == []
    [nothing] = await front.say(SUPERVISION, "没有的", by=SUPERVISOR, reply_to=prompt.id)
    assert "没有找到「没有的」" in nothing.text
    [found] = await front.say(SUPERVISION, "教育局", by=SUPERVISOR, reply_to=nothing.id)
    owed = await front.press(SUPERVISION, found.id, found.buttons["教育局"], by=SUPERVISOR)
    assert (await appeal(front)).department == "education"
    assert {each.id for each in said_to(owed, SUPERVISION)} == {card.id, found.id}


async def test_what_is_withdrawn_leaves_no_buttons(front: Front):
    card = await asked(front)

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

    [edited] = said_to(await front.happen(withdraw), SUPERVISION)
    assert (edited.id, edited.buttons, edited.text) == (card.id, {}, f"{NUMBER} 路灯坏了\n不用再定,现在是:已撤回")


async def test_without_a_supervisors_group_the_dispatchers_name_the_lead(front: Front):
    async def put_out(session: AsyncSession) -> None:
        office = await offices.of(session, platform="telegram", bot=1, purpose=Purpose.SUPERVISION)
        await lose_chat(session, platform="telegram", bot=1, chat_id=office.chat_id, now=front.now)

    await front.happen(put_out)
    card = await asked(front, TRIAGE)
    await front.press(TRIAGE, card.id, card.buttons["供电公司"], by=DISPATCHER)
    found = await appeal(front)
    assert (found.department, found.lead_named) == ("power", True)


async def test_a_new_supervisors_group_takes_the_card_over_from_the_dispatchers(front: Front):
    async def put_out(session: AsyncSession) -> None:
        office = await offices.of(session, platform="telegram", bot=1, purpose=Purpose.SUPERVISION)
        await lose_chat(session, platform="telegram", bot=1, chat_id=office.chat_id, now=front.now)

    async def rebind(session: AsyncSession) -> None:
        group = {"chat_id": -99, "purpose": Purpose.SUPERVISION, "title": "新群"}
        await bind(session, platform="telegram", bot=1, now=front.now, **group)

    await front.happen(put_out)
    old = await asked(front, TRIAGE)
    [card] = await front.happen(rebind)
    assert (card.chat, card.text) == (-99, old.text)
    refused = await front.press(TRIAGE, old.id, old.buttons["供电公司"], by=DISPATCHER)
    assert answer(refused)["show_alert"]
    owed = await front.press(-99, card.id, card.buttons["供电公司"], by=SUPERVISOR)
    assert {each.chat for each in owed if each.id in {old.id, card.id}} == {TRIAGE, -99}


async def test_without_any_group_nothing_is_said_and_nothing_lost(front: Front):
    async def put_out(session: AsyncSession) -> None:
        for purpose in (Purpose.SUPERVISION, Purpose.TRIAGE):
            office = await offices.of(session, platform="telegram", bot=1, purpose=purpose)
            await lose_chat(session, platform="telegram", bot=1, chat_id=office.chat_id, now=front.now)

    await front.happen(put_out)
    with pytest.raises(ValueError, match="not enough values"):
        await asked(front)
    assert (await appeal(front)).department == "urban_management"
