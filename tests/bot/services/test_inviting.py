"""One-time codes: good once, for one thing, for a while, and not to be guessed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose, Role
from bot.services.inviting import Invites, bind_by_code, invite, join, redeem
from storage.domain.errors import CodeRefused
from storage.engine import Database
from storage.repositories import offices, people
from storage.tables import AppealEvent, Invitation

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HERE = {"platform": "telegram", "bot": 1}


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.writing() as session:
        yield session


@pytest.fixture
async def person(session: AsyncSession) -> int:
    return (await people.meet(session, **HERE, user_id=2001, username=None, now=NOW)).id


async def code(session: AsyncSession, invites: Invites, n: int = 7, **wanted: str) -> str:
    return await invite(session, invites, now=NOW, draw=lambda _below: n, **wanted)


async def test_an_administrators_code_makes_an_administrator(session: AsyncSession, person: int):
    sent = await code(session, Invites.ADMIN)
    row = await join(session, sent, person_id=person, name="小丁", now=NOW)
    assert (row.role, row.department, row.name) == (Role.ADMIN, "", "小丁")
    assert [each.id for each in await offices.administrators(session)] == [person]


@pytest.mark.parametrize(
    ("wanted", "role", "department"),
    [
        ({"purpose": Purpose.DEPARTMENT, "department": "education"}, Role.STAFF, "education"),
        ({"purpose": Purpose.TRIAGE}, Role.DISPATCHER, ""),
        ({"purpose": Purpose.SUPERVISION}, Role.SUPERVISOR, ""),
    ],
)
async def test_a_staff_code_gives_the_role_of_its_group(
    session: AsyncSession, person: int, wanted: dict[str, str], role: Role, department: str
):
    row = await join(session, await code(session, Invites.STAFF, **wanted), person_id=person, name="小丁", now=NOW)
    assert (row.role, row.department) == (role, department)


async def test_a_binding_code_binds_the_chat_it_is_sent_in(session: AsyncSession, person: int):
    sent = await code(session, Invites.BIND, purpose=Purpose.DEPARTMENT, department="health")
    office = await bind_by_code(session, sent, person_id=person, **HERE, chat_id=-5, title="群", now=NOW)
    assert (office.chat_id, office.purpose, office.department) == (-5, "department", "health")


async def test_a_code_typed_with_small_letters_and_dashes_counts(session: AsyncSession, person: int):
    sent = await code(session, Invites.ADMIN, n=123_456_789)
    assert await redeem(session, f" {sent[:4].lower()}-{sent[4:]} ", person_id=person, invites=[Invites.ADMIN], now=NOW)


async def test_a_code_is_good_once(session: AsyncSession, person: int):
    sent = await code(session, Invites.ADMIN)
    await join(session, sent, person_id=person, name="小丁", now=NOW)
    with pytest.raises(CodeRefused):
        await join(session, sent, person_id=person, name="小丁", now=NOW)


async def test_a_binding_code_makes_nobody_staff(session: AsyncSession, person: int):
    sent = await code(session, Invites.BIND, purpose=Purpose.TRIAGE)
    with pytest.raises(CodeRefused):
        await join(session, sent, person_id=person, name="小丁", now=NOW)


@pytest.mark.parametrize(
    ("invites", "age"), [(Invites.ADMIN, timedelta(hours=23)), (Invites.STAFF, timedelta(days=6, hours=23))]
)
async def test_a_code_holds_its_time(session: AsyncSession, person: int, invites: Invites, age: timedelta):
    sent = await code(session, invites, purpose=Purpose.TRIAGE)
    assert await redeem(session, sent, person_id=person, invites=list(Invites), now=NOW + age)


@pytest.mark.parametrize(
    ("invites", "age"),
    [(Invites.ADMIN, timedelta(hours=24)), (Invites.BIND, timedelta(hours=24)), (Invites.STAFF, timedelta(days=7))],
)
async def test_a_code_expires(session: AsyncSession, person: int, invites: Invites, age: timedelta):
    sent = await code(session, invites, purpose=Purpose.TRIAGE)
    with pytest.raises(CodeRefused):
        await redeem(session, sent, person_id=person, invites=list(Invites), now=NOW + age)


async def test_after_five_wrong_tries_in_an_hour_even_the_right_code_is_refused(session: AsyncSession, person: int):
    sent = await code(session, Invites.ADMIN)
    for _ in range(5):
        with pytest.raises(CodeRefused):
            await join(session, "23456789", person_id=person, name="小丁", now=NOW)
    with pytest.raises(CodeRefused):
        await join(session, sent, person_id=person, name="小丁", now=NOW + timedelta(minutes=59))
    assert await join(session, sent, person_id=person, name="小丁", now=NOW + timedelta(minutes=60))


async def test_the_code_itself_is_kept_nowhere(session: AsyncSession):
    sent = await code(session, Invites.ADMIN, n=987_654_321)
    kept = (await session.execute(select(Invitation))).scalar_one()
    event = (await session.execute(select(AppealEvent))).scalar_one()
    assert sent not in kept.model_dump_json()
    assert sent not in event.model_dump_json()
