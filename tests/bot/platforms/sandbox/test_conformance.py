"""Two clients that know nothing of the sandbox, aiogram and python-telegram-bot, run on it unchanged."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import telegram
from aiogram import Bot, exceptions
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji

from bot.platforms.sandbox.server import Sandbox

CITIZEN = 1001


@pytest.fixture
async def aiogram_bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot("1:sandbox", session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.address)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def ptb_bot(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[telegram.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it the library warns of its own next version
    address = sandbox.address
    async with telegram.Bot("1:sandbox", base_url=f"{address}bot", base_file_url=f"{address}file/bot") as bot:
        yield bot


async def test_aiogram_sends_edits_reacts_and_deletes(caller: Any, aiogram_bot: Bot) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "路灯坏了")
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="签收", callback_data="claim")]])
    sent = await aiogram_bot.send_message(CITIZEN, "<b>好</b>", parse_mode="HTML", reply_markup=keyboard)
    edited = await aiogram_bot.edit_message_text("好的", chat_id=CITIZEN, message_id=sent.message_id)
    assert isinstance(edited, type(sent))
    assert (sent.html_text, edited.text, edited.reply_markup) == ("<b>好</b>", "好的", None)
    thumb = ReactionTypeEmoji(emoji="👍")
    assert await aiogram_bot.set_message_reaction(CITIZEN, said["message_id"], reaction=[thumb])
    assert await aiogram_bot.delete_message(CITIZEN, sent.message_id)
    [left] = await caller.ask("GET", f"chats/{CITIZEN}/messages?as={CITIZEN}")
    assert left["reactions"] == [{"from": 1, "emoji": "👍"}]


async def test_aiogram_reads_updates_and_answers_a_press(caller: Any, aiogram_bot: Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")
    [update] = await aiogram_bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.text, update.message.from_user.id) == ("/start", CITIZEN)
    button = InlineKeyboardButton(text="签收", callback_data="claim")
    sent = await aiogram_bot.send_message(
        CITIZEN, "卡片", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]])
    )
    path = f"chats/{CITIZEN}/messages/{sent.message_id}/press"
    pressing = asyncio.create_task(caller.ask("POST", path, from_=CITIZEN, button="签收"))
    [press] = await aiogram_bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert press.callback_query is not None
    assert await aiogram_bot.answer_callback_query(press.callback_query.id, text="已签收", show_alert=True)
    assert await pressing == {"answer": "已签收", "alert": True}


async def test_aiogram_meets_telegrams_errors_as_its_own_exceptions(aiogram_bot: Bot) -> None:
    with pytest.raises(exceptions.TelegramForbiddenError):
        await aiogram_bot.send_message(CITIZEN, "谁先开口？")
    with pytest.raises(exceptions.TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(77, "有人吗？")


async def test_aiogram_sends_a_file_and_fetches_it_again(caller: Any, aiogram_bot: Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")
    sent = await aiogram_bot.send_document(CITIZEN, BufferedInputFile(b"bytes", "answer.txt"), caption="附件")
    assert sent.document is not None
    fetched = await aiogram_bot.download(sent.document.file_id)
    assert fetched is not None
    assert (fetched.read(), sent.document.file_name, sent.caption) == (b"bytes", "answer.txt", "附件")


async def test_aiogram_reads_chats_and_their_members(aiogram_bot: Bot) -> None:
    group = await aiogram_bot.get_chat(-2001)
    member = await aiogram_bot.get_chat_member(-2001, 3002)
    [chief] = await aiogram_bot.get_chat_administrators(-2001)
    assert (group.title, member.status, chief.user.username) == ("城市管理局", "member", "chengguan_01")
    assert await aiogram_bot.get_chat_member_count(-2001) == 3


async def test_python_telegram_bot_sends_edits_and_deletes(caller: Any, ptb_bot: telegram.Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "路灯坏了")
    keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("签收", callback_data="claim")]])
    sent = await ptb_bot.send_message(CITIZEN, "<b>好</b>", parse_mode="HTML", reply_markup=keyboard)
    edited = await ptb_bot.edit_message_text("好的", chat_id=CITIZEN, message_id=sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (sent.text_html, edited.text, edited.reply_markup) == ("<b>好</b>", "好的", None)
    assert await ptb_bot.set_message_reaction(CITIZEN, sent.message_id, "👍")
    assert await ptb_bot.delete_message(CITIZEN, sent.message_id)
    with pytest.raises(telegram.error.BadRequest, match=r"[Mm]essage to edit not found"):
        await ptb_bot.edit_message_text("晚了", chat_id=CITIZEN, message_id=sent.message_id)


async def test_python_telegram_bot_reads_updates_and_answers_a_press(caller: Any, ptb_bot: telegram.Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")
    [update] = await ptb_bot.get_updates(timeout=5)
    assert update.effective_message is not None
    button = telegram.InlineKeyboardButton("签收", callback_data="claim")
    sent = await ptb_bot.send_message(
        CITIZEN, "卡片", reply_markup=telegram.InlineKeyboardMarkup([[button]]), reply_parameters=None
    )
    path = f"chats/{CITIZEN}/messages/{sent.message_id}/press"
    pressing = asyncio.create_task(caller.ask("POST", path, from_=CITIZEN, button="claim"))
    [press] = await ptb_bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert press.callback_query is not None
    assert await press.callback_query.answer("已签收")
    assert await pressing == {"answer": "已签收", "alert": False}


async def test_python_telegram_bot_sends_an_album_and_fetches_a_file(caller: Any, ptb_bot: telegram.Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")
    photos = [telegram.InputMediaPhoto(b"first", caption="两张"), telegram.InputMediaPhoto(b"second")]
    one, two = await ptb_bot.send_media_group(CITIZEN, photos)
    assert one.media_group_id == two.media_group_id
    file = await ptb_bot.get_file(two.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == b"second"


async def test_python_telegram_bot_meets_flood_control(caller: Any, ptb_bot: telegram.Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")
    await caller.ask("POST", "faults", method="sendMessage", status=429, retry_after=7, times=1)
    with pytest.raises(telegram.error.RetryAfter) as told:
        await ptb_bot.send_message(CITIZEN, "太快")
    assert told.value.retry_after == timedelta(seconds=7)
    assert (await ptb_bot.send_message(CITIZEN, "再来")).text == "再来"
