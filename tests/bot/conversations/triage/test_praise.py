"""Praise of which nobody knew whose it is: the dispatcher passes it on, its citizen is thanked, and it is done."""

from datetime import datetime, timedelta

import pytest

from bot.services import listing
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.tables import Appeal
from tests.bot.conversations.triage.test_dispatching import (
    BOUND,
    CITIZEN,
    DISPATCHER,
    TRIAGE,
    appeal,
    said_to,
    submitted,
)
from tests.support.desking import Front, Owed

GROUP = -3002


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(BOUND)
    return front


async def passed_on(front: Front) -> list[Owed]:
    """File it, and let the dispatcher press the unit."""
    card = await submitted(front, text="师傅修灯来得很快,谢谢")
    async with front.database.writing() as session:
        found = await session.get_one(Appeal, 1)
        found.kind = "praise"
    return await front.press(TRIAGE, card.id or 0, "t.send:1:urban_management", by=DISPATCHER)


async def test_the_unit_reads_it_and_has_nothing_to_do(front: Front):
    owed = await passed_on(front)
    [read] = said_to(owed, GROUP)
    assert read.text.startswith("【表扬】桃园镇北王村,村小学东门\n")
    assert read.buttons == {}
    found = await appeal(front)
    assert (found.status, found.department, found.closed_at) == (Status.CLOSED, "urban_management", front.now)
    assert (found.first_dispatched_at, found.answer_due, found.sign_due) == (None, None, None)


async def test_its_citizen_is_thanked_and_the_live_card_says_so(front: Front):
    thanks, live = said_to(await passed_on(front), CITIZEN)
    assert thanks.text == "谢谢您。您的表扬已经转给城市管理局,他们会看到。"
    assert (live.method, live.text.split("\n")[1]) == ("editMessageText", "现在:已转给城市管理局,谢谢您")


async def test_the_dispatchers_card_says_where_it_went(front: Front):
    [card] = [each for each in said_to(await passed_on(front), TRIAGE) if each.method == "editMessageText"]
    assert "城市管理局" in card.text
    assert card.buttons == {}


async def test_it_is_in_no_figure_and_never_opened_again(front: Front):
    await passed_on(front)
    async with front.database.writing() as session:
        found = await session.get_one(Appeal, 1)
        found.first_dispatched_at = found.answered_at = front.now
    async with front.database.reading() as session:
        calendar = front.house.calendar(front.now)
        month = await listing.this_month(session, "urban_management", now=front.now + timedelta(1), calendar=calendar)
    assert (month.accepted, month.on_time, month.late, month.reopened) == (0, 0, 0, 0)


async def test_praise_from_somebody_in_danger_is_handled_like_anything_else(front: Front):
    card = await submitted(front, text="师傅修灯来得很快,谢谢")
    async with front.database.writing() as session:
        found = await session.get_one(Appeal, 1)
        found.kind, found.urgency = "praise", "extreme"
    await front.press(TRIAGE, card.id or 0, "t.send:1:urban_management", by=DISPATCHER)
    assert (await appeal(front)).status == Status.DISPATCHED
