"""撤回: the citizen takes an open appeal back and says why."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import citizen as cards
from bot.cards.card import Card
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.speaking import in_place, say, stale
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import concerns
from bot.services.concerns import ConcernKind
from bot.services.owning import own
from bot.services.withdrawing import Reason, withdraw
from bot.texts.citizen import rating as words
from bot.texts.citizen.together import WITHDRAWN_OTHERS_GO_ON
from storage.domain.lifecycle import may
from storage.domain.statuses import Event, Status
from storage.tables import Appeal

router = Router(name="citizen.withdrawing")


@router.callback_query(Private(), Pressed("c.withdraw"))
async def withdrawal_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask whether and why."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if not may(Status(appeal.status), Event.WITHDRAW):
        return await _as_it_stands(query, turn, appeal)
    return [say(turn, cards.ask_withdraw(appeal), appeal=appeal.id, role="notice")]


@router.callback_query(Private(), Pressed("c.forced"))
async def forced_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Tell the supervisors that somebody wants it taken back, and ask what the citizen wants."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if not may(Status(appeal.status), Event.WITHDRAW):
        return await _as_it_stands(query, turn, appeal)
    await concerns.tell(turn.session, appeal, ConcernKind.FORCED, now=turn.now)
    return [in_place(query, turn, cards.forced(appeal), appeal=appeal.id, role=concerns.ROLE)]


@router.callback_query(Private(), Pressed("c.take"))
async def reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take it back."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if press.argument not in set(Reason) or not may(Status(appeal.status), Event.WITHDRAW):
        return await _as_it_stands(query, turn, appeal)
    await withdraw(
        turn.session,
        appeal_id=appeal.id,
        person_id=turn.person.id,
        reason=Reason(press.argument),
        now=turn.now,
        calendar=turn.calendar,
    )
    told = words.WITHDRAWN if appeal.status == Status.WITHDRAWN else WITHDRAWN_OTHERS_GO_ON
    return [in_place(query, turn, Card(told), appeal=appeal.id, role="notice")]


@router.callback_query(Private(), Pressed("c.keep"))
async def kept_after_all(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Leave it as it is."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if not may(Status(appeal.status), Event.WITHDRAW):
        return await _as_it_stands(query, turn, appeal)
    return [in_place(query, turn, Card(words.NOT_WITHDRAWN), appeal=appeal.id, role="notice")]


async def _as_it_stands(query: CallbackQuery, turn: Turn, appeal: Appeal) -> list[Spoken]:
    seen = await seen_now(turn, appeal)
    return [in_place(query, turn, stale(cards.progress(seen)), appeal=appeal.id, role="status")]
