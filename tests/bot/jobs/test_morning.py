"""The morning list: once a working day to each unit with staff, and never twice."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery.say import PostBox
from bot.jobs.morning import Morning
from bot.services.binding import Role, employ
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import people
from storage.tables import Appeal, Duty, Office, OutboxMessage, Staff
from tests.support import databases
from tests.support.desking import Front

UNIT, GROUP, SUPERVISION = "urban_management", -3002, -8100
MONDAY_OPEN = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


@pytest.fixture
async def front(tmp_path: Path, city: City) -> AsyncIterator[Front]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Front(database, city, MONDAY_OPEN - timedelta(days=3))
        await made.bind_cast({UNIT, "education"})
        made.now = MONDAY_OPEN
        yield made


def _job(front: Front) -> Morning:
    box = PostBox("telegram", 1)
    return Morning(database=front.database, box=box, house=front.house, now=lambda: front.now, on_queued=lambda: None)


async def _lists(database: Database, chat: int = GROUP) -> list[OutboxMessage]:
    async with database.reading() as session:
        statement = select(OutboxMessage).where(OutboxMessage.role == "list", OutboxMessage.chat_id == chat)
        return list((await session.execute(statement)).scalars())


async def _appeal(front: Front, number: int, **columns: Any) -> None:
    async with front.database.writing() as session:
        citizen = await people.meet(session, platform="telegram", bot=1, user_id=1001, username=None, now=front.now)
        staff = (await session.execute(select(Staff).where(Staff.department == UNIT).limit(1))).scalar_one()
        given = {"status": Status.IN_PROGRESS, "claimant_id": staff.id, "contacted_at": front.now, **columns}
        session.add(
            Appeal(
                number=f"LX-20261123-{number:04d}",
                citizen_id=citizen.id,
                alias="7F3K",
                kind="help",
                urgency="normal",
                channel="telegram",
                title=f"第{number}件",
                text="路灯坏了",
                town="taoyuan",
                department=UNIT,
                accepted_at=front.now,
                **given,
            )
        )


async def test_the_list_says_what_is_late_due_today_and_due_tomorrow(front: Front):
    closing = front.house.calendar(front.now).end_of_office_day(front.now.date())
    await _appeal(front, 1, answer_due=closing - timedelta(days=3))
    await _appeal(front, 2, answer_due=closing)
    await _appeal(front, 3, answer_due=closing + timedelta(days=1), last_reply="undelivered")
    await _appeal(front, 4, answer_due=closing + timedelta(days=5), status=Status.DISPATCHED, claimant_id=None)
    await _appeal(front, 5, answer_due=closing + timedelta(days=5), contacted_at=None)
    await _job(front).once()
    [said] = await _lists(front.database)
    assert said.payload["text"].splitlines() == [
        "【今天要办的】城市管理局 11月23日(周一)",
        "已过期 1",
        "LX-20261123-0001 第1件 桃园镇 小李 过期1个工作日",
        "今天到期 1",
        "LX-20261123-0002 第2件 桃园镇 小李 今天到期",
        "明天到期 1",
        "LX-20261123-0003 第3件 桃园镇 小李 还有1个工作日",
        "没签收 1 · 没联系群众 1 · 答复没送到 1",
        "今天值班:全群",
    ]
    [[whole, duty]] = said.payload["reply_markup"]["inline_keyboard"]
    assert (whole["text"], whole["callback_data"]) == ("打开清单", "o.todo:0")
    assert (duty["text"], duty["callback_data"]) == ("换值班", "o.roster:0")


async def test_what_was_not_signed_for_in_time_has_its_own_lines(front: Front):
    later = front.now + timedelta(days=9)
    given = {"status": Status.DISPATCHED, "claimant_id": None, "answer_due": later}
    await _appeal(front, 1, sign_due=front.now - timedelta(hours=1), **given)
    await _appeal(front, 2, sign_due=front.now + timedelta(hours=1), **given)
    await _job(front).once()
    [said] = await _lists(front.database)
    lines = said.payload["text"].splitlines()
    assert lines[lines.index("没按时签收 1") + 1].startswith("LX-20261123-0001")
    assert "没签收 2 · 没联系群众 0 · 答复没送到 0" in lines


async def test_what_has_climbed_says_who_else_was_told(front: Front):
    closing = front.house.calendar(front.now).end_of_office_day(front.now.date())
    await _appeal(front, 1, answer_due=closing - timedelta(days=5))
    await _appeal(front, 2, answer_due=closing - timedelta(days=4))
    await _appeal(front, 3, answer_due=closing - timedelta(days=3))
    await _job(front).once()
    [said] = await _lists(front.database)
    ends = [line.rpartition(" ")[2] for line in said.payload["text"].splitlines() if line.startswith("LX-")]
    assert ends == ["已报分管副局长", "已报监督组", "过期1个工作日"]


@pytest.mark.parametrize(
    "columns", [{"status": Status.AWAITING_CITIZEN}, {"status": Status.DEFERRED}, {"stopped_at": MONDAY_OPEN}]
)
async def test_what_is_paused_planned_or_stopped_is_not_called_late(front: Front, columns: dict[str, Any]):
    await _appeal(front, 1, answer_due=front.now - timedelta(days=5), last_reply="undelivered", **columns)
    await _job(front).once()
    [said] = await _lists(front.database)
    assert "已过期 1" not in said.payload["text"]


async def test_the_list_names_who_is_on_duty(front: Front):
    await _appeal(front, 1, answer_due=front.now - timedelta(days=1))
    async with front.database.writing() as session:
        staff = (await session.execute(select(Staff).where(Staff.department == UNIT).limit(1))).scalar_one()
        session.add(Duty(department=UNIT, day=front.now.date(), staff_id=staff.id))
    await _job(front).once()
    [said] = await _lists(front.database)
    assert said.payload["text"].endswith("今天值班:小李")


async def test_days_slept_through_bring_one_list_not_one_each(front: Front):
    await _job(front).once()
    front.now += timedelta(days=14)
    await _job(front).once()
    assert len(await _lists(front.database)) == 2
    assert len(await _lists(front.database, SUPERVISION)) == 2


async def test_a_day_with_nothing_due_says_so_and_thanks(front: Front):
    await _job(front).once()
    [said] = await _lists(front.database)
    assert said.payload["text"] == "【今天要办的】城市管理局 11月23日(周一)\n今天没有到期的。谢谢大家。"


async def test_it_comes_once_a_day_also_after_a_restart(front: Front):
    await _job(front).once()
    await _job(front).once()
    front.now += timedelta(hours=5)
    await _job(front).once()
    assert len(await _lists(front.database)) == 1
    front.now = MONDAY_OPEN + timedelta(days=1)
    await _job(front).once()
    assert len(await _lists(front.database)) == 2


@pytest.mark.parametrize(
    "moment", [MONDAY_OPEN - timedelta(minutes=1), MONDAY_OPEN - timedelta(days=1), MONDAY_OPEN + timedelta(hours=11)]
)
async def test_it_does_not_come_before_opening_on_days_off_or_at_night(front: Front, moment: datetime):
    front.now = moment
    await _job(front).once()
    assert await _lists(front.database) == []


async def test_a_unit_without_staff_gets_none(front: Front):
    async with front.database.writing() as session:
        for staff in (await session.execute(select(Staff).where(Staff.department == UNIT))).scalars():
            staff.active = False
        group = await people.meet(session, platform="telegram", bot=1, user_id=GROUP, username=None, now=front.now)
        await employ(session, person_id=group.id, role=Role.STAFF, department=UNIT, name="匿名管理员", now=front.now)
    await _job(front).once()
    assert await _lists(front.database) == []
    assert len(await _lists(front.database, -3001)) == 1


async def test_a_group_bound_during_the_day_waits_for_the_next_morning(front: Front):
    async with front.database.writing() as session:
        office = (await session.execute(select(Office).where(Office.department == UNIT))).scalar_one()
        office.bound_at = front.now + timedelta(hours=1)
    front.now += timedelta(hours=2)
    await _job(front).once()
    assert await _lists(front.database) == []


async def test_the_button_opens_the_whole_list(front: Front):
    said, *_ = await front.press(GROUP, 7, "o.todo:0", by=3003)
    assert said.text.startswith("【要办的】城市管理局 共0件")
