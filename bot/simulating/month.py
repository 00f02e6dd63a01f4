"""A month, hour by hour: people act, then the jobs look, as often as an hour has one; at the end it is counted."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from bot.delivery.say import PostBox
from bot.jobs.roster import all_jobs
from bot.simulating import filing, offices, people
from bot.simulating.county import County
from bot.simulating.driver import open_alone
from bot.simulating.figures import Figures, gather
from bot.simulating.reacting import react
from storage.city.loading import load_city
from storage.domain.city import City
from storage.engine import Database, DatabaseUnusable
from storage.tables import Person

_FIRST: Final = datetime(2026, 11, 2)  # noqa: DTZ001 - a Monday, put into the city's own time zone
_LOOKED_AT: Final = frozenset({3, 7, 9, 10, 11, 14, 15, 16, 17, 20})
_MORNING: Final = timedelta(minutes=40)


async def simulate(
    url: str, *, appeals: int, days: int, seed: int, watch: Callable[[float], None] = lambda _done: None
) -> Figures:
    """Play a county for so many days on an empty database; the same seed gives the same figures.

    `watch` hears how far it is, from 0 to 1. Raises DatabaseUnusable where somebody works in the database already.
    """
    city, database = load_city(), await open_alone(url)
    try:
        county = await _county(database, city, seed)
        _foresee(county, appeals, days)
        await _lived(county, timedelta(days=days), watch)
        async with database.reading() as session:
            return await gather(session, county.ledger, now=county.now)
    finally:
        await database.close()


async def _lived(county: County, time: timedelta, watch: Callable[[float], None]) -> None:
    """Let people act and jobs look until the time is over."""
    jobs = all_jobs(
        database=county.database,
        house=county.house,
        box=PostBox(people.PLATFORM, people.BOT),
        now=lambda: county.now,
        tell=county.tell,
        on_queued=lambda: None,
    )
    end = county.now + time
    for at in _rounds(county, end):
        await county.play(at)
        for job in jobs:
            await job.once()
        watch(1 - (end - at) / time)


async def _county(database: Database, city: City, seed: int) -> County:
    start = _FIRST.replace(tzinfo=ZoneInfo(city.time_zone)).astimezone(UTC)
    dice = Random(seed)  # noqa: S311 - the same seed is to give the same month
    county = County(database=database, city=city, dice=dice, start=start, react=react)
    async with database.writing() as session:
        if (await session.execute(select(col(Person.id)).limit(1))).first() is not None:
            raise DatabaseUnusable("Somebody is in this database already. Name an empty one, for all in it is made up.")
        county.staffing = await people.settle(session, city, dice, now=start - timedelta(days=1))
    return county


def _foresee(county: County, appeals: int, days: int) -> None:
    """Plan when citizens come, and what the offices do each morning."""
    matters = filing.Matters(county.city)
    for at in filing.moments(county, appeals, days):
        county.plan(at, filing.files, matters)
    calendar = county.calendar
    for day in (calendar.local(county.now).date() + timedelta(days=each) for each in range(days)):
        if calendar.is_workday(day):
            opens = datetime.combine(day, calendar.office_open, calendar.zone).astimezone(UTC)
            county.plan(opens, offices.puts_on_duty)
            county.plan(opens + _MORNING, offices.presses)
            county.plan(opens + 2 * _MORNING, offices.asks_around)


def _rounds(county: County, end: datetime) -> Iterator[datetime]:
    """Yield each full hour in which somebody works, some others, and the end."""
    at = county.now
    while (at := at + timedelta(hours=1)) < end:
        if county.calendar.local(at).hour in _LOOKED_AT:
            yield at
    yield end
