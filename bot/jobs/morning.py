"""The morning list (每天的清单): once a working day each unit reads in its group what is due."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import lists
from bot.cards.card import send_to
from bot.delivery.say import PostBox, Say
from bot.house import House
from bot.jobs.repeating import repeat
from bot.services import listing
from bot.services.binding import Purpose, Role
from storage.domain.calendar import Calendar
from storage.engine import Database
from storage.repositories import bindings, offices
from storage.tables import Office

_EVERY_SECONDS = 60


class Morning:
    """Looks every minute whether the office has opened and a unit has not had its list yet."""

    def __init__(
        self,
        *,
        database: Database,
        box: PostBox,
        house: House,
        now: Callable[[], datetime],
        on_queued: Callable[[], None],
    ) -> None:
        self._database = database
        self._box = box
        self._house = house
        self._now = now
        self._on_queued = on_queued
        self._done_on: date | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="the morning lists could not be made")

    async def once(self) -> int:
        """Look once; return how many units got their list."""
        now = self._now()
        calendar = self._house.calendar(now)
        here = calendar.local(now)
        opened = calendar.is_workday(here.date()) and calendar.office_open <= here.time() < calendar.office_close
        if not opened or self._done_on == here.date():
            return 0
        async with self._database.writing() as session:
            written = await self._write(session, calendar, now)
        self._done_on = here.date()
        self._on_queued()
        return written

    async def _write(self, session: AsyncSession, calendar: Calendar, now: datetime) -> int:
        """Queue the lists that are owed today; the day is kept with the office, so none comes twice."""
        staff = await bindings.headcount(session)
        everywhere = await offices.everywhere(session, platform=self._house.platform, bot=self._house.bot)
        owed = [each for each in everywhere if _is_owed(each, calendar, now)]
        written = 0
        for office in owed:
            office.listed_on = calendar.local(now).date()
            if staff.get((Role.STAFF, office.department or "")):
                await self._box.put(session, await self._list(session, office, calendar, now), now=now)
                written += 1
        return written

    async def _list(self, session: AsyncSession, office: Office, calendar: Calendar, now: datetime) -> Say:
        unit = self._house.city.department(office.department or "")
        found = await listing.of_unit(session, office.department or "")
        card = lists.morning(
            found, department=unit.name if unit else "", city=self._house.city, calendar=calendar, now=now
        )
        return Say(send_to(office, card), role="list")


def _is_owed(office: Office, calendar: Calendar, now: datetime) -> bool:
    """Whether a unit's group, bound before the office opened today, has not had its list."""
    here = calendar.local(now)
    bound = calendar.local(office.bound_at)
    opening = here.replace(hour=calendar.office_open.hour, minute=calendar.office_open.minute, second=0, microsecond=0)
    return office.purpose == Purpose.DEPARTMENT and office.listed_on != here.date() and bound < opening
