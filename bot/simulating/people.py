"""Who lives and works in a simulated county: units with their staff, dispatchers, supervisors, citizens."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from random import Random
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose, Role, bind, employ
from storage.domain.city import City
from storage.repositories import people
from storage.tables import Office, Person, Staff

PLATFORM: Final = "simulated"
BOT: Final = 1
_GROUPS: Final = -4000
_WORKERS: Final = 30_000
CITIZENS: Final = 1_000_000
_DISPATCHERS, _SUPERVISORS = 4, 2
_FEWEST, _MOST = 3, 6


@dataclass(frozen=True)
class Unit:
    """A unit's group and staff (the first handles what is confidential), and how it works.

    `late`: the share of its answers that come too late; `idle`: of its cards that it lets lie for a while.
    """

    code: str
    office: Office
    staff: Sequence[Staff]
    late: float
    idle: float

    def somebody(self, dice: Random, *, confidential: bool) -> Staff:
        """Return one of the staff, the handler for what is confidential."""
        return self.staff[0] if confidential else dice.choice(self.staff)


@dataclass(frozen=True)
class Staffing:
    """Everybody who works in the county."""

    units: Mapping[str, Unit]
    triage: Office
    dispatchers: Sequence[Staff]
    supervision: Office
    supervisors: Sequence[Staff]


def load_words() -> Mapping[str, Sequence[str]]:
    """Return what people say, by the occasion."""
    return tomllib.loads(resources.files("bot.simulating").joinpath("words.toml").read_text(encoding="utf-8"))


async def settle(session: AsyncSession, city: City, dice: Random, *, now: datetime) -> Staffing:
    """Bind a group for each unit, for the dispatchers and for the supervisors, and employ people there."""
    names, hired = load_words(), _Hiring(session, dice, now)
    units = {}
    for place, unit in enumerate(city.departments):
        office = await _bound(session, Purpose.DEPARTMENT, unit.code, place, now)
        staff = [await hired.one(Role.STAFF, unit.code, names) for _ in range(dice.randint(_FEWEST, _MOST))]
        staff[0].confidential = True
        units[unit.code] = Unit(unit.code, office, staff, late=dice.uniform(0, 0.12), idle=dice.uniform(0, 0.08))
    triage = await _bound(session, Purpose.TRIAGE, None, len(units), now)
    dispatchers = [await hired.one(Role.DISPATCHER, "", names) for _ in range(_DISPATCHERS)]
    dispatchers[0].confidential = True
    supervision = await _bound(session, Purpose.SUPERVISION, None, len(units) + 1, now)
    supervisors = [await hired.one(Role.SUPERVISOR, "", names) for _ in range(_SUPERVISORS)]
    return Staffing(units, triage, dispatchers, supervision, supervisors)


async def citizen(session: AsyncSession, place: int, *, now: datetime) -> Person:
    """Return the citizen of that place in the register, new or known; they have agreed to everything."""
    person = await people.meet(session, platform=PLATFORM, bot=BOT, user_id=CITIZENS + place, username=None, now=now)
    person.consent_version = person.consent_version or 1
    return person


@dataclass
class _Hiring:
    session: AsyncSession
    dice: Random
    now: datetime
    hired: int = 0

    async def one(self, role: Role, department: str, names: Mapping[str, Sequence[str]]) -> Staff:
        """Employ somebody new."""
        self.hired += 1
        person = await people.meet(
            self.session, platform=PLATFORM, bot=BOT, user_id=_WORKERS + self.hired, username=None, now=self.now
        )
        return await employ(
            self.session,
            person_id=person.id,
            role=role,
            department=department,
            name=f"{self.dice.choice(names['surnames'])}{self.hired}",
            post=self.dice.choice(names["posts"]),
            badge=f"{self.hired:03d}",
            now=self.now,
        )


async def _bound(session: AsyncSession, purpose: Purpose, department: str | None, place: int, now: datetime) -> Office:
    return await bind(
        session,
        platform=PLATFORM,
        bot=BOT,
        chat_id=_GROUPS - place,
        purpose=purpose,
        department=department,
        title=department or purpose,
        now=now,
    )
