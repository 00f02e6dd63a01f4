"""How the house stands, as an administrator reads it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose, Role, bind, employ
from bot.services.health import examine, manning, ready
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import people
from storage.tables import Appeal, InboxUpdate, OutboxMessage

HERE: dict[str, Any] = {"platform": "telegram", "bot": 1}


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.writing() as session:
        yield session


async def works(session: AsyncSession, now: datetime, user_id: int, role: Role, department: str = "") -> None:
    person = await people.meet(session, **HERE, user_id=user_id, username=None, now=now)
    await employ(session, person_id=person.id, role=role, department=department, name="某某", now=now)


async def group(session: AsyncSession, now: datetime, chat: int, department: str | None, purpose: Purpose) -> None:
    await bind(session, **HERE, chat_id=chat, purpose=purpose, department=department, title="群", now=now)


async def test_a_fresh_house_waits_for_nothing_and_is_not_ready(session: AsyncSession, city: City, now: datetime):
    found = await examine(session, **HERE, city=city, now=now)
    assert (found.waiting, found.oldest, found.in_triage) == (0, timedelta(), 0)
    assert found.offices.groupless == city.departments
    assert not ready(found.offices)


async def test_the_house_is_ready_with_dispatchers_in_a_group_and_staff_in_every_group(
    session: AsyncSession, city: City, now: datetime
):
    await group(session, now, -1, "education", Purpose.DEPARTMENT)
    await group(session, now, -2, None, Purpose.TRIAGE)
    await works(session, now, 1, Role.STAFF, "education")
    assert not ready(await manning(session, **HERE, city=city))
    await works(session, now, 2, Role.DISPATCHER)
    found = await manning(session, **HERE, city=city)
    assert ready(found)
    assert (found.purposes, found.heads[Role.DISPATCHER]) == ({"department", "triage"}, 1)
    assert "education" not in {unit.code for unit in found.groupless}


async def test_a_group_without_staff_is_named(session: AsyncSession, city: City, now: datetime):
    await group(session, now, -1, "education", Purpose.DEPARTMENT)
    await works(session, now, 1, Role.STAFF, "health")
    found = await manning(session, **HERE, city=city)
    assert [unit.code for unit in found.staffless] == ["education"]
    assert {each.unit.code: each.staff for each in found.units}["health"] == 1


async def test_what_waits_and_what_went_wrong_in_the_last_day_is_counted(
    session: AsyncSession, city: City, now: datetime
):
    day = timedelta(days=1)
    moments = [
        ("waiting", now - 3 * day),
        ("waiting", now),
        ("done", now - 4 * day),
        ("dead", now),
        ("dead", now - day),
    ]
    for n, (state, received) in enumerate([*moments, ("quarantined", now), ("quarantined", now)]):
        session.add(InboxUpdate(**HERE, update_id=n, chat_id=1, raw="{}", state=state, received_at=received))
    for state in ("failed", "sent"):
        session.add(OutboxMessage(**HERE, chat_id=1, method="sendMessage", state=state, created_at=now))
    await waits_in_triage(session, now)
    found = await examine(session, **HERE, city=city, now=now)
    assert (found.waiting, found.oldest, found.in_triage) == (2, 3 * day, 1)
    assert (found.lately.dead, found.lately.unreadable, found.lately.undelivered) == (1, 2, 1)


async def test_an_update_from_a_clock_that_runs_ahead_has_not_waited(session: AsyncSession, city: City, now: datetime):
    ahead = now + timedelta(minutes=1)
    session.add(InboxUpdate(**HERE, update_id=1, chat_id=1, raw="{}", state="waiting", received_at=ahead))
    await session.flush()
    assert (await examine(session, **HERE, city=city, now=now)).oldest == timedelta()


async def waits_in_triage(session: AsyncSession, now: datetime, **columns: Any) -> None:
    person = await people.meet(session, **HERE, user_id=1001, username=None, now=now)
    appeal = Appeal(
        number="LX-20261123-0001",
        citizen_id=person.id,
        alias="7F3K",
        status="pending_triage",
        kind="help",
        urgency="normal",
        channel="telegram",
        title="路灯坏了",
        text="路灯坏了半个月",
        accepted_at=now,
        **columns,
    )
    session.add(appeal)
    await session.flush()
