"""The buttons under words that wait: send now, do not send, keep in the group, send although asked."""

from aiogram import Router
from aiogram.methods import DeleteMessages
from aiogram.types import CallbackQuery

from bot.cards import composing
from bot.cards.card import Card
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting_on_words, in_place, no_longer_waiting, noted, toast
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.notices.sending import to_citizen
from bot.services import relaying
from bot.services.receipts import UNSENDING
from bot.services.relaying import Manner
from bot.texts import office as words
from storage.domain.masking import has_private_number, strip_numbers
from storage.repositories import attachments
from storage.tables import Appeal, Staff, Utterance

router = Router(name="office.holding")


@router.callback_query(Pressed("o.now"))
async def send_now_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send held words at once."""
    _, _, said = await acting_on_words(turn, press)
    went = await relaying.let_go(turn.session, said)
    return [toast(query, words.SENDING)] if went else [_too_late(query, said)]


@router.callback_query(Pressed("o.dont"))
async def do_not_send_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take held words back."""
    _, _, said = await acting_on_words(turn, press)
    if not await _stopped(turn, said):
        return [_too_late(query, said)]
    await relaying.drop(turn.session, said)
    return [*in_place(query, turn, Card(words.NOT_SENT)), *no_longer_waiting(said)]


@router.callback_query(Pressed("o.note"))
async def keep_inside_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Make held words a note."""
    appeal, staff, said = await acting_on_words(turn, press)
    if not await _stopped(turn, said):
        return [_too_late(query, said)]
    await relaying.keep_inside(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    return [*in_place(query, turn, Card(noted(turn))), *no_longer_waiting(said)]


@router.callback_query(Pressed("o.send"))
async def send_anyway_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send words that seemed meant for a colleague; a private number in them is asked about first."""
    appeal, staff, said = await acting_on_words(turn, press)
    if not await _stopped(turn, said):
        return [_too_late(query, said)]
    if has_private_number(said.text):
        return in_place(query, turn, composing.private_number(said.id))
    return await _sent(query, turn, appeal, staff, said)


@router.callback_query(Pressed("o.strip"))
async def without_numbers_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send words without the private numbers in them."""
    appeal, staff, said = await acting_on_words(turn, press)
    if not await _stopped(turn, said):
        return [_too_late(query, said)]
    rest = strip_numbers(said.text).strip()
    if not rest and not await attachments.of_utterance(turn.session, said.id):
        return [toast(query, words.NOTHING_LEFT, alert=True)]
    said.text = rest
    return await _sent(query, turn, appeal, staff, said)


@router.callback_query(Pressed("o.asis"))
async def as_it_is_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send words with the private numbers in them; who did so is kept."""
    appeal, staff, said = await acting_on_words(turn, press)
    if not await _stopped(turn, said):
        return [_too_late(query, said)]
    await relaying.note_numbers_sent(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    return await _sent(query, turn, appeal, staff, said)


async def _sent(query: CallbackQuery, turn: Turn, appeal: Appeal, staff: Staff, said: Utterance) -> list[Spoken]:
    await relaying.set_out(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    said.state = "queued"
    calls = await to_citizen(turn.session, turn.city, appeal, said)
    return [*calls, *in_place(query, turn, Card(words.SENDING))]


@router.callback_query(Pressed("o.unsend"))
async def unsend_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take words that arrived out of the citizen's chat again."""
    appeal, _, said = await acting_on_words(turn, press)
    chat, ids = await relaying.take_from_citizen(turn.session, said, now=turn.now)
    call = DeleteMessages(chat_id=chat, message_ids=ids)
    away = Say(call, key=f"unsend:{said.id}", appeal=appeal.id, role=UNSENDING)
    return [away, *in_place(query, turn, Card(words.UNSENDING)), *no_longer_waiting(said)]


async def _stopped(turn: Turn, said: Utterance) -> bool:
    is_relay = said.direction == "to_citizen" and said.manner != Manner.QUESTION
    return is_relay and await relaying.take_back(turn.session, said, now=turn.now)


def _too_late(query: CallbackQuery, said: Utterance) -> Spoken:
    gone = said.direction == "to_citizen" and said.state in {"held", "queued", "delivered"}
    return toast(query, words.GONE_ALREADY if gone else words.SETTLED_ALREADY, alert=True)
