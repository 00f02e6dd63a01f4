"""Event → who hears of it: the only list of who is told what, one file an audience."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import Say
from bot.house import House
from bot.notices import (
    administrators,
    answers,
    approvals,
    asking,
    assisting,
    calls,
    citizen,
    clocks,
    concerns,
    confidential,
    danger,
    declining,
    gathering,
    groups,
    limits,
    office,
    plans,
    reaching,
    retraining,
    supervision,
    together,
    topics,
    transfers,
    triage,
    unfinished,
)
from storage.repositories import events

_AUDIENCES = (
    citizen,
    together,
    declining,
    limits,
    plans,
    confidential,
    office,
    clocks,
    answers,
    assisting,
    asking,
    reaching,
    approvals,
    transfers,
    gathering,
    triage,
    supervision,
    topics,
    concerns,
    danger,
    unfinished,
    calls,
    groups,
    administrators,
    retraining,
)


async def say_what_happened(session: AsyncSession, house: House, *, now: datetime) -> list[Say]:
    """Return what citizens, units and the office hear of the events recorded since the last call."""
    says: list[Say] = []
    for event in events.take_fresh(session):
        for audience in _AUDIENCES:
            says += await audience.told(session, event, house, now=now)
    return says
