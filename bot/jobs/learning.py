"""Runs the training that was asked for, and lets the classifier think with the model that was promoted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import retraining as cards
from bot.cards.card import edit
from bot.delivery.say import PostBox, Say
from bot.house import House
from bot.jobs.repeating import repeat
from bot.services import retraining
from bot.services.moving import Actor
from bot.services.retraining import UNUSABLE, State
from bot.thinking import versions
from bot.thinking.thinker import ModelUnusable, Thinker
from bot.thinking.trainer import NotTrained, Trained, Trainer
from storage.engine import Database
from storage.repositories import events, people, trainings
from storage.tables import Training

_log = logging.getLogger(__name__)
_EVERY_SECONDS: Final = 1.0
_TOLD_EVERY: Final = timedelta(seconds=3)


class Learning:
    """Looks every second; a training runs beside, in a process of its own.

    What the database says is to be used, the thinking process and the file under the var folder follow.
    """

    def __init__(
        self,
        *,
        database: Database,
        house: House,
        box: PostBox,
        thinker: Thinker,
        trainer: Trainer,
        now: Callable[[], datetime],
        tell: Callable[[AsyncSession, datetime], Awaitable[None]],
        on_queued: Callable[[], None],
    ) -> None:
        self._database = database
        self._city = house.city
        self._box = box
        self._thinker = thinker
        self._trainer = trainer
        self._now = now
        self._tell = tell
        self._on_queued = on_queued
        self._running: asyncio.Task[None] | None = None
        self._unusable = ""
        self._has_begun = False

    async def run(self) -> None:
        """Give up what was killed, then look until cancelled; a training ends with it."""
        try:
            await repeat(self._look, seconds=_EVERY_SECONDS, failed="the classifier's versions could not be looked at")
        finally:
            if self._running is not None:
                self._running.cancel()
                await asyncio.gather(self._running, return_exceptions=True)

    async def _look(self) -> None:
        if not self._has_begun:
            await self._begin()
            self._has_begun = True
        await self.once()

    async def once(self) -> None:
        """Look once: what is to be thought with, and whether a training is to begin."""
        await self._follow()
        if self._running is not None and not self._running.done():
            return
        training = await self._next()
        if training is not None:
            self._running = asyncio.create_task(self._train(training))

    async def _begin(self) -> None:
        versions.forget_unfinished(self._trainer.var)
        await self._give_up(started=True)

    async def _give_up(self, *, started: bool) -> None:
        async with self._database.writing() as session:
            await retraining.give_up_the_dead(session, started=started, now=self._now())
            await self._tell(session, self._now())
        self._on_queued()

    async def _next(self) -> Training | None:
        """Return the training that is to begin; most times nothing is written."""
        async with self._database.reading() as session:
            found = await trainings.newest(session, states=retraining.UNDER_WAY, limit=1)
        if not found:
            return None
        if found[0].state != State.WANTED:
            if retraining.is_silent(found[0], now=self._now()):
                await self._give_up(started=False)
            return None
        async with self._database.writing() as session:
            return await retraining.begin(session, now=self._now())

    async def _train(self, training: Training) -> None:
        """Train, and keep what became of it."""
        on_way = _OnTheWay(training, self._database, self._box, self._now, self._on_queued)
        try:
            trained = await self._trainer.train(training.version, against=training.against, on_way=on_way)
        except (NotTrained, OSError, ValueError) as error:
            _log.warning("training %s made no model: %s", training.version, error)
            async with self._database.writing() as session:
                await retraining.fail(session, training.id, reason=str(error), now=self._now())
                await self._tell(session, self._now())
        else:
            await self._keep(training, trained)
        self._on_queued()

    async def _keep(self, training: Training, trained: Trained) -> None:
        """Keep the report; by night a model is promoted only where the city's files say so."""
        now = self._now()
        async with self._database.writing() as session:
            done = await retraining.finish(
                session, training.id, report=trained.report, picture=trained.picture, now=now
            )
            if done.state == State.READY and done.report.get("nightly") and self._city.retraining.promotes:
                await retraining.promote(session, done.id, actor=Actor.SYSTEM, person_id=None, now=now)
            await self._tell(session, now)

    async def _follow(self) -> None:
        """Let the thinking process use what the database says; a model that cannot be loaded is told of once."""
        if not self._thinker.is_there:
            return
        async with self._database.reading() as session:
            wanted = await retraining.in_use(session)
        if wanted == self._thinker.version:
            self._unusable = ""
            return
        if wanted == self._unusable:
            return
        try:
            await self._thinker.switch(wanted)
            versions.switch(self._trainer.var, wanted)
        except ModelUnusable:
            _log.exception("the version %s cannot be used; the classifier goes on with the one it has", wanted)
            self._unusable = wanted
            await self._cannot_use(wanted)

    async def _cannot_use(self, version: str) -> None:
        async with self._database.writing() as session:
            await events.record(session, UNUSABLE, at=self._now(), actor=Actor.SYSTEM, version=version)
            await self._tell(session, self._now())
        self._on_queued()


class _OnTheWay:
    """Hears how far a training is, shows it where it was asked for, and says whether it is to go on."""

    def __init__(
        self,
        training: Training,
        database: Database,
        box: PostBox,
        now: Callable[[], datetime],
        on_queued: Callable[[], None],
    ) -> None:
        self._training = training
        self._database = database
        self._box = box
        self._now = now
        self._on_queued = on_queued
        self._shown = 0
        self._told_at = now()

    async def __call__(self, done: float) -> bool:
        """Write at most every three seconds; look for a wish to stop each time."""
        now, percent = self._now(), int(100 * done)
        async with self._database.reading() as session:
            found = await session.get(Training, self._training.id)
        if found is None or found.state != State.RUNNING:
            return False
        if now - self._told_at < _TOLD_EVERY:
            return True
        self._told_at = now
        async with self._database.writing() as session:
            goes_on = await retraining.beat(session, self._training.id, now=now)
            if goes_on and percent > self._shown:
                await self._show(session, percent, now)
        self._shown = max(percent, self._shown)
        return goes_on

    async def _show(self, session: AsyncSession, percent: int, now: datetime) -> None:
        if self._training.person_id is None:
            return
        person = await people.get(session, self._training.person_id)
        card = cards.on_the_way(self._training.id, percent)
        await self._box.put(session, Say(edit(person.user_id, card), edit=cards.key(self._training.id)), now=now)
        self._on_queued()
