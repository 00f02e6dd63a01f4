"""Peer (b): an aiogram bot as a competent author writes it; what is being told is in memory, what is filed in SQLite.

Its filters are states alone: those are asynchronous, a magic filter would cost a thread each time.
"""

import asyncio
import sqlite3
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import BaseFilter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import GetMe, GetUpdates, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.peers import words
from tests.bench.peers.peer import Appeals, Thinking, options, say_ready


class Private(BaseFilter):
    """The message is written to the bot alone."""

    async def __call__(self, message: Message) -> bool:
        """Look at the chat."""
        return message.chat.type == "private"


router = Router()
router.message.filter(Private())


class Telling(StatesGroup):
    """Where in the form a citizen is."""

    place = State()
    contact = State()
    summary = State()


class Mute(AiohttpSession):
    """A session that lets nothing out but the questions for updates."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's own signature
        """Ask for updates; say nothing else."""
        if isinstance(method, GetUpdates | GetMe):
            return await super().make_request(bot, method, timeout)
        return True


@router.message(StateFilter(None))
async def told(message: Message, state: FSMContext, thinking: Thinking) -> None:
    """Begin with what is the matter."""
    text = message.text or ""
    await state.update_data(text=text, unit=await thinking.unit(text))
    await state.set_state(Telling.place)
    await message.answer(words.ASK_WHERE)


@router.message(Telling.place)
async def placed(message: Message, state: FSMContext) -> None:
    """Note where it is."""
    await state.update_data(place=message.text or "")
    await state.set_state(Telling.contact)
    await message.answer(words.ASK_CONTACT, reply_markup=button(words.NO_PHONE))


@router.callback_query(Telling.contact)
async def no_phone_wanted(query: CallbackQuery, state: FSMContext) -> None:
    """Show the whole for a last look."""
    await state.set_state(Telling.summary)
    shown = words.summary(**await state.get_data())
    await query.message.edit_text(shown, reply_markup=button(words.SUBMIT))  # type: ignore[union-attr]
    await query.answer()


@router.callback_query(Telling.summary)
async def submitted(query: CallbackQuery, state: FSMContext, appeals: Appeals, group: int) -> None:
    """File it, tell the citizen its number and the group that it is there."""
    told = await state.get_data()
    number = appeals.keep(query.from_user.id, **told)
    await state.clear()
    await query.message.edit_text(words.receipt(number=number))  # type: ignore[union-attr]
    await query.bot.send_message(group, words.card(number=number, **told))  # type: ignore[union-attr]
    await query.answer()


def button(named: tuple[str, str]) -> InlineKeyboardMarkup:
    """Return one button."""
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=named[0], callback_data=named[1])]])


def bot_of(token: str, base: str, *, mute: bool) -> Bot:
    """Return the bot, on a platform of our choice."""
    session = (Mute if mute else AiohttpSession)(api=TelegramAPIServer.from_base(base))
    return Bot(token, session=session)


async def main() -> None:
    """Poll until stopped."""
    given = options()
    books = sqlite3.connect(given.database, isolation_level=None)
    dispatcher = Dispatcher(thinking=Thinking(given.think), appeals=Appeals(books), group=given.group)
    dispatcher.include_router(router)
    dispatcher.startup.register(say_ready)
    await dispatcher.start_polling(bot_of(given.token, given.base, mute=given.mute))


if __name__ == "__main__":
    asyncio.run(main())
