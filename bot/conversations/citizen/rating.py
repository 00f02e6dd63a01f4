"""回访: solved or not, content or not, and going on where it is not solved."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import citizen as cards
from bot.cards.card import Card
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.pausing import ask_for_words, kept_words, resume
from bot.conversations.citizen.speaking import in_place, say, stale
from bot.conversations.citizen.taking import remember
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import rating
from bot.services.owning import own
from bot.services.rating import Satisfaction
from bot.services.reopening import may_reopen, reopen
from bot.texts.citizen import rating as words
from storage.domain.statuses import Status
from storage.tables import Appeal

router = Router(name="citizen.rating")


@router.callback_query(Private(), Pressed("c.gorate"))
async def rating_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask the first question anew."""
    appeal = await _own(turn, press)
    if appeal.status != Status.ANSWERED:
        return await _as_it_stands(query, turn, appeal)
    return [say(turn, cards.ask_solved(appeal), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.solved"))
async def solved_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Close it as solved and ask the second question."""
    appeal = await _own(turn, press)
    if appeal.status not in {Status.ANSWERED, Status.CLOSED}:
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
    """Ask the same in the place of the first question."""
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
    """Close it as unsolved and ask the second question; what is closed already stays as it is."""
    appeal = await _own(turn, press)
    if appeal.status == Status.CLOSED:
        return [in_place(query, turn, Card(words.LEFT_AS_IT_IS), appeal=appeal.id, role="rating")]
    if appeal.status != Status.ANSWERED:
        return await _as_it_stands(query, turn, appeal)
    await rating.left_unsolved(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    return [in_place(query, turn, cards.ask_satisfied(appeal), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.rate"))
async def satisfaction_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep the answer and give thanks."""
    appeal = await _own(turn, press)
    if press.argument not in set(Satisfaction) or appeal.status != Status.CLOSED or not appeal.citizen_outcome:
        return await _as_it_stands(query, turn, appeal)
    level = Satisfaction(press.argument)
    await rating.satisfied(
        turn.session, appeal_id=appeal.id, person_id=turn.person.id, satisfaction=level, now=turn.now
    )
    seen = await seen_now(turn, appeal)
    return [in_place(query, turn, cards.thanks(seen), appeal=appeal.id, role="rating")]


async def _own(turn: Turn, press: Press) -> Appeal:
    return await own(turn.session, appeal_id=press.number, person_id=turn.person.id)


async def _as_it_stands(query: CallbackQuery, turn: Turn, appeal: Appeal) -> list[Spoken]:
    """Answer an old button with the appeal as it is now."""
    seen = await seen_now(turn, appeal)
    return [in_place(query, turn, stale(cards.progress(seen)), appeal=appeal.id, role="status")]
