"""Looks after what is in the plan (列入计划): asks for words of progress, takes it up again at its date."""

from bot.jobs.repeating import repeat
from bot.jobs.telling import Telling
from bot.services import deferring
from storage.repositories import deferrals

_EVERY_SECONDS = 60


class Planning(Telling):
    """Looks every minute."""

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="what is in the plan could not be looked after")

    async def once(self) -> int:
        """Look once, then a transaction an appeal; return how many were taken up or asked about."""
        now = self._now()
        calendar = self._house.calendar(now)
        if not calendar.is_office_time(now):
            return 0
        day_ends = calendar.end_of_office_day(calendar.local(now).date())
        async with self._database.reading() as session:
            promised = await deferrals.promised_until(session, day_ends)
            owing = await deferrals.owing_progress(session, day_ends)
        done = 0
        for appeal_id in promised:
            async with self._database.writing() as session:
                done += await deferring.resume(session, appeal_id, now=now, calendar=calendar)
                await self._tell(session, now)
        for appeal_id in owing:
            async with self._database.writing() as session:
                done += await deferring.ask_for_progress(session, appeal_id, now=now, calendar=calendar)
                await self._tell(session, now)
        if done:
            self._on_queued()
        return done
