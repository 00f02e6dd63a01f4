"""How the classifier does from week to week, and who is told when a week is not as those before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from storage.domain.calendar import Calendar
from storage.domain.drift import FEWEST, WEEKS, band
from storage.repositories import drift, events, trainings
from storage.tables import AppealEvent

DRIFTED: Final = "drifted"
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Figures:
    """A week from Monday on: appeals with an opinion, and shares from 0 to 1; None where nothing was counted.

    `triage`: left to people; `corrected`: answered by another unit than the likeliest; `confidence`: the mean
    probability of the likeliest.
    """

    begins: date
    filed: int
    triage: float | None
    corrected: float | None
    confidence: float | None
    settled: int

    def says(self, measure: str) -> float | None:
        """Return a measure of a week that had enough of what it counts, else None."""
        counted = self.settled if measure == "corrected" else self.filed
        value: float | None = getattr(self, measure)
        return value if counted >= FEWEST else None


MEASURES: Final = ("triage", "corrected", "confidence")


async def weeks(
    session: AsyncSession, *, now: datetime, calendar: Calendar, count: int = WEEKS + 1
) -> Sequence[Figures]:
    """Return the last so many whole weeks, the oldest first, those without an appeal left out."""
    today = calendar.local(now).date()
    monday = today - timedelta(days=today.weekday())
    found = [await _figures(session, monday - _WEEK * back, calendar, now) for back in range(count, 0, -1)]
    return [each for each in found if each.filed]


async def _figures(session: AsyncSession, monday: date, calendar: Calendar, now: datetime) -> Figures:
    zone = calendar.local(now).tzinfo
    begins = datetime.combine(monday, datetime.min.time(), tzinfo=zone)
    ends = datetime.combine(monday + _WEEK, datetime.min.time(), tzinfo=zone)
    counted = await drift.week(session, begins, ends)
    return Figures(
        begins=monday,
        filed=counted.filed,
        triage=_share(counted.unsure, counted.filed),
        corrected=_share(counted.corrected, counted.settled),
        confidence=counted.confidence,
        settled=counted.settled,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


async def look(session: AsyncSession, *, now: datetime, calendar: Calendar) -> list[AppealEvent]:
    """Record where the last whole week left its band, each measure of a week once; return what was recorded."""
    found = await weeks(session, now=now, calendar=calendar)
    last_monday = calendar.local(now).date()
    last_monday -= timedelta(days=last_monday.weekday() + 7)
    if not found or found[-1].begins != last_monday:
        return []
    told = []
    for measure in MEASURES:
        value = found[-1].says(measure)
        usual = band([said for each in found[:-1] if (said := each.says(measure)) is not None])
        if value is None or usual is None or usual.holds(value) or await _was_told(session, measure, last_monday):
            continue
        told.append(
            await events.record(
                session,
                DRIFTED,
                at=now,
                actor=Actor.SYSTEM,
                measure=measure,
                week=last_monday.isoformat(),
                value=value,
                low=usual.low,
                high=usual.high,
            )
        )
    return told


async def _was_told(session: AsyncSession, measure: str, monday: date) -> bool:
    lately = await trainings.events_of(session, DRIFTED, limit=len(MEASURES))
    return any(each.details["measure"] == measure and each.details["week"] == monday.isoformat() for each in lately)
