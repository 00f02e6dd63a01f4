"""A dispatcher splits an appeal into several (拆单): one sentence each, seen together, then done."""

from typing import Any, Final

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import gathering as cards
from bot.cards.card import Card, send
from bot.conversations.contents import words_of
from bot.conversations.filters import InOffice, Press, Pressed, Says
from bot.conversations.office.ground import LONGEST, answer_to, in_place, toast
from bot.conversations.triage.asking import RepliesTo
from bot.conversations.triage.dispatching import must_be_dispatcher, must_dispatch_here
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import parting
from bot.services.binding import Purpose
from bot.services.guessing import Guess
from bot.services.moving import find
from bot.services.parting import FEWEST, MOST, Part
from bot.texts import gathering as words
from bot.texts.fitting import units
from storage.domain.errors import InputRefused
from storage.domain.numbers import parse_number
from storage.repositories import appeals
from storage.tables import Appeal

router = Router(name="triage.parting")
ROLE: Final = "split"
_READY: Final = "triage.split"


@router.callback_query(Pressed("t.split"))
async def split_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the first part, to be sent as a reply."""
    return await _prompted(turn, press.number)


@router.message(InOffice(Purpose.TRIAGE), Says("split"))
async def split_wanted(message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Do the same for a number; any open appeal can be reached so."""
    must_dispatch_here(turn)
    number = parse_number(argument)
    appeal = await appeals.by_number(turn.session, number) if number else None
    if appeal is None:
        return [answer_to(message, words.UNKNOWN_NUMBER if argument else words.HOW_TO_SPLIT)]
    return await _prompted(turn, appeal.id)


@router.message(Says(), RepliesTo(ROLE))
async def part_written(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Add one part, with what the classifier thinks of it, and show what there is so far."""
    appeal = await _partable(turn, appeal_id)
    text = words_of(message).strip()
    if units(text) > LONGEST // 3:
        raise InputRefused("too_long")
    guess = turn.guess(text)
    told = [*_told(turn, appeal_id), {"text": text, "guess": guess.to_json()}]
    if len(told) > MOST:
        raise InputRefused("split_count")
    turn.talk.ask(_READY, appeal=appeal_id, parts=told)
    return [_below(turn, appeal, cards.parts_so_far(appeal, [str(each["text"]) for each in told]))]


@router.callback_query(Pressed("t.spmore"))
async def more_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Say how another part is added."""
    await must_be_dispatcher(turn, press.number)
    return [toast(query, words.HOW_TO_ADD, alert=True)]


@router.callback_query(Pressed("t.spdone"))
async def done_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Split it; the events tell the citizen and the unit, and put the new ones before the dispatchers."""
    await must_be_dispatcher(turn, press.number)
    told = _told(turn, press.number)
    if not told:
        return [toast(query, words.STALE, alert=True)]
    if len(told) < FEWEST:
        raise InputRefused("split_count")
    _, *others = await parting.part(
        turn.session,
        appeal_id=press.number,
        parts=[Part(str(each["text"]), Guess.from_json(each["guess"])) for each in told],
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
        draw=turn.house.draw,
    )
    appeal = await find(turn.session, press.number)
    turn.talk.end()
    text = words.split_done(number=appeal.number, parts=[each.number for each in others])
    return in_place(query, turn, Card(text))


@router.callback_query(Pressed("t.spcancel"))
async def cancel_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Leave the appeal as it is."""
    await must_be_dispatcher(turn, press.number)
    if _told(turn, press.number):
        turn.talk.end()
    return in_place(query, turn, Card(words.CANCELLED))


async def _prompted(turn: Turn, appeal_id: int) -> list[Spoken]:
    appeal = await _partable(turn, appeal_id)
    if _told(turn, appeal_id):
        turn.talk.end()
    return [_below(turn, appeal, Card(words.split_prompt(number=appeal.number)))]


async def _partable(turn: Turn, appeal_id: int) -> Appeal:
    """Return the appeal, locked; raise unless this dispatcher may split it now."""
    await must_be_dispatcher(turn, appeal_id)
    appeal = await find(turn.session, appeal_id)
    parting.partable(appeal)
    return appeal


def _told(turn: Turn, appeal_id: int) -> list[dict[str, Any]]:
    """Return the parts this dispatcher has written."""
    memo = turn.talk.memo
    mine = turn.talk.state == _READY and memo.get("appeal") == appeal_id
    return list(memo.get("parts", [])) if mine else []


def _below(turn: Turn, appeal: Appeal, card: Card) -> Say:
    call = send(turn.chat_id, card, protect=True, thread=turn.thread_id)
    return Say(call, reply_to=f"triage:{appeal.id}", appeal=appeal.id, role=ROLE)
