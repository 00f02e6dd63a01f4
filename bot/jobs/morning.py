"""Once a working morning: each unit reads in its group what is due, the supervisors in theirs what is late."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import digest as digest_cards
from bot.cards import lists
from bot.cards import spot_checks as check_cards
from bot.cards.card import send_to
from bot.delivery.say import PostBox, Say
from bot.house import House
from bot.jobs.repeating import repeat
from bot.services import listing, spot_checks
from bot.services.binding import ROLE_IN, Purpose
from bot.services.digest import digest
from bot.services.duty import on_duty
from storage.domain.calendar import Calendar
from storage.engine import Database
from storage.repositories import bindings, offices
from storage.tables import Office

_EVERY_SECONDS = 60
_READ_IT = frozenset({Purpose.DEPARTMENT, Purpose.SUPERVISION})


class Morning:
    """Looks every minute whether the office has opened and a group has not had its list yet.

    Days that were slept through are not made up for: the list is that of today.
    """

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
        """Look once; return how many groups got their list."""
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
        heads = await bindings.headcount(session)
        everywhere = await offices.everywhere(session, platform=self._house.platform, bot=self._house.bot)
        owed = [each for each in everywhere if _is_owed(each, calendar, now)]
        written = 0
        for office in owed:
            office.listed_on = calendar.local(now).date()
            if _somebody_works(office, heads):
                for say in await self._lists(session, office, calendar, now):
                    await self._box.put(session, say, now=now)
                written += 1
        return written

    async def _lists(self, session: AsyncSession, office: Office, calendar: Calendar, now: datetime) -> list[Say]:
        if office.purpose == Purpose.SUPERVISION:
            return await self._for_supervisors(session, office, calendar, now)
        city, code = self._house.city, office.department or ""
        unit, found = city.department(code), await listing.of_unit(session, code)
        duty = await on_duty(session, code, now=now, calendar=calendar)
        card = lists.morning(
            found,
            department=unit.name if unit else "",
            city=city,
            calendar=calendar,
            now=now,
            duty=duty.name if duty else "",
        )
        return [Say(send_to(office, card), role="list")]

    async def _for_supervisors(
        self, session: AsyncSession, office: Office, calendar: Calendar, now: datetime
    ) -> list[Say]:
        """Return the digest, and who is to be asked by telephone today."""
        found, day = await digest(session, now=now, calendar=calendar), calendar.local(now).date()
        card = digest_cards.morning(found, city=self._house.city, calendar=calendar, now=now)
        drawn = await spot_checks.draw(session, day=day, now=now)
        checks = [Say(send_to(office, check_cards.drawn(day, drawn)), role="list")] if drawn else []
        return [Say(send_to(office, card), role="list"), *checks]


def _somebody_works(office: Office, heads: Mapping[tuple[str, str], int]) -> bool:
    return bool(heads.get((ROLE_IN[Purpose(office.purpose)], office.department or "")))


def _is_owed(office: Office, calendar: Calendar, now: datetime) -> bool:
    """Whether a group that reads a list, bound before the office opened today, has not had it."""
    here = calendar.local(now)
    bound = calendar.local(office.bound_at)
    opening = here.replace(hour=calendar.office_open.hour, minute=calendar.office_open.minute, second=0, microsecond=0)
    return office.purpose in _READ_IT and office.listed_on != here.date() and bound < opening
