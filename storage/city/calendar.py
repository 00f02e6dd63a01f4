"""Builds the municipality's working calendar from the `holidays` package, with the weekends worked instead."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

import holidays

from storage.domain.calendar import Calendar
from storage.domain.city import City


def build_calendar(city: City, years: Iterable[int]) -> Calendar:
    """Return the city's calendar for those years; one whose exchanged weekends are not announced stays unknown."""
    off: set[date] = set()
    worked: set[date] = set()
    known: set[int] = set()
    for year in years:
        listed, exchanged = _year(city.holidays_country, year)
        if exchanged:
            off |= listed
            worked |= exchanged
            known.add(year)
    return Calendar(
        zone=ZoneInfo(city.time_zone),
        holidays=frozenset(off),
        extra_workdays=frozenset(worked),
        known_years=frozenset(known),
        office_hours=city.office_hours,
    )


def calendar_around(city: City, today: date) -> Calendar:
    """Return the calendar for what is open on `today`: from two years before to two years after."""
    return build_calendar(city, range(today.year - 2, today.year + 3))


def _year(country: str, year: int) -> tuple[set[date], set[date]]:
    """Return that year's holidays and the weekends worked instead; both empty where the package knows none.

    The package's set of exchanged weekends carries dates of quite other years along: only this year's count.
    """
    try:
        listed = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return set(), set()
    exchanged = {day for day in getattr(listed, "weekend_workdays", ()) if day.year == year}
    return {day for day in listed if day.year == year}, exchanged
