"""A dispatcher merges an appeal into another (并单) by a button or a command, and takes it out again."""

from collections.abc import Sequence
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import gathering as cards
from bot.cards.card import Card, send
from bot.conversations.contents import words_of
from bot.conversations.filters import InOffice, Press, Pressed, Says
from bot.conversations.office.ground import answer_to, in_place
from bot.conversations.triage.asking import RepliesTo
from bot.conversations.triage.dispatching import must_be_dispatcher, must_dispatch_here, seen_by
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import merging
from bot.services.binding import Purpose
from bot.services.moving import find
from bot.texts import gathering as words
from storage.domain.errors import InputRefused
from storage.domain.numbers import parse_number
from storage.repositories import appeals
from storage.tables import Appeal, Draft

router = Router(name="triage.merging")
ROLE: Final = "merge"
_PAIR: Final = 2


@router.callback_query(Pressed("t.merge"))
async def merge_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the number of the other one, to be sent as a reply."""
    await must_be_dispatcher(turn, press.number)
    appeal = await find(turn.session, press.number)
    return [_below(turn, appeal, cards.ask_which(appeal, await _alike(turn, appeal)))]


@router.callback_query(Pressed("t.like"))
async def alike_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show the one that was named as like it, and ask whether it is the same."""
    await must_be_dispatcher(turn, press.number)
    if not press.argument.isdecimal():
        raise InputRefused("no_such_reason")
    return await _asked(turn, press.number, int(press.argument))


async def _alike(turn: Turn, appeal: Appeal) -> Sequence[Appeal]:
    """Return the open appeals that seem to tell the same, the likeliest first; of a secret nothing is compared."""
    if appeal.confidential:
        return ()
    same = Draft(
        person_id=appeal.citizen_id,
        text=appeal.text,
        town=appeal.town,
        village=appeal.village,
        place=appeal.place,
        created_at=turn.now,
        updated_at=turn.now,
    )
    return await merging.candidates(turn.session, appeal, await turn.house.find_alike(turn.session, same))


@router.message(Says(), RepliesTo(ROLE))
async def number_written(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Show the other one, and ask whether it is the same."""
    other = await _numbered(turn, words_of(message))
    if other is None:
        return [answer_to(message, words.UNKNOWN_NUMBER)]
    return await _asked(turn, appeal_id, other.id)


@router.message(InOffice(Purpose.TRIAGE), Says("merge"))
async def merge_wanted(message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Do the same for two numbers; any open appeal can be reached so."""
    must_dispatch_here(turn)
    found = [await _numbered(turn, each) for each in argument.split()]
    both = [each for each in found if each is not None]
    if len(found) != _PAIR:
        return [answer_to(message, words.HOW_TO_MERGE)]
    if len(both) != _PAIR:
        return [answer_to(message, words.UNKNOWN_NUMBER)]
    return await _asked(turn, both[0].id, both[1].id)


@router.callback_query(Pressed("t.same"))
async def same_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Merge it; the citizens and the units are told by the events."""
    await must_be_dispatcher(turn, press.number)
    if not press.argument.isdecimal():
        raise InputRefused("no_such_reason")
    appeal, lead = await merging.merge(
        turn.session,
        appeal_id=press.number,
        other_id=int(press.argument),
        person_id=turn.person.id,
        now=turn.now,
        calendar=turn.calendar,
    )
    return in_place(query, turn, Card(words.merged(number=appeal.number, lead=lead.number)))


@router.callback_query(Pressed("t.other"))
async def other_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Leave both as they are."""
    await must_be_dispatcher(turn, press.number)
    return in_place(query, turn, Card(words.CANCELLED))


@router.message(InOffice(Purpose.TRIAGE), Says("unmerge"))
async def unmerge_wanted(message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Take it out of its lead; the event puts its card before the dispatchers."""
    must_dispatch_here(turn)
    appeal = await _numbered(turn, argument)
    if appeal is None:
        return [answer_to(message, words.UNKNOWN_NUMBER if argument else words.HOW_TO_UNMERGE)]
    taken, lead = await merging.unmerge(
        turn.session,
        appeal_id=appeal.id,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    return [answer_to(message, words.unmerged(number=taken.number, lead=lead.number))]


async def _numbered(turn: Turn, text: str) -> Appeal | None:
    number = parse_number(text)
    return await appeals.by_number(turn.session, number) if number else None


async def _asked(turn: Turn, appeal_id: int, other_id: int) -> list[Spoken]:
    """Ask whether they are the same, unless they may not be merged; of a merged one its lead is meant."""
    await must_be_dispatcher(turn, appeal_id)
    appeal, lead = await merging.pair(turn.session, appeal_id, other_id)
    return [_below(turn, appeal, cards.ask_same(appeal, await seen_by(turn, lead.id)))]


def _below(turn: Turn, appeal: Appeal, card: Card) -> Say:
    call = send(turn.chat_id, card, protect=True, thread=turn.thread_id)
    return Say(call, reply_to=f"triage:{appeal.id}", appeal=appeal.id, role=ROLE)
