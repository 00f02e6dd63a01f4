"""A job that watches clocks: it asks what is due, then does it in a transaction an appeal, and lets others hear."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.repeating import repeat
from bot.jobs.telling import Telling
from bot.services import assisting, emergencies, ladder, reclaiming, triage_limit
from storage.domain.calendar import Calendar
from storage.domain.care import is_night
from storage.domain.city import City
from storage.domain.errors import Refused

_log = logging.getLogger(__name__)


class Asking(Protocol):
    """A question: which appeals something is due for."""

    async def __call__(self, session: AsyncSession, *, now: datetime, city: City, calendar: Calendar) -> Sequence[int]:
        """Return their ids; nothing is changed."""
        ...


class Doing(Protocol):
    """What is done for one of them; False where nothing was due after all."""

    async def __call__(
        self, session: AsyncSession, appeal_id: int, *, now: datetime, city: City, calendar: Calendar
    ) -> bool:
        """Do it; raise Refused where the appeal went on meanwhile."""
        ...


@dataclass(frozen=True)
class Watch:
    """One clock: what is due, what is done about it, how often it is looked at, and whether it may sound at night."""

    due: Asking
    do: Doing
    seconds: float
    by_night: bool = False


LADDER: Final = Watch(ladder.climbing, ladder.climb, seconds=60)
TRIAGE: Final = Watch(triage_limit.late, triage_limit.note_late, seconds=60)
CLAIMS: Final = Watch(reclaiming.untouched, reclaiming.fall_back, seconds=300)
ASSISTS: Final = Watch(assisting.overdue, assisting.note_late, seconds=300)
EMERGENCIES: Final = Watch(emergencies.left_lying, emergencies.note_missed, seconds=20, by_night=True)


class Watching(Telling):
    """Looks at one clock again and again; the rest of what it takes is that of `Telling`."""

    def __init__(self, watch: Watch, **surroundings: Any) -> None:
        super().__init__(**surroundings)
        self._watch = watch

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=self._watch.seconds, failed="what is late could not be looked for")

    async def once(self) -> int:
        """Look once; return for how many appeals something was done. At night nothing is, where it may not sound."""
        now = self._now()
        calendar = self._house.calendar(now)
        if is_night(now, calendar) and not self._watch.by_night:
            return 0
        async with self._database.reading() as session:
            due = await self._watch.due(session, now=now, city=self._house.city, calendar=calendar)
        done = sum([await self._do(appeal_id, now, calendar) for appeal_id in due])
        if done:
            self._on_queued()
        return done

    async def _do(self, appeal_id: int, now: datetime, calendar: Calendar) -> bool:
        try:
            async with self._database.writing() as session:
                done = await self._watch.do(session, appeal_id, now=now, city=self._house.city, calendar=calendar)
                await self._tell(session, now)
        except Refused:
            _log.info("appeal %d went on meanwhile", appeal_id)
            return False
        return done
