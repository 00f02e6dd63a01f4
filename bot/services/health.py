"""How the house stands: what waits, what went wrong, and which units cannot work yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose, Role
from storage.domain.city import City, Department
from storage.repositories import appeals, bindings, inbox, offices, outbox, troubles
from storage.repositories.inbox import InboxState
from storage.repositories.troubles import Troubles
from storage.tables import Office

_LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Manning:
    """A unit with whether it has a group and how many staff it has."""

    unit: Department
    bound: bool
    staff: int


@dataclass(frozen=True)
class Offices:
    """Which groups there are, and who works in them; `heads` counts dispatchers, supervisors and administrators."""

    units: tuple[Manning, ...]
    purposes: frozenset[str]
    heads: Mapping[Role, int]

    @property
    def groupless(self) -> tuple[Department, ...]:
        """Units without a group."""
        return tuple(each.unit for each in self.units if not each.bound)

    @property
    def staffless(self) -> tuple[Department, ...]:
        """Units that have a group and nobody on the list."""
        return tuple(each.unit for each in self.units if each.bound and not each.staff)


@dataclass(frozen=True)
class Health:
    """What waits (`oldest` of it since when) and what went wrong in the last day.

    `lost` are the groups and topics that cannot be written to, and `kept_back` counts the calls held for them.
    """

    waiting: int
    oldest: timedelta
    in_triage: int
    lately: Troubles
    offices: Offices
    lost: tuple[Office, ...]
    kept_back: int


async def manning(session: AsyncSession, *, platform: str, bot: int, city: City) -> Offices:
    """Return which units have groups and staff."""
    everywhere = await offices.everywhere(session, platform=platform, bot=bot)
    count = await bindings.headcount(session)
    bound = {each.department for each in everywhere}
    units = tuple(Manning(unit, unit.code in bound, count.get((Role.STAFF, unit.code), 0)) for unit in city.departments)
    heads = {role: count.get((role, ""), 0) for role in (Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN)}
    return Offices(units, frozenset(each.purpose for each in everywhere), heads)


async def examine(session: AsyncSession, *, platform: str, bot: int, city: City, now: datetime) -> Health:
    """Look at everything an administrator asks after."""
    oldest = await inbox.oldest_waiting(session)
    return Health(
        waiting=await inbox.count(session, InboxState.WAITING),
        oldest=max(now - oldest, timedelta()) if oldest else timedelta(),
        in_triage=len(await appeals.pending_triage(session)),
        lately=await troubles.since(session, now - _LATELY),
        offices=await manning(session, platform=platform, bot=bot, city=city),
        lost=tuple(await offices.lost(session, platform=platform, bot=bot)),
        kept_back=await outbox.kept_back(session, platform=platform, bot=bot),
    )


def ready(found: Offices) -> bool:
    """Whether appeals find somebody: dispatchers with a group, and no group without staff."""
    return Purpose.TRIAGE in found.purposes and bool(found.heads[Role.DISPATCHER]) and not found.staffless
