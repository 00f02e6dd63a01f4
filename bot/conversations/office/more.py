"""The rarer acts: seeing the citizen's number in private (看联系方式), and asking to return an appeal (不归我管)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import composing
from bot.cards.card import Card, send
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting, in_place, toast, under_card
from bot.conversations.office.numbers import is_nobody
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import claiming
from bot.services.claiming import ReturnReason
from bot.services.triaging import return_asked
from bot.texts import office as words
from bot.texts.dates import clock_near
from storage.domain import deadlines
from storage.domain.errors import InputRefused
from storage.domain.words import Urgency
from storage.tables import Appeal, Staff

router = Router(name="office.more")


@router.callback_query(Pressed("o.more"))
async def more_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Offer what else works."""
    appeal, _ = await acting(turn, press.number)
    return [await under_card(turn, appeal, composing.more(appeal.id, number=appeal.number))]


@router.callback_query(Pressed("o.back"))
async def back_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Close the list."""
    await acting(turn, press.number)
    return in_place(query, turn, Card(words.STOPPED))


@router.callback_query(Pressed("o.phone"))
async def phone_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask what the number is wanted for."""
    appeal, _ = await acting(turn, press.number)
    if appeal.phone is None or is_nobody(turn):
        return [toast(query, words.NOBODY_SEES_IT if is_nobody(turn) else words.NO_PHONE, alert=True)]
    card = composing.why_phone(appeal.id, user_id=turn.person.user_id)
    return in_place(query, turn, card) if press.argument else [await under_card(turn, appeal, card)]


@router.callback_query(Pressed("o.show"))
async def phone_reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the number to this one person, in private, and keep that they saw it."""
    appeal, staff = await acting(turn, press.number)
    if appeal.phone is None or is_nobody(turn):
        return [toast(query, words.NOBODY_SEES_IT if is_nobody(turn) else words.NO_PHONE, alert=True)]
    if press.argument not in words.PHONE_REASONS:
        raise InputRefused("no_such_reason")
    if turn.person.unreachable_since is not None:
        return [toast(query, words.OPEN_PRIVATE_CHAT, alert=True)]
    await claiming.note_phone_seen(turn.session, appeal=appeal, staff=staff, reason=press.argument, now=turn.now)
    reason = words.PHONE_REASONS[press.argument]
    text = words.phone(alias=words.alias(appeal.alias), phone=appeal.phone, reason=reason)
    private = send(turn.person.user_id, Card(text), protect=True)
    return [
        Say(private, appeal=appeal.id, role="phone"),
        *in_place(query, turn, Card(words.PHONE_SENT_AND_LOGGED)),
        toast(query, words.PHONE_SENT),
    ]


@router.callback_query(Pressed("o.notours"))
async def not_ours_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask why it is not theirs."""
    appeal, _ = await acting(turn, press.number)
    claiming.returnable(appeal)
    if await return_asked(turn.session, appeal.id):
        return [toast(query, words.RETURN_ASKED_ALREADY, alert=True)]
    card = composing.why_not_ours(appeal.id, number=appeal.number, user_id=turn.person.user_id)
    return [await under_card(turn, appeal, card)]


@router.callback_query(Pressed("o.return"))
async def return_reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask whose it is, where some units come to mind."""
    appeal, staff = await acting(turn, press.number)
    claiming.returnable(appeal)
    reason = _reason(press.argument)
    others = claiming.others_likely(appeal, turn.city)
    if not others:
        return await _ask_return(query, turn, appeal, staff, reason, suggested=None)
    return in_place(query, turn, composing.whose(appeal.id, reason=reason, units=others, user_id=turn.person.user_id))


@router.callback_query(Pressed("o.whose"))
async def right_unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the unit that the staff named, or that they know none."""
    appeal, staff = await acting(turn, press.number)
    reason, _, code = press.argument.partition(".")
    named = {unit.code for unit in claiming.others_likely(appeal, turn.city)}
    return await _ask_return(query, turn, appeal, staff, _reason(reason), suggested=code if code in named else None)


async def _ask_return(
    query: CallbackQuery, turn: Turn, appeal: Appeal, staff: Staff, reason: ReturnReason, *, suggested: str | None
) -> list[Spoken]:
    """Put the request before the dispatchers; the unit keeps the appeal until they decide."""
    if await return_asked(turn.session, appeal.id):
        return [toast(query, words.RETURN_ASKED_ALREADY, alert=True)]
    await claiming.ask_return(
        turn.session, appeal=appeal, staff=staff, reason=reason, suggested=suggested, now=turn.now
    )
    due = deadlines.triage_due(Urgency(appeal.urgency), turn.now, turn.calendar, turn.city.limits)
    unit = turn.city.department(appeal.department or "")
    until = clock_near(due, turn.now, turn.calendar)
    return in_place(query, turn, Card(words.return_asked(until=until, department=unit.name if unit else "")))


def _reason(said: str) -> ReturnReason:
    if said not in words.RETURN_REASONS:
        raise InputRefused("no_such_reason")
    return ReturnReason(said)
