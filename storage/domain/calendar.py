"""The municipality's working days and office hours as a value, and counting in them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working days of one place: holidays, weekends worked instead, and the office hours (local, in order).

    `known_years` are the years whose holidays are announced; any other year is Monday to Friday.
    """

    zone: tzinfo
    holidays: frozenset[date]
    extra_workdays: frozenset[date]
    known_years: frozenset[int]
    office_hours: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        moments = [moment for span in self.office_hours for moment in span]
        if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
            raise ValueError("office hours must be spans of time, one after the other")

    @property
    def office_open(self) -> time:
        """The local time at which the office opens."""
        return self.office_hours[0][0]

    @property
    def office_close(self) -> time:
        """The local time at which the office closes."""
        return self.office_hours[-1][1]

    @property
    def office_day(self) -> timedelta:
        """How much office time one working day has."""
        return sum((_length(opens, closes) for opens, closes in self.office_hours), timedelta())

    def knows(self, day: date) -> bool:
        """Say whether the holidays of that day's year are known; if not, promises rest on Monday to Friday."""
        return day.year in self.known_years

    def is_workday(self, day: date) -> bool:
        """Say whether the office works on that day."""
        if self.knows(day) and day in self.extra_workdays:
            return True
        return day.weekday() < _SATURDAY and not (self.knows(day) and day in self.holidays)

    def local(self, moment: datetime) -> datetime:
        """Return the moment in the municipality's time zone; raise ValueError if it has no time zone."""
        if moment.tzinfo is None:
            raise ValueError("a time without a zone says no moment")
        return moment.astimezone(self.zone)

    def next_workday(self, day: date) -> date:
        """Return the first working day after that day."""
        day += _DAY
        while not self.is_workday(day):
            day += _DAY
        return day

    def end_of_office_day(self, day: date) -> datetime:
        """Return the moment (UTC) at which the office closes on that day, whether it works then or not."""
        return self._moment(day, self.office_close)

    def is_office_time(self, moment: datetime) -> bool:
        """Say whether the office is at work at that moment; the lunch break is none."""
        here = self.local(moment)
        return self.is_workday(here.date()) and any(
            opens <= here.time() < closes for opens, closes in self.office_hours
        )

    def counting_day(self, start: datetime) -> date:
        """Return the working day a start belongs to: after closing, or on a day off, it is the next one."""
        here = self.local(start)
        if self.is_workday(here.date()) and here.time() <= self.office_close:
            return here.date()
        return self.next_workday(here.date())

    def add_workdays(self, start: datetime, days: int) -> datetime:
        """Return the close (UTC) of the nth working day after the day `start` counts for; 0 is that day itself."""
        if days < 0:
            raise ValueError("a limit cannot lie before its start")
        day = self.counting_day(start)
        for _ in range(days):
            day = self.next_workday(day)
        return self.end_of_office_day(day)

    def workdays_between(self, earlier: datetime, later: datetime) -> int:
        """Count the working days after the one moment's local day up to the other's; negative if turned about."""
        first, last = self.local(earlier).date(), self.local(later).date()
        return self.workdays_after(first, last) if first <= last else -self.workdays_after(last, first)

    def workdays_after(self, day: date, until: date) -> int:
        """Count the working days after the one day up to the other; none where the other is not later."""
        return sum(self.is_workday(day + _DAY * n) for n in range(1, (until - day).days + 1))

    def add_office_time(self, start: datetime, wait: timedelta) -> datetime:
        """Return the moment (UTC) at which the office has worked for `wait` (more than nothing) since `start`."""
        if wait <= timedelta():
            raise ValueError("office time is counted forwards")
        begin, day = self.local(start).astimezone(UTC), self.local(start).date()
        while True:
            for opens, closes in self._spans(day):
                worked = closes - max(begin, opens)
                if worked >= wait:
                    return max(begin, opens) + wait
                wait -= max(worked, timedelta())
            day = self.next_workday(day)

    def office_time_between(self, earlier: datetime, later: datetime) -> timedelta:
        """Return for how long the office was at work between two moments; nothing if they are turned about."""
        first, last = self.local(earlier).date(), self.local(later).date()
        days = [first + _DAY * n for n in range((last - first).days + 1)]
        spans = [span for day in days for span in self._spans(day)]
        overlaps = [min(closes, later) - max(opens, earlier) for opens, closes in spans]
        return sum((each for each in overlaps if each > timedelta()), timedelta())

    def add_half_days(self, start: datetime, halves: int) -> datetime:
        """Return the moment (UTC) at which so many halves of an office day have passed since `start`."""
        return self.add_office_time(start, self.office_day / 2 * halves)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the office hours of that day as moments; none on a day off."""
        if not self.is_workday(day):
            return []
        return [(self._moment(day, opens), self._moment(day, closes)) for opens, closes in self.office_hours]

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def _length(opens: time, closes: time) -> timedelta:
    some_day = date(2000, 1, 1)
    return datetime.combine(some_day, closes) - datetime.combine(some_day, opens)
