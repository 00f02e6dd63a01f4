"""A unit asks for more days, for a place in the plan, or for an end: questions answered by replies, then a petition."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import transfers as cards
from bot.cards.card import Card, data
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import INSIDE, LONGEST, AtWork, acting, answer_to, in_place, under, under_card
from bot.conversations.office.inside import AnswersInside, without_buttons
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import concluding, deferring, extending
from bot.services.moving import Actor, workable
from bot.texts import plans as words
from bot.texts import transfers
from bot.texts.dates import day
from bot.texts.fitting import units
from bot.texts.office import CANCEL
from storage.domain.errors import InputRefused
from storage.domain.masking import clean_text
from storage.domain.statuses import Event
from storage.tables import Appeal, Staff

router = Router(name="office.wishing")
_DATE: Final = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
_STATE: Final = "office.wish"

Done = Callable[[Turn, Appeal, Staff, list[str]], Awaitable[str]]


@dataclass(frozen=True)
class Form:
    """What is asked, question by question, and what is done with the answers."""

    asks: tuple[str, ...]
    done: Done


async def _extend(turn: Turn, appeal: Appeal, staff: Staff, said: list[str]) -> str:
    due = extending.extendable(appeal, now=turn.now, calendar=turn.calendar)
    days = int(turn.talk.memo.get("days", 0))
    await extending.want(
        turn.session, appeal=appeal, staff=staff, days=days, reason=said[0], now=turn.now, calendar=turn.calendar
    )
    return words.extension_asked(due=day(due, turn.calendar))


async def _defer(turn: Turn, appeal: Appeal, staff: Staff, said: list[str]) -> str:
    reason, promise, when = said
    await deferring.want(
        turn.session,
        appeal=appeal,
        staff=staff,
        reason=reason,
        promise=promise,
        day=date.fromisoformat(when),
        now=turn.now,
        calendar=turn.calendar,
    )
    return words.DEFERRAL_ASKED


async def _conclude(turn: Turn, appeal: Appeal, staff: Staff, said: list[str]) -> str:
    facts, basis, way = said
    await concluding.want(turn.session, appeal=appeal, staff=staff, facts=facts, basis=basis, way=way, now=turn.now)
    return words.CONCLUSION_ASKED


async def _report(turn: Turn, appeal: Appeal, staff: Staff, said: list[str]) -> str:
    await deferring.report(
        turn.session, appeal=appeal, staff=staff, text=said[0], source=None, now=turn.now, calendar=turn.calendar
    )
    return words.PROGRESS_SENT


_FORMS: Final = {
    "extend": Form((words.WHY_EXTEND,), _extend),
    "defer": Form((words.WHY_DEFER, words.WHAT_PROMISE, words.WHICH_DAY), _defer),
    "conclude": Form((words.WHAT_FACTS, words.WHAT_BASIS, words.WHICH_WAY), _conclude),
    "progress": Form((words.WHAT_PROGRESS,), _report),
}


@router.callback_query(Pressed("o.extend"))
async def extend_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask by how many days, each button with the date it leads to; then why."""
    appeal, _ = await acting(turn, press.number)
    due = extending.extendable(appeal, now=turn.now, calendar=turn.calendar)
    if press.argument:
        extending.extended_due(due, int(press.argument) if press.argument.isdecimal() else 0, turn.calendar)
        return _ask_in_place(query, turn, appeal, "extend", days=int(press.argument))
    rows = [[_days(turn, appeal, due, days)] for days in range(1, extending.MOST_DAYS + 1)]
    quit_row = [(CANCEL, data("o.quit", appeal.id, str(turn.person.user_id)))]
    return [
        await under_card(turn, appeal, Card(words.how_long(most=extending.MOST_DAYS), [*rows, quit_row]), role=INSIDE)
    ]


@router.callback_query(Pressed("o.defer", "o.conclude", "o.progress"))
async def wish_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask the first question."""
    appeal, _ = await acting(turn, press.number)
    name = press.verb.removeprefix("o.")
    _may(name, appeal)
    turn.talk.ask(_STATE, appeal=appeal.id, form=name, said=[])
    return [await under_card(turn, appeal, _question(turn, appeal, _FORMS[name].asks[0]), role=INSIDE)]


@router.callback_query(Pressed("o.resume"))
async def done_already_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take up again what was promised for later, for it is done: an answer ends it."""
    appeal, staff = await acting(turn, press.number)
    workable(appeal, Event.RESUME)
    await deferring.take_up(
        turn.session,
        appeal,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=turn.now,
        calendar=turn.calendar,
    )
    return in_place(query, turn, Card(words.TAKEN_UP))


@router.message(AtWork(), Says(), AnswersInside(_STATE))
async def wish_written(message: Message, turn: Turn) -> list[Spoken]:
    """Keep an answer; ask the next question, or do what the form is for."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    form, said = _FORMS[str(turn.talk.memo["form"])], list(turn.talk.memo["said"])
    text = clean_text(message.text or "").strip()
    if units(text) > LONGEST:
        return [answer_to(message, transfers.TOO_LONG)]
    asked = form.asks[len(said)]
    if asked == words.WHICH_DAY:
        found = _date_in(text, turn)
        if found is None:
            return [under(message, _question(turn, appeal, words.NO_DATE_READ), appeal=appeal, role=INSIDE)]
        text = found
    said.append(text)
    left = without_buttons(message, turn, asked)
    if len(said) < len(form.asks):
        turn.talk.ask(_STATE, **{**turn.talk.memo, "said": said})
        card = _question(turn, appeal, form.asks[len(said)])
        return [under(message, card, appeal=appeal, role=INSIDE), *left]
    confirmed = Card(await form.done(turn, appeal, staff, said))
    turn.talk.end()
    return [under(message, confirmed, appeal=appeal, role=INSIDE), *left]


def _ask_in_place(query: CallbackQuery, turn: Turn, appeal: Appeal, name: str, **memo: int) -> list[Spoken]:
    turn.talk.ask(_STATE, appeal=appeal.id, form=name, said=[], **memo)
    return in_place(query, turn, _question(turn, appeal, _FORMS[name].asks[0]))


def _question(turn: Turn, appeal: Appeal, text: str) -> Card:
    return cards.write(appeal.id, text, user_id=turn.person.user_id)


def _may(name: str, appeal: Appeal) -> None:
    if name == "conclude":
        concluding.concludable(appeal)
    else:
        workable(appeal, Event.DEFERRAL_WANTED if name == "defer" else Event.PROGRESS)


def _days(turn: Turn, appeal: Appeal, due: datetime, days: int) -> tuple[str, str]:
    new = extending.extended_due(due, days, turn.calendar)
    return words.days_label(days=days, day=day(new, turn.calendar)), data("o.extend", appeal.id, str(days))


def _date_in(text: str, turn: Turn) -> str | None:
    """Return the date a text names, as ISO; None where there is none, or none that can be promised."""
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        named = date(*map(int, found.groups()))
        deferring.planned_for(named, now=turn.now, calendar=turn.calendar)
    except (ValueError, InputRefused):
        return None
    return named.isoformat()
