"""A supervisor agrees to what is asked for, or not: one press, judged by the database."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import approvals as cards
from bot.cards.card import send_to
from bot.cards.view import view
from bot.conversations.filters import Press, Pressed
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import approving
from bot.services.binding import Purpose
from bot.services.deciding import name_of
from bot.services.naming import DECIDERS, office_of_supervisors
from storage.domain.errors import NotYours
from storage.repositories import approvals
from storage.tables import Appeal, Approval, Office

router = Router(name="supervision.approvals")
_SHOWN_AT_ONCE = 10


@router.callback_query(Pressed("s.agree"))
async def agree_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Agree; the card and everybody concerned are told by the event."""
    await deciding(turn)
    await approving.agree(
        turn.session,
        press.number,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    return []


@router.callback_query(Pressed("s.refuse"))
async def refuse_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Do not agree: everything stays as it is."""
    await deciding(turn)
    await approving.refuse(turn.session, press.number, person_id=turn.person.id, now=turn.now)
    return []


async def show_waiting(turn: Turn) -> list[Spoken]:
    """Put every card that waits once more at the end of the group, the oldest first."""
    office = await deciding(turn)
    waiting = await approvals.waiting(turn.session, limit=_SHOWN_AT_ONCE)
    return [await _shown_again(turn, office, each) for each in waiting]


async def _shown_again(turn: Turn, office: Office, asked: Approval) -> Say:
    appeal = await turn.session.get_one(Appeal, asked.appeal_id)
    seen = await view(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)
    card = cards.card(seen, asked, first=await name_of(turn.session, asked.first_by))
    return Say(send_to(office, card), key=f"approval:{asked.id}", appeal=appeal.id, role="approval")


async def deciding(turn: Turn) -> Office:
    """Return this group; raise NotYours unless it is the supervisors' and the person decides there."""
    house, office = turn.house, turn.office
    where = await office_of_supervisors(turn.session, platform=house.platform, bot=house.bot)
    if office is None or where is None or office.id != where.id or turn.role(DECIDERS[Purpose(office.purpose)]) is None:
        raise NotYours
    return office
