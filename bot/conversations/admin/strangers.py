"""Groups nobody bound: asked anything, the bot says so once and leaves; put out of a bound one, it is noted."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.methods import LeaveChat
from aiogram.types import ChatMemberUpdated, Message

from bot.cards.card import Card, send
from bot.conversations.admin.asking import InGroup, StrangersCall
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.binding import lose
from bot.texts import admin as words

router = Router(name="admin.strangers")
_GONE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})


@router.message(StrangersCall())
async def stranger_called(_message: Message, turn: Turn) -> list[Spoken]:
    """Say what to do, and leave."""
    return farewell(turn)


@router.my_chat_member(InGroup())
async def put_out(change: ChatMemberUpdated, turn: Turn) -> list[Spoken]:
    """Retire the office of a group that the bot is no longer in; the administrators hear of it."""
    if turn.office is not None and change.new_chat_member.status in _GONE:
        await lose(turn.session, turn.office, now=turn.now)
    return []


def farewell(turn: Turn) -> list[Spoken]:
    """Say that this group is not bound, and leave it."""
    return [send(turn.chat_id, Card(words.STRANGE_GROUP)), LeaveChat(chat_id=turn.chat_id)]
