"""The county while it is played: the clock, what is still to happen, and the calls to a platform that is not there."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from heapq import heappop, heappush
from random import Random
from typing import Any, Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import Say
from bot.house import House
from bot.notices import say_what_happened
from bot.services import receipts
from bot.services.guessing import Guess
from bot.simulating.people import BOT, PLATFORM, Staffing, Unit, load_words
from storage.city.calendar import calendar_around
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, Refused
from storage.engine import Database
from storage.repositories import events, outbox
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, AppealEvent

Act: TypeAlias = Callable[..., Awaitable[None]]
#: What follows from an event: somebody will do something about it later.
Reaction: TypeAlias = Callable[["County", Appeal | None, AppealEvent], None]
_TRAVEL: Final = timedelta(seconds=3)
_LOST: Final = 0.003
#: The names of messages that are edited later without being looked for.
_ONLY_EDITED: Final = ("status:", "rating:")


@dataclass
class Ledger:
    """What the people themselves know of each appeal, to be held against the books at the end.

    `joined`: how many more were told by joining them; `said`: the citizen's last word on whether it is solved;
    `answers`: how many answers they have seen, or heard.
    """

    filed: int = 0
    joined: int = 0
    said: dict[int, str] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)


class County:
    """One month of one county; everything by chance is drawn from `dice`.

    `right`: the unit whose matter each appeal really is; `plans`: what each unit still means to do about an appeal;
    `blocked`: the accounts of those who blocked the bot.
    """

    def __init__(self, *, database: Database, city: City, dice: Random, start: datetime, react: Reaction) -> None:
        self.database, self.city, self.dice, self.now = database, city, dice, start
        self.words = load_words()
        self.ledger = Ledger()
        self.blocked: set[int] = set()
        self.right: dict[int, str] = {}
        self.tried: set[str] = set()
        self.plans: dict[int, list[str]] = {}
        self._turns: dict[int, int] = {}
        self._in_turn: set[Act] = set()
        self.staffing: Staffing
        self.house = _house(city, dice)
        self._react = react
        self._agenda: list[tuple[datetime, int, Act, tuple[Any, ...]]] = []
        self._planned = 0
        self._session: AsyncSession | None = None

    @property
    def session(self) -> AsyncSession:
        """The transaction of the act that is going on."""
        if self._session is None:
            raise RuntimeError("nobody acts between two rounds")
        return self._session

    @property
    def calendar(self) -> Calendar:
        """The working calendar around the moment."""
        return self.house.calendar(self.now)

    def here(self) -> dict[str, Any]:
        """Return how a service is told where and when it is called."""
        return {"city": self.city, "calendar": self.calendar, "now": self.now}

    def unit(self, code: str | None) -> Unit:
        """Return the unit of that code."""
        return self.staffing.units[code or ""]

    def say(self, occasion: str) -> str:
        """Return something that is said on such an occasion."""
        return self.dice.choice(self.words[occasion])

    def happens(self, share: float) -> bool:
        """Whether what happens in this share of cases happens now."""
        return self.dice.random() < share

    def soon(self, most: timedelta) -> datetime:
        """Return a moment within that time, by the wall clock."""
        return self.now + most * self.dice.random()

    def in_office(self, least: float, most: float, *, after: datetime | None = None) -> datetime:
        """Return a moment so many hours of office time on, between the least and the most."""
        wait = timedelta(hours=self.dice.uniform(least, most))
        return self.calendar.add_office_time(after or self.now, wait)

    def plan(self, at: datetime, act: Act, *about: Any) -> None:
        """Let somebody act at that moment, or now where it is past."""
        self._planned += 1
        heappush(self._agenda, (max(at, self.now), self._planned, act, about))

    def turn(self, at: datetime, act: Act, appeal_id: int) -> None:
        """Let it be the unit's turn with an appeal at that moment, and at no other one planned before."""
        self._in_turn.add(act)
        self.plan(at, act, appeal_id)
        self._turns[appeal_id] = self._planned

    async def play(self, until: datetime) -> None:
        """Let everything happen that is planned until then, in one transaction."""
        async with self.database.writing() as session:
            self._session = session
            while self._agenda and self._agenda[0][0] <= until:
                self.now, place, act, about = heappop(self._agenda)
                if act not in self._in_turn or self._turns[about[0]] == place:
                    await self._do(session, act, about)
        self._session, self.now = None, until

    async def _do(self, session: AsyncSession, act: Act, about: Sequence[Any]) -> None:
        """Let one act happen, or be refused, which leaves nothing behind."""
        try:
            async with session.begin_nested():
                await act(self, *about)
                await self.tell(session, self.now)
        except Refused as refusal:
            events.take_fresh(session)
            name = refusal.reason if isinstance(refusal, InputRefused) else type(refusal).__name__
            self.ledger.refused[name] += 1

    async def tell(self, session: AsyncSession, now: datetime) -> None:
        """Let everybody hear what happened, and have it in mind."""
        while happened := events.fresh(session):
            for say in await say_what_happened(session, self.house, now=now):
                await self.post(session, say)
            for each in happened:
                appeal = await session.get(Appeal, each.appeal_id) if each.appeal_id else None
                self._react(self, appeal, each)

    async def post(self, session: AsyncSession, say: Say) -> None:
        """Take a call for the platform: what carries words arrives, or not, a little later; the rest is forgotten."""
        method = say.method.__api_method__
        self.ledger.calls["messages" if method.startswith("send") else "edits"] += 1
        if say.utterance is None and (say.key is None or say.key.startswith(_ONLY_EDITED)):
            return
        row_id = await outbox.queue(
            session,
            platform=PLATFORM,
            bot=BOT,
            chat_id=getattr(say.method, "chat_id", 0),
            method=method,
            payload={},
            key=say.key,
            appeal_id=say.appeal,
            utterance_id=say.utterance,
            role=say.role,
            state=OutboxState.QUEUED if say.utterance else OutboxState.SENT,
            send_after=say.after,
            created_at=self.now,
            message_id=self.ledger.calls.total(),
        )
        if say.utterance is not None:
            self.plan((say.after or self.now) + _TRAVEL, _settled, row_id)


async def _settled(county: County, row_id: int) -> None:
    """A call with words in it arrives, unless its reader has blocked the bot, or the platform loses it."""
    session = county.session
    row = await outbox.get(session, row_id)
    if row is None or row.state != OutboxState.QUEUED:
        return
    blocked = row.chat_id in county.blocked
    lost = county.happens(_LOST)
    row.state = OutboxState.FAILED if blocked or lost else OutboxState.SENT
    row.settled_at = county.now
    if row.state == OutboxState.SENT:
        county.ledger.answers[row.appeal_id or 0] += row.role == "answer"
        await receipts.arrived(session, row, now=county.now)
    else:
        await receipts.not_arrived(session, row, unreachable=blocked, reason="simulated", now=county.now)


def _house(city: City, dice: Random) -> House:
    @lru_cache(maxsize=64)
    def around(day: object) -> Calendar:
        return calendar_around(city, day)  # type: ignore[arg-type]  # the cache takes anything that can be hashed

    async def no_opinion(_text: str) -> Guess:
        return Guess()

    return House(
        city=city,
        calendar=lambda now: around(now.date()),
        platform=PLATFORM,
        bot=BOT,
        bot_username="lianxin_simulated",
        hold_seconds=15,
        servers_abroad=False,
        draw=dice.randrange,
        guess=no_opinion,
        find_danger=lambda _text: None,
    )
