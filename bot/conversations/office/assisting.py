"""The lead asks other units for help (会办): which, and what they should do."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import assisting as cards
from bot.cards import transfers
from bot.cards.card import Card
from bot.cards.view import view
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import (
    INSIDE,
    LONGEST,
    AtWork,
    acting,
    answer_to,
    in_place,
    under,
    under_card,
)
from bot.conversations.office.inside import AnswersInside, without_buttons
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import assisting
from bot.texts import assisting as words
from bot.texts.fitting import fit, units
from storage.domain.errors import InputRefused
from storage.domain.masking import clean_text
from storage.tables import Appeal, Assist

router = Router(name="office.assisting")
_WHICH, _TASK = "office.helper", "office.task"
_MOST = 8


@router.callback_query(Pressed("o.invite"))
async def invite_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask which unit is to help."""
    appeal, _ = await acting(turn, press.number)
    await assisting.invitable(turn.session, appeal)
    likely = assisting.likely(appeal, turn.city)
    card = cards.whom(appeal.id, units=likely, user_id=turn.person.user_id)
    return [await under_card(turn, appeal, card, role=INSIDE)]


@router.callback_query(Pressed("o.invseek"))
async def search_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for part of a unit's name."""
    appeal, _ = await acting(turn, press.number)
    await assisting.invitable(turn.session, appeal)
    turn.talk.ask(_WHICH, appeal=appeal.id)
    return in_place(query, turn, transfers.write(appeal.id, words.WHICH_UNIT, user_id=turn.person.user_id))


@router.message(AtWork(), Says(), AnswersInside(_WHICH))
async def name_typed(message: Message, turn: Turn) -> list[Spoken]:
    """Offer the units in whose names, duties or matters the words occur."""
    appeal, _ = await acting(turn, int(turn.talk.memo["appeal"]))
    typed, user_id = fit(clean_text(message.text or "").strip(), 50), turn.person.user_id
    found = [unit for unit in turn.city.find_departments(typed) if unit.code != appeal.department][:_MOST]
    if not found:
        card = transfers.write(appeal.id, words.not_found(words=typed), user_id=user_id)
        return [under(message, card, appeal=appeal, role=INSIDE)]
    turn.talk.end()
    card = cards.found(appeal.id, units=found, user_id=user_id)
    return [under(message, card, appeal=appeal, role=INSIDE), *without_buttons(message, turn, words.WHICH_UNIT)]


@router.callback_query(Pressed("o.invto"))
async def unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask what it is to do."""
    appeal, _ = await acting(turn, press.number)
    unit = turn.city.department(press.argument)
    if unit is None:
        raise InputRefused("no_such_department")
    house = turn.house
    await assisting.invitable(turn.session, appeal)
    await assisting.may_help(turn.session, appeal, unit.code, city=turn.city, platform=house.platform, bot=house.bot)
    turn.talk.ask(_TASK, appeal=appeal.id, to=unit.code)
    text = words.what_to_do(department=unit.name)
    return in_place(query, turn, transfers.write(appeal.id, text, user_id=turn.person.user_id))


@router.message(AtWork(), Says(), AnswersInside(_TASK))
async def task_written(message: Message, turn: Turn) -> list[Spoken]:
    """Put it before the other unit."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    if units(message.text or "") > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    asked = await assisting.invite(
        turn.session,
        appeal=appeal,
        staff=staff,
        to=str(turn.talk.memo["to"]),
        task=clean_text(message.text or "").strip(),
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
        platform=turn.house.platform,
        bot=turn.house.bot,
    )
    turn.talk.end()
    unit = turn.city.department(asked.department)
    text = words.what_to_do(department=unit.name if unit else "")
    return [await _confirmed(message, turn, appeal, asked), *without_buttons(message, turn, text)]


async def _confirmed(message: Message, turn: Turn, appeal: Appeal, asked: Assist) -> Say:
    seen = await view(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)
    unit = turn.city.department(asked.department)
    due = cards.due_words(seen, asked.due)
    text = words.asked(to=unit.name if unit else "", due=due, department=seen.department)
    return under(message, Card(text), key=f"invited:{asked.id}", appeal=appeal, role=INSIDE)
