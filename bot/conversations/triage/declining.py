"""A dispatcher declines an appeal (不予受理): the reason, what fills it in, how the citizen will read it, sent."""

from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import declining as cards
from bot.cards.card import Card, send
from bot.conversations.contents import words_of
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import LONGEST, answer_to, in_place, known, replied_to, toast
from bot.conversations.triage.dispatching import must_be_dispatcher, on_card, undecided_card
from bot.conversations.triage.filling import Filled, at_once, picked, usual, written
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import declining
from bot.services.binding import Role
from bot.services.declining import DeclineReason
from bot.services.moving import find
from bot.texts import declining as words
from bot.texts.fitting import units
from storage.domain.errors import InputRefused
from storage.domain.masking import mask
from storage.tables import Appeal

router = Router(name="triage.declining")
_READY: Final = "triage.decline"
_ROLE: Final = "decline:"


class FillsIn(BaseFilter):
    """A dispatcher replies to the question that fills a reason in; handed on as `appeal_id` and `reason`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int | str]:
        """Look the message up that was replied to; its role says which reason it asks about."""
        target = replied_to(message)
        if target is None or turn.role(Role.DISPATCHER) is None or (message.text or "/").startswith("/"):
            return False
        found = await known(turn, target)
        if found is None or not found.role.startswith(_ROLE):
            return False
        return {"appeal_id": found.appeal_id, "reason": found.role.removeprefix(_ROLE)}


@router.callback_query(Pressed("t.decline"))
async def decline_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the reason on the card itself."""
    await _declinable(turn, press.number)
    card = await undecided_card(turn, press.number)
    return on_card(query, turn, press.number, cards.reasons(card, press.number))


@router.callback_query(Pressed("t.dreason"))
async def reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give the card its buttons back; below it, ask what fills the reason in, or show how it will read."""
    appeal = await _declinable(turn, press.number)
    reason = _reason(press.argument)
    restored = on_card(query, turn, appeal.id, await undecided_card(turn, appeal.id))
    filled = at_once(reason)
    if filled is not None:
        return [*restored, _below(turn, appeal, _ready(turn, appeal, reason, filled), reason)]
    labels = await usual(turn, appeal, reason)
    text = words.WHICH_ANSWER if reason == DeclineReason.ANSWERED else words.WHO_INSTEAD
    asked = cards.choices(appeal.id, reason, text, labels) if labels else cards.ask(appeal.id, words.ASKS[reason])
    return [*restored, _below(turn, appeal, asked, reason)]


@router.callback_query(Pressed("t.dpick"))
async def choice_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show how it will read with what was picked."""
    appeal = await _declinable(turn, press.number)
    reason, _, key = press.argument.partition(".")
    filled = await picked(turn, appeal, _reason(reason), key)
    if filled is None:
        raise InputRefused("no_such_reason")
    return in_place(query, turn, _ready(turn, appeal, reason, filled))


@router.callback_query(Pressed("t.dwrite"))
async def write_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for what fills it in, to be sent as a reply."""
    appeal = await _declinable(turn, press.number)
    text = words.ASKS.get(_reason(press.argument))
    return in_place(query, turn, cards.ask(appeal.id, text)) if text else []


@router.message(Says(), FillsIn())
async def filled_in(message: Message, turn: Turn, appeal_id: int, reason: str) -> list[Spoken]:
    """Show how it will read; where the words do not fill it in, ask once more."""
    appeal = await _declinable(turn, appeal_id)
    text = words_of(message)
    if units(text) > LONGEST // 3:
        return [answer_to(message, words.TOO_LONG)]
    filled = await written(turn, appeal, _reason(reason), text)
    if filled is None:
        again = words.NOT_READ.get(reason)
        return [_below(turn, appeal, cards.ask(appeal.id, again), reason)] if again else []
    return [_below(turn, appeal, _ready(turn, appeal, reason, filled), reason)]


@router.callback_query(Pressed("t.dsend"))
async def send_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Decline it; the citizen and the card are told by the event."""
    await must_be_dispatcher(turn, press.number)
    memo = turn.talk.memo
    if turn.talk.state != _READY or memo.get("appeal") != press.number:
        return [toast(query, words.STALE, alert=True)]
    appeal = await declining.decline(
        turn.session,
        appeal_id=press.number,
        reason=DeclineReason(memo["reason"]),
        text=str(memo["text"]),
        office=str(memo["office"]),
        phone=str(memo["phone"]),
        person_id=turn.person.id,
        now=turn.now,
    )
    turn.talk.end()
    return in_place(query, turn, Card(words.sent(number=appeal.number)))


@router.callback_query(Pressed("t.dcancel"))
async def cancel_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Leave the appeal as it is."""
    await must_be_dispatcher(turn, press.number)
    if turn.talk.state == _READY and turn.talk.memo.get("appeal") == press.number:
        turn.talk.end()
    return in_place(query, turn, Card(words.CANCELLED))


async def _declinable(turn: Turn, appeal_id: int) -> Appeal:
    """Return the appeal, locked; raise unless this dispatcher may decline it now."""
    await must_be_dispatcher(turn, appeal_id)
    appeal = await find(turn.session, appeal_id)
    await declining.declinable(turn.session, appeal)
    return appeal


def _reason(said: str) -> str:
    if said not in words.REASONS:
        raise InputRefused("no_such_reason")
    return said


def _ready(turn: Turn, appeal: Appeal, reason: str, filled: Filled) -> Card:
    """Keep what is to be sent, and return how the citizen will read it."""
    kept = {"text": filled.text, "office": filled.office, "phone": filled.phone}
    turn.talk.ask(_READY, appeal=appeal.id, reason=reason, **kept)
    quoted = mask(filled.text) if reason in {DeclineReason.ANSWERED, DeclineReason.OTHER} else filled.text
    return cards.preview(appeal.id, cards.told_to(appeal, reason=reason, **{**kept, "text": quoted}))


def _below(turn: Turn, appeal: Appeal, card: Card, reason: str) -> Say:
    call = send(turn.chat_id, card, protect=True, thread=turn.thread_id)
    return Say(call, reply_to=f"triage:{appeal.id}", appeal=appeal.id, role=f"{_ROLE}{reason}")
