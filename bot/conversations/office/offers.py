"""Two units agree between themselves: one offers (协商转办), the other takes over (接手) or says why not."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import transfers as cards
from bot.cards.card import send
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import INSIDE, LONGEST, AtWork, acting, answer_to, in_place, toast, under
from bot.conversations.office.inside import AnswersInside, without_buttons
from bot.conversations.triage.dispatching import bound_units
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import offering, returning
from bot.texts import transfers as words
from bot.texts import triage
from bot.texts.dates import clock_near
from bot.texts.fitting import units
from storage.domain.errors import InputRefused
from storage.domain.masking import clean_text
from storage.tables import Appeal, AppealEvent

router = Router(name="office.offers")
_OFFERING, _DECLINING = "office.offer", "office.decline"


@router.callback_query(Pressed("o.offer"))
async def offer_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask which unit is to take it over."""
    appeal, _ = await acting(turn, press.number)
    await offering.offerable(turn.session, appeal)
    others = returning.others_likely(appeal, turn.city)
    return in_place(query, turn, cards.to_whom(appeal.id, units=others, user_id=turn.person.user_id))


@router.callback_query(Pressed("o.towhom"))
async def other_unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask why it is theirs."""
    appeal, _ = await acting(turn, press.number)
    await offering.offerable(turn.session, appeal)
    unit = turn.city.department(press.argument)
    if unit is None or unit.code == appeal.department:
        raise InputRefused("no_such_department")
    if unit not in await bound_units(turn):
        return [toast(query, triage.no_group(department=unit.name), alert=True)]
    turn.talk.ask(_OFFERING, appeal=appeal.id, to=unit.code)
    return in_place(query, turn, cards.write(appeal.id, words.WHY_THEIRS, user_id=turn.person.user_id))


@router.message(AtWork(), Says(), AnswersInside(_OFFERING))
async def reason_written(message: Message, turn: Turn) -> list[Spoken]:
    """Put the question before the other unit."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    if units(message.text or "") > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    offered = await offering.offer(
        turn.session,
        appeal=appeal,
        staff=staff,
        to=str(turn.talk.memo["to"]),
        words=clean_text(message.text or "").strip(),
        now=turn.now,
        city=turn.city,
    )
    turn.talk.end()
    return [_confirmed(message, turn, appeal, offered), *without_buttons(message, turn, words.WHY_THEIRS)]


@router.callback_query(Pressed("o.unoffer"))
async def withdraw_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Take the offer back; both groups read so by the event."""
    appeal, staff = await acting(turn, press.number)
    offer_id = int(press.argument) if press.argument.isascii() and press.argument.isdigit() else 0
    await offering.withdraw_offer(turn.session, appeal=appeal, offer_id=offer_id, staff=staff, now=turn.now)
    return []


@router.callback_query(Pressed("o.accept"))
async def take_over_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take it over; everybody is told by the event."""
    appeal = await offering.take_over(
        turn.session,
        offer_id=press.number,
        office=turn.office,
        roles=turn.roles,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    return [toast(query, words.taken_over(number=appeal.number, staff=""))]


@router.callback_query(Pressed("o.decline"))
async def decline_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask why not."""
    appeal, offered, _ = await offering.offered_to(
        turn.session, offer_id=press.number, office=turn.office, roles=turn.roles
    )
    turn.talk.ask(_DECLINING, appeal=appeal.id, offer=offered.id)
    text = words.why_declined(department=_name(turn, offered.details["department"]))
    card = cards.write(appeal.id, text, user_id=turn.person.user_id)
    call = send(turn.chat_id, card, protect=True, thread=turn.thread_id)
    return [Say(call, reply_to=f"offer:{appeal.id}", appeal=appeal.id, role=INSIDE)]


@router.message(AtWork(), Says(), AnswersInside(_DECLINING))
async def declined_with_words(message: Message, turn: Turn) -> list[Spoken]:
    """Say no; the question itself and the other unit read why by the event."""
    if units(message.text or "") > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    await offering.decline(
        turn.session,
        offer_id=int(turn.talk.memo["offer"]),
        office=turn.office,
        roles=turn.roles,
        words=clean_text(message.text or "").strip(),
        now=turn.now,
    )
    turn.talk.end()
    return [answer_to(message, words.DECLINED), *without_buttons(message, turn, words.DECLINE)]


def _confirmed(message: Message, turn: Turn, appeal: Appeal, offered: AppealEvent) -> Say:
    due = returning.decided_by(appeal, offered, city=turn.city, calendar=turn.calendar)
    card = cards.offered(
        appeal.id,
        offered.id,
        to=_name(turn, offered.details["to"]),
        until=clock_near(due, turn.now, turn.calendar),
        department=_name(turn, appeal.department),
    )
    return under(message, card, key=f"offered:{appeal.id}", appeal=appeal, role=INSIDE)


def _name(turn: Turn, code: str | None) -> str:
    unit = turn.city.department(code or "")
    return unit.name if unit else ""
