"""Three units, two dispatchers, two supervisors and one citizen in an SQLite database in memory, ready to be copied."""

import sqlite3
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose, Role, bind, employ
from bot.simulating.driver import Alone, engine_alone
from storage.city.calendar import calendar_around
from storage.city.loading import load_city
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.migrating import upgrade
from storage.repositories import people

if TYPE_CHECKING:
    from storage.engine import Database

PLATFORM, BOT, CITIZEN = "telegram", 1, 1001
UNITS = ("urban_management", "power", "taoyuan")
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@cache
def city() -> City:
    """The sample city."""
    return load_city()


@lru_cache(maxsize=2048)
def calendar(day: Any) -> Calendar:
    """The working calendar around a day; of a year, it is the same."""
    return _of_year(day.year)


@cache
def _of_year(year: int) -> Calendar:
    return calendar_around(city(), MONDAY.replace(year=year).date())


async def fresh() -> Alone:
    """Return a copy of the scene."""
    made = await _template()
    engine = engine_alone("sqlite://")
    with engine.connect() as connection:
        made.backup(cast("sqlite3.Connection", connection.connection.driver_connection))
    return Alone(engine)


_MADE: list[sqlite3.Connection] = []


async def _template() -> sqlite3.Connection:
    if not _MADE:
        engine = engine_alone("sqlite://")
        with engine.begin() as connection:
            upgrade(connection)
        async with cast("Database", Alone(engine)).writing() as session:
            await _settle(session)
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        with engine.connect() as connection:
            cast("sqlite3.Connection", connection.connection.driver_connection).backup(kept)
        engine.dispose()
        _MADE.append(kept)
    return _MADE[0]


async def _settle(session: AsyncSession) -> None:
    await people.meet(session, platform=PLATFORM, bot=BOT, user_id=CITIZEN, username=None, now=MONDAY)
    for place, unit in enumerate(UNITS):
        await _office(session, Purpose.DEPARTMENT, -3001 - place, unit)
        for each in range(2):
            await _employed(session, 3001 + 10 * place + each, Role.STAFF, unit, first=not each)
    await _office(session, Purpose.TRIAGE, -2001, None)
    await _office(session, Purpose.SUPERVISION, -2002, None)
    for each in range(2):
        await _employed(session, 2001 + each, Role.DISPATCHER, "", first=not each)
        await _employed(session, 2011 + each, Role.SUPERVISOR, "", first=False)


async def _office(session: AsyncSession, purpose: Purpose, chat: int, unit: str | None) -> None:
    given: dict[str, Any] = {"platform": PLATFORM, "bot": BOT, "chat_id": chat, "title": "-", "now": MONDAY}
    await bind(session, purpose=purpose, department=unit, **given)


async def _employed(session: AsyncSession, user_id: int, role: Role, unit: str, *, first: bool) -> None:
    person = await people.meet(session, platform=PLATFORM, bot=BOT, user_id=user_id, username=None, now=MONDAY)
    row = await employ(session, person_id=person.id, role=role, department=unit, name=str(user_id), now=MONDAY)
    row.confidential = first
