"""Who is to call somebody back: sees the number in private, and says what became of it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting, toast
from bot.conversations.office.numbers import shown_in_private
from bot.conversations.triage.dispatching import must_be_dispatcher, must_dispatch_here
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import calling_back
from bot.services.binding import Purpose, stands_in
from bot.texts import triage as words
from storage.domain.errors import NotFound, NotYours
from storage.domain.lifecycle import WITH_A_UNIT
from storage.repositories import callbacks, outbox
from storage.repositories.callbacks import CallState
from storage.tables import Appeal, CallbackRequest

router = Router(name="office.calls")
_ENDS = {"o.called": CallState.CALLED, "o.nocall": CallState.NO_ANSWER}


@router.callback_query(Pressed("o.callphone"))
async def number_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the number to this one person, in private, and keep that they saw it."""
    wish = await _theirs(turn, press.number)
    if wish.state != CallState.OPEN:
        return [toast(query, words.CALL_SETTLED, alert=True)]
    text = words.phone_of(alias=wish.alias, phone=wish.phone, reason=words.CALL_BACK_REASON)
    return await shown_in_private(
        query, turn, text, reason="callback", appeal_id=wish.appeal_id, in_place=False, call=wish.id
    )


@router.callback_query(Pressed(*_ENDS))
async def call_settled(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Note that it was made, or that nobody answered; the card is changed by the event."""
    await _theirs(turn, press.number)
    wish = await calling_back.settle(
        turn.session, press.number, _ENDS[press.verb], person_id=turn.person.id, now=turn.now
    )
    return [] if wish is not None else [toast(query, words.CALL_SETTLED, alert=True)]


async def _theirs(turn: Turn, wish_id: int) -> CallbackRequest:
    """Return the wish whose card stands here, if this person may act on it; raise NotYours or NotFound."""
    wish = await callbacks.get(turn.session, wish_id)
    house = turn.house
    row_id = await outbox.named(turn.session, platform=house.platform, bot=house.bot, key=f"callback:{wish_id}")
    row = await outbox.get(turn.session, row_id) if row_id else None
    if wish is None or row is None:
        raise NotFound(f"no wish {wish_id}")
    if row.chat_id != turn.chat_id or (turn.office is not None and not stands_in(row, turn.office)):
        raise NotYours
    if turn.office is not None and turn.office.purpose == Purpose.TRIAGE:
        must_dispatch_here(turn)
    elif turn.office is None and await _is_undispatched(turn, wish):
        await must_be_dispatcher(turn, wish.appeal_id or 0)
    else:
        await acting(turn, wish.appeal_id or 0)
    return wish


async def _is_undispatched(turn: Turn, wish: CallbackRequest) -> bool:
    """Whether it is about a confidential appeal that no unit has: one of the dispatchers handles that."""
    appeal = await turn.session.get(Appeal, wish.appeal_id) if wish.appeal_id else None
    return appeal is not None and appeal.confidential and appeal.status not in WITH_A_UNIT
