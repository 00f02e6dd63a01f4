"""The one place where objects meet.

Lifetimes: a `Service` lives from start to stop of the process and owns the database, the HTTP session, the model and
the loops (intake, worker, sender, jobs); a session lives for one transaction; a `Turn` for one update.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any

import aiohttp
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.conversations.desk import CitizensDesk
from bot.delivery.intake import CannotPoll, Intake
from bot.delivery.pacing import Pacer
from bot.delivery.say import Method, PostBox, payload_of
from bot.delivery.sender import Sender
from bot.delivery.webhook import WebhookIntake
from bot.delivery.worker import Worker
from bot.house import FindAlike, House, nothing_alike
from bot.jobs.learning import Learning
from bot.jobs.roster import Job, all_jobs
from bot.notices import say_what_happened
from bot.notices.outcomes import Outcomes
from bot.platforms.sandbox.cast import load_cast
from bot.platforms.telegram import BotApi, CallUncertain, PlatformError, TokenRefused, TooFast
from bot.services.binding import bind_cast
from bot.settings import Settings
from bot.thinking.lookout import Lookout
from bot.thinking.thinker import Thinker
from bot.thinking.trainer import Trainer
from storage.city.calendar import calendar_around
from storage.city.dangers import load_dangers
from storage.city.loading import load_city
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.dangers import find_danger
from storage.engine import Database, check, open_database
from storage.migrating import migrate
from storage.repositories import inbox, offices, outbox
from storage.repositories.inbox import InboxState

_log = logging.getLogger(__name__)
PLATFORM = "telegram"
SANDBOX_TOKEN = "1:sandbox"  # noqa: S105 - the sandbox's own, known to everybody
_QUIET_SECONDS = 60.0


class Service:
    """The running bot: `start`, then `wait`, then `stop`."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None, find_alike: FindAlike | None = None) -> None:
        """Wire it; `find_alike` stands in place of the bot's own way to find what is like a draft."""
        self.settings = settings
        self.clock = clock or Clock()
        self.city: City = load_city(settings.city)
        self.database: Database = open_database(settings.database_url)
        self._thinker = Thinker(model=settings.model, city=settings.city, var=settings.var)
        self._lookout = Lookout(database=self.database, city=self.city, now=self.clock)
        own = self._lookout.find_alike if settings.offer_to_join else nothing_alike
        self._find_alike = find_alike or own
        self._trainer = Trainer(
            model=settings.model, city=settings.city, var=settings.var, database_url=settings.database_url
        )
        self._http: aiohttp.ClientSession | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._hints: set[asyncio.Task[None]] = set()
        self._in_hand: list[asyncio.Task[None]] = []
        self._parts: tuple[Worker, Sender] | None = None
        self._jobs: tuple[Job, ...] = ()

    async def start(self) -> None:
        """Bring everything up; returns when an appeal can be sent."""
        self._begin(self._think())
        await check(self.database)
        await migrate(self.database)
        self._http = aiohttp.ClientSession()
        token = self.settings.token.get_secret_value()
        api = BotApi(token, base=self.settings.api_base, session=self._http)
        me = await _introduced(api)
        if token == SANDBOX_TOKEN:
            await self._bind_the_sandbox()
        self._begin(self._intake(api).run())
        self._begin_work(api, self._house(api.bot_id, str(me.get("username") or "")))

    async def wait(self) -> None:
        """Return when a part ended by itself; raise what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Finish what is in hand and close everything."""
        tasks = self._tasks
        if self._parts:
            self._parts[0].stop()
            self._parts[1].stop()
            await asyncio.wait(self._in_hand, timeout=20)
        for task in [*tasks, *self._hints]:
            task.cancel()
        await asyncio.gather(*tasks, *self._hints, return_exceptions=True)
        await self._thinker.stop()
        await self._lookout.stop()
        if self._http is not None:
            await self._http.close()
        await self.database.close()

    async def advance_clock(self, by: timedelta) -> None:
        """Move the clock on, do what has fallen due, and return when all is quiet."""
        self.clock.advance(by)
        if self._parts:
            for job in self._jobs:
                await job.once()
            self._updates_came()
            self._calls_queued()
        await self.quiet()

    async def quiet(self, *, seconds: float = _QUIET_SECONDS) -> bool:
        """Wait until no update waits and no call is due; False when that did not come in time."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            if await self._is_quiet():
                return True
            await asyncio.sleep(0.05)
        return False

    async def _is_quiet(self) -> bool:
        async with self.database.reading() as session:
            return not (await inbox.count(session, InboxState.WAITING) or await outbox.owed(session, self.clock()))

    def _house(self, bot: int, username: str) -> House:
        return House(
            city=self.city,
            calendar=calendars(self.city),
            platform=PLATFORM,
            bot=bot,
            bot_username=username,
            hold_seconds=self.settings.hold_seconds,
            servers_abroad=self.settings.servers_abroad,
            draw=secrets.randbelow,
            guess=self._thinker.guess,
            find_danger=partial(find_danger, rules=load_dangers()),
            find_topics=self._lookout.find_topics,
            find_alike=self._find_alike,
        )

    def _intake(self, api: BotApi) -> Intake | WebhookIntake:
        settings = self.settings
        if settings.webhook_url is None or settings.webhook_secret is None:
            return Intake(
                api=api, database=self.database, platform=PLATFORM, now=self.clock, on_kept=self._updates_came
            )
        return WebhookIntake(
            api=api,
            database=self.database,
            platform=PLATFORM,
            url=settings.webhook_url,
            secret=settings.webhook_secret.get_secret_value(),
            port=settings.webhook_port,
            now=self.clock,
            on_kept=self._updates_came,
        )

    def _begin_work(self, api: BotApi, house: House) -> None:
        box = PostBox(PLATFORM, api.bot_id)
        worker = Worker(
            database=self.database,
            box=box,
            desk=CitizensDesk(house, token=self.settings.token.get_secret_value()),
            now=self.clock,
            hint=self._hinter(api),
            on_queued=self._calls_queued,
        )
        sender = Sender(
            api=api,
            database=self.database,
            box=box,
            pacer=Pacer(enabled=self.settings.pacing),
            receipts=Outcomes(house),
            now=self.clock,
        )
        self._parts = (worker, sender)
        self._jobs = self._all_jobs(house, box)
        self._in_hand = [self._begin(worker.run()), self._begin(sender.run())]
        for job in self._jobs:
            self._begin(job.run())

    def _all_jobs(self, house: House, box: PostBox) -> tuple[Job, ...]:
        looking: dict[str, Any] = {
            "database": self.database,
            "house": house,
            "box": box,
            "now": self.clock,
            "tell": _teller(house, box),
            "on_queued": self._calls_queued,
        }
        return (*all_jobs(**looking), Learning(**looking, thinker=self._thinker, trainer=self._trainer))

    def _begin(self, loop: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(loop)
        self._tasks.append(task)
        return task

    async def _think(self) -> None:
        """Bring up the classifier; meanwhile updates are kept, and those it is not asked about are served."""
        await self._thinker.start()
        await asyncio.Event().wait()

    def _updates_came(self) -> None:
        if self._parts:
            self._parts[0].wake()

    def _calls_queued(self) -> None:
        if self._parts:
            self._parts[1].wake()

    def _hinter(self, api: BotApi) -> Callable[[Method], None]:
        """Return what sends a hint beside the work; whether it arrives does not matter."""

        def hint(method: Method) -> None:
            task = asyncio.create_task(_hinted(api, method))
            self._hints.add(task)
            task.add_done_callback(self._hints.discard)

        return hint

    async def _bind_the_sandbox(self) -> None:
        async with self.database.writing() as session:
            if not await offices.anybody_bound(session, platform=PLATFORM, bot=1):
                now = self.clock()
                await bind_cast(session, load_cast(), platform=PLATFORM, bot=1, city=self.city, now=now)


def _teller(house: House, box: PostBox) -> Callable[[AsyncSession, datetime], Awaitable[None]]:
    """Return what queues, for a job, the messages of the events it recorded."""

    async def tell(session: AsyncSession, now: datetime) -> None:
        for say in await say_what_happened(session, house, now=now):
            await box.put(session, say, now=now)

    return tell


def calendars(city: City) -> Callable[[datetime], Calendar]:
    """Return the working calendar around any moment; a day's is made once."""

    @lru_cache(maxsize=8)
    def around(day: date) -> Calendar:
        return calendar_around(city, day)

    return lambda now: around(now.date())


async def _introduced(api: BotApi) -> dict[str, Any]:
    """Return who the platform says the bot is; wait for a platform that does not answer yet."""
    pause = 0.5
    while True:
        try:
            me: dict[str, Any] = await api.call("getMe", seconds=10)
        except TokenRefused:
            raise CannotPoll(
                "The platform does not know this token. Check LIANXIN_TOKEN and LIANXIN_API_BASE."
            ) from None
        except (CallUncertain, TooFast) as error:
            _log.warning("the platform does not answer yet, trying again in %.1f s: %s", pause, error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30)
        else:
            return me


async def _hinted(api: BotApi, method: Method) -> None:
    try:
        await api.call(method.__api_method__, payload_of(method), seconds=10)
    except PlatformError as error:
        _log.info("a hint was lost: %s", error)
