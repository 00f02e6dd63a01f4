"""The stage of a story: a sandbox with the sample city's cast, and the bot that serves it, both in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.house import FindAlike, nothing_alike
from bot.platforms.sandbox.cast import Cast, load_cast
from bot.platforms.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.wiring import Service
from storage.city.calendar import calendar_around
from storage.city.loading import load_city
from tests.support.playing import Town

MODELS = Path("var").resolve()


def in_office_hours() -> Clock:
    """A clock that stands in the morning of the next working day: what is said at night reads otherwise."""
    clock, city = Clock(), load_city()
    calendar = calendar_around(city, clock().date())
    morning = calendar.local(clock()).replace(hour=10, minute=0, second=0)
    while morning <= calendar.local(clock()) or not calendar.is_workday(morning.date()):
        morning += timedelta(days=1)
    clock.advance(morning - clock())
    return clock


@dataclass
class Played:
    """The town to play in, and the bot behind it."""

    town: Town
    service: Service


@asynccontextmanager
async def staged(
    url: str,
    *,
    hold_seconds: float = 1.5,
    clock: Clock | None = None,
    cast: Cast | None = None,
    limits: bool = False,
    find_alike: FindAlike | None = nothing_alike,
    var: Path = MODELS,
) -> AsyncIterator[Played]:
    """Give the town and the bot, which keeps its books in the database at `url`; the cast is the sample city's.

    `limits`: the platform's, which the bot then does not pace itself for: it is refused, and tries again. `find_alike`:
    None for the bot's own way; stories that know nothing of each other tell the same, and are not to be offered it.
    """
    sandbox = await Sandbox.start(port=0, limits=limits, cast=cast or load_cast())
    settings = load_settings(
        token="1:sandbox",
        api_base=sandbox.address,
        database_url=url,
        var=var,
        hold_seconds=hold_seconds,
        pacing=False,
        offer_to_join=find_alike is None,
    )
    service = Service(settings, clock=clock or in_office_hours(), find_alike=find_alike)
    await service.start()
    sandbox.advance_clock = service.advance_clock
    async with Town(sandbox.address) as town:
        yield Played(town, service)
    await service.stop()
    await sandbox.stop()
