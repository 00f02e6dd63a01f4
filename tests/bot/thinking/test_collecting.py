"""What may be learnt from: appeals that a unit answered and that are closed, and nothing else anybody said."""

from datetime import datetime

import pytest

from bot.thinking.collecting import collect
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import labels
from tests.support.confirming import confirmed, person


async def test_a_closed_appeal_teaches_its_unit_by_the_word_of_who_sent_it_and_who_answered(
    database: Database, city: City, now: datetime
):
    async with database.writing() as session:
        appeal = await confirmed(session, now, "路灯不亮", dispatcher=8001, staff=3003, kind="complaint")
        accounts = {await person(session, each, now) for each in (8001, 3003)}
        (lesson,) = await collect(session, city)
    assert (lesson.text, lesson.label, lesson.kind, lesson.source) == (
        "路灯不亮",
        "城市管理局",
        "complaint",
        appeal.number,
    )
    assert set(lesson.teachers) == accounts
    assert lesson.citizen == appeal.citizen_id


@pytest.mark.parametrize(
    "columns",
    [
        {"status": Status.IN_PROGRESS},
        {"status": Status.ANSWERED},
        {"status": Status.WITHDRAWN},
        {"answered_at": None},
        {"department": None},
        {"department": "no_such_unit"},
        {"confidential": True},
        {"kind": "praise"},
        {"text": ""},
    ],
)
async def test_nothing_else_teaches(database: Database, city: City, now: datetime, columns: dict[str, object]):
    async with database.writing() as session:
        await confirmed(session, now, **({"text": "路灯不亮"} | columns))
        assert await collect(session, city) == []


async def test_every_towns_unit_is_one_and_the_same_label(database: Database, city: City, now: datetime):
    async with database.writing() as session:
        await confirmed(session, now, "村里的事", department=city.towns[0].department_code)
        (lesson,) = await collect(session, city)
    assert lesson.label == "镇街"


async def test_the_newest_come_first_however_many_and_imports_after_them(
    database: Database, city: City, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.thinking.collecting._AT_ONCE", 2)
    async with database.writing() as session:
        for at in range(5):
            await confirmed(session, now, f"第{at}件")
        row = {"name": "a.csv", "label": "教育局", "kind": "", "at": now}
        await labels.keep(session, [row | {"row": str(at), "text": f"外来{at}"} for at in range(3)])
        found = await collect(session, city)
        assert [each.text for each in found] == [*(f"第{at}件" for at in (4, 3, 2, 1, 0)), "外来0", "外来1", "外来2"]
        assert found[-1].source == "a.csv 2"
        assert await labels.files(session) == [("a.csv", 3)]
        assert await labels.forget(session, "a.csv") == 3
        assert len(await collect(session, city)) == 5


async def test_a_part_of_a_lesson_that_is_not_there_costs_nothing(database: Database, city: City):
    async with database.writing() as session:
        await labels.keep(session, [])
        assert await collect(session, city) == []
