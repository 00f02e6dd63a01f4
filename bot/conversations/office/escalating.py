"""What the unit cannot decide goes to its superior (上报): to whom, and why; and staff correct the handling class."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import assisting as cards
from bot.cards import transfers
from bot.cards.card import Card
from bot.cards.office import due_day
from bot.cards.view import view
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import INSIDE, LONGEST, AtWork, acting, answer_to, in_place, under
from bot.conversations.office.inside import AnswersInside, without_buttons
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import classing, escalating
from bot.texts import assisting as words
from bot.texts.fitting import units
from bot.texts.words import CLASSES
from storage.domain.classes import HandlingClass
from storage.domain.errors import InputRefused
from storage.domain.masking import clean_text
from storage.tables import Appeal

router = Router(name="office.escalating")
_TO_WHOM, _WHY = "office.superior", "office.escalate"


@router.callback_query(Pressed("o.escalate"))
async def escalate_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask to whom."""
    appeal, _ = await acting(turn, press.number)
    escalating.escalatable(appeal)
    turn.talk.ask(_TO_WHOM, appeal=appeal.id)
    return in_place(query, turn, _question(turn, appeal, words.WHICH_SUPERIOR))


@router.message(AtWork(), Says(), AnswersInside(_TO_WHOM))
async def superior_written(message: Message, turn: Turn) -> list[Spoken]:
    """Take the superior's name; ask why."""
    appeal, _ = await acting(turn, int(turn.talk.memo["appeal"]))
    superior = escalating.superior_named(clean_text(message.text or ""))
    turn.talk.ask(_WHY, appeal=appeal.id, superior=superior)
    asked = under(message, _question(turn, appeal, words.WHY_ESCALATED), appeal=appeal, role=INSIDE)
    return [asked, *without_buttons(message, turn, words.WHICH_SUPERIOR)]


@router.message(AtWork(), Says(), AnswersInside(_WHY))
async def reason_written(message: Message, turn: Turn) -> list[Spoken]:
    """Escalate; the citizen is told by the event."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    if units(message.text or "") > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    superior, reason = str(turn.talk.memo["superior"]), clean_text(message.text or "").strip()
    await escalating.escalate(turn.session, appeal=appeal, staff=staff, superior=superior, reason=reason, now=turn.now)
    turn.talk.end()
    seen = await view(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)
    text = words.escalated(number=appeal.number, superior=superior, department=seen.department, due=due_day(seen))
    confirmed = under(message, Card(text), appeal=appeal, role=INSIDE)
    return [confirmed, *without_buttons(message, turn, words.WHY_ESCALATED)]


@router.callback_query(Pressed("o.class"))
async def class_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask which handling class it is to be."""
    appeal, _ = await acting(turn, press.number)
    classes = classing.choosable(appeal)
    if not classes:
        raise InputRefused("only_a_suggestion")
    return in_place(query, turn, cards.choose_class(appeal.id, classes=classes, user_id=turn.person.user_id))


@router.callback_query(Pressed("o.classto"))
async def class_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Set it; the card changes by the event."""
    appeal, staff = await acting(turn, press.number)
    if press.argument not in set(HandlingClass):
        raise InputRefused("no_such_reason")
    to = HandlingClass(press.argument)
    await classing.correct(turn.session, appeal=appeal, staff=staff, to=to, now=turn.now)
    return in_place(query, turn, Card(words.class_changed(number=appeal.number, name=CLASSES[to])))


def _question(turn: Turn, appeal: Appeal, text: str) -> Card:
    return transfers.write(appeal.id, text, user_id=turn.person.user_id)
