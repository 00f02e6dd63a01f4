"""Signing for an appeal (签收)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting, toast
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import claiming
from bot.texts import office as words
from bot.texts.dates import day_and_clock

router = Router(name="office.claiming")


@router.callback_query(Pressed("o.claim"))
async def claim_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let the first one sign; the card changes for everybody."""
    appeal, staff = await acting(turn, press.number)
    await claiming.claim(turn.session, appeal=appeal, staff=staff, now=turn.now)
    due = day_and_clock(appeal.contact_due, turn.calendar) if appeal.contact_due else None
    return [toast(query, words.claimed(staff=staff.name, number=appeal.number, contact_due=due))]
