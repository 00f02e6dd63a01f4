"""回访: spoken with or not, solved or not, content or not, and going on where it is not solved."""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import citizen as citizen_cards
from bot.cards import rating as cards
from bot.cards.card import Card
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.pausing import RATING, ask_for_words, kept_words, resume
from bot.conversations.citizen.speaking import in_place, say, stale
from bot.conversations.citizen.taking import remember
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import following_up, rating
from bot.services.concerns import RATING_WORDS
from bot.services.owning import own
from bot.services.rating import Outcome, Satisfaction
from bot.services.reopening import may_reopen, reopen
from bot.texts.citizen import rating as words
from storage.domain.statuses import Status
from storage.tables import Appeal

router = Router(name="citizen.rating")


@router.callback_query(Private(), Pressed("c.gorate"))
async def rating_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask the first question that is not answered."""
    appeal = await _own(turn, press)
    if appeal.status != Status.ANSWERED:
        return await _as_it_stands(query, turn, appeal)
    return [say(turn, cards.first_question(appeal), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.spoke"))
async def contact_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep whether anybody spoke with them, and ask the second question."""
    appeal = await _own(turn, press)
    if press.argument not in {"yes", "no"} or not rating.may_rate(appeal, now=turn.now):
        return await _as_it_stands(query, turn, appeal)
    mine: dict[str, Any] = {"appeal_id": appeal.id, "person_id": turn.person.id, "now": turn.now}
    await rating.contact_said(turn.session, contacted=press.argument == "yes", **mine)
    card = cards.ask_solved(appeal, denies=appeal.contact_confirmed is False)
    return [in_place(query, turn, card, appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.hush"))
async def no_more_asked_for(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask once only from now on."""
    appeal = await _own(turn, press)
    await following_up.ask_no_more(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    return [in_place(query, turn, Card(words.ASK_NO_MORE_KEPT), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.solved"))
async def solved_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Close it as solved and ask the third question."""
    appeal = await _own(turn, press)
    if not rating.may_rate(appeal, now=turn.now) and appeal.citizen_outcome != Outcome.SOLVED:
        return await _as_it_stands(query, turn, appeal)
    await rating.solved(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    return [in_place(query, turn, cards.ask_satisfied(appeal), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.unsolved"))
async def unsolved_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask whether it goes on."""
    appeal = await _own(turn, press)
    if not may_reopen(appeal, now=turn.now):
        late = appeal.status == Status.CLOSED
        return [say(turn, Card(words.TOO_LATE_TO_REOPEN))] if late else await _as_it_stands(query, turn, appeal)
    await rating.said_unsolved(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    return [say(turn, cards.ask_go_on(appeal), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.notyet"))
async def not_yet_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask the same in the place of the question."""
    appeal = await _own(turn, press)
    if not may_reopen(appeal, now=turn.now):
        return await _as_it_stands(query, turn, appeal)
    await rating.said_unsolved(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    return [in_place(query, turn, cards.ask_go_on(appeal), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.reopen"))
async def going_on_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Open it again; words that were waiting go with it, else the bot listens for what is missing."""
    appeal = await _own(turn, press)
    if not may_reopen(appeal, now=turn.now):
        return await _as_it_stands(query, turn, appeal)
    kept = kept_words(turn)
    await reopen(
        turn.session,
        appeal_id=appeal.id,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
        words=kept.text,
        files=kept.files,
        parts=kept.parts,
    )
    if kept:
        await remember(turn, appeal, kept.parts, kept.files)
        resume(turn)
    else:
        ask_for_words(turn, appeal.id)
    return [in_place(query, turn, Card(words.GOES_ON), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.leave"))
async def left_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Close it as unsolved and ask the third question; what is closed already stays as it is."""
    appeal = await _own(turn, press)
    if appeal.status == Status.CLOSED:
        return [in_place(query, turn, Card(words.LEFT_AS_IT_IS), appeal=appeal.id, role="rating")]
    if appeal.status != Status.ANSWERED:
        return await _as_it_stands(query, turn, appeal)
    await rating.left_unsolved(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    return [in_place(query, turn, cards.ask_satisfied(appeal), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.rate"))
async def satisfaction_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep the answer, and ask what was not good, or for anything else they want to say."""
    appeal = await _own(turn, press)
    if press.argument not in set(Satisfaction) or appeal.status != Status.CLOSED or not appeal.citizen_outcome:
        return await _as_it_stands(query, turn, appeal)
    level = Satisfaction(press.argument)
    await rating.satisfied(
        turn.session, appeal_id=appeal.id, person_id=turn.person.id, satisfaction=level, now=turn.now
    )
    ask_for_words(turn, appeal.id, to=RATING)
    unhappy = rating.is_unhappy(appeal)
    card = cards.ask_unhappy(await seen_now(turn, appeal)) if unhappy else cards.ask_words(appeal)
    return [in_place(query, turn, card, appeal=appeal.id, role=RATING_WORDS)]


async def _own(turn: Turn, press: Press) -> Appeal:
    return await own(turn.session, appeal_id=press.number, person_id=turn.person.id)


async def _as_it_stands(query: CallbackQuery, turn: Turn, appeal: Appeal) -> list[Spoken]:
    """Answer an old button with the appeal as it is now."""
    seen = await seen_now(turn, appeal)
    return [in_place(query, turn, stale(citizen_cards.progress(seen)), appeal=appeal.id, role="status")]
