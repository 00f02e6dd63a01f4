"""Works off the inbox: each update handled in one transaction together with everything it leads to.

Up to eight updates of different chats share a commit, each in a savepoint of its own; one that raises is rolled back
to it alone. Inside the transaction nothing is awaited but the database.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import Method, PostBox, Say, Spoken, parted
from storage.domain.errors import Refused
from storage.engine import Database
from storage.repositories import inbox
from storage.repositories.inbox import InboxState
from storage.tables import InboxUpdate

_log = logging.getLogger(__name__)
_BATCH = 8
_TRIES = 3
_TRY_AGAIN = {"40001", "40P01"}
"""PostgreSQL's word for a serialisation failure and a deadlock: the update is not to blame."""
_NOT_YET = timedelta(seconds=0.3)
_RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5))


class Unreadable(ValueError):  # noqa: N818 - read aloud it says what is wrong
    """The update is not in the platform's form."""


class NotYet(Exception):  # noqa: N818 - a state, not a fault
    """The update cannot be prepared at the moment; its chat waits a little, and others go on."""


class Desk(Protocol):
    """What the worker asks of the conversations."""

    async def prepare(self, session: AsyncSession, raw: Any, *, waited: timedelta) -> Any:
        """Parse an update that came in `waited` ago and do what is slow, reading only.

        Raises Unreadable where the update has no known form, NotYet where what it needs is not there yet.
        """

    async def serve(self, session: AsyncSession, prepared: Any, *, now: datetime) -> Sequence[Spoken]:
        """Handle an update; raise Refused where it may not happen, NotYet where it must be prepared anew."""

    async def refuse(
        self, session: AsyncSession, prepared: Any, refusal: Refused, *, now: datetime
    ) -> Sequence[Spoken]:
        """Say in words why it may not happen."""

    async def put_aside(self, session: AsyncSession, *, now: datetime) -> Sequence[Say]:
        """Raise the alarm over an update that nobody can read."""

    async def apologise(self, session: AsyncSession, prepared: Any, *, now: datetime) -> Sequence[Spoken]:
        """Say that it was kept but could not be worked off, and raise the alarm."""


@dataclass
class _Job:
    row: InboxUpdate
    prepared: Any = None
    unreadable: str | None = None
    broken: Exception | None = None


class Worker:
    """Takes updates from the inbox, in order within a chat, until stopped."""

    def __init__(
        self,
        *,
        database: Database,
        box: PostBox,
        desk: Desk,
        now: Callable[[], datetime],
        hint: Callable[[Method], None],
        on_queued: Callable[[], None],
    ) -> None:
        self._database = database
        self._box = box
        self._desk = desk
        self._now = now
        self._hint = hint
        self._on_queued = on_queued
        self._wake = asyncio.Event()
        self._stopping = False
        self._size = _BATCH
        self._resting: dict[int, datetime] = {}

    def wake(self) -> None:
        """Look at the inbox now."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the batch in hand and return from `run`."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Work until stopped; a database that does not answer is asked again."""
        while not self._stopping:
            self._wake.clear()
            try:
                busy = await self._round()
            except Exception:  # noqa: BLE001 - whatever it is, the queue must go on
                _log.exception("the inbox could not be worked off, trying again")
                self._size = 1
                await asyncio.sleep(1)
                continue
            if not busy and not self._stopping:
                await self._rest()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), timeout=_NOT_YET.total_seconds() if self._resting else 1)
        except TimeoutError:
            return

    async def _round(self) -> bool:
        jobs = await self._take()
        if not jobs:
            return False
        hints: list[Method] = []
        async with self._database.writing() as session:
            for job in jobs:
                hints += await self._work(session, job)
        self._size = _BATCH
        self._on_queued()
        for method in hints:
            self._hint(method)
        return True

    async def _take(self) -> list[_Job]:
        now = self._now()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        jobs: list[_Job] = []
        async with self._database.reading() as session:
            rows = await inbox.next_batch(
                session,
                platform=self._box.platform,
                bot=self._box.bot,
                now=now,
                size=self._size,
                not_chats=list(self._resting),
            )
            for row in rows:
                try:
                    jobs.append(await self._prepare(session, row))
                except NotYet:
                    self._resting[row.chat_id] = now + _NOT_YET
        return jobs

    async def _prepare(self, session: AsyncSession, row: InboxUpdate) -> _Job:
        waited = self._now() - row.received_at
        try:
            return _Job(row, prepared=await self._desk.prepare(session, json.loads(row.raw), waited=waited))
        except (Unreadable, ValueError, RecursionError) as error:
            return _Job(row, unreadable=f"{type(error).__name__}: {str(error)[:300]}")
        except (SQLAlchemyError, NotYet):
            raise
        except Exception as error:  # noqa: BLE001 - one bad update must not stop the queue
            return _Job(row, broken=error)

    async def _work(self, session: AsyncSession, job: _Job) -> list[Method]:
        now = self._now()
        if job.unreadable is not None:
            _log.error("update %s is unreadable and was put aside", job.row.update_id)
            await inbox.settle(session, job.row.id, state=InboxState.QUARANTINED, now=now, error=job.unreadable)
            for say in await self._desk.put_aside(session, now=now):
                await self._box.put(session, say, now=now)
            return []
        try:
            return await self._served(session, job, now)
        except NotYet:
            return []
        except (OperationalError, InterfaceError):
            raise
        except DBAPIError as error:
            if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _TRY_AGAIN:
                raise
            return await self._failed(session, job, error, now)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises must not stop its neighbours
            return await self._failed(session, job, error, now)

    async def _served(self, session: AsyncSession, job: _Job, now: datetime) -> list[Method]:
        if job.broken is not None:
            raise job.broken
        try:
            async with session.begin_nested():
                spoken = await self._desk.serve(session, job.prepared, now=now)
                return await self._settled(session, job, spoken, InboxState.DONE, now)
        except Refused as refusal:
            async with session.begin_nested():
                spoken = await self._desk.refuse(session, job.prepared, refusal, now=now)
                return await self._settled(session, job, spoken, InboxState.DONE, now)

    async def _failed(self, session: AsyncSession, job: _Job, error: Exception, now: datetime) -> list[Method]:
        tries = job.row.tries + 1
        _log.error("update %s failed, try %d", job.row.update_id, tries, exc_info=error)
        words = f"{type(error).__name__}: {str(error)[:300]}"
        if tries < _TRIES:
            at = now + _RETRY_AFTER[tries - 1]
            await inbox.retry_later(session, job.row.id, tries=tries, at=at, error=words)
            return []
        try:
            async with session.begin_nested():
                spoken = await self._desk.apologise(session, job.prepared, now=now)
                return await self._settled(session, job, spoken, InboxState.DEAD, now, error=words)
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001 - an apology that fails too must not keep the update in the way
            _log.exception("the apology for update %s failed", job.row.update_id)
            await inbox.settle(session, job.row.id, state=InboxState.DEAD, now=now, error=words)
            return []

    async def _settled(
        self,
        session: AsyncSession,
        job: _Job,
        spoken: Sequence[Spoken],
        state: InboxState,
        now: datetime,
        *,
        error: str | None = None,
    ) -> list[Method]:
        says, hints = parted(spoken)
        for say in says:
            await self._box.put(session, say, now=now)
        await inbox.settle(session, job.row.id, state=state, now=now, error=error)
        return hints
