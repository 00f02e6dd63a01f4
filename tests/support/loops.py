"""The delivery loops around a desk of the test's own, against a real sandbox and a real database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from aiogram.methods import SendMessage
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.hindrances import Hindrance
from bot.delivery.intake import Intake, chat_of
from bot.delivery.pacing import Pacer
from bot.delivery.say import Method, PostBox, Say, Spoken
from bot.delivery.sender import Sender
from bot.delivery.worker import Unreadable, Worker
from bot.platforms.telegram import BotApi, PlatformError
from storage.domain.errors import Refused
from storage.engine import Database
from storage.tables import OutboxMessage

Answer = Callable[[AsyncSession, dict[str, Any]], Awaitable[Sequence[Spoken]]]
BOX = PostBox("telegram", 1)


@dataclass
class EchoDesk:
    """A desk that answers as the test says; it keeps what was served and what became of the calls."""

    answer: Answer
    served: list[str] = field(default_factory=list)
    arrived: list[OutboxMessage] = field(default_factory=list)
    lost: list[tuple[OutboxMessage, PlatformError]] = field(default_factory=list)

    async def prepare(self, session: AsyncSession, raw: Any, *, waited: timedelta) -> Any:
        if "message" not in raw or "text" not in raw["message"]:
            raise Unreadable("no message")
        return raw

    async def serve(self, session: AsyncSession, prepared: Any, *, now: datetime) -> Sequence[Spoken]:
        spoken = await self.answer(session, prepared["message"])
        self.served.append(prepared["message"]["text"])
        return spoken

    async def refuse(
        self, session: AsyncSession, prepared: Any, refusal: Refused, *, now: datetime
    ) -> Sequence[Spoken]:
        return [SendMessage(chat_id=chat_of(prepared), text="refused")]

    async def put_aside(self, session: AsyncSession, *, now: datetime) -> Sequence[Say]:
        return []

    async def apologise(self, session: AsyncSession, prepared: Any, *, now: datetime) -> Sequence[Spoken]:
        return [SendMessage(chat_id=chat_of(prepared), text="sorry")]

    async def sent(self, session: AsyncSession, row: OutboxMessage, *, result: Any, now: datetime) -> list[Spoken]:
        self.arrived.append(row)
        return []

    async def hindered(
        self, session: AsyncSession, row: OutboxMessage, hindrance: Hindrance, *, now: datetime
    ) -> list[Spoken] | None:
        return None

    async def failed(
        self, session: AsyncSession, row: OutboxMessage, error: PlatformError, *, now: datetime
    ) -> list[Spoken]:
        self.lost.append((row, error))
        return []


@dataclass
class Loops:
    """Intake, worker and sender, running."""

    intake: Intake
    worker: Worker
    sender: Sender
    tasks: list[asyncio.Task[None]]


@asynccontextmanager
async def running(
    address: str, database: Database, desk: EchoDesk, *, intake: bool = True, paced: bool = False
) -> AsyncIterator[Loops]:
    """Run the loops until the block ends, then stop them cleanly."""
    clock = Clock()
    async with aiohttp.ClientSession() as http:
        api = BotApi("1:sandbox", base=address, session=http)
        loops = _made(api, database, desk, clock, paced=paced)
        parts = [loops.worker.run(), loops.sender.run()] + ([loops.intake.run()] if intake else [])
        loops.tasks += [asyncio.create_task(part) for part in parts]
        try:
            yield loops
        finally:
            loops.worker.stop()
            loops.sender.stop()
            await asyncio.wait(loops.tasks[:2], timeout=10)
            for task in loops.tasks:
                task.cancel()
            await asyncio.gather(*loops.tasks, return_exceptions=True)


def _made(api: BotApi, database: Database, desk: EchoDesk, clock: Clock, *, paced: bool) -> Loops:
    sender = Sender(api=api, database=database, box=BOX, pacer=Pacer(enabled=paced), receipts=desk, now=clock)
    worker = Worker(database=database, box=BOX, desk=desk, now=clock, hint=_no_hint, on_queued=sender.wake)
    intake = Intake(api=api, database=database, platform="telegram", now=clock, on_kept=worker.wake)
    return Loops(intake, worker, sender, [])


def _no_hint(_method: Method) -> None:
    return None
