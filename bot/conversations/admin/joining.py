"""Somebody comes in by a one-time code: the first administrator, staff, dispatchers, supervisors."""

from aiogram import Router
from aiogram.types import Message

from bot.cards.card import Card, send
from bot.conversations.admin.asking import CodeGiven
from bot.conversations.filters import Private, Says
from bot.conversations.refusals import sentence
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.binding import Role
from bot.services.inviting import join
from bot.texts import admin as words
from bot.texts.fitting import fit
from storage.domain.city import City
from storage.domain.errors import CodeRefused
from storage.domain.masking import clean_text
from storage.tables import Staff

router = Router(name="admin.joining")


@router.message(Private(), Says("start"), CodeGiven())
async def code_sent(message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Let the person in; a wrong code is answered here, not raised, so that the wrong try stays counted."""
    named = message.from_user.first_name if message.from_user else ""
    name = fit(clean_text(named).strip(), 20) or str(turn.person.user_id)
    try:
        row = await join(turn.session, argument, person_id=turn.person.id, name=name, now=turn.now)
    except CodeRefused as refusal:
        said = sentence(refusal, city=turn.city, calendar=turn.calendar)
        return [send(turn.chat_id, Card(said))]
    return [send(turn.chat_id, Card(_welcome(row, turn.city)))]


def _welcome(row: Staff, city: City) -> str:
    unit = city.department(row.department)
    match row.role:
        case Role.ADMIN:
            return words.NOW_ADMINISTRATOR
        case Role.DISPATCHER:
            return words.NOW_DISPATCHER
        case Role.SUPERVISOR:
            return words.NOW_SUPERVISOR
        case _:
            return words.now_staff(department=unit.name if unit else row.department)
