"""A caption is words like any other; that the picture itself was not taken is said first."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import Message, TelegramObject

from bot.cards.card import Card, send
from bot.delivery.say import Spoken
from bot.texts.citizen import talk

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[list[Spoken]]]


async def caption_read(handler: Handler, event: TelegramObject, given: dict[str, Any]) -> list[Spoken]:
    """Let the handler read the caption; put before its answer that only the words were taken."""
    spoken = await handler(event, given)
    if isinstance(event, Message) and event.caption and isinstance(spoken, list):
        return [send(given["turn"].chat_id, Card(talk.CAPTION_READ)), *spoken]
    return spoken
