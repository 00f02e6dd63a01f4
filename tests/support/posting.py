"""A unit in a group or topic of a real sandbox, and the sender that posts there, with the receipts of the house."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

import aiohttp
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.pacing import Pacer
from bot.delivery.say import PostBox
from bot.delivery.sender import Sender
from bot.house import House
from bot.notices import say_what_happened
from bot.notices.outcomes import Outcomes
from bot.platforms.telegram import BotApi
from bot.services.binding import Purpose, Role, bind, employ
from bot.services.moving import Actor
from bot.wiring import calendars
from storage.city.loading import load_city
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import events, people
from storage.tables import Appeal, Office, OutboxMessage
from tests.support.desking import no_opinion
from tests.support.playing import Message, Town

UNIT, ADMIN, CITIZEN = "urban_management", 1002, 1001
BOX = PostBox("telegram", 1)


@dataclass
class Posting:
    """What waits in the outbox is sent; what is recorded is told."""

    database: Database
    house: House
    sender: Sender
    town: Town

    async def happen(self, work: Callable[[AsyncSession, datetime], Awaitable[Any]]) -> Any:
        """Do something in a transaction, and queue what its events give others to hear."""
        now = Clock()()
        async with self.database.writing() as session:
            done = await work(session, now)
            for say in await say_what_happened(session, self.house, now=now):
                await BOX.put(session, say, now=now)
        self.sender.wake()
        return done

    async def bound(self, chat: int, thread: int = 0, department: str = UNIT) -> Office:
        """Bind a unit to a group or topic."""

        async def work(session: AsyncSession, now: datetime) -> Office:
            return await bind(
                session,
                platform="telegram",
                bot=1,
                chat_id=chat,
                thread_id=thread,
                purpose=Purpose.DEPARTMENT,
                department=department,
                title="群",
                now=now,
            )

        made: Office = await self.happen(work)
        return made

    async def card(self, number: str, department: str = UNIT) -> int:
        """Let an appeal come to the unit, which gets its card."""

        async def work(session: AsyncSession, now: datetime) -> int:
            citizen = await people.meet(session, platform="telegram", bot=1, user_id=CITIZEN, username=None, now=now)
            appeal = Appeal(
                number=number,
                citizen_id=citizen.id,
                alias="7F3K",
                status=Status.DISPATCHED,
                kind="help",
                urgency="normal",
                channel="telegram",
                title="路灯坏了",
                text="路灯坏了",
                department=department,
                accepted_at=now,
            )
            session.add(appeal)
            await session.flush()
            await events.record(
                session, "card_wanted", at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, department=department
            )
            return appeal.id

        made: int = await self.happen(work)
        return made

    async def office(self, department: str = UNIT) -> Office:
        """Return a unit's office as it stands."""
        async with self.database.reading() as session:
            statement = select(Office).where(Office.department == department).order_by(Office.id.desc()).limit(1)
            return (await session.execute(statement)).scalar_one()

    async def owed(self, chat: int) -> list[OutboxMessage]:
        """Return what is still owed to a chat."""
        async with self.database.reading() as session:
            statement = select(OutboxMessage).where(OutboxMessage.chat_id == chat, OutboxMessage.state == "queued")
            return list((await session.execute(statement)).scalars())

    async def told_the_administrator(self, words: str) -> list[Message]:
        """Wait until the administrator hears these words; return all messages that have them."""
        await self.town.wait(ADMIN, words)
        return [each for each in await self.town.messages(ADMIN) if words in str(each.get("text"))]


@asynccontextmanager
async def posting(address: str, database: Database, town: Town) -> AsyncIterator[Posting]:
    """Run a sender without intake or worker; 1002 is an administrator and has written to the bot."""
    city = load_city()
    house = House(
        city=city,
        calendar=calendars(city),
        platform="telegram",
        bot=1,
        bot_username="lianxin_bot",
        hold_seconds=15,
        servers_abroad=False,
        draw=Random(7).randrange,  # noqa: S311 - a test's draw is to be the same each time
        guess=no_opinion,
        find_danger=lambda _text: None,
    )
    await town.say(ADMIN, "/start")
    async with database.writing() as session:
        person = await people.meet(session, platform="telegram", bot=1, user_id=ADMIN, username=None, now=Clock()())
        await employ(session, person_id=person.id, role=Role.ADMIN, name="管理员", now=Clock()())
        events.take_fresh(session)
    async with aiohttp.ClientSession() as http:
        sender = Sender(
            api=BotApi("1:sandbox", base=address, session=http),
            database=database,
            box=BOX,
            pacer=Pacer(enabled=False),
            receipts=Outcomes(house),
            now=Clock(),
        )
        task = asyncio.create_task(sender.run())
        try:
            yield Posting(database, house, sender, town)
        finally:
            sender.stop()
            await asyncio.wait_for(task, timeout=20)
