"""Groups become offices, people become staff, and waiting appeals are shown where they now belong."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.platforms.sandbox.cast import Cast, Group, load_cast
from bot.platforms.sandbox.cast import Person as CastPerson
from bot.services.binding import Purpose, Role, bind, bind_cast, employ
from storage.city.loading import load_city
from storage.domain.errors import InputRefused
from storage.engine import Database
from storage.repositories import bindings, events, offices, outbox, people
from storage.tables import Appeal, Office, Person

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HERE = {"platform": "sandbox", "bot": 1}


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.writing() as session:
        yield session


async def bound(session: AsyncSession, chat_id: int, department: str | None = "education") -> Office:
    purpose = Purpose.DEPARTMENT if department else Purpose.TRIAGE
    return await bind(session, **HERE, chat_id=chat_id, purpose=purpose, department=department, title="群", now=NOW)


async def appeal_at(session: AsyncSession, department: str | None, *, n: int = 1) -> Appeal:
    person = await people.meet(session, **HERE, user_id=1001, username=None, now=NOW)
    appeal = Appeal(
        number=f"LX-20261123-{n:04d}",
        citizen_id=person.id,
        alias="7F3K",
        status="dispatched" if department else "pending_triage",
        kind="help",
        urgency="normal",
        channel="sandbox",
        title="路灯坏了",
        text="路灯坏了半个月",
        department=department,
        accepted_at=NOW,
    )
    session.add(appeal)
    await session.flush()
    return appeal


def wanted(session: AsyncSession, what: str) -> list[int | None]:
    return [each.appeal_id for each in events.take_fresh(session) if each.what == what]


async def test_a_second_group_of_the_same_unit_retires_the_first(session: AsyncSession):
    first = await bound(session, -1)
    second = await bound(session, -2)
    assert (first.active, second.active) == (False, True)
    assert await offices.at(session, **HERE, chat_id=-1) is None


async def test_a_chat_bound_twice_keeps_one_row_with_its_new_purpose(session: AsyncSession):
    first = await bound(session, -1, "education")
    again = await bound(session, -1, None)
    assert again.id == first.id
    assert (again.purpose, again.department, again.active) == ("triage", None, True)
    assert await offices.of(session, **HERE, purpose="department", department="education") is None


async def test_binding_a_chat_again_as_what_it_is_leaves_it_active(session: AsyncSession):
    await bound(session, -1)
    assert (await bound(session, -1)).active


@pytest.mark.parametrize(("purpose", "department"), [(Purpose.DEPARTMENT, None), (Purpose.TRIAGE, "education")])
async def test_a_unit_is_named_for_a_units_group_and_for_no_other(
    session: AsyncSession, purpose: Purpose, department: str | None
):
    with pytest.raises(InputRefused):
        await bind(session, **HERE, chat_id=-1, purpose=purpose, department=department, title="群", now=NOW)


async def test_open_appeals_without_a_card_are_wanted_in_the_new_group(session: AsyncSession):
    appeal = await appeal_at(session, "education")
    await appeal_at(session, "health", n=2)
    await bound(session, -1)
    assert wanted(session, "card_wanted") == [appeal.id]


async def test_an_appeal_whose_card_is_in_this_group_is_not_shown_again_but_is_in_another(session: AsyncSession):
    appeal = await appeal_at(session, "education")
    await outbox.queue(
        session, **HERE, chat_id=-1, method="sendMessage", payload={}, key=f"card:{appeal.id}", created_at=NOW
    )
    await bound(session, -1)
    assert wanted(session, "card_wanted") == []
    await bound(session, -2)
    assert wanted(session, "card_wanted") == [appeal.id]


async def test_the_triage_group_gets_what_nobody_was_found_for(session: AsyncSession):
    appeal = await appeal_at(session, None)
    await bound(session, -8, None)
    assert wanted(session, "triage_card_wanted") == [appeal.id]


async def test_somebody_who_left_and_comes_back_has_one_row(session: AsyncSession):
    person = await people.meet(session, **HERE, user_id=3001, username=None, now=NOW)
    row = await employ(
        session, person_id=person.id, role=Role.STAFF, department="education", name="小周", badge="01", now=NOW
    )
    row.active, row.until = False, NOW
    again = await employ(session, person_id=person.id, role=Role.STAFF, department="education", name="周", now=NOW)
    assert (again.id, again.active, again.until, again.name, again.badge) == (row.id, True, None, "周", "01")


async def test_the_whole_cast_is_bound(session: AsyncSession):
    city = load_city()
    await bind_cast(session, load_cast(), **HERE, city=city, now=NOW)
    everywhere = await offices.everywhere(session, **HERE)
    assert {each.department for each in everywhere if each.department} == {each.code for each in city.departments}
    assert {each.purpose for each in everywhere} == set(Purpose)
    count = await bindings.headcount(session)
    assert all(count[Role.STAFF, unit.code] == 2 for unit in city.departments)
    assert (count[Role.DISPATCHER, ""], count[Role.SUPERVISOR, ""], count[Role.ADMIN, ""]) == (2, 2, 1)
    [admin] = await offices.administrators(session)
    assert admin.user_id == 9001
    staff = (await session.execute(select(Person).where(Person.user_id == 3003))).scalar_one()
    [row] = await offices.roles(session, staff.id)
    assert (row.department, row.post, row.badge, staff.username) == (
        "urban_management",
        "市容科",
        "07",
        "urban_management_07",
    )


async def test_a_group_of_a_unit_that_the_city_has_not_stays_unbound(session: AsyncSession):
    cast = Cast(
        people=(CastPerson(3001, "小周"),),
        groups=(Group(-1, "海事局", (3001,), department="sea"), Group(-2, "教育局", (3001,), department="education")),
    )
    await bind_cast(session, cast, **HERE, city=load_city(), now=NOW)
    everywhere = await offices.everywhere(session, **HERE)
    assert [each.chat_id for each in everywhere] == [-2]
    person = await people.find(session, **HERE, user_id=3001)
    assert person is not None
    assert [each.department for each in await offices.roles(session, person.id)] == ["education"]
