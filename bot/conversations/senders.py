"""In whose name an update speaks: a person, the group itself (an anonymous administrator), or nobody we listen to."""

from dataclasses import dataclass
from typing import Any, Final

from aiogram.types import CallbackQuery, InaccessibleMessage, Message, Update, User
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, send
from bot.delivery.say import Spoken
from bot.house import House
from bot.texts import office as words
from storage.repositories import messages, offices


@dataclass(frozen=True)
class Sender:
    """Who acts: an account, the group's own (negative) id, or 0 for those we do not listen to."""

    user_id: int = 0
    username: str | None = None


_NOBODY: Final = Sender()


def sender_of(update: Update) -> Sender:
    """Return who sent an update.

    An administrator who hides behind the group speaks as the group; channels and other bots are nobody.
    """
    parts = (update.message, update.edited_message, update.callback_query, update.my_chat_member, update.chat_member)
    for part in parts:
        if isinstance(part, Message) and part.sender_chat is not None:
            hidden = part.sender_chat.id == part.chat.id < 0 and not part.is_automatic_forward
            return Sender(part.chat.id) if hidden else _NOBODY
        user: User | None = part.from_user if part is not None else None
        if part is None or user is None:
            continue
        if not user.is_bot:
            return Sender(user.id, user.username)
        if not isinstance(part, CallbackQuery) and (not isinstance(part, Message) or _is_about_the_group(part)):
            return Sender(part.chat.id)
    return _NOBODY


def _is_about_the_group(message: Message) -> bool:
    """Whether a message only says what happened to the group, whoever did it."""
    said = (message.left_chat_member, message.migrate_to_chat_id, message.migrate_from_chat_id)
    return any(each is not None for each in said)


def topic_of(message: object) -> int:
    """Return the forum topic a message stands in, 0 outside topics; other threads have such ids too."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id or 0
    return 0


async def topic_of_update(session: AsyncSession, update: Update, *, platform: str, bot: int) -> int:
    """Return the topic an update comes from; of a message too old to be shown, what was kept of it says so."""
    query = update.callback_query
    if query is None:
        return topic_of(update.message or update.edited_message)
    if not isinstance(query.message, InaccessibleMessage):
        return topic_of(query.message)
    found = await messages.find(
        session, platform=platform, bot=bot, chat_id=query.message.chat.id, message_id=query.message.message_id
    )
    return found.thread_id if found is not None else 0


async def unheard(session: AsyncSession, house: House, update: Update) -> list[Spoken]:
    """Say to somebody who replied to an appeal in a channel's name why nothing comes of it; to others nothing."""
    message = update.message
    if message is None or message.sender_chat is None or message.reply_to_message is None:
        return []
    chat: dict[str, Any] = {"platform": house.platform, "bot": house.bot, "chat_id": message.chat.id}
    known = await messages.find(session, **chat, message_id=message.reply_to_message.message_id)
    if known is None or known.role == "staff" or not await offices.in_chat(session, **chat):
        return []
    card = Card(words.NOT_AS_A_CHANNEL)
    return [send(message.chat.id, card, thread=topic_of(message), answers=message.message_id)]
