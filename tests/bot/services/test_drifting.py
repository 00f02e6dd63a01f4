"""The classifier's weeks: what was left to people, what was corrected, how sure it was; one alarm a figure."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import drifting
from storage.domain.calendar import Calendar
from storage.domain.statuses import Status
from storage.engine import Database
from tests.support.confirming import confirmed

WEEK = timedelta(days=7)


def guess(department: str, p: float, *, auto: bool) -> dict[str, Any]:
    return {"likely": [{"department": department, "p": p, "words": []}], "auto": auto, "kind": "help", "matters": []}


async def file(session: AsyncSession, at: datetime, count: int, *, sure: int, wrong: int = 0) -> None:
    """File so many in the week of `at`; `sure` went out by themselves, `wrong` ended elsewhere."""
    for each in range(count):
        best = "power" if each < wrong else "urban_management"
        thought = guess(best, 0.9 if each < sure else 0.3, auto=each < sure)
        await confirmed(session, at, "一件事", guess=thought)


async def test_a_week_is_counted_from_monday_to_sunday(database: Database, now: datetime, calendar: Calendar):
    async with database.writing() as session:
        await file(session, now - WEEK, 4, sure=3, wrong=1)
        await confirmed(session, now - WEEK, "还在办", status=Status.IN_PROGRESS, guess=guess("power", 0.9, auto=True))
        await confirmed(session, now - WEEK, "没有看法")
        await confirmed(session, now, "这一周的", guess=guess("power", 0.9, auto=True))
        (found,) = await drifting.weeks(session, now=now, calendar=calendar)
    assert found.begins == (now - WEEK).date()
    assert (found.filed, found.settled) == (5, 4)
    assert (found.triage, found.corrected) == (0.2, 0.25)
    assert found.confidence == pytest.approx((3 * 0.9 + 0.3 + 0.9) / 5)


async def test_no_appeal_makes_no_week(database: Database, now: datetime, calendar: Calendar):
    async with database.writing() as session:
        assert await drifting.weeks(session, now=now, calendar=calendar) == []
        assert await drifting.look(session, now=now, calendar=calendar) == []


async def test_a_week_out_of_its_band_is_told_once_a_measure(database: Database, now: datetime, calendar: Calendar):
    async with database.writing() as session:
        for back in (2, 3, 4, 5):
            await file(session, now - back * WEEK, 40, sure=30)
        await file(session, now - WEEK, 40, sure=10)
        told = await drifting.look(session, now=now, calendar=calendar)
        assert {each.details["measure"] for each in told} == {"triage", "confidence"}
        assert next(each.details["value"] for each in told if each.details["measure"] == "triage") == 0.75
        assert await drifting.look(session, now=now, calendar=calendar) == []


async def test_a_week_like_the_others_alarms_nobody(database: Database, now: datetime, calendar: Calendar):
    async with database.writing() as session:
        for back in (1, 2, 3, 4, 5):
            await file(session, now - back * WEEK, 40, sure=30 + back % 2)
        assert await drifting.look(session, now=now, calendar=calendar) == []


async def test_a_week_of_few_appeals_says_nothing(database: Database, now: datetime, calendar: Calendar):
    async with database.writing() as session:
        for back in (2, 3, 4, 5):
            await file(session, now - back * WEEK, 40, sure=30)
        await file(session, now - WEEK, 10, sure=0)
        assert await drifting.look(session, now=now, calendar=calendar) == []
