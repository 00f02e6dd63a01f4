"""请打电话给我: which number, when, and not after all."""

from datetime import datetime, timedelta
from typing import Final

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import calls as cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.hearing import Typed
from bot.conversations.citizen.pausing import and_the_form, resume
from bot.conversations.citizen.speaking import in_place, say, toast
from bot.conversations.citizen.steps import Step
from bot.conversations.contents import content_of, words_of
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import alarming, calling_back, consenting
from bot.texts.citizen import callback as words
from bot.texts.citizen import danger as danger_words
from bot.texts.citizen import draft as draft_words
from bot.texts.fitting import fit
from storage.domain.masking import parse_phone
from storage.repositories.callbacks import CallState
from storage.tables import CallbackRequest

router = Router(name="citizen.calling")
NUMBER: Final = "call.number"
TIME: Final = "call.time"
_LISTENED_FOR: Final = timedelta(hours=1)
_DIGITS_OF_A_NUMBER: Final = 5
_LONGEST_WISH: Final = 100


class AskedAboutCall(BaseFilter):
    """The citizen was asked for a number or a time, not long ago."""

    def __init__(self, state: str) -> None:
        self._state = state

    async def __call__(self, _message: Message, turn: Turn) -> bool:
        """Look at what is being asked, and until when."""
        memo = turn.talk.memo
        return turn.talk.state == self._state and turn.now <= datetime.fromisoformat(memo["until"])


@router.callback_query(Private(), Pressed("c.callme", "c.dcall"))
async def call_wanted(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Promise a call where a number is known, else ask for one; what was said before stands."""
    return [say(turn, await _wanted(turn, press.number if press.verb == "c.callme" else 0))]


@router.message(Private(), Typed(words.CALL_ME, danger_words.CALL_ME))
async def call_wanted_in_words(_message: Message, turn: Turn) -> list[Spoken]:
    """Do the same for the typed label."""
    return [say(turn, await _wanted(turn, 0))]


@router.callback_query(Private(), Pressed("c.callcard"))
async def own_card_wanted(query: CallbackQuery) -> list[Spoken]:
    """Say how to send one's own card."""
    return [toast(query, draft_words.HOW_TO_CARD, alert=True)]


@router.callback_query(Private(), Pressed("c.calltime"))
async def another_time_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask when."""
    wish = await calling_back.own(turn.session, wish_id=press.number, person_id=turn.person.id)
    if wish.state != CallState.OPEN:
        return [in_place(query, turn, Card(words.SETTLED, [cards.call_row()]))]
    _ask(turn, TIME, wish=wish.id)
    return [say(turn, cards.ask_time(wish))]


@router.callback_query(Private(), Pressed("c.nocall"))
async def no_call_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the wish back, or the question for a number."""
    if turn.talk.state in {NUMBER, TIME}:
        resume(turn)
    if press.number:
        wish = await calling_back.own(turn.session, wish_id=press.number, person_id=turn.person.id)
        if not await calling_back.withdraw(turn.session, wish, now=turn.now):
            return [in_place(query, turn, Card(words.SETTLED, [cards.call_row()]))]
    return [in_place(query, turn, await and_the_form(turn, Card(words.WITHDRAWN)))]


@router.message(Private(), AskedAboutCall(NUMBER))
async def number_given(message: Message, turn: Turn) -> list[Spoken]:
    """Take the number, typed or on the sender's own card; other words are taken for what they are."""
    card = message.contact
    if card is not None and card.user_id != turn.person.user_id:
        return [say(turn, Card(f"{draft_words.NOT_YOUR_CARD}", cards.ask_number().rows))]
    said = card.phone_number if card is not None else words_of(message)
    number = parse_phone(said)
    if number is not None:
        return await _promised(turn, number)
    if card is None and sum(each.isdigit() for each in said) < _DIGITS_OF_A_NUMBER:
        resume(turn)
        raise SkipHandler
    return [say(turn, Card(draft_words.NO_PHONE_READ, cards.ask_number().rows))]


@router.message(Private(), AskedAboutCall(TIME))
async def time_given(message: Message, turn: Turn) -> list[Spoken]:
    """Note the time and promise the call for then."""
    if content_of(message) is not None or not words_of(message):
        raise SkipHandler
    wish = await calling_back.own(turn.session, wish_id=int(turn.talk.memo["wish"]), person_id=turn.person.id)
    resume(turn)
    if not await calling_back.put_time(turn.session, wish, fit(words_of(message), _LONGEST_WISH), now=turn.now):
        return [say(turn, await and_the_form(turn, Card(words.SETTLED)))]
    return [say(turn, cards.promised(wish, turn.city))]


async def _wanted(turn: Turn, about: int) -> Card:
    if not await _may_ask(turn):
        return await steps.current(turn)
    running = await calling_back.running(turn.session, turn.person.id)
    if running is not None:
        return cards.promised(running, turn.city)
    appeal = await calling_back.concerned(turn.session, turn.person.id) if not about else None
    about = appeal.id if appeal else about
    number = await calling_back.known_number(turn.session, turn.person.id, about or None)
    if number is not None:
        return cards.promised(await _keep(turn, number, about), turn.city)
    _ask(turn, NUMBER, about=about)
    return cards.ask_number()


async def _may_ask(turn: Turn) -> bool:
    """Whether a number may be kept: after the consent, or in danger."""
    if consenting.may_begin(turn.person, servers_abroad=turn.house.servers_abroad):
        return True
    return await alarming.running(turn.session, turn.person.id, now=turn.now) is not None


async def _promised(turn: Turn, number: str) -> list[Spoken]:
    """Promise the call and go on with the form: who was asked there for a number has left it there too."""
    wish = await _keep(turn, number, int(turn.talk.memo.get("about") or 0))
    resume(turn)
    promise = say(turn, cards.promised(wish, turn.city))
    draft = await steps.running(turn) if steps.step_of(turn) else None
    if draft is None:
        return [promise]
    if steps.step_of(turn) in {Step.CONTACT, Step.PHONE}:
        draft.phone, draft.updated_at = number, turn.now
        return [promise, say(turn, steps.go(turn, draft, Step.SUMMARY))]
    return [promise, say(turn, steps.card_of(turn, draft))]


async def _keep(turn: Turn, number: str, about: int) -> CallbackRequest:
    return await calling_back.want(
        turn.session,
        person=turn.person,
        phone=number,
        appeal_id=about or None,
        draw=turn.house.draw,
        now=turn.now,
    )


def _ask(turn: Turn, state: str, **memo: object) -> None:
    """Listen for an answer, for an hour; what was being asked before is remembered."""
    talk = turn.talk
    before = (
        talk.memo.get("before") if talk.state in {NUMBER, TIME} else [talk.state, talk.memo] if talk.state else None
    )
    until = (turn.now + _LISTENED_FOR).isoformat()
    talk.ask(state, until=until, **memo, **({"before": before} if before else {}))
