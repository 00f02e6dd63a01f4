"""A binding code is sent in a group, or in one topic of it, which becomes an office by it."""

from aiogram import Router
from aiogram.methods import GetChatMember, SendMessage
from aiogram.types import Message

from bot.cards.card import Card, send
from bot.conversations.admin.asking import CodeGiven, InGroup
from bot.conversations.admin.strangers import farewell, group_title
from bot.conversations.filters import Says
from bot.conversations.refusals import sentence
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services.binding import Purpose
from bot.services.inviting import bind_by_code
from bot.services.rights import rights_key
from bot.texts import admin as words
from storage.domain.city import City
from storage.domain.errors import CodeRefused
from storage.tables import Office

router = Router(name="admin.binding")


@router.message(InGroup(), Says("bind"), CodeGiven())
@router.message(InGroup(), Says("start"), CodeGiven())
async def code_sent(message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Bind the group; a wrong code is answered here, not raised, so that the wrong try stays counted."""
    try:
        office = await bind_by_code(
            turn.session,
            argument,
            person_id=turn.person.id,
            platform=turn.house.platform,
            bot=turn.house.bot,
            chat_id=turn.chat_id,
            thread_id=turn.thread_id,
            title=group_title(message.chat.title),
            now=turn.now,
        )
    except CodeRefused as refusal:
        said = sentence(refusal, city=turn.city, calendar=turn.calendar)
        return [_said(turn, said)] if turn.neighbours else farewell(turn)
    asked = GetChatMember(chat_id=turn.chat_id, user_id=turn.house.bot)
    key = rights_key(office.id, is_forum=bool(message.chat.is_forum or turn.thread_id))
    return [_said(turn, _bound(office, turn.city)), Say(asked, key=key, role="rights")]


def _said(turn: Turn, text: str) -> SendMessage:
    return send(turn.chat_id, Card(text), thread=turn.thread_id)


def _bound(office: Office, city: City) -> str:
    match office.purpose:
        case Purpose.TRIAGE:
            return words.bound_triage(name=words.GROUPS[office.purpose])
        case Purpose.SUPERVISION:
            return words.bound_supervision(name=words.GROUPS[office.purpose])
        case _:
            unit = city.department(office.department or "")
            return words.bound(name=unit.name if unit else "")
