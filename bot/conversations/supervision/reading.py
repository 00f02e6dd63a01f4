"""What is confidential is read by one supervisor in private (我来看): a wish of the unit, or an objection."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import approvals as wishes
from bot.cards import declining
from bot.cards.card import Card, send
from bot.cards.view import view
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import toast
from bot.conversations.office.numbers import is_nobody
from bot.conversations.supervision.approvals import deciding
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.notices.declining import words_of_objection
from bot.services import approving, objecting, secrecy
from bot.texts import concerns as words
from storage.domain.errors import NotYours
from storage.domain.statuses import Event
from storage.tables import Appeal

router = Router(name="supervision.reading")


@router.callback_query(Pressed("s.aread"))
async def wish_read(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show what the unit writes, while it is to be decided."""
    await deciding(turn)
    asked = await approving.undecided(turn.session, press.number)
    appeal = await turn.session.get_one(Appeal, asked.appeal_id)
    seen = await view(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)
    return await _in_private(query, turn, appeal, wishes.in_private(seen, asked))


@router.callback_query(Pressed("s.oread"))
async def objection_read(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show what was declined and what its citizen says, while it is to be decided."""
    await deciding(turn)
    appeal = await objecting.decidable(turn.session, press.number, Event.OBJECTION_ASSIGNED)
    said = await words_of_objection(turn.session, appeal)
    return await _in_private(
        query, turn, appeal, declining.objection_in_private(appeal, said=said.text if said else "")
    )


async def _in_private(query: CallbackQuery, turn: Turn, appeal: Appeal, card: Card) -> list[Spoken]:
    """Send it to whoever pressed, and keep that they saw it; what is not confidential stands in the group."""
    if not appeal.confidential:
        raise NotYours
    if is_nobody(turn) or turn.person.unreachable_since is not None:
        return [toast(query, words.NOBODY if is_nobody(turn) else words.OPEN_PRIVATE_CHAT, alert=True)]
    await secrecy.note_read(turn.session, appeal, person_id=turn.person.id, now=turn.now)
    private = Say(send(turn.person.user_id, card, protect=True), appeal=appeal.id, role="read_private")
    return [private, toast(query, words.READ_IN_PRIVATE, alert=True)]
