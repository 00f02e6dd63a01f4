"""Every job there is but the one that has the classifier's processes, with what it needs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import PostBox
from bot.house import House
from bot.jobs.caring import Caring
from bot.jobs.drifting import Drifting
from bot.jobs.following_up import FollowingUp
from bot.jobs.forgetting import Forgetting
from bot.jobs.lapsing import Lapsing
from bot.jobs.morning import Morning
from bot.jobs.nights import Nights
from bot.jobs.planning import Planning
from bot.jobs.topics import Topics
from bot.jobs.waiting import Waiting
from bot.jobs.watching import ASSISTS, CLAIMS, EMERGENCIES, LADDER, TRIAGE, Watching
from storage.engine import Database


class Job(Protocol):
    """A timer instead of a message: `run` looks until cancelled, `once` looks once."""

    async def run(self) -> None:
        """Look until cancelled."""

    async def once(self) -> Any:
        """Look once."""


def all_jobs(
    *,
    database: Database,
    house: House,
    box: PostBox,
    now: Callable[[], datetime],
    tell: Callable[[AsyncSession, datetime], Awaitable[None]],
    on_queued: Callable[[], None],
) -> tuple[Job, ...]:
    """Return the jobs in the order in which they look where all look at once.

    `tell(session, now)` queues what recorded events give others to hear; `on_queued` hears that something was.
    """
    looking: dict[str, Any] = {"database": database, "house": house, "now": now, "on_queued": on_queued}
    telling = looking | {"tell": tell}
    return (
        Forgetting(database=database, now=now),
        Caring(**looking),
        Lapsing(**telling),
        Waiting(**telling),
        Planning(**telling),
        *(Watching(watch, **telling) for watch in (TRIAGE, CLAIMS, ASSISTS, LADDER, EMERGENCIES)),
        FollowingUp(**telling),
        Morning(**looking, box=box),
        Topics(**telling),
        Drifting(**telling),
        Nights(database=database, house=house, now=now),
    )
