"""What supervisors do about a citizen's word to them: answer it, have the appeal handled again or asked about."""

import re
from datetime import timedelta
from typing import Any, Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import concerns as cards
from bot.cards.card import Card, edit, send
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import answer_to, is_note, replied_to, toast
from bot.conversations.office.numbers import is_nobody
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import reopening, settling
from bot.services.binding import Purpose, Role
from bot.services.concerns import ANSWERS, ROLE, ConcernKind, ConcernState
from bot.services.moving import Actor
from bot.services.naming import DECIDERS, office_of_supervisors
from bot.texts import concerns as words
from bot.texts import office as office_words
from bot.texts.fitting import fit, units
from storage.domain.errors import NotYours
from storage.domain.masking import clean_text, has_private_number
from storage.repositories import messages, outbox, people, recalls
from storage.tables import Appeal, Concern

router = Router(name="supervision.concerns")
_ASKED: Final = "supervision.concern"
_KEY: Final = re.compile(r"concern:(\d+)")
_LONGEST: Final = 3000  # UTF-16 units: what the wrapping needs is left free
_PRIVATE_LIMIT: Final = 3500


class AnswersConcern(BaseFilter):
    """A reply, where supervisors decide, to the card of a concern."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the concern's id on as `concern_id`."""
        target = replied_to(message)
        here = turn.office is not None and turn.office.purpose in DECIDERS
        if target is None or not here or ((message.text or "").startswith("/") and not is_note(message.text or "")):
            return False
        place: dict[str, Any] = {"platform": turn.house.platform, "bot": turn.house.bot, "chat_id": turn.chat_id}
        known = await messages.find(turn.session, **place, message_id=target)
        if known is None or known.role != ROLE or known.outbox_id is None:
            return False
        row = await outbox.get(turn.session, known.outbox_id)
        named = _KEY.fullmatch((row.key or "") if row else "")
        return {"concern_id": int(named[1])} if named else False


@router.message(AnswersConcern())
async def answered(message: Message, turn: Turn, concern_id: int) -> list[Spoken]:
    """Let a reply to the card go to the citizen after some seconds; where it may not be meant for them, ask first."""
    await _deciding(turn)
    await settling.undecided(turn.session, concern_id, person_id=turn.person.id)
    if is_note(message.text or message.caption or ""):
        return []
    text = clean_text(message.text or "").strip()
    if not text:
        return [answer_to(message, words.ONLY_TEXT)]
    if units(text) > _LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    if has_private_number(text) or _names_somebody(message):
        turn.talk.ask(_ASKED, concern=concern_id, text=text)
        return [_prompt(message, turn, cards.ask_first(concern_id))]
    sent = await _answer(turn, concern_id, text, hold=True)
    return [sent, _prompt(message, turn, cards.held(concern_id, seconds=turn.house.hold_seconds))]


@router.callback_query(Pressed("s.csend"))
async def send_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send a reply that was asked about; only whoever wrote it can."""
    await _deciding(turn)
    memo = turn.talk.memo
    if turn.talk.state != _ASKED or memo.get("concern") != press.number:
        raise NotYours
    turn.talk.end()
    return [await _answer(turn, press.number, str(memo["text"]), hold=False), *_in_place(query, turn, words.SENT_NOW)]


@router.callback_query(Pressed("s.cdrop"))
async def drop_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Do not send it; only whoever wrote it can say so."""
    await _deciding(turn)
    if turn.talk.state != _ASKED or turn.talk.memo.get("concern") != press.number:
        raise NotYours
    turn.talk.end()
    return _in_place(query, turn, words.NOT_SENT)


@router.callback_query(Pressed("s.cstop"))
async def stop_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take back a reply that waits; the concern waits for another one."""
    actor = await _deciding(turn)
    _, concern = await settling.before_supervisors(turn.session, press.number, person_id=turn.person.id)
    if concern.state != ConcernState.ANSWERED or not await _taken_back(turn, concern):
        return [toast(query, words.GONE_ALREADY, alert=True)]
    await settling.unsettle(turn.session, concern, actor=actor, person_id=turn.person.id, now=turn.now)
    return _in_place(query, turn, words.NOT_SENT)


@router.callback_query(Pressed("s.creply"))
async def reply_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Say how to answer."""
    await _deciding(turn)
    await settling.undecided(turn.session, press.number, person_id=turn.person.id)
    return [toast(query, words.HOW_TO_REPLY, alert=True)]


@router.callback_query(Pressed("s.credo"))
async def redo_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Have the unit handle it again; everybody is told by the event, the unit nothing of why."""
    actor = await _deciding(turn)
    appeal, concern = await settling.undecided(turn.session, press.number, person_id=turn.person.id)
    by: dict[str, Any] = {"actor": actor, "person_id": turn.person.id, "now": turn.now}
    await reopening.reopen_for_supervisor(turn.session, appeal, **by, city=turn.city, calendar=turn.calendar)
    await settling.settle(turn.session, concern, ConcernState.REOPENED, **by)
    return []


@router.callback_query(Pressed("s.ccheck"))
async def check_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Have the citizen asked by telephone today."""
    actor = await _deciding(turn)
    appeal, concern = await settling.undecided(turn.session, press.number, person_id=turn.person.id)
    by: dict[str, Any] = {"actor": actor, "person_id": turn.person.id, "now": turn.now}
    await settling.draw(turn.session, appeal, concern, **by, calendar=turn.calendar)
    return []


@router.callback_query(Pressed("s.crecord"))
async def record_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Put it on record, which settles it; what an answer was promised to is not settled so."""
    actor = await _deciding(turn)
    _, concern = await settling.undecided(turn.session, press.number, person_id=turn.person.id)
    if concern.kind == ConcernKind.COMPLAINT:
        raise NotYours
    by: dict[str, Any] = {"actor": actor, "person_id": turn.person.id, "now": turn.now}
    await settling.settle(turn.session, concern, ConcernState.RECORDED, **by)
    return []


@router.callback_query(Pressed("s.ccontact"))
async def contact_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show this one supervisor the citizen's number in private; without one, say how to write to them."""
    actor = await _deciding(turn)
    appeal, concern = await settling.undecided(turn.session, press.number, person_id=turn.person.id)
    if appeal.phone is None:
        return [toast(query, words.NO_PHONE, alert=True)]
    text = words.phone(number=appeal.number, alias=office_words.alias(appeal.alias), phone=appeal.phone)
    return await _in_private(query, turn, appeal, concern, actor, text, said=words.PHONE_IN_PRIVATE)


@router.callback_query(Pressed("s.cread"))
async def read_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show one supervisor in private what is confidential."""
    actor = await _deciding(turn)
    appeal, concern = await settling.before_supervisors(turn.session, press.number, person_id=turn.person.id)
    said = cards.said_in(concern)
    text = words.private(number=appeal.number, alias=office_words.alias(appeal.alias), text=fit(said, _PRIVATE_LIMIT))
    return await _in_private(query, turn, appeal, concern, actor, text, said=words.READ_IN_PRIVATE)


async def _in_private(
    query: CallbackQuery, turn: Turn, appeal: Appeal, concern: Concern, actor: Actor, text: str, *, said: str
) -> list[Spoken]:
    """Send it to whoever pressed, and keep that they saw it."""
    if is_nobody(turn) or turn.person.unreachable_since is not None:
        return [toast(query, words.NOBODY if is_nobody(turn) else words.OPEN_PRIVATE_CHAT, alert=True)]
    await settling.note_opened(turn.session, concern, actor=actor, person_id=turn.person.id, now=turn.now)
    private = Say(send(turn.person.user_id, Card(text), protect=True), appeal=appeal.id, role="concern_private")
    return [private, toast(query, said, alert=True)]


async def _answer(turn: Turn, concern_id: int, text: str, *, hold: bool) -> Say:
    """Settle the concern with an answer, and send it to the citizen."""
    actor = await _deciding(turn)
    appeal, concern = await settling.undecided(turn.session, concern_id, person_id=turn.person.id)
    by: dict[str, Any] = {"actor": actor, "person_id": turn.person.id, "now": turn.now}
    await settling.settle(turn.session, concern, ConcernState.ANSWERED, **by, answer=text)
    citizen = await people.get(turn.session, concern.person_id)
    told = words.answered(text=text, title=appeal.title, number=appeal.number)
    after = turn.now + timedelta(seconds=turn.house.hold_seconds) if hold else None
    call = send(citizen.user_id, Card(told))
    return Say(call, key=f"{ANSWERS}:{concern.id}", appeal=appeal.id, role=ANSWERS, after=after)


async def _deciding(turn: Turn) -> Actor:
    """Return in what office this person decides here; raise NotYours unless it is here that supervisors do.

    Dispatchers decide where there are no supervisors.
    """
    house, office = turn.house, turn.office
    where = await office_of_supervisors(turn.session, platform=house.platform, bot=house.bot)
    if office is None or where is None or office.id != where.id or turn.role(DECIDERS[Purpose(office.purpose)]) is None:
        raise NotYours
    return Actor.SUPERVISOR if turn.role(Role.SUPERVISOR) is not None else Actor.DISPATCHER


async def _taken_back(turn: Turn, concern: Concern) -> bool:
    """Stop an answer that waits; one that was tried may have arrived although nobody said so."""
    house = turn.house
    key = f"{ANSWERS}:{concern.id}"
    waiting = await recalls.unsent_named(turn.session, platform=house.platform, bot=house.bot, key=key)
    return bool(waiting) and await recalls.cancel(turn.session, waiting[-1].id, now=turn.now)


def _names_somebody(message: Message) -> bool:
    """Whether the reply speaks to somebody in the group rather than to the citizen."""
    marks = message.entities or ()
    return any(each.type in {"mention", "text_mention"} for each in marks) or "@" in (message.text or "")


def _prompt(message: Message, turn: Turn, card: Card) -> Say:
    call = send(turn.chat_id, card, protect=True, thread=turn.thread_id, answers=message.message_id)
    return Say(call, role="prompt")


def _in_place(query: CallbackQuery, turn: Turn, text: str) -> list[Spoken]:
    return [edit(turn.chat_id, Card(text), message_id=query.message.message_id)] if query.message else []
