"""A first word to the citizen (先联系一下)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import composing
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting, under_card
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import relaying
from bot.texts import office as words

router = Router(name="office.contacting")


@router.callback_query(Pressed("o.contact"))
async def words_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask for one sentence to the citizen."""
    appeal, _ = await acting(turn, press.number)
    relaying.relayable(appeal, turn.now)
    turn.talk.ask("office.contact", appeal=appeal.id)
    card = composing.write_relay(appeal.id, words.ASK_FOR_FIRST_WORD, user_id=turn.person.user_id)
    return [await under_card(turn, appeal, card)]
