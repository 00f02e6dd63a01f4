"""An answer goes out (发出): looked at first, and where something is doubted whoever sends it is asked."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import checking as cards
from bot.cards.card import Card
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.answering import preview_card, stop_writing
from bot.conversations.office.ground import acting_on_words, in_place, toast
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.notices.sending import to_citizen
from bot.services import answering, checking
from bot.services.naming import office_of_supervisors
from bot.texts import checking as words
from bot.texts import office
from storage.domain.errors import InputRefused
from storage.domain.masking import strip_numbers
from storage.tables import Appeal, Staff, Utterance

router = Router(name="office.checking")


@router.callback_query(Pressed("o.out"))
async def send_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the answer, once; or ask about it."""
    appeal, staff, said = await acting_on_words(turn, press)
    return await _out(query, turn, appeal, staff, said)


@router.callback_query(Pressed("o.anyway"))
async def send_anyway_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep that somebody has no doubt, and go on."""
    appeal, staff, said = await acting_on_words(turn, press)
    await checking.override(turn.session, appeal=appeal, staff=staff, words=said, check=press.argument, now=turn.now)
    return await _out(query, turn, appeal, staff, said)


@router.callback_query(Pressed("o.cut"))
async def without_numbers_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Cut the private numbers out, and show how the answer reads without them."""
    appeal, _, said = await acting_on_words(turn, press)
    await answering.sendable(turn.session, appeal=appeal, words=said)
    rest = strip_numbers(said.text).strip()
    if not rest:
        return [toast(query, words.NOTHING_LEFT, alert=True)]
    said.text = rest
    return in_place(query, turn, await preview_card(turn, said))


async def _out(query: CallbackQuery, turn: Turn, appeal: Appeal, staff: Staff, said: Utterance) -> list[Spoken]:
    await answering.sendable(turn.session, appeal=appeal, words=said)
    found = await checking.doubt(turn.session, appeal=appeal, words=said, city=turn.city)
    if found is not None:
        return in_place(query, turn, cards.doubtful(said, found))
    if answering.takes_two(said):
        return await _shown_to_supervisors(query, turn, appeal, staff, said)
    await answering.send(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    await stop_writing(turn, said)
    calls = await to_citizen(turn.session, turn.city, appeal, said)
    return [*calls, toast(query, office.SENDING)]


async def _shown_to_supervisors(
    query: CallbackQuery, turn: Turn, appeal: Appeal, staff: Staff, said: Utterance
) -> list[Spoken]:
    house = turn.house
    if await office_of_supervisors(turn.session, platform=house.platform, bot=house.bot) is None:
        raise InputRefused("nobody_looks")
    await answering.ask_for_a_look(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    await stop_writing(turn, said)
    return in_place(query, turn, Card(words.waits(number=appeal.number)))
