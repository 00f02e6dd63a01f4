"""我来看: the handler of a confidential appeal opens it from the group's card, in their own private chat."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import toast
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import handling
from bot.services.handling import DISPATCHER, STAFF
from bot.services.moving import find
from bot.texts import confidential as words
from bot.texts.office import OPEN_PRIVATE_CHAT
from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Event, Status

router = Router(name="looking")


@router.callback_query(Pressed("o.look"))
async def look_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the whole of it to the unit's handler; the event brings it."""
    return await _opened(query, turn, press, STAFF)


@router.callback_query(Pressed("t.look"))
async def dispatcher_looks(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the whole of it to the dispatcher who decides where it goes."""
    return await _opened(query, turn, press, DISPATCHER)


async def _opened(query: CallbackQuery, turn: Turn, press: Press, role: str) -> list[Spoken]:
    appeal = await find(turn.session, press.number)
    staff = await handling.only_handler(turn.session, appeal, turn.roles, role=role)
    if not appeal.confidential:
        raise TransitionRefused(Status(appeal.status), Event.NOTE)
    if role == DISPATCHER:
        await handling.must_wait_for_dispatch(turn.session, appeal)
    if turn.person.unreachable_since is not None:
        return [toast(query, OPEN_PRIVATE_CHAT, alert=True)]
    await handling.note_opened(turn.session, appeal=appeal, staff=staff, now=turn.now)
    return [toast(query, words.SENT_TO_YOU)]
