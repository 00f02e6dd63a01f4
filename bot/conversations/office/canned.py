"""Canned replies (常用语): /t lists, keeps, removes and says them; 用常用语 offers them for an answer."""

import re

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import composing
from bot.conversations.filters import InOffice, Press, Pressed, Says
from bot.conversations.office.answering import outcome_of, preview_card
from bot.conversations.office.ground import acting, answer_to, in_place, meant, remember
from bot.conversations.office.lists import colleague
from bot.conversations.office.relaying import offered
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import answering, canned, relaying
from bot.services.relaying import Manner
from bot.texts import office as words
from storage.domain.errors import InputRefused

router = Router(name="office.canned")
_KEEPS = re.compile(r"\s*[=\uff1d]\s*")


@router.message(InOffice("department"), Says("t"))
async def phrase_asked(message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Do with the unit's sentences what is asked."""
    staff = colleague(turn)
    if not argument:
        found = await canned.of_unit(turn.session, staff.department)
        return [answer_to(message, words.phrases(lines=[(each.name, each.text) for each in found]))]
    if argument.startswith("-"):
        await canned.remove(turn.session, staff=staff, name=argument[1:])
        return [answer_to(message, words.phrase_removed(name=argument[1:].strip()))]
    name, *text = _KEEPS.split(argument, maxsplit=1)
    if text:
        kept = await canned.keep(turn.session, staff=staff, name=name, text=text[0], now=turn.now)
        return [answer_to(message, words.phrase_kept(name=kept.name))]
    return await _said(message, turn, name)


async def _said(message: Message, turn: Turn, name: str) -> list[Spoken]:
    """Put a sentence into the way of a normal reply: held, and then sent to the citizen."""
    found = await canned.named(turn.session, colleague(turn).department, name)
    about = await meant(turn, message)
    if about is None or about.role == "staff":
        return [answer_to(message, words.PHRASE_NEEDS_A_CARD)]
    appeal, staff = await acting(turn, about.appeal_id)
    await remember(turn, message, appeal)
    said = await relaying.keep(
        turn.session,
        appeal=appeal,
        staff=staff,
        text=found.text,
        manner=Manner.PLAIN,
        source=(turn.chat_id, message.message_id),
        now=turn.now,
    )
    return await offered(turn, message, appeal, staff, said, aside="")


@router.callback_query(Pressed("o.canned"))
async def phrases_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Offer the unit's sentences for the answer that is being written."""
    appeal, staff = await acting(turn, press.number)
    outcome = outcome_of(press.argument)
    found = await canned.of_unit(turn.session, staff.department)
    if not found:
        raise InputRefused("no_phrases")
    turn.talk.ask("office.answer", appeal=appeal.id, outcome=outcome.value)
    named = [(each.id, each.name) for each in found]
    card = composing.choose_phrase(appeal.id, phrases=named, outcome=outcome, user_id=turn.person.user_id)
    return in_place(query, turn, card)


@router.callback_query(Pressed("o.phrase"))
async def phrase_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the sentence as the answer, after a look at it."""
    appeal, staff = await acting(turn, press.number)
    outcome, _, number = press.argument.partition(".")
    chosen = await canned.numbered(
        turn.session, staff.department, int(number) if number.isascii() and number.isdigit() else 0
    )
    said = await answering.draft(
        turn.session,
        appeal=appeal,
        staff=staff,
        outcome=outcome_of(outcome),
        text=chosen.text,
        source=None,
        now=turn.now,
    )
    turn.talk.ask("office.answer", appeal=appeal.id, outcome=outcome)
    return in_place(query, turn, await preview_card(turn, said))
