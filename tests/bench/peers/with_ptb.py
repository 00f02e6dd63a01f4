"""Peer (c): the same as (b) on python-telegram-bot, with its ConversationHandler in memory."""

import sqlite3
import warnings
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

from tests.bench.peers import words
from tests.bench.peers.peer import Appeals, Thinking, options, say_ready

PLACE, CONTACT, SUMMARY = range(3)
Context = ContextTypes.DEFAULT_TYPE


class Mute(HTTPXRequest):
    """A line to the platform that lets nothing out but who the bot is."""

    async def do_request(self, url: str, *args: Any, **named: Any) -> tuple[int, bytes]:
        """Say nothing that a citizen or a group would see."""
        if url.endswith("/getMe"):
            return await super().do_request(url, *args, **named)
        return 200, b'{"ok": true, "result": true}'


async def told(update: Update, context: Context) -> int:
    """Begin with what is the matter."""
    text = update.message.text
    context.user_data.update(text=text, unit=await context.bot_data["thinking"].unit(text))
    await update.message.reply_text(words.ASK_WHERE)
    return PLACE


async def placed(update: Update, context: Context) -> int:
    """Note where it is."""
    context.user_data["place"] = update.message.text
    await update.message.reply_text(words.ASK_CONTACT, reply_markup=_button(words.NO_PHONE))
    return CONTACT


async def no_phone_wanted(update: Update, context: Context) -> int:
    """Show the whole for a last look."""
    query = update.callback_query
    await query.edit_message_text(words.summary(**context.user_data), reply_markup=_button(words.SUBMIT))
    await query.answer()
    return SUMMARY


async def submitted(update: Update, context: Context) -> int:
    """File it, tell the citizen its number and the group that it is there."""
    query, told = update.callback_query, dict(context.user_data)
    number = context.bot_data["appeals"].keep(query.from_user.id, **told)
    context.user_data.clear()
    await query.edit_message_text(words.receipt(number=number))
    await context.bot.send_message(context.bot_data["group"], words.card(number=number, **told))
    await query.answer()
    return ConversationHandler.END


def _button(named: tuple[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(named[0], callback_data=named[1])]])


def application(token: str, base: str, *, mute: bool) -> Application:
    """Return the bot with its one conversation."""
    builder = ApplicationBuilder().token(token).base_url(f"{base.rstrip('/')}/bot").post_init(_ready)
    made = (builder.request(Mute()) if mute else builder).build()
    telling = ConversationHandler(
        entry_points=[MessageHandler(filters.TEXT & filters.ChatType.PRIVATE, told)],
        states={
            PLACE: [MessageHandler(filters.TEXT & filters.ChatType.PRIVATE, placed)],
            CONTACT: [CallbackQueryHandler(no_phone_wanted)],
            SUMMARY: [CallbackQueryHandler(submitted)],
        },
        fallbacks=[],
    )
    made.add_handler(telling)
    return made


async def _ready(_made: Application) -> None:
    say_ready()


def main() -> None:
    """Poll until stopped."""
    warnings.filterwarnings("ignore", category=PTBUserWarning)
    given = options()
    made = application(given.token, given.base, mute=given.mute)
    appeals = Appeals(sqlite3.connect(given.database, isolation_level=None))
    made.bot_data.update(thinking=Thinking(given.think), appeals=appeals, group=given.group)
    made.run_polling(allowed_updates=["message", "callback_query"], timeout=25)


if __name__ == "__main__":
    main()
