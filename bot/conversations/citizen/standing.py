"""Whoever stands with another's appeal leaves it, says that it is another matter, or says whether it is solved."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import citizen as citizen_cards
from bot.cards import together as cards
from bot.cards.card import Card
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.speaking import in_place, say, stale
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import gathering, joining, judging, merging
from bot.services.judging import may_judge
from bot.services.owning import own
from bot.services.rating import Outcome
from bot.texts.citizen import together as words
from storage.domain.statuses import Status
from storage.tables import Appeal

router = Router(name="citizen.standing")


@router.callback_query(Private(), Pressed("c.quit"))
async def leaving_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let them hear no more of it."""
    appeal = await _own(turn, press)
    if appeal.status != Status.MERGED or not appeal.joined:
        return await _as_it_stands(query, turn, appeal)
    await joining.leave(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    return [say(turn, Card(words.LEFT), appeal=appeal.id, role="notice")]


@router.callback_query(Private(), Pressed("c.notsame"))
async def another_matter_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Handle it alone again; the event tells what comes next."""
    appeal = await _own(turn, press)
    if appeal.status != Status.MERGED or appeal.joined:
        return await _as_it_stands(query, turn, appeal)
    mine = {"appeal_id": appeal.id, "person_id": turn.person.id}
    await merging.not_the_same(turn.session, **mine, now=turn.now, city=turn.city, calendar=turn.calendar)
    return []


@router.callback_query(Private(), Pressed("c.tyes"))
async def solved_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep that it is solved for them."""
    appeal = await _own(turn, press)
    if not await _may_judge(turn, appeal):
        return await _as_it_stands(query, turn, appeal)
    await judging.say(turn.session, appeal_id=appeal.id, person_id=turn.person.id, outcome=Outcome.SOLVED, now=turn.now)
    return [say(turn, Card(words.SOLVED_KEPT), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.tno"))
async def unsolved_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep that it is not; with the second of them, ask whether it goes on."""
    appeal = await _own(turn, press)
    if not await _may_judge(turn, appeal):
        return await _as_it_stands(query, turn, appeal)
    judged = await judging.say(
        turn.session, appeal_id=appeal.id, person_id=turn.person.id, outcome=Outcome.UNSOLVED, now=turn.now
    )
    if judged.may_go_on:
        return [say(turn, cards.ask_go_on(appeal, n=judged.unsolved), appeal=appeal.id, role="rating")]
    unit = (await seen_now(turn, judged.lead)).department
    return [say(turn, Card(words.one_unsolved(department=unit)), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.tgo"))
async def going_on_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Have it reopened; the event tells everybody."""
    appeal = await _own(turn, press)
    if not await _may_judge(turn, appeal):
        return await _as_it_stands(query, turn, appeal)
    mine = {"appeal_id": appeal.id, "person_id": turn.person.id}
    await judging.go_on(turn.session, **mine, now=turn.now, city=turn.city, calendar=turn.calendar)
    return [in_place(query, turn, Card(words.GOES_ON), appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.tlet"))
async def left_as_it_is(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Leave it unsolved."""
    appeal = await _own(turn, press)
    return [in_place(query, turn, Card(words.LEFT_AS_IT_IS), appeal=appeal.id, role="rating")]


async def _own(turn: Turn, press: Press) -> Appeal:
    return await own(turn.session, appeal_id=press.number, person_id=turn.person.id)


async def _may_judge(turn: Turn, appeal: Appeal) -> bool:
    return may_judge(appeal, await gathering.lead_of(turn.session, appeal), now=turn.now)


async def _as_it_stands(query: CallbackQuery, turn: Turn, appeal: Appeal) -> list[Spoken]:
    """Answer an old button with the appeal as it is now."""
    seen = await seen_now(turn, appeal)
    return [in_place(query, turn, stale(citizen_cards.progress(seen)), appeal=appeal.id, role="status")]
