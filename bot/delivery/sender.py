"""Sends what the outbox owes: paced, in order within a chat, retried, each outcome written down.

One transaction settles the calls that came back and claims the next ones. A call is marked before it is made; what a
stopped process left marked is uncertain: receipts and answers go again, surveys do not.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.addressing import Blocked, addressed, as_new, topic_of_lost
from bot.delivery.copying import made_files, weight, with_copies
from bot.delivery.hindrances import Hindrance, TopicGone, hindrance_of
from bot.delivery.pacing import Pacer
from bot.delivery.say import FORWARDS, MADE, PostBox, Spoken, parted
from bot.platforms.telegram import BotApi, CallRefused, CallUncertain, PlatformError, TokenRefused, TooFast
from storage.engine import Database
from storage.repositories import events, messages, outbox
from storage.repositories.outbox import OutboxState
from storage.tables import OutboxMessage

_log = logging.getLogger(__name__)
_IN_FLIGHT = 5
_CALL_SECONDS, _UPLOAD_SECONDS = 30, 180
_LONGEST_BACKOFF = 60.0
_MENDED_AT_MOST = 30
_MENDING_SECONDS = 0.3
_ALREADY_SO = "message is not modified"
_EDIT_LOST = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Receipts(Protocol):
    """Who hears what became of a call, in the transaction that writes it down."""

    async def sent(self, session: AsyncSession, row: OutboxMessage, *, result: Any, now: datetime) -> list[Spoken]:
        """It arrived, and this is what the platform answered."""

    async def failed(
        self, session: AsyncSession, row: OutboxMessage, error: PlatformError, *, now: datetime
    ) -> list[Spoken]:
        """It will not arrive."""

    async def hindered(
        self, session: AsyncSession, row: OutboxMessage, hindrance: Hindrance, *, now: datetime
    ) -> list[Spoken] | None:
        """Its place is not what it was, the call is queued again; None: nothing can be mended, let it fail."""


@dataclass
class _Outcome:
    row: OutboxMessage
    result: Any = None
    error: PlatformError | None = None


class Sender:
    """Empties one bot's outbox until stopped."""

    def __init__(
        self,
        *,
        api: BotApi,
        database: Database,
        box: PostBox,
        pacer: Pacer,
        receipts: Receipts,
        now: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._database = database
        self._box = box
        self._pacer = pacer
        self._receipts = receipts
        self._now = now
        self._wake = asyncio.Event()
        self._stopping = False
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._landed: list[_Outcome] = []

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    def stop(self) -> None:
        """Let the calls in flight land, write them down, and return from `run`."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped; a database that does not answer is asked again."""
        await self._until_done(self._recover)
        while not self._stopping:
            self._wake.clear()
            wait = await self._until_done(self._round)
            if not self._stopping:
                await self._rest(wait)
        await asyncio.gather(*self._flying.values())
        await self._until_done(self._settle_only)

    async def _until_done(self, step: Callable[[], Awaitable[float]]) -> float:
        while True:
            try:
                return await step()
            except (SQLAlchemyError, OSError):
                _log.exception("the outbox could not be worked on, trying again")
                await asyncio.sleep(1)

    async def _rest(self, seconds: float) -> None:
        if seconds <= 0:
            return
        try:
            await asyncio.wait_for(self._wake.wait(), timeout=seconds)
        except TimeoutError:
            return

    async def _recover(self) -> float:
        async with self._database.writing() as session:
            rows = await outbox.interrupted(session, platform=self._box.platform, bot=self._box.bot)
            error, now = "the process stopped while sending", self._now()
            lost = [row.id for row in rows if row.once]
            again = [row.id for row in rows if not row.once]
            await outbox.change(session, lost, state=OutboxState.UNCERTAIN, error=error, settled_at=now)
            await outbox.change(session, again, state=OutboxState.QUEUED, error=error, next_try_at=None)
        return 0.0

    async def _round(self) -> float:
        landed, self._landed = self._landed, []
        if not landed and not await self._anything():
            return await self._until_next()
        claimed: list[OutboxMessage] = []
        wait = 1.0
        try:
            async with self._database.writing() as session:
                for outcome in landed:
                    await self._settle(session, outcome)
                claimed, wait = await self._claim(session)
        except BaseException:
            self._landed = landed + self._landed
            raise
        for row in claimed:
            self._flying[row.chat_id] = asyncio.create_task(self._send(row))
        return 0.0 if landed or claimed else wait

    async def _settle_only(self) -> float:
        landed, self._landed = self._landed, []
        if landed:
            async with self._database.writing() as session:
                for outcome in landed:
                    await self._settle(session, outcome)
        return 0.0

    async def _anything(self) -> bool:
        if len(self._flying) >= _IN_FLIGHT:
            return False
        async with self._database.reading() as session:
            rows = await self._waiting(session, limit=1)
        return bool(rows)

    async def _until_next(self) -> float:
        async with self._database.reading() as session:
            due = await outbox.next_due(session, platform=self._box.platform, bot=self._box.bot)
        waits = [5.0]
        if due is not None:
            waits.append(max((due - self._now()).total_seconds(), 0.05))
        return min(waits)

    async def _waiting(self, session: AsyncSession, *, limit: int) -> list[OutboxMessage]:
        rows = await outbox.waiting(
            session,
            platform=self._box.platform,
            bot=self._box.bot,
            now=self._now(),
            not_chats=[*self._flying, *(each.row.chat_id for each in self._landed)],
            limit=limit,
        )
        session.expunge_all()  # what is filled in for one sending is not written back
        return list(rows)

    async def _claim(self, session: AsyncSession) -> tuple[list[OutboxMessage], float]:
        """Mark the calls that may go now; return them, and how long the first that must wait has to."""
        claimed: list[OutboxMessage] = []
        waits = [5.0]
        for row in await self._waiting(session, limit=200):
            if len(self._flying) + len(claimed) >= _IN_FLIGHT:
                break
            wait = self._pacer.wait(row.chat_id, row.method, weight(row.payload))
            if wait > 0:
                waits.append(wait)
            elif await self._ready(session, row):
                claimed.append(row)
        still = await outbox.take(session, [row.id for row in claimed])
        claimed = [row for row in claimed if row.id in still]
        for row in claimed:
            self._pacer.went(row.chat_id, row.method, weight(row.payload))
        return claimed, min(waits)

    async def _ready(self, session: AsyncSession, row: OutboxMessage) -> bool:
        """Put in real message ids; a call overtaken by a later edit, or without its target, does not go."""
        if row.edit_of is not None and await outbox.newer_edit(session, row):
            await outbox.settle(session, row.id, state=OutboxState.MERGED, now=self._now())
            self._wake.set()
            return False
        try:
            row.method, row.payload = await addressed(session, row)
        except Blocked as blocked:
            await outbox.change(session, [row.id], next_try_at=self._now() + timedelta(seconds=blocked.seconds))
            return False
        return True

    async def _send(self, row: OutboxMessage) -> None:
        outcome = _Outcome(row)
        try:
            outcome.result = await self._call(row)
        except PlatformError as error:
            outcome.error = error
        except Exception as error:  # noqa: BLE001 - whatever it is, the row must not stay marked for ever
            _log.exception("%s broke down on the way", row.method)
            outcome.error = CallUncertain(type(error).__name__)
        finally:
            self._flying.pop(row.chat_id, None)
        self._landed.append(outcome)
        self._wake.set()

    async def _call(self, row: OutboxMessage) -> Any:
        if row.method.startswith(FORWARDS):
            raise CallRefused(HTTPStatus.FORBIDDEN, "nothing is ever forwarded, all is copied")
        payload, uploads = await with_copies(self._api, row.payload)
        if MADE in row.payload:
            async with self._database.reading() as session:
                uploads |= await made_files(session, row.payload)
        seconds = _UPLOAD_SECONDS if uploads else _CALL_SECONDS
        return await self._api.call(row.method, payload, files=uploads, seconds=seconds)

    async def _settle(self, session: AsyncSession, outcome: _Outcome) -> None:
        """Write an outcome down; where telling others of it breaks, write at least that the call was made."""
        try:
            async with session.begin_nested():
                await self._settled(session, outcome)
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001 - one receipt that breaks must not stop all sending
            _log.exception("what became of outbox row %s could not be told", outcome.row.id)
            events.take_fresh(session)
            state = OutboxState.FAILED if outcome.error else OutboxState.SENT
            await outbox.change(session, [outcome.row.id], state=state, error="not told", settled_at=self._now())

    async def _settled(self, session: AsyncSession, outcome: _Outcome) -> None:
        row, error = outcome.row, outcome.error
        hindrance = hindrance_of(row, error, outcome.result)
        if hindrance is not None and await self._mended(session, row, hindrance):
            return
        if error is None or (isinstance(error, CallRefused) and _ALREADY_SO in error.description):
            await self._arrived(session, row, outcome.result)
        elif isinstance(error, TooFast):
            self._pacer.park(row.chat_id, error.retry_after)
            await self._again(session, row, error.retry_after, error)
        elif isinstance(error, CallUncertain):
            await self._uncertain(session, row, error)
        elif isinstance(error, TokenRefused):
            await self._again(session, row, _backoff(row), error)
        elif isinstance(error, CallRefused) and _lost(error) and row.method == "editMessageText":
            await self._anew(session, row, error)
        else:
            await self._refused(session, row, error)

    async def _mended(self, session: AsyncSession, row: OutboxMessage, hindrance: Hindrance) -> bool:
        """Queue a call again whose place has changed, and let others see to the place; False where it must fail."""
        if isinstance(hindrance, TopicGone) and row.tries >= _MENDED_AT_MOST:
            return False
        await self._again(session, row, _MENDING_SECONDS, hindrance)
        if isinstance(hindrance, TopicGone) and row.edit_of is not None:
            # An edit that had become a message of the topic waits with the others of that topic.
            place = {"payload": row.payload, "thread_id": hindrance.thread_id}
            await outbox.change(session, [row.id], method=row.method, **place)
        said = await self._receipts.hindered(session, row, hindrance, now=self._now())
        if said is None:
            return False
        _log.warning("%s to chat %s must go elsewhere: %s", row.method, row.chat_id, hindrance)
        await self._say(session, said)
        return True

    async def _arrived(self, session: AsyncSession, row: OutboxMessage, result: Any) -> None:
        now = self._now()
        ids = _message_ids(result)
        first = ids[0] if ids else None
        await outbox.settle(session, row.id, state=OutboxState.SENT, message_id=first, now=now)
        if first is not None and row.edit_of is not None and row.method.startswith("send"):
            place = {"chat_id": row.chat_id, "thread_id": int(row.payload.get("message_thread_id") or 0)}
            await outbox.change(session, [row.edit_of], message_id=first, state=OutboxState.SENT, **place)
        for message_id in ids if row.appeal_id is not None else ():
            await messages.remember(session, row, message_id=message_id, now=now)
        await self._say(session, await self._receipts.sent(session, row, result=result, now=now))

    async def _refused(self, session: AsyncSession, row: OutboxMessage, error: PlatformError) -> None:
        now = self._now()
        _log.warning("%s to chat %s refused: %s", row.method, row.chat_id, error)
        await outbox.settle(session, row.id, state=OutboxState.FAILED, error=str(error), now=now)
        await self._say(session, await self._receipts.failed(session, row, error, now=now))

    async def _anew(self, session: AsyncSession, row: OutboxMessage, error: CallRefused) -> None:
        """Let the words of an edit whose message is gone become a new message."""
        if row.edit_of is not None:
            await outbox.change(session, [row.edit_of], state=OutboxState.FAILED, error=str(error))
        else:
            thread_id, payload = await topic_of_lost(session, row), as_new(row.payload)
            payload |= {"message_thread_id": thread_id} if thread_id else {}
            await outbox.change(session, [row.id], method="sendMessage", payload=payload, thread_id=thread_id)
        await self._again(session, row, 0, error)

    async def _uncertain(self, session: AsyncSession, row: OutboxMessage, error: PlatformError) -> None:
        if row.once:
            await outbox.change(
                session, [row.id], state=OutboxState.UNCERTAIN, error=str(error), settled_at=self._now()
            )
            return
        await self._again(session, row, _backoff(row), error)

    async def _again(
        self, session: AsyncSession, row: OutboxMessage, seconds: float, error: PlatformError | Hindrance
    ) -> None:
        await outbox.change(
            session,
            [row.id],
            state=OutboxState.QUEUED,
            tries=row.tries + 1,
            next_try_at=self._now() + timedelta(seconds=seconds),
            error=str(error),
        )

    async def _say(self, session: AsyncSession, spoken: list[Spoken]) -> None:
        for say in parted(spoken)[0]:
            await self._box.put(session, say, now=self._now())
        if spoken:
            self._wake.set()


def _message_ids(result: Any) -> list[int]:
    """Return the ids of the messages a call made: one, or those of an album."""
    made = result if isinstance(result, list) else [result]
    return [each["message_id"] for each in made if isinstance(each, dict) and isinstance(each.get("message_id"), int)]


def _backoff(row: OutboxMessage) -> float:
    return min(0.5 * 2.0 ** min(row.tries, 10), _LONGEST_BACKOFF)


def _lost(error: CallRefused) -> bool:
    return any(words in error.description.lower() for words in _EDIT_LOST)
