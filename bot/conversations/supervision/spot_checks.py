"""A supervisor telephones those who were drawn (抽查回访): one by one, in private, three questions each."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import spot_checks as cards
from bot.cards.card import Card, send
from bot.cards.duty import from_number
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.office.ground import in_place, toast
from bot.conversations.office.numbers import is_nobody
from bot.conversations.supervision.digest import must_supervise
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import spot_checks
from bot.services.binding import Role
from bot.services.spot_checks import Question
from bot.texts import office
from bot.texts import spot_checks as words
from storage.domain.errors import InputRefused, NotYours
from storage.tables import Appeal, SpotCheck

router = Router(name="supervision.spot_checks")


@router.callback_query(Pressed("s.check"))
async def start_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the first one nobody took to who pressed, in private."""
    must_supervise(turn)
    day = from_number(press.number)
    if day is None:
        raise InputRefused("no_such_day")
    if is_nobody(turn):
        return [toast(query, office.NOBODY_SEES_IT, alert=True)]
    if turn.person.unreachable_since is not None:
        return [toast(query, office.OPEN_PRIVATE_CHAT, alert=True)]
    asked = await _next(turn, day)
    return [*asked, toast(query, words.SENT if asked else words.NOTHING_LEFT, alert=not asked)]


@router.callback_query(Private(), Pressed("s.said"))
async def answer_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep the answer and ask on; after the third comes the next citizen."""
    check = await _asking(turn, press.number)
    name, _, said = press.argument.partition(".")
    if name not in words.ANSWERS or said not in {known for _, known in words.ANSWERS[name]}:
        raise InputRefused("no_such_outcome")
    await spot_checks.answer(turn.session, check, Question(name), said, now=turn.now)
    asked = spot_checks.question(check)
    if asked is None:
        return await _ended(query, turn, check)
    return in_place(query, turn, cards.question(check, await _appeal(turn, check), asked))


@router.callback_query(Private(), Pressed("s.noanswer"))
async def nobody_answered(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Note that nobody answered, and go on."""
    check = await _asking(turn, press.number)
    await spot_checks.no_answer(turn.session, check, now=turn.now)
    return await _ended(query, turn, check)


async def _asking(turn: Turn, check_id: int) -> SpotCheck:
    """Return what this supervisor is asking about; raise NotYours for whoever is none any more."""
    if turn.role(Role.SUPERVISOR) is None:
        raise NotYours
    return await spot_checks.being_asked(turn.session, check_id, person_id=turn.person.id)


async def _ended(query: CallbackQuery, turn: Turn, check: SpotCheck) -> list[Spoken]:
    """Take the number off the screen, and send the next one."""
    last = in_place(query, turn, cards.done(check, await _appeal(turn, check)))
    following = await _next(turn, check.day)
    return [*last, *(following or [send(turn.chat_id, Card(words.ALL_ASKED), protect=True)])]


async def _next(turn: Turn, day: date) -> list[Spoken]:
    check = await spot_checks.take_next(turn.session, day=day, person_id=turn.person.id, now=turn.now)
    asked = spot_checks.question(check) if check is not None else None
    if check is None or asked is None:
        return []
    card = cards.question(check, await _appeal(turn, check), asked)
    return [Say(send(turn.person.user_id, card, protect=True), role="spot_check")]


async def _appeal(turn: Turn, check: SpotCheck) -> Appeal:
    return await turn.session.get_one(Appeal, check.appeal_id)
