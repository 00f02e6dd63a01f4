"""Under 【没送到】: told by telephone (已电话告知), or out of reach (联系不上); in words that stay in the office."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import transfers as cards
from bot.cards.card import Card
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import INSIDE, LONGEST, AtWork, acting, answer_to, toast, under, under_card
from bot.conversations.office.inside import AnswersInside, without_buttons
from bot.conversations.office.numbers import is_nobody
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import reaching
from bot.texts import reaching as words
from bot.texts import transfers
from bot.texts.fitting import units
from storage.domain.masking import clean_text

router = Router(name="office.reaching")
_TOLD, _TRIED = "office.told", "office.unreach"


@router.callback_query(Pressed("o.told"))
async def told_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask when somebody called, and what was said."""
    appeal, _ = await acting(turn, press.number)
    if is_nobody(turn):
        return [toast(query, words.NOT_AS_NOBODY, alert=True)]
    await reaching.tellable(turn.session, appeal)
    turn.talk.ask(_TOLD, appeal=appeal.id)
    card = cards.write(appeal.id, words.ASK_CALL, user_id=turn.person.user_id)
    return [await under_card(turn, appeal, card, role=INSIDE)]


@router.callback_query(Pressed("o.unreach"))
async def unreachable_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask how often and when it was tried."""
    appeal, _ = await acting(turn, press.number)
    await reaching.unreachable(turn.session, appeal)
    turn.talk.ask(_TRIED, appeal=appeal.id)
    card = cards.write(appeal.id, words.ASK_TRIES, user_id=turn.person.user_id)
    return [await under_card(turn, appeal, card, role=INSIDE)]


@router.message(AtWork(), Says(), AnswersInside(_TOLD))
async def call_told(message: Message, turn: Turn) -> list[Spoken]:
    """Keep it: the appeal is answered."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    text = clean_text(message.text or "").strip()
    if units(text) > LONGEST:
        return [answer_to(message, transfers.TOO_LONG)]
    await reaching.told_by_phone(turn.session, appeal=appeal, staff=staff, text=text, now=turn.now)
    turn.talk.end()
    kept = under(message, Card(words.TOLD_KEPT), appeal=appeal, role=INSIDE)
    return [kept, *without_buttons(message, turn, words.ASK_CALL)]


@router.message(AtWork(), Says(), AnswersInside(_TRIED))
async def tries_told(message: Message, turn: Turn) -> list[Spoken]:
    """Put it before a supervisor."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    text = clean_text(message.text or "").strip()
    if units(text) > LONGEST:
        return [answer_to(message, transfers.TOO_LONG)]
    await reaching.want(turn.session, appeal=appeal, staff=staff, text=text, now=turn.now)
    turn.talk.end()
    kept = under(message, Card(words.TRIES_KEPT), appeal=appeal, role=INSIDE)
    return [kept, *without_buttons(message, turn, words.ASK_TRIES)]
