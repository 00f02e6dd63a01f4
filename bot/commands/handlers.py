"""What `lianxin admin handler` does in the database: who may handle confidential appeals, who does, and naming one."""

import secrets
from dataclasses import dataclass

import click
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.commands.admitting import PLATFORM, in_database, settings_now, target_of
from bot.delivery.say import PostBox
from bot.house import House
from bot.notices import say_what_happened
from bot.services import handling
from bot.services.binding import ROLE_IN, Purpose
from bot.services.guessing import Guess
from bot.services.targets import Target
from bot.wiring import calendars
from storage.domain.city import City
from storage.repositories import handlers
from storage.tables import Staff


@dataclass(frozen=True)
class Eligible:
    """One who may handle confidential appeals, and whether they do."""

    name: str
    badge: str
    current: bool


def staff_of(unit: str) -> list[Eligible]:
    """Return everybody who may handle what is confidential in `unit`."""

    async def asked(session: AsyncSession, city: City) -> list[Eligible]:
        rows = await _rows(session, _target(city, unit))
        return [Eligible(each.name, each.badge or "", each.confidential) for each in rows]

    return in_database(asked)


def name_handler(unit: str, name: str) -> tuple[str, str]:
    """Let the one of that name or badge handle what is confidential; return the unit's name and theirs."""

    async def named(session: AsyncSession, city: City) -> tuple[str, str]:
        picked = _target(city, unit)
        found = [each for each in await _rows(session, picked) if name in (each.name, each.badge)]
        if len(found) != 1:
            raise click.ClickException(f"{len(found)} of the staff of {picked.name} are called {name}. Leave NAME out.")
        await handling.name_handler(session, found[0].id, person_id=None, now=Clock()())
        await _tell(session, city)
        return picked.name, found[0].name

    return in_database(named)


def _target(city: City, unit: str) -> Target:
    picked = target_of(city, unit)
    if picked.purpose is Purpose.SUPERVISION:
        raise click.ClickException("Supervisors handle no confidential appeals: name a unit, or the dispatchers.")
    return picked


async def _rows(session: AsyncSession, picked: Target) -> list[Staff]:
    role = ROLE_IN[picked.purpose]
    return list(await handlers.eligible(session, role=role, department=picked.department or ""))


async def _tell(session: AsyncSession, city: City) -> None:
    """Queue the cards that name the handler; the running bot sends them."""
    house, now = _house(city), Clock()()
    box = PostBox(house.platform, house.bot)
    for say in await say_what_happened(session, house, now=now):
        await box.put(session, say, now=now)


def _house(city: City) -> House:
    settings = settings_now()
    return House(
        city=city,
        calendar=calendars(city),
        platform=PLATFORM,
        bot=int(settings.token.get_secret_value().partition(":")[0]),
        bot_username="",
        hold_seconds=settings.hold_seconds,
        servers_abroad=settings.servers_abroad,
        draw=secrets.randbelow,
        guess=_no_opinion,
        find_danger=lambda _text: None,
    )


async def _no_opinion(_text: str) -> Guess:
    return Guess()
