"""A supervisor agrees to what is asked for, or not: one press, judged by the database; an answer goes back in words."""

from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import approvals as cards
from bot.cards.card import Card, send_to
from bot.cards.view import view
from bot.conversations.contents import words_of
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import answer_to, known, replied_to, toast
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import approving
from bot.services.binding import Purpose
from bot.services.deciding import name_of
from bot.services.naming import DECIDERS, office_of_supervisors
from bot.services.petitioning import State, Wish
from bot.texts import checking, plans, transfers
from bot.texts.fitting import units
from storage.domain.errors import NotYours
from storage.repositories import approvals
from storage.tables import Appeal, Approval, Office

router = Router(name="supervision.approvals")
_SHOWN_AT_ONCE = 10
_LONGEST: Final = 1000  # UTF-16 units
_ASKS_WHY: Final = "why_back:"
"""How the role of the question begins that a reason is a reply to; the approval's id follows."""


class SaysWhy(BaseFilter):
    """A reply, where supervisors decide, to the question why an answer goes back."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand on which approval it is about as `approval_id`."""
        target = replied_to(message)
        here = turn.office is not None and turn.office.purpose in DECIDERS
        if target is None or not here or (message.text or "/").startswith("/"):
            return False
        found = await known(turn, target)
        if found is None or not found.role.startswith(_ASKS_WHY):
            return False
        return {"approval_id": int(found.role.removeprefix(_ASKS_WHY))}


@router.callback_query(Pressed("s.agree"))
async def agree_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Agree; the card and everybody concerned are told by the event."""
    await deciding(turn)
    asked = await approving.agree(
        turn.session,
        press.number,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    return [toast(query, plans.TOO_LATE, alert=True)] if asked.state == State.LAPSED else []


@router.callback_query(Pressed("s.refuse"))
async def refuse_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Do not agree: everything stays as it is. An answer goes back with a reason, which is asked for first."""
    office = await deciding(turn)
    asked = await approving.undecided(turn.session, press.number)
    if asked.kind != Wish.ANSWER:
        await approving.refuse(turn.session, asked.id, person_id=turn.person.id, now=turn.now)
        return []
    appeal = await turn.session.get_one(Appeal, asked.appeal_id)
    card = Card(checking.why_back(number=appeal.number))
    role = f"{_ASKS_WHY}{asked.id}"
    return [Say(send_to(office, card), reply_to=f"approval:{asked.id}", appeal=appeal.id, role=role)]


@router.message(Says(), SaysWhy())
async def reason_written(message: Message, turn: Turn, approval_id: int) -> list[Spoken]:
    """Send the answer back with these words; the card and the unit are told by the event."""
    await deciding(turn)
    reason = words_of(message)
    if units(reason) > _LONGEST:
        return [answer_to(message, transfers.TOO_LONG)]
    await approving.refuse(turn.session, approval_id, person_id=turn.person.id, now=turn.now, reason=reason)
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
