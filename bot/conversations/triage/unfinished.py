"""A dispatcher decides what becomes of something told and not handed in (没交完)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import care as cards
from bot.cards.card import Card, edit, send
from bot.conversations.citizen import steps
from bot.conversations.citizen.taking import hand_in
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import toast
from bot.conversations.office.numbers import shown_in_private
from bot.conversations.triage.dispatching import must_dispatch_here
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import caring
from bot.services.binding import Role
from bot.services.moving import Actor
from bot.texts import triage as words
from storage.domain.errors import NotFound
from storage.repositories import people
from storage.tables import Draft, Person

router = Router(name="triage.unfinished")


@router.callback_query(Pressed("t.finish"))
async def submit_for_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """File it for its citizen, who gets the usual receipt; the card is changed by the event."""
    must_dispatch_here(turn)
    found = await _found(turn, press)
    if found is None:
        return _gone(query, turn)
    draft, person = found
    steps.need_guess(turn, draft)
    await _file(turn, draft, person)
    return []


@router.callback_query(Pressed("t.ask"))
async def ask_by_phone_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give the number in private and keep that it was seen; ask for one where there is none."""
    must_dispatch_here(turn)
    found = await _found(turn, press)
    if found is None:
        return _gone(query, turn)
    draft, person = found
    if draft.phone is not None:
        text = words.phone_of(alias=draft.alias or "", phone=draft.phone, reason=words.CALL_REASON)
        return await shown_in_private(query, turn, text, reason="unfinished", in_place=False, draft=draft.id)
    if not await caring.ask_for_number(turn.session, draft, dispatcher_id=turn.person.id, now=turn.now):
        return [toast(query, words.ASKED_ALREADY, alert=True)]
    asked = Say(send(person.user_id, cards.wants_to_call(draft)), once=True, role="notice")
    return [asked, toast(query, words.ASKED_FOR_NUMBER, alert=True)]


@router.callback_query(Pressed("t.leave"))
async def never_mind_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Forget it, and tell its citizen that nothing was filed and how to begin again."""
    must_dispatch_here(turn)
    found = await _found(turn, press)
    if found is None:
        return _gone(query, turn)
    draft, person = found
    told = Say(send(person.user_id, cards.left(draft)), once=True, role="notice")
    left = Card(words.unfinished_left(alias=draft.alias or "", name=_name(turn)))
    await caring.leave(turn.session, draft, person, dispatcher_id=turn.person.id, now=turn.now)
    return [told, *_in_place(query, turn, left)]


async def _file(turn: Turn, draft: Draft, person: Person) -> None:
    house, chat = turn.house, person.user_id
    talk = await people.conversation(turn.session, platform=house.platform, bot=house.bot, chat_id=chat, user_id=chat)
    told = talk.memo.get("parts") if talk is not None else None
    parts = told if isinstance(told, dict) else {}
    await hand_in(turn, draft, person, parts, actor=Actor.DISPATCHER)
    await people.end_conversation(turn.session, person)


async def _found(turn: Turn, press: Press) -> tuple[Draft, Person] | None:
    try:
        return await caring.shown(turn.session, press.number)
    except NotFound:
        return None


def _gone(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    return [*_in_place(query, turn, Card(words.DRAFT_GONE)), toast(query, words.DRAFT_GONE)]


def _in_place(query: CallbackQuery, turn: Turn, card: Card) -> list[Spoken]:
    return [edit(turn.chat_id, card, message_id=query.message.message_id)] if query.message else []


def _name(turn: Turn) -> str:
    role = turn.role(Role.DISPATCHER)
    return role.name if role else words.SOMEBODY
