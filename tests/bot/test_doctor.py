"""The doctor finds what is wrong with each thing the bot stands on, and says what to do."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from bot import doctor
from bot.platforms.sandbox.cast import Cast, Group, Person
from bot.platforms.sandbox.server import Sandbox
from bot.platforms.telegram import BotApi
from bot.services.binding import Role, bind, employ
from bot.services.health import manning
from bot.settings import load_settings
from bot.texts import doctor as words
from storage.domain.city import City
from storage.engine import Database, open_database
from storage.repositories import people
from storage.tables import Office
from tests.support.playing import Town

HERE = {"platform": "telegram", "bot": 1}
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CAST = Cast(people=(Person(3001, "小周"),), groups=(Group(-3001, "教育局 承办群", (3001,)),))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start(port=0, limits=False, cast=CAST)
    yield started
    await started.stop()


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[BotApi]:
    async with aiohttp.ClientSession() as http:
        yield BotApi("1:sandbox", base=sandbox.address, session=http)


@pytest.fixture
def office() -> Office:
    return Office(**HERE, chat_id=-3001, purpose="department", department="education", bound_at=NOW)


async def test_a_good_token_is_named_with_what_privacy_mode_means(api: BotApi, sandbox: Sandbox):
    known, privacy = await doctor.token(api, sandbox.address)
    assert known.ok
    assert "@" in known.sentence
    assert privacy.sentence in (words.PRIVACY_ON, words.PRIVACY_OFF)


async def test_a_platform_that_does_not_answer_is_named_without_the_token():
    async with aiohttp.ClientSession() as http:
        nobody = BotApi("1:secret", base="http://127.0.0.1:1", session=http)
        [finding] = await doctor.token(nobody, "http://127.0.0.1:1")
    assert not finding.ok
    assert "does not answer" in finding.sentence
    assert "secret" not in finding.sentence


async def test_a_group_the_bot_is_in_is_well(api: BotApi, city: City, office: Office):
    assert await doctor.groups(api, [office], city) == [doctor.Finding(ok=True, sentence=words.in_groups(n=1))]


async def test_a_group_the_bot_was_put_out_of_is_named(api: BotApi, city: City, office: Office, sandbox: Sandbox):
    async with Town(sandbox.address) as town:
        await town.call("POST", "/chats/-3001/members", {"person": 1, "status": "kicked"})
    [finding] = await doctor.groups(api, [office], city)
    assert not finding.ok
    assert finding.sentence.startswith("教育局: ")


async def test_no_group_at_all_says_how_to_begin(api: BotApi, city: City):
    [finding] = await doctor.groups(api, [], city)
    assert (finding.ok, finding.sentence) == (False, words.NO_GROUPS)


async def test_a_new_database_and_a_current_one_are_well(database: Database, tmp_path: Path):
    assert await doctor.schema_of(database) == doctor.Finding(ok=True, sentence=words.DATABASE_CURRENT)
    empty = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    try:
        assert await doctor.schema_of(empty) == doctor.Finding(ok=True, sentence=words.DATABASE_NEW)
    finally:
        await empty.close()


async def test_a_newer_database_is_not_touched_but_named(database: Database):
    async with database.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await doctor.schema_of(database) == doctor.Finding(ok=False, sentence=words.DATABASE_AHEAD)


async def test_a_unit_with_a_group_but_nobody_in_it_is_named(database: Database, city: City):
    async with database.writing() as session:
        await bind(session, **HERE, chat_id=-1, purpose="department", department="education", title="群", now=NOW)
        manned = await manning(session, **HERE, city=city)
    sentences = [each.sentence for each in doctor.units(manned)]
    assert words.NO_TRIAGE in sentences
    assert words.NO_ADMINISTRATOR in sentences
    assert words.staffless(names=["教育局"]) in sentences
    assert any(each.startswith("Without a group: 城市管理局, ") for each in sentences)


async def test_dispatchers_are_missed_in_their_group(database: Database, city: City):
    async with database.writing() as session:
        await bind(session, **HERE, chat_id=-8, purpose="triage", title="群", now=NOW)
        assert words.NO_DISPATCHERS in [
            each.sentence for each in doctor.units(await manning(session, **HERE, city=city))
        ]
        person = await people.meet(session, **HERE, user_id=8001, username=None, now=NOW)
        await employ(session, person_id=person.id, role=Role.DISPATCHER, name="小叶", now=NOW)
        assert words.NO_DISPATCHERS not in [
            each.sentence for each in doctor.units(await manning(session, **HERE, city=city))
        ]


def test_a_year_the_calendar_does_not_know_is_said(city: City):
    [next_year] = doctor.calendar(city, NOW)
    assert (next_year.ok, next_year.sentence) == (True, words.calendar_next_unknown(year=2027))
    [this_year] = doctor.calendar(city, NOW + timedelta(days=365 * 9))
    assert (this_year.ok, this_year.sentence) == (False, words.calendar_this_unknown(year=2035))
    [known] = doctor.calendar(city, NOW - timedelta(days=365))
    assert (known.ok, known.sentence) == (True, words.calendar_known(years=[2025, 2026]))


async def test_everything_is_looked_at_even_when_the_platform_and_the_model_are_missing(tmp_path: Path):
    settings = load_settings(
        token="1:sandbox",
        api_base="http://127.0.0.1:1",
        database_url=f"sqlite:///{tmp_path / 'lianxin.db'}",
        model=tmp_path / "no model",
    )
    findings = [each async for each in doctor.examine(settings, now=NOW)]
    assert [each.ok for each in findings] == [False, True, False, True]


async def test_a_token_that_is_none_and_a_city_that_is_not_there_are_said_in_one_sentence(tmp_path: Path):
    for given in ({"token": "nonsense"}, {"token": "1:sandbox", "city": tmp_path}):
        [finding] = [each async for each in doctor.examine(load_settings(**given), now=NOW)]
        assert not finding.ok
