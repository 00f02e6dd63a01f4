"""A unit's group and its citizen: a real desk, database and receipts; only the way to the platform is short."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.desk import CitizensDesk
from bot.delivery.addressing import addressed
from bot.delivery.say import PostBox, Spoken, parted
from bot.house import House
from bot.notices import say_what_happened
from bot.services import receipts, triaging
from bot.services.binding import Purpose, Role, bind, employ
from bot.services.dispatching import start_clocks
from bot.services.guessing import Guess
from bot.services.moving import Actor
from bot.services.transferring import transfer
from storage.city.calendar import calendar_around
from storage.domain.city import City
from storage.domain.statuses import Event, Status
from storage.engine import Database
from storage.repositories import appeals, events, messages, outbox, people
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, AppealEvent, OutboxMessage, Person, Utterance
from tests.support import databases
from tests.support.serving import serve

UNIT, GROUP = "urban_management", -3002
LI, HU, STRANGER, OTHER_UNIT, CITIZEN = 3003, 3004, 4001, 3001, 1001
NAMES = {LI: "urban_management_07", HU: "urban_management_12", OTHER_UNIT: "education_01"}


@dataclass
class Shown:
    """A message as it stands on a screen."""

    message_id: int
    text: str
    buttons: dict[str, str]
    answers: int | None = None
    role: str = ""
    reactions: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


@dataclass
class Group:
    """What staff do in their group, what stands there, and what the citizen's phone shows."""

    database: Database
    desk: CitizensDesk
    house: House
    now: datetime
    chats: dict[int, dict[int, Shown]] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: count(100))

    @property
    def wall(self) -> list[Shown]:
        """The group's messages, the oldest first."""
        return list(self.chats.get(GROUP, {}).values())

    @property
    def phone(self) -> list[str]:
        """What the citizen reads of the unit's own words."""
        said = self.chats.get(CITIZEN, {}).values()
        return [each.text for each in said if each.role in {"relay", "answer"}]

    def newest(self, words: str, *, chat: int = GROUP) -> Shown:
        """Return the newest message with these words, or with a button of that label."""
        found = [each for each in self.chats[chat].values() if words in each.text or words in each.buttons]
        assert found, f"no {words}: {self.chats[chat]}"
        return found[-1]

    async def file(self, text: str = "村小学东门的路灯坏了半个月,晚上老人摔过跤", **columns: Any) -> int:
        """Let the citizen's appeal reach the unit; return its row id."""
        async with self.database.writing() as session:
            appeal = await new_appeal(session, self.house, now=self.now, text=text, **columns)
            await events.record(session, Event.SUBMIT_SURE, at=self.now, actor=Actor.CITIZEN, appeal_id=appeal.id)
            await self._put(session, await say_what_happened(session, self.house, now=self.now))
        await self.deliver()
        return appeal.id

    async def claimed(self, **columns: Any) -> int:
        """File an appeal and let 小李 sign for it."""
        appeal_id = await self.file(**columns)
        await self.press("签收")
        return appeal_id

    async def say(self, text: str, *, by: int = LI, to: Shown | None = None, chat: int = GROUP, **more: Any) -> int:
        """Say something, as a reply or not; return its id."""
        number = next(self._ids)
        message = self._message(number, by, chat) | {"text": text, **more}
        if to is not None:
            message["reply_to_message"] = self._message(to.message_id, self.house.bot, chat)
        await self.update(message=message)
        return number

    async def show(
        self, file: str, *, by: int = LI, to: Shown | None = None, caption: str = "", album: str = "", chat: int = GROUP
    ) -> int:
        """Send a picture known by its id, as a reply or not, alone or in an album; return the message's id."""
        number = next(self._ids)
        message = self._message(number, by, chat) | self.picture(file, caption=caption, album=album)
        if to is not None:
            message["reply_to_message"] = self._message(to.message_id, self.house.bot, chat)
        await self.update(message=message)
        return number

    def picture(self, file: str, *, caption: str = "", album: str = "") -> dict[str, Any]:
        """Return what a message with a picture has beside its heading."""
        size = {"file_id": file, "file_unique_id": f"u{file}", "width": 90, "height": 90, "file_size": 9}
        words = {"caption": caption} if caption else {}
        return {"photo": [size], **words, **({"media_group_id": album} if album else {})}

    async def press(self, label: str, *, by: int = LI, on: Shown | None = None, chat: int = GROUP) -> None:
        """Press a button of the newest message that has it."""
        shown = on or self.newest(label, chat=chat)
        await self.press_data(shown.buttons[label], by=by, message_id=shown.message_id, chat=chat)

    async def press_data(self, data: str, *, by: int = LI, message_id: int = 1, chat: int = GROUP) -> None:
        """Press a button by its data, forged ones too."""
        query = {"id": str(next(self._ids)), "from": self._user(by), "chat_instance": "1", "data": data}
        await self.update(callback_query=query | {"message": self._message(message_id, self.house.bot, chat)})

    async def edit(
        self, message_id: int, text: str, *, to: Shown, by: int = LI, file: str = "", album: str = ""
    ) -> None:
        """Edit an earlier message of somebody's, which was a reply: its words, with a file its picture too."""
        content = self.picture(file, caption=text, album=album) if file else {"text": text}
        message = self._message(message_id, by, GROUP) | content | {"edit_date": 1}
        await self.update(edited_message=message | {"reply_to_message": self._message(to.message_id, 1, GROUP)})

    async def update(self, **fields: Any) -> None:
        """Serve one update as the worker does, then send what is due."""
        raw = {"update_id": next(self._ids), **fields}
        async with self.database.writing() as session:
            await self._put(session, await serve(self.desk, session, raw, now=self.now))
        await self.deliver()

    async def wait(self, **time: float) -> None:
        """Let time pass, and what was held go out."""
        self.now += timedelta(**time)
        await self.deliver()

    async def deliver(self) -> None:
        """Send what is due, and what that leads to."""
        while True:
            async with self.database.writing() as session:
                rows = await outbox.waiting(session, platform="telegram", bot=1, now=self.now, not_chats=[], limit=50)
                for row in rows:
                    await self._send(session, row)
            if not rows:
                return

    async def appeal(self, appeal_id: int) -> Appeal:
        """Return an appeal as it stands."""
        async with self.database.reading() as session:
            return await session.get_one(Appeal, appeal_id)

    async def words(self, appeal_id: int) -> list[Utterance]:
        """Return what was said about an appeal."""
        async with self.database.reading() as session:
            return list(await appeals.words(session, appeal_id))

    async def history(self, appeal_id: int) -> list[AppealEvent]:
        """Return what happened to an appeal."""
        async with self.database.reading() as session:
            return list(await events.of_appeal(session, appeal_id))

    async def happens(self, act: Callable[[AsyncSession, int], Awaitable[object]]) -> None:
        """Let something happen outside the group; `act` gets the session and the citizen's row id."""
        async with self.database.writing() as session:
            citizen = await people.find(session, platform="telegram", bot=1, user_id=CITIZEN)
            assert citizen is not None
            await act(session, citizen.id)
            await self._put(session, await say_what_happened(session, self.house, now=self.now))
        await self.deliver()

    async def event(self, appeal_id: int, what: str) -> None:
        """Let one event be told."""
        await self.happens(
            lambda session, _person: events.record(session, what, at=self.now, actor=Actor.SYSTEM, appeal_id=appeal_id)
        )

    async def moved(self, appeal_id: int, department: str) -> None:
        """Let another unit take it over by agreement."""

        async def move(session: AsyncSession, person: int) -> None:
            await transfer(
                session,
                await session.get_one(Appeal, appeal_id),
                Event.TAKE_OVER,
                department,
                actor=Actor.STAFF,
                person_id=person,
                now=self.now,
                city=self.house.city,
                calendar=self.house.calendar(self.now),
            )

        await self.happens(move)

    async def returned(self, appeal_id: int, department: str, *, words: str = "归他们管") -> None:
        """Let 小李 ask to return it and a dispatcher agree."""
        await self.ask_return(words=words)
        await self.happens(
            lambda session, person: triaging.send_to(
                session,
                appeal_id=appeal_id,
                department=department,
                person_id=person,
                now=self.now,
                city=self.house.city,
                calendar=self.house.calendar(self.now),
            )
        )

    async def ask_return(self, unit: str = "不知道", *, words: str = "归他们管") -> None:
        """Let 小李 ask to return it, from the first button to the sentence."""
        await self.press("不归我管")
        await self.press("不是我们的职责")
        await self.press(unit)
        await self.say(words, to=self.newest("依据哪条职责"))

    async def _put(self, session: AsyncSession, spoken: Any) -> None:
        says, hints = parted(list[Spoken](spoken))
        for say in says:
            await PostBox("telegram", 1).put(session, say, now=self.now)
        self.toasts += [text for hint in hints if (text := getattr(hint, "text", None))]

    async def _send(self, session: AsyncSession, row: OutboxMessage) -> None:
        method, payload = await addressed(session, row)
        if row.chat_id in self.blocked:
            await outbox.change(session, [row.id], state=OutboxState.FAILED)
            await receipts.not_arrived(session, row, unreachable=True, reason="blocked", now=self.now)
        else:
            number = payload.get("message_id") or next(self._ids)
            await outbox.change(session, [row.id], state=OutboxState.SENT, message_id=number, settled_at=self.now)
            if row.appeal_id is not None and method not in {"setMessageReaction", "deleteMessages"}:
                await messages.remember(session, row, message_id=number, now=self.now)
            self._show(method, payload, number, row.role)
            await receipts.arrived(session, row, now=self.now)
        await self._put(session, await say_what_happened(session, self.house, now=self.now))

    def _show(self, method: str, payload: dict[str, Any], number: int, role: str) -> None:
        chat = self.chats.setdefault(int(payload["chat_id"]), {})
        if method == "setMessageReaction":
            shown = chat.setdefault(number, Shown(number, "", {}))
            shown.reactions = [each["emoji"] for each in payload["reaction"]]
            return
        self.calls.append(f"{method} {payload['chat_id']}")
        if method == "deleteMessages":
            for gone in payload["message_ids"]:
                chat.pop(gone, None)
            return
        keyboard = (payload.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = {button["text"]: button["callback_data"] for line in keyboard for button in line}
        answers = (payload.get("reply_parameters") or {}).get("message_id")
        old = chat.get(number)
        parts = payload.get("media", [payload])
        text = payload.get("text") or "\n".join(part["caption"] for part in parts if part.get("caption"))
        files = [part[kind] for part in parts for kind in ("media", "photo", "document", "voice") if kind in part]
        shown = Shown(number, text, buttons, answers if old is None else old.answers, role)
        shown.files = files or (old.files if old else [])
        chat[number] = shown

    def _message(self, number: int, by: int, chat: int) -> dict[str, Any]:
        kind = {"type": "private"} if chat > 0 else {"type": "supergroup", "title": "承办群"}
        return {"message_id": number, "date": 1, "chat": {"id": chat, **kind}, "from": self._user(by)}

    def _user(self, user_id: int) -> dict[str, Any]:
        known = {"username": NAMES[user_id]} if user_id in NAMES else {}
        return {"id": user_id, "is_bot": user_id == self.house.bot, "first_name": f"甲{user_id}", **known}


async def new_appeal(session: AsyncSession, house: House, *, now: datetime, text: str, **columns: Any) -> Appeal:
    """Keep an appeal of the citizen that is dispatched to the unit."""
    citizen = await _person(session, CITIZEN, now)
    citizen.consent_version = 1
    day = await appeals.next_of_day(session, now.date())
    given = {"place": "村小学东门", "kind": "help", "urgency": "normal", "alias": "7F3K", **columns}
    appeal = Appeal(
        number=f"LX-20261123-{day:04d}",
        citizen_id=citizen.id,
        status=Status.DISPATCHED,
        channel="sandbox",
        title=text[:20],
        text=text,
        accepted_at=now,
        **given,
    )
    start_clocks(appeal, UNIT, now=now, city=house.city, calendar=house.calendar(now))
    session.add(appeal)
    await session.flush()
    return appeal


async def _person(session: AsyncSession, user_id: int, now: datetime) -> Person:
    name = NAMES.get(user_id)
    return await people.meet(session, platform="telegram", bot=1, user_id=user_id, username=name, now=now)


async def _no_opinion(_text: str) -> Guess:
    return Guess()


async def _staff(session: AsyncSession, user_id: int, unit: str, name: str, badge: str, now: datetime) -> None:
    person = await _person(session, user_id, now)
    await employ(
        session,
        person_id=person.id,
        role=Role.STAFF,
        department=unit,
        name=name,
        post="市容科",
        badge=badge,
        now=now,
    )


@pytest.fixture
def house(city: City) -> House:
    """The sample city with a bot that holds replies for 15 seconds."""
    return House(
        city=city,
        calendar=lambda now: calendar_around(city, (now + timedelta(hours=8)).date()),
        platform="telegram",
        bot=1,
        bot_username="lianxin_bot",
        hold_seconds=15,
        servers_abroad=False,
        draw=lambda n: n // 3,
        guess=_no_opinion,
        find_danger=lambda _text: None,
    )


@pytest.fixture
async def group(tmp_path: Path, house: House, now: datetime) -> AsyncIterator[Group]:
    """城市管理局's group with 小李 and 老胡; 教育局 has one too."""
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        async with database.writing() as session:
            for chat, unit in ((GROUP, UNIT), (-3001, "education")):
                await bind(
                    session,
                    platform="telegram",
                    bot=1,
                    chat_id=chat,
                    purpose=Purpose.DEPARTMENT,
                    department=unit,
                    title=unit,
                    now=now,
                )
            await _staff(session, LI, UNIT, "小李", "07", now)
            await _staff(session, HU, UNIT, "老胡", "12", now)
            await _staff(session, OTHER_UNIT, "education", "小周", "01", now)
        yield Group(database, CitizensDesk(house, token="1:sandbox"), house, now)
