"""When somebody may be disturbed, and when they are asked after a draft they did not hand in: never at night."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from storage.domain.calendar import Calendar

LEFT_ALONE: Final = timedelta(minutes=10)
"""So long nobody asks after a draft to which nothing is added."""
_DAY: Final = timedelta(days=1)
_WAKING: Final = time(7)
_SLEEPING: Final = time(22)


def soon_after(last: datetime, calendar: Calendar) -> datetime:
    """Return ten minutes after the last word, or the end of the night in which that falls."""
    return by_day(last + LEFT_ALONE, calendar)


def by_day(due: datetime, calendar: Calendar) -> datetime:
    """Return the moment itself, or the end of the night in which it falls."""
    here = calendar.local(due)
    if here.time() >= _SLEEPING:
        return _moment(here.date() + _DAY, _WAKING, calendar)
    return _moment(here.date(), _WAKING, calendar) if here.time() < _WAKING else due


def is_night(moment: datetime, calendar: Calendar) -> bool:
    """Whether nothing may sound then, emergencies excepted: from ten in the evening until seven."""
    return not _WAKING <= calendar.local(moment).time() < _SLEEPING


def next_morning(last: datetime, calendar: Calendar) -> datetime:
    """Return the beginning of office hours on the day after the last word, whether the office works then or not."""
    return _moment(calendar.local(last).date() + _DAY, calendar.office_open, calendar)


def half_a_day_after(last: datetime, calendar: Calendar) -> datetime:
    """Return when the office has worked for half a day since the last word."""
    return calendar.add_half_days(last, 1)


def _moment(day: date, at: time, calendar: Calendar) -> datetime:
    return datetime.combine(day, at, calendar.zone).astimezone(UTC)
