"""A dispatcher follows up somebody who may be in danger, or sees that it is no emergency."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import danger as cards
from bot.cards.card import send_to
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import toast
from bot.conversations.office.numbers import shown_in_private
from bot.conversations.triage.dispatching import must_dispatch_here
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import alarming
from bot.services.binding import Role
from bot.texts import triage as words
from storage.domain.errors import InputRefused, NotFound
from storage.repositories import dangers, offices
from storage.tables import DangerCase

router = Router(name="triage.danger")


@router.callback_query(Pressed("t.dfollow"))
async def follow_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Note who follows it up; the second one is told who was first."""
    must_dispatch_here(turn)
    case = await alarming.follow(turn.session, press.number, person_id=turn.person.id, now=turn.now)
    if case.state not in alarming.RUNNING:
        return [toast(query, words.CASE_SETTLED, alert=True)]
    if case.followed_by == turn.person.id:
        return []
    name = await _name(turn, case.followed_by)
    return [toast(query, words.followed_by_other(name=name), alert=True)]


@router.callback_query(Pressed("t.dcalm"))
async def no_emergency_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give the draft or the appeal its ordinary urgency back; the citizen hears nothing of it."""
    must_dispatch_here(turn)
    case = await alarming.dismiss(
        turn.session,
        press.number,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    return [] if case.settled_by == turn.person.id else [toast(query, words.CASE_SETTLED, alert=True)]


@router.callback_query(Pressed("t.dphone"))
async def phone_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask the one who follows it up what the number is wanted for."""
    case = await _followed(turn, press.number)
    if case.followed_by != turn.person.id:
        return [toast(query, words.FOLLOW_FIRST, alert=True)]
    if await alarming.phone_of(turn.session, case) is None:
        return [toast(query, words.NO_PHONE_LEFT, alert=True)]
    if turn.office is None:
        return []
    asked = send_to(turn.office, cards.why_phone(case.id))
    return [Say(asked, reply_to=f"danger:{case.id}", appeal=case.appeal_id, role="danger")]


@router.callback_query(Pressed("t.dshow"))
async def phone_reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the number to this one person, in private, and keep that they saw it."""
    case = await _followed(turn, press.number)
    phone = await alarming.phone_of(turn.session, case)
    if case.followed_by != turn.person.id:
        return [toast(query, words.FOLLOW_FIRST, alert=True)]
    if phone is None:
        return [toast(query, words.NO_PHONE_LEFT, alert=True)]
    if press.argument not in words.PHONE_REASONS:
        raise InputRefused("no_such_reason")
    reason = words.PHONE_REASONS[press.argument]
    text = words.phone_of(alias=case.alias, phone=phone, reason=reason)
    return await shown_in_private(query, turn, text, reason=press.argument, appeal_id=case.appeal_id, case=case.id)


async def _followed(turn: Turn, case_id: int) -> DangerCase:
    must_dispatch_here(turn)
    case = await dangers.get(turn.session, case_id)
    if case is None:
        raise NotFound(f"no case {case_id}")
    return case


async def _name(turn: Turn, person_id: int | None) -> str:
    roles = await offices.roles(turn.session, person_id) if person_id else ()
    return next((each.name for each in roles if each.role == Role.DISPATCHER), words.SOMEBODY)
