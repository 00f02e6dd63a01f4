"""A desk without the platform: updates in, the calls it owes out; each is settled at once, as if it had arrived."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.desk import CitizensDesk
from bot.conversations.turn import House
from bot.delivery.say import PostBox, Spoken, parted, payload_of
from bot.jobs.caring import Caring
from bot.notices import say_what_happened
from bot.platforms.sandbox.cast import load_cast
from bot.services.binding import bind_cast
from bot.services.guessing import Guess
from bot.wiring import calendars
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import messages, outbox
from storage.repositories.outbox import OutboxState
from storage.tables import OutboxMessage
from tests.support.dangers import danger_of_words
from tests.support.serving import serve

BOT = 1
PLATFORM = "telegram"
USERNAME = "lianxin_bot"


@dataclass(frozen=True)
class Owed:
    """One call the desk wants made: `id` is the message's id, the edited one's for an edit."""

    method: str
    payload: dict[str, Any]
    id: int | None = None
    role: str = ""

    @property
    def text(self) -> str:
        """The words of the call."""
        return str(self.payload.get("text", ""))

    @property
    def chat(self) -> int:
        """Where it goes."""
        return int(self.payload.get("chat_id", 0))

    @property
    def buttons(self) -> dict[str, str]:
        """Callback data by label."""
        rows = (self.payload.get("reply_markup") or {}).get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row}


async def no_opinion(_text: str) -> Guess:
    """Think nothing of any text."""
    return Guess()


@dataclass
class Front:
    """The front door on a real database."""

    database: Database
    city: City
    now: datetime
    guess: Callable[[str], Awaitable[Guess]] = no_opinion
    ids: Any = field(default_factory=lambda: count(1))
    calls: list[Owed] = field(default_factory=list)

    def __post_init__(self) -> None:
        house = House(
            city=self.city,
            calendar=calendars(self.city),
            platform=PLATFORM,
            bot=BOT,
            bot_username=USERNAME,
            hold_seconds=15,
            servers_abroad=False,
            draw=Random(7).randrange,  # noqa: S311 - a test's draw is to be the same each time
            guess=self.guess,
            find_danger=danger_of_words,
        )
        self.house = house
        self._desk = CitizensDesk(house, token="1:sandbox")

    async def bind_cast(self, units: Collection[str] | None = None) -> None:
        """Bind the sandbox's cast: all of it, or (quicker) these units with the groups that are no unit's."""
        cast = load_cast()
        some = tuple(each for each in cast.groups if units is None or each.purpose or each.department in units)
        async with self.database.writing() as session:
            await bind_cast(
                session, replace(cast, groups=some), platform=PLATFORM, bot=BOT, city=self.city, now=self.now
            )

    async def say(self, chat: int, text: str, *, by: int | None = None, reply_to: int | None = None) -> list[Owed]:
        """Let somebody say something; in private the chat is the person."""
        message = self._message(chat, by or chat, text, next(self.ids))
        if reply_to is not None:
            message["reply_to_message"] = self._message(chat, BOT, "…", reply_to)
        return await self.feed(message=message)

    async def press(self, chat: int, message_id: int, data: str, *, by: int | None = None) -> list[Owed]:
        """Let somebody press a button."""
        pressed = self._message(chat, BOT, "…", message_id)
        query = {
            "id": str(next(self.ids)),
            "from": self._user(by or chat),
            "chat_instance": "1",
            "message": pressed,
            "data": data,
        }
        return await self.feed(callback_query=query)

    async def feed(self, **update: Any) -> list[Owed]:
        """Serve one update as the worker does, and let everything it owes arrive."""
        raw = {"update_id": next(self.ids), **update}
        async with self.database.writing() as session:
            return await self._owed(session, await serve(self._desk, session, raw, now=self.now))

    async def happen(self, work: Callable[[AsyncSession], Awaitable[Any]]) -> list[Owed]:
        """Do something in a transaction without an update, and tell whom its events concern."""
        async with self.database.writing() as session:
            await work(session)
            return await self._owed(session, await say_what_happened(session, self.house, now=self.now))

    async def tend(self) -> list[Owed]:
        """Let the drafts be looked after as of now, and let what that leads to arrive."""
        job = Caring(database=self.database, house=self.house, now=lambda: self.now, on_queued=lambda: None)
        await job.once()
        async with self.database.writing() as session:
            queued = select(OutboxMessage.id).where(OutboxMessage.state == OutboxState.QUEUED)
            rows = (await session.execute(queued.order_by(OutboxMessage.id))).scalars().all()
            owed = [await self._arrived(session, row_id) for row_id in rows]
        self.calls += owed
        return owed

    async def _owed(self, session: AsyncSession, spoken: Sequence[Spoken]) -> list[Owed]:
        says, hints = parted(spoken)
        box = PostBox(PLATFORM, BOT)
        rows = [await box.put(session, each, now=self.now) for each in says]
        owed = [await self._arrived(session, row_id) for row_id in rows]
        owed += [Owed(hint.__api_method__, payload_of(hint)) for hint in hints]
        self.calls += owed
        return owed

    async def _arrived(self, session: AsyncSession, row_id: int) -> Owed:
        row = (await session.execute(select(OutboxMessage).where(OutboxMessage.id == row_id))).scalar_one()
        target = await outbox.get(session, row.edit_of) if row.edit_of else None
        message_id = row.payload.get("message_id") or (target.message_id if target else None)
        if row.method.startswith("send"):
            message_id = next(self.ids)
        if row.method.startswith("send") and row.appeal_id:
            await messages.remember(session, row, message_id=message_id, now=self.now)
        await outbox.change(session, [row_id], state=OutboxState.SENT, message_id=message_id)
        return Owed(row.method, dict(row.payload), message_id, row.role)

    def _message(self, chat: int, user_id: int, text: str, message_id: int) -> dict[str, Any]:
        kind = {"type": "private", "first_name": "甲"} if chat > 0 else {"type": "supergroup", "title": "一个群"}
        return {
            "message_id": message_id,
            "date": int(self.now.timestamp()),
            "chat": {"id": chat, **kind},
            "from": self._user(user_id),
            "text": text,
        }

    def _user(self, user_id: int) -> dict[str, Any]:
        return {"id": user_id, "is_bot": user_id == BOT, "first_name": f"甲{user_id}"}
