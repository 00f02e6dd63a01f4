"""What stays the same from update to update: the city, whose bot it is, the classifier's opinion."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.guessing import Guess
from bot.services.topics import Cluster
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.dangers import Alarm
from storage.tables import Draft

FindAlike: TypeAlias = Callable[[AsyncSession, Draft], Awaitable[Sequence[int]]]


async def nothing_alike(_session: AsyncSession, _draft: Draft) -> Sequence[int]:
    """Find nothing."""
    return ()


async def no_topics() -> Sequence[Cluster]:
    """Find nothing that many report."""
    return ()


@dataclass(frozen=True)
class House:
    """Handed to every conversation, notice and job.

    `calendar(now)` is the working calendar around a moment; `draw(n)` a random number of 0 … n-1; `guess(text)` asks
    the classifier, in its own process: before a transaction, never inside one; `find_danger(text)` asks the rules, at
    once. `find_topics()` looks what many people report at once: outside a transaction.

    `find_alike(session, draft)` names the ids of appeals that seem to tell the matter of a draft (`draft.text`,
    `draft.town`, `draft.village`, `draft.place`), the likeliest first, none where none does. It is asked at each press
    of submit, inside the transaction: what it has to look for it looks for outside (it raises ThoughtNeeded, and the
    update is served again). It may name any appeal: closed, confidential and one's own are left out by
    `bot.services.joining.offered`, which offers the first that is left, or its lead.
    """

    city: City
    calendar: Callable[[datetime], Calendar]
    platform: str
    bot: int
    bot_username: str
    hold_seconds: float
    servers_abroad: bool
    draw: Callable[[int], int]
    guess: Callable[[str], Awaitable[Guess]]
    find_danger: Callable[[str], Alarm | None]
    find_topics: Callable[[], Awaitable[Sequence[Cluster]]] = no_topics
    find_alike: FindAlike = nothing_alike
