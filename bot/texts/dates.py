"""Dates and times as the office writes them: 「11月27日(周五)」."""

from datetime import datetime

from storage.domain.calendar import Calendar

_WEEKDAYS = "一二三四五六日"


def day(moment: datetime, calendar: Calendar) -> str:
    """Write a date with its weekday: 「11月27日(周五)」."""
    local = calendar.local(moment)
    return f"{local.month}月{local.day}日(周{_WEEKDAYS[local.weekday()]})"


def far_day(moment: datetime, now: datetime, calendar: Calendar) -> str:
    """Write a date that may be in another year: 「2027年5月1日(周六)」; within this year without it."""
    year = calendar.local(moment).year
    return day(moment, calendar) if year == calendar.local(now).year else f"{year}年{day(moment, calendar)}"


def clock(moment: datetime, calendar: Calendar) -> str:
    """Write a time of day: 「15:30」."""
    return calendar.local(moment).strftime("%H:%M")


def day_and_clock(moment: datetime, calendar: Calendar) -> str:
    """Write a date with weekday and time: 「11月24日(周二)17:30」."""
    return day(moment, calendar) + clock(moment, calendar)


def limit(moment: datetime, calendar: Calendar) -> str:
    """Write until when something is due: a day stands for its whole office time, any other moment has its hour."""
    whole = moment == calendar.end_of_office_day(calendar.local(moment).date())
    return day(moment, calendar) if whole else day_and_clock(moment, calendar)


def clock_near(moment: datetime, now: datetime, calendar: Calendar) -> str:
    """Write a moment as one says it today: 「今天 17:00」, or the date with the time."""
    if calendar.local(moment).date() == calendar.local(now).date():
        return f"今天 {clock(moment, calendar)}"
    return day_and_clock(moment, calendar)


def day_ago(moment: datetime, now: datetime, calendar: Calendar) -> str:
    """Name a past day as one speaks of it: today, yesterday, the day before, else by its date."""
    then, today = calendar.local(moment).date(), calendar.local(now).date()
    return {0: "刚才", 1: "昨天", 2: "前天"}.get((today - then).days, day(moment, calendar))
