"""A first word to the citizen (先联系一下), a question (请补充), and an honest no for inviting another unit (会办)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import composing
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting, toast, under_card
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import relaying
from bot.texts import office as words

router = Router(name="office.asking")
_ASKS = {
    "o.contact": ("office.contact", words.ASK_FOR_FIRST_WORD),
    "o.ask": ("office.ask", words.ASK_WHAT_IS_MISSING),
}


@router.callback_query(Pressed(*_ASKS))
async def words_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask for one sentence to the citizen."""
    appeal, _ = await acting(turn, press.number)
    relaying.relayable(appeal, turn.now)
    state, text = _ASKS[press.verb]
    turn.talk.ask(state, appeal=appeal.id)
    card = composing.write_relay(appeal.id, text, user_id=turn.person.user_id)
    return [await under_card(turn, appeal, card)]


@router.callback_query(Pressed("o.invite"))
async def invite_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Say what to do while units cannot be invited here yet."""
    await acting(turn, press.number)
    return [toast(query, words.INVITE_LATER, alert=True)]
