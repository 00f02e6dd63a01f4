"""A citizen's phone: a real desk and a real database; only the way to the platform is short."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.conversations.desk import CitizensDesk
from bot.delivery.say import PostBox, Spoken, parted
from bot.house import House
from bot.notices import say_what_happened
from bot.services.guessing import Guess, Likely
from storage.city.calendar import calendar_around
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import messages, outbox
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, Draft, Office, OutboxMessage
from tests.support import databases
from tests.support.dangers import danger_of_words
from tests.support.serving import serve

CITIZEN = 1001
GROUP = -2001
SURE = "村小学东门的路灯坏了半个月"


async def opinion(text: str) -> Guess:
    """A classifier that is sure of street lamps, and of nothing else."""
    kind = "praise" if "表扬" in text else "suggestion" if "建议" in text else "help"
    if "路灯" in text or "表扬" in text:
        return Guess((Likely("urban_management", 0.97, ("路灯",)), Likely("power", 0.02)), auto=True, kind=kind)
    return Guess((Likely("market", 0.4), Likely("@town", 0.3), Likely("health", 0.1)), auto=False, kind=kind)


@dataclass
class Shown:
    """A message as it stands on a screen."""

    message_id: int
    text: str
    buttons: dict[str, str]


@dataclass
class Phone:
    """What one person does, and what they see."""

    database: Database
    desk: CitizensDesk
    house: House
    now: datetime
    user: int = CITIZEN
    screen: dict[int, Shown] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    brought: list[list[str]] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    sent: int = 0
    neighbours: "dict[int, Phone]" = field(default_factory=dict)
    _ids: count = field(default_factory=lambda: count(100))

    def neighbour(self, user: int) -> "Phone":
        """Return the phone of somebody else in the same city, which shows what goes to them."""
        other = Phone(self.database, self.desk, self.house, self.now, user=user, neighbours=self.neighbours)
        other._ids = self._ids
        self.neighbours |= {self.user: self, user: other}
        return other

    @property
    def last(self) -> Shown:
        """The newest message of the bot."""
        return self.screen[max(self.screen)]

    async def say(self, text: str, *, reply_to: int | None = None) -> int:
        """Send a text; return its message id."""
        more = {"reply_to_message": self._message(reply_to)} if reply_to else {}
        return await self.send(text=text, **more)

    async def send(self, **fields: Any) -> int:
        """Send a message with these fields; return its id."""
        number = next(self._ids)
        await self._update(message=self._message(number) | {"from": self._person(), **fields})
        return number

    async def show(self, file: str, *, caption: str = "", album: str = "", **more: Any) -> int:
        """Send a picture known by its id, alone or in an album; return the message's id."""
        return await self.send(**self.picture(file, caption=caption, album=album), **more)

    def picture(self, file: str, *, caption: str = "", album: str = "") -> dict[str, Any]:
        """Return what a message with a picture has beside its heading."""
        size = {"file_id": file, "file_unique_id": f"u{file}", "width": 90, "height": 90, "file_size": 9}
        words = {"caption": caption} if caption else {}
        return {"photo": [size], **words, **({"media_group_id": album} if album else {})}

    async def edit_picture(self, message_id: int, file: str, *, caption: str = "", album: str = "") -> None:
        """Edit what a picture shows, or the words under it."""
        changed = self.picture(file, caption=caption, album=album) | {"from": self._person(), "edit_date": 1}
        await self._update(edited_message=self._message(message_id) | changed)

    async def edit(self, message_id: int, text: str) -> None:
        """Edit an earlier message."""
        changed = {"from": self._person(), "text": text, "edit_date": 1}
        await self._update(edited_message=self._message(message_id) | changed)

    async def press(self, label: str, *, on: Shown | None = None) -> None:
        """Press a button of a message, the newest one that has it."""
        holders = [on] if on else [each for each in self.screen.values() if label in each.buttons]
        assert holders, f"no {label} on {self.last}"
        await self.press_data(holders[-1].buttons[label], holders[-1].message_id)

    async def press_data(self, data: str, message_id: int = 1) -> None:
        """Press a button by its data, forged ones too."""
        query = {"id": str(next(self._ids)), "from": self._person(), "chat_instance": "1", "data": data}
        await self._update(callback_query=query | {"message": self._message(message_id)})

    async def happen(self, act: Any) -> Any:
        """Let `act(session)` happen elsewhere, and everybody hear of it."""
        async with self.database.writing() as session:
            done = await act(session)
            await self._put(session, await say_what_happened(session, self.house, now=self.now))
        await self._deliver()
        return done

    async def rows(self, table: type[Any]) -> list[Any]:
        """Return all rows of a table."""
        async with self.database.reading() as session:
            return list((await session.execute(select(table))).scalars().all())

    async def appeal(self) -> Appeal:
        """Return the newest appeal."""
        return max(await self.rows(Appeal), key=lambda each: each.id)

    async def draft(self) -> Draft:
        """Return the only draft."""
        (found,) = await self.rows(Draft)
        return found

    async def file(self, text: str = SURE) -> Appeal:
        """Agree to everything and file an appeal."""
        await self.say(text)
        if "同意" in self.last.buttons:
            await self.press("同意")
        else:
            await self.press("下一步")
        await self.press("跳过")
        await self.press("不留,在这里联系")
        await self.press("提交")
        return await self.appeal()

    def _person(self) -> dict[str, Any]:
        return {"id": self.user, "is_bot": False, "first_name": "群众"}

    def _message(self, message_id: int | None) -> dict[str, Any]:
        return {"message_id": message_id, "date": 1, "chat": {"id": self.user, "type": "private"}}

    async def _update(self, **fields: Any) -> None:
        raw = {"update_id": next(self._ids), **fields}
        async with self.database.writing() as session:
            await self._put(session, await serve(self.desk, session, raw, now=self.now))
        await self._deliver()

    async def _put(self, session: AsyncSession, spoken: Any) -> None:
        says, hints = parted(list[Spoken](spoken))
        for say in says:
            await PostBox(self.house.platform, self.house.bot).put(session, say, now=self.now)
        self.toasts += [text for hint in hints if (text := getattr(hint, "text", None))]

    async def _deliver(self) -> None:
        async with self.database.writing() as session:
            queued = col(OutboxMessage.state) == OutboxState.QUEUED
            rows = (
                await session.execute(select(OutboxMessage).where(queued).order_by(col(OutboxMessage.id)))
            ).scalars()
            for row in rows.all():
                await self._arrive(session, row)

    async def _arrive(self, session: AsyncSession, row: OutboxMessage) -> None:
        target = row.payload.get("message_id")
        if row.edit_of is not None:
            earlier = await outbox.get(session, row.edit_of)
            target = earlier.message_id if earlier else None
        number = target or next(self._ids)
        row.state, row.message_id = OutboxState.SENT, number
        if row.appeal_id is not None:
            await messages.remember(session, row, message_id=number, now=self.now)
        self._show(row, number, new=target is None)

    def _show(self, row: OutboxMessage, number: int, *, new: bool) -> None:
        if row.chat_id != self.user and row.chat_id in self.neighbours:
            self.neighbours[row.chat_id]._show(row, number, new=new)
            return
        if row.chat_id != self.user:
            parts = row.payload.get("media", [row.payload])
            words = [str(part["caption"]) for part in parts if part.get("caption")]
            self.groups.append(row.payload.get("text") or row.payload.get("title") or "\n".join(words))
            files = [part[kind] for part in parts for kind in ("media", "photo", "voice", "document") if kind in part]
            self.brought += [files] if files else []
            return
        self.sent += new
        keyboard = (row.payload.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = {button["text"]: button["callback_data"] for line in keyboard for button in line}
        assert all(len(data.encode()) <= 64 for data in buttons.values())
        self.screen[number] = Shown(number, row.payload["text"], buttons)


@pytest.fixture
def servers_abroad() -> bool:
    """Whether the platform's servers are abroad."""
    return False


@pytest.fixture
def house(city: City, servers_abroad: bool) -> House:  # noqa: FBT001 - pytest hands fixtures over by position
    """The sample city with a classifier that is sure of street lamps."""
    return House(
        city=city,
        calendar=lambda now: calendar_around(city, (now + timedelta(hours=8)).date()),
        platform="telegram",
        bot=1,
        bot_username="lianxin_bot",
        hold_seconds=3,
        servers_abroad=servers_abroad,
        draw=lambda n: n // 3,
        guess=opinion,
        find_danger=danger_of_words,
    )


@pytest.fixture
async def phone(tmp_path: Path, house: House, now: datetime) -> Any:
    """A stranger's phone in a city where only 城市管理局 has a group."""
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        async with database.writing() as session:
            for number, unit in enumerate(("urban_management", "market")):
                session.add(
                    Office(
                        platform="telegram",
                        bot=1,
                        chat_id=GROUP - number,
                        purpose="department",
                        department=unit,
                        bound_at=now,
                    )
                )
        yield Phone(database, CitizensDesk(house, token="1:sandbox"), house, now)
