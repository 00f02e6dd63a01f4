"""Looks at everything `lianxin run` stands on and says in one sentence each how it is and what to do."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.platforms.telegram import BotApi, PlatformError, TokenRefused
from bot.services.binding import Purpose, Role
from bot.services.health import Offices, manning
from bot.settings import Settings
from bot.texts import doctor as words
from bot.texts.admin import GROUPS
from bot.thinking.thinker import ModelUnusable, Thinker
from bot.wiring import PLATFORM
from storage.city.calendar import build_calendar
from storage.city.loading import load_city
from storage.city.reading import CityError
from storage.domain.city import City
from storage.engine import Database, DatabaseUnusable, check, open_database
from storage.migrating import configuration
from storage.repositories import offices
from storage.tables import Office

_WRITING = frozenset({"creator", "administrator", "member"})


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `ok` is False where something must be mended."""

    ok: bool
    sentence: str


async def examine(settings: Settings, *, now: datetime) -> AsyncIterator[Finding]:
    """Yield the findings as they come; only reads, but for the starter model, which is trained if it never was."""
    try:
        city = load_city(settings.city)
    except CityError as error:
        yield Finding(ok=False, sentence=str(error))
        return
    async with aiohttp.ClientSession() as http:
        try:
            api = BotApi(settings.token.get_secret_value(), base=settings.api_base, session=http)
        except ValueError as error:
            yield Finding(ok=False, sentence=str(error))
            return
        known = await token(api, settings.api_base)
        for finding in known:
            yield finding
        for finding in await _stored(settings, api, city, ask_groups=all(each.ok for each in known)):
            yield finding
    yield await model(settings)
    for finding in calendar(city, now):
        yield finding


async def token(api: BotApi, api_base: str) -> list[Finding]:
    """Ask the platform who the bot is, and whether it is sent everything said in groups."""
    try:
        me = await api.call("getMe", seconds=10)
    except TokenRefused:
        return [Finding(ok=False, sentence=words.token_refused(api_base=api_base))]
    except PlatformError as error:
        return [Finding(ok=False, sentence=words.platform_silent(api_base=api_base, error=str(error)))]
    privacy = words.PRIVACY_OFF if me.get("can_read_all_group_messages") else words.PRIVACY_ON
    return [
        Finding(ok=True, sentence=words.known_as(username=me.get("username", ""))),
        Finding(ok=True, sentence=privacy),
    ]


async def _stored(settings: Settings, api: BotApi, city: City, *, ask_groups: bool) -> list[Finding]:
    """Look at the database, and with what it knows at the groups (if the platform answers) and the city."""
    try:
        database = open_database(settings.database_url)
    except (DatabaseUnusable, ValueError, ImportError) as error:
        return [Finding(ok=False, sentence=str(error))]
    try:
        schema = await schema_of(database)
        if schema.sentence != words.DATABASE_CURRENT:
            return [schema]
        async with database.reading() as session:
            everywhere = await offices.everywhere(session, platform=PLATFORM, bot=api.bot_id)
            manned = await manning(session, platform=PLATFORM, bot=api.bot_id, city=city)
        asked = await groups(api, everywhere, city) if ask_groups else []
        return [schema, *asked, *units(manned)]
    finally:
        await database.close()


async def schema_of(database: Database) -> Finding:
    """Compare the database's version with this program's."""
    try:
        await check(database)
        async with database.engine.connect() as connection:
            current, newest, known = await connection.run_sync(_versions)
    except DatabaseUnusable as error:
        return Finding(ok=False, sentence=str(error))
    if current is None:
        return Finding(ok=True, sentence=words.DATABASE_NEW)
    if current == newest:
        return Finding(ok=True, sentence=words.DATABASE_CURRENT)
    return Finding(ok=False, sentence=words.DATABASE_BEHIND if current in known else words.DATABASE_AHEAD)


def _versions(connection: Connection) -> tuple[str | None, str | None, set[str]]:
    script = ScriptDirectory.from_config(configuration(connection))
    current = MigrationContext.configure(connection).get_current_revision()
    return current, script.get_current_head(), {each.revision for each in script.walk_revisions()}


async def groups(api: BotApi, everywhere: Sequence[Office], city: City) -> list[Finding]:
    """Ask the platform whether the bot may write in each bound group."""
    if not everywhere:
        return [Finding(ok=False, sentence=words.NO_GROUPS)]
    wrong = [(office, why) for office in everywhere if (why := await _unwelcome(api, office))]
    findings = [
        Finding(ok=False, sentence=words.not_in_group(name=_name(office, city), why=why)) for office, why in wrong
    ]
    return findings or [Finding(ok=True, sentence=words.in_groups(n=len(everywhere)))]


async def _unwelcome(api: BotApi, office: Office) -> str:
    """Return what keeps the bot from writing in a group; empty where nothing does."""
    try:
        found = await api.call("getChatMember", {"chat_id": office.chat_id, "user_id": api.bot_id}, seconds=10)
    except PlatformError as error:
        return str(error)
    status = str(found.get("status"))
    allowed = status in _WRITING or (status == "restricted" and found.get("can_send_messages"))
    return "" if allowed else f"the bot is {status} there"


def _name(office: Office, city: City) -> str:
    unit = city.department(office.department or "")
    return unit.name if unit else GROUPS.get(office.purpose, office.title)


def units(manned: Offices) -> list[Finding]:
    """Say which units have no group, and which groups nobody to act in them."""
    groupless, staffless = ([each.name for each in some] for some in (manned.groupless, manned.staffless))
    judged = [
        (Purpose.TRIAGE not in manned.purposes, words.NO_TRIAGE),
        (Purpose.TRIAGE in manned.purposes and not manned.heads[Role.DISPATCHER], words.NO_DISPATCHERS),
        (not manned.heads[Role.ADMIN], words.NO_ADMINISTRATOR),
        (bool(groupless), words.groupless(names=groupless)),
        (bool(staffless), words.staffless(names=staffless)),
    ]
    wrong = [Finding(ok=False, sentence=sentence) for is_wrong, sentence in judged if is_wrong]
    return wrong or [Finding(ok=True, sentence=words.STAFFED)]


async def model(settings: Settings) -> Finding:
    """Load the model as `lianxin run` does."""
    thinker = Thinker(model=settings.model, city=settings.city, var=settings.var)
    try:
        await thinker.start()
    except (ModelUnusable, OSError) as error:
        return Finding(ok=False, sentence=str(error))
    finally:
        await thinker.stop()
    return Finding(ok=True, sentence=words.MODEL)


def calendar(city: City, now: datetime) -> list[Finding]:
    """Say whether the holidays of this year and the next are known."""
    year = build_calendar(city, [now.year]).local(now).year
    known = build_calendar(city, [year, year + 1]).known_years
    if year not in known:
        return [Finding(ok=False, sentence=words.calendar_this_unknown(year=year))]
    if year + 1 not in known:
        return [Finding(ok=True, sentence=words.calendar_next_unknown(year=year + 1))]
    return [Finding(ok=True, sentence=words.calendar_known(years=[year, year + 1]))]
