"""What `lianxin admin` does in the database: codes for people and groups, and who works where."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import aiohttp
import click
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.platforms.telegram import BotApi, PlatformError
from bot.services.binding import ROLE_IN, Purpose
from bot.services.health import manning
from bot.services.inviting import Invites, invite
from bot.services.targets import Target, find_targets
from bot.settings import Settings, SettingsWrong, load_settings
from bot.texts.admin import GROUPS
from storage.city.loading import load_city
from storage.city.reading import CityError
from storage.domain.city import City
from storage.engine import DatabaseUnusable, check, open_database
from storage.migrating import migrate

_Result = TypeVar("_Result")
PLATFORM = "telegram"


def administrator_code() -> str:
    """Return a code that makes somebody administrator."""

    async def coded(session: AsyncSession, _city: City) -> str:
        return await invite(session, Invites.ADMIN, now=Clock()(), draw=secrets.randbelow)

    return in_database(coded)


def binding_code(unit: str) -> tuple[str, str]:
    """Return the name of the group that `unit` means, and a code that binds it."""
    return in_database(lambda session, city: _code(session, Invites.BIND, target_of(city, unit)))


def staff_code(unit: str) -> tuple[str, str]:
    """Return the name of what `unit` means, and a code that makes somebody staff there."""
    return in_database(lambda session, city: _code(session, Invites.STAFF, target_of(city, unit)))


def offices_manned() -> list[tuple[str, bool, int]]:
    """Return the name of each office of the city, whether it has a group, and how many staff."""
    bot = int(settings_now().token.get_secret_value().partition(":")[0])

    async def asked(session: AsyncSession, city: City) -> list[tuple[str, bool, int]]:
        found = await manning(session, platform=PLATFORM, bot=bot, city=city)
        common = [
            (name, purpose in found.purposes, found.heads[ROLE_IN[Purpose(purpose)]])
            for purpose, name in GROUPS.items()
        ]
        return [*common, *((each.unit.name, each.bound, each.staff) for each in found.units)]

    return in_database(asked)


def unhook() -> None:
    """Delete the bot's webhook and keep what waits; raise click.ClickException where the platform does not do it."""

    async def deleted() -> None:
        settings = settings_now()
        async with aiohttp.ClientSession() as http:
            api = BotApi(settings.token.get_secret_value(), base=settings.api_base, session=http)
            await api.call("deleteWebhook", {"drop_pending_updates": False})

    try:
        asyncio.run(deleted())
    except (PlatformError, ValueError) as error:
        raise click.ClickException(
            f"The webhook is still set: {error}. Check LIANXIN_TOKEN and LIANXIN_API_BASE."
        ) from None


def target_of(city: City, unit: str) -> Target:
    """Return the one group or unit that `unit` means; raise ClickException with what to do."""
    found = find_targets(city, unit, groups=GROUPS)
    if not found:
        raise click.ClickException(f"No unit is called {unit}. See `lianxin admin departments`.")
    if len(found) > 1:
        names = ", ".join(each.name for each in found)
        raise click.ClickException(f"{unit} may be one of these, please name one: {names}")
    return found[0]


async def _code(session: AsyncSession, invites: Invites, target: Target) -> tuple[str, str]:
    code = await invite(
        session,
        invites,
        purpose=target.purpose,
        department=target.department,
        now=Clock()(),
        draw=secrets.randbelow,
    )
    return target.name, code


def settings_now() -> Settings:
    """Return the settings as the environment has them; raise ClickException with what is wrong."""
    try:
        return load_settings()
    except SettingsWrong as error:
        raise click.ClickException(str(error)) from None


def in_database(work: Callable[[AsyncSession, City], Awaitable[_Result]]) -> _Result:
    """Do `work` in one transaction on the configured database; say in one sentence what makes it impossible."""
    settings = settings_now()
    try:
        return asyncio.run(_transacted(work, settings.database_url, settings.city))
    except (CityError, DatabaseUnusable, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from None


async def _transacted(
    work: Callable[[AsyncSession, City], Awaitable[_Result]], url: str, folder: Path | None
) -> _Result:
    city = load_city(folder)
    database = open_database(url)
    try:
        await check(database)
        await migrate(database)
        async with database.writing() as session:
            return await work(session, city)
    finally:
        await database.close()
