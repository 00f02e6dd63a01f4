"""Until when another unit is to help with an appeal (会办): half of what is left to the one that leads it."""

from datetime import UTC, datetime, timedelta

from storage.domain.calendar import Calendar
from storage.domain.words import Urgency


def assist_due(
    urgency: Urgency, now: datetime, answer_due: datetime | None, calendar: Calendar, *, shortest: timedelta
) -> datetime:
    """Return when what is asked `now` is due: half of the working days left, and one at least.

    What is extreme runs on the wall clock, and has at least `shortest`.
    """
    if urgency is Urgency.EXTREME and answer_due is not None:
        return now.astimezone(UTC) + max((answer_due - now) / 2, shortest)
    left = calendar.workdays_between(now, answer_due) if answer_due is not None else 0
    return calendar.add_workdays(now, max(1, left // 2))
