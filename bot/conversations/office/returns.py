"""A unit asks to give an appeal back (不归我管): why, whose it is, by what rule; it keeps it till others decide."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import transfers as cards
from bot.cards.card import Card
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import INSIDE, LONGEST, AtWork, acting, answer_to, in_place, under, under_card
from bot.conversations.office.inside import AnswersInside, without_buttons
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import returning
from bot.services.returning import ReturnReason
from bot.texts import transfers as words
from bot.texts.dates import clock_near
from bot.texts.fitting import units
from storage.domain.errors import InputRefused
from storage.domain.masking import clean_text
from storage.domain.requests import SUPERVISORS
from storage.tables import Appeal, AppealEvent

router = Router(name="office.returns")
_WORDS = "office.return"


@router.callback_query(Pressed("o.notours"))
async def not_ours_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask why it is not theirs."""
    appeal, _ = await acting(turn, press.number)
    await returning.returnable(turn.session, appeal)
    card = cards.why_not_ours(appeal.id, number=appeal.number, user_id=turn.person.user_id)
    return [await under_card(turn, appeal, card, role=INSIDE)]


@router.callback_query(Pressed("o.return"))
async def reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask whose it is."""
    appeal, _ = await acting(turn, press.number)
    await returning.returnable(turn.session, appeal)
    others = returning.others_likely(appeal, turn.city)
    reason = _reason(press.argument)
    return in_place(query, turn, cards.whose(appeal.id, reason=reason, units=others, user_id=turn.person.user_id))


@router.callback_query(Pressed("o.whose"))
async def right_unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the unit that the staff named, or that they know none; ask for one sentence."""
    appeal, _ = await acting(turn, press.number)
    await returning.returnable(turn.session, appeal)
    reason, _, code = press.argument.partition(".")
    if code and (turn.city.department(code) is None or code == appeal.department):
        raise InputRefused("no_such_department")
    turn.talk.ask(_WORDS, appeal=appeal.id, reason=_reason(reason).value, suggested=code or None)
    return in_place(query, turn, cards.write(appeal.id, words.BY_WHAT_RULE, user_id=turn.person.user_id))


@router.message(AtWork(), Says(), AnswersInside(_WORDS))
async def rule_written(message: Message, turn: Turn) -> list[Spoken]:
    """Put the request before the dispatchers, or before the supervisors where it came back twice."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    if units(message.text or "") > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    asked = await returning.ask_return(
        turn.session,
        appeal=appeal,
        staff=staff,
        reason=_reason(str(turn.talk.memo["reason"])),
        suggested=turn.talk.memo["suggested"],
        words=clean_text(message.text or "").strip(),
        now=turn.now,
    )
    turn.talk.end()
    confirmed = under(message, Card(_confirmation(turn, appeal, asked)), appeal=appeal, role=INSIDE)
    return [confirmed, *without_buttons(message, turn, words.BY_WHAT_RULE)]


def _confirmation(turn: Turn, appeal: Appeal, asked: AppealEvent) -> str:
    unit = turn.city.department(appeal.department or "")
    department = unit.name if unit else ""
    if asked.details.get("to") == SUPERVISORS:
        return words.lead_asked(returns=appeal.returns, department=department)
    due = returning.decided_by(appeal, asked, city=turn.city, calendar=turn.calendar)
    return words.return_asked(until=clock_near(due, turn.now, turn.calendar), department=department)


def _reason(said: str) -> ReturnReason:
    if said not in words.RETURN_REASONS:
        raise InputRefused("no_such_reason")
    return ReturnReason(said)
