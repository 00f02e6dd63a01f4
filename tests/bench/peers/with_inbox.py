"""Peer (b'): the same on aiogram, but nothing told is forgotten: updates and conversations are in SQLite.

Each update is one durable commit: the raw update, the state of the conversation, the appeal and the mark that all is
done. Only then is it confirmed, and only then is the answer sent: there is no outbox, and so nobody who sends it again.
"""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, Message, Update

from tests.bench.peers import words
from tests.bench.peers.peer import Appeals, Thinking, options, say_ready
from tests.bench.peers.with_aiogram import Private, Telling, bot_of, button

_log = logging.getLogger(__name__)
Said = list[TelegramMethod[Any]]
router = Router()
router.message.filter(Private())


class Conversations(BaseStorage):
    """Where each conversation is, and what was told in it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("CREATE TABLE IF NOT EXISTS conversation (key TEXT PRIMARY KEY, state TEXT, told TEXT)")

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        self._set(key, "state", state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        return self._get(key, "state")

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self._set(key, "told", json.dumps(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return json.loads(self._get(key, "told") or "{}")

    async def close(self) -> None:
        self._connection.close()

    def _set(self, key: StorageKey, column: str, value: str | None) -> None:
        statement = (
            f"INSERT INTO conversation (key, {column}) VALUES (?, ?)"  # noqa: S608 - one of two columns
            f" ON CONFLICT (key) DO UPDATE SET {column} = excluded.{column}"
        )
        self._connection.execute(statement, (_name(key), value))

    def _get(self, key: StorageKey, column: str) -> str | None:
        statement = f"SELECT {column} FROM conversation WHERE key = ?"  # noqa: S608 - as above
        found = self._connection.execute(statement, (_name(key),)).fetchone()
        return found[0] if found else None


def _name(key: StorageKey) -> str:
    return f"{key.chat_id}:{key.user_id}"


class Inbox:
    """The updates, each once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "CREATE TABLE IF NOT EXISTS inbox (update_id INTEGER PRIMARY KEY, raw TEXT, done INTEGER DEFAULT 0)"
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit at the end, or roll back."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def keep(self, update: Update) -> bool:
        """Keep the raw update; False where it is known."""
        raw = update.model_dump_json(exclude_unset=True)
        kept = self._connection.execute(
            "INSERT OR IGNORE INTO inbox (update_id, raw) VALUES (?, ?)", (update.update_id, raw)
        )
        return kept.rowcount > 0

    def done(self, update: Update) -> None:
        """Mark it as done."""
        self._connection.execute("UPDATE inbox SET done = 1 WHERE update_id = ?", (update.update_id,))


@router.message(StateFilter(None))
async def told(message: Message, state: FSMContext, thinking: Thinking) -> Said:
    """Begin with what is the matter."""
    text = message.text or ""
    await state.set_data({"text": text, "unit": await thinking.unit(text)})
    await state.set_state(Telling.place)
    return [message.answer(words.ASK_WHERE)]


@router.message(Telling.place)
async def placed(message: Message, state: FSMContext) -> Said:
    """Note where it is."""
    await state.update_data(place=message.text or "")
    await state.set_state(Telling.contact)
    return [message.answer(words.ASK_CONTACT, reply_markup=button(words.NO_PHONE))]


@router.callback_query(Telling.contact)
async def no_phone_wanted(query: CallbackQuery, state: FSMContext) -> Said:
    """Show the whole for a last look."""
    await state.set_state(Telling.summary)
    shown = words.summary(**await state.get_data())
    return [query.message.edit_text(shown, reply_markup=button(words.SUBMIT)), query.answer()]  # type: ignore[union-attr]


@router.callback_query(Telling.summary)
async def submitted(query: CallbackQuery, state: FSMContext, appeals: Appeals, group: int) -> Said:
    """File it, tell the citizen its number and the group that it is there."""
    told = await state.get_data()
    number = appeals.keep(query.from_user.id, **told)
    await state.clear()
    receipt = query.message.edit_text(words.receipt(number=number))  # type: ignore[union-attr]
    card = SendMessage(chat_id=group, text=words.card(number=number, **told))
    return [receipt, card, query.answer()]


async def serve(bot: Bot, dispatcher: Dispatcher, inbox: Inbox, update: Update) -> None:
    """Handle an update in one commit, then say what is to be said."""
    said: Said = []
    with inbox.transaction():
        if inbox.keep(update):
            answer = await dispatcher.feed_update(bot, update)
            said = [] if answer is UNHANDLED else answer
            inbox.done(update)
    for method in said:
        try:
            await bot(method)
        except TelegramAPIError as error:
            _log.warning("not sent: %s", error)


async def main() -> None:
    """Poll until stopped; what is asked for next confirms what is done."""
    given = options()
    books = sqlite3.connect(given.database, isolation_level=None)
    appeals, inbox = Appeals(books), Inbox(books)
    dispatcher = Dispatcher(
        storage=Conversations(books), thinking=Thinking(given.think), appeals=appeals, group=given.group
    )
    dispatcher.include_router(router)
    bot = bot_of(given.token, given.base, mute=given.mute)
    await bot.me()
    say_ready()
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=25, request_timeout=35):
            await serve(bot, dispatcher, inbox, update)
            offset = update.update_id + 1


if __name__ == "__main__":
    asyncio.run(main())
