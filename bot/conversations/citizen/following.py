"""补充: words that go to an appeal the citizen has chosen by a button, or are just choosing."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import follow as cards
from bot.cards.card import Card
from bot.conversations.citizen.hearing import Words, words_of
from bot.conversations.citizen.pausing import (
    FOLLOW,
    SUPPLEMENT,
    Supplementing,
    and_the_form,
    ask_for_words,
    kept_words,
    resume,
)
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.starting import tell
from bot.conversations.filters import Asked, Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.owning import own
from bot.services.supplementing import may_supplement, supplement
from bot.texts import dates
from bot.texts.citizen import follow as words
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.tables import Appeal

router = Router(name="citizen.following")


@router.callback_query(Private(), Pressed("c.supplement", "c.add"))
async def supplement_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the words; where some are waiting already, they go at once."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if not may_supplement(appeal, now=turn.now):
        return [say(turn, Card(words.CLOSED_NOW))]
    kept = kept_words(turn)
    if not kept:
        ask_for_words(turn, appeal.id)
        return [say(turn, cards.ask_words(appeal))]
    resume(turn)
    done = await passed_on(turn, appeal.id, kept)
    shown = in_place(query, turn, done) if press.verb == "c.add" else say(turn, done)
    return [shown]


@router.callback_query(Private(), Pressed("c.enough"))
async def nothing_more_said(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Stop asking for words."""
    if turn.talk.state == SUPPLEMENT:
        resume(turn)
    return [in_place(query, turn, await and_the_form(turn, Card(words.ENDED)))]


@router.message(Private(), Supplementing(), Words())
async def supplement_said(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Pass the words on to the chosen appeal; if it ended meanwhile, they begin a new one."""
    resume(turn)
    return [say(turn, await passed_on_or_told(turn, appeal_id, message))]


@router.message(Private(), Asked(FOLLOW), Words())
async def more_said_before_choosing(message: Message, turn: Turn) -> list[Spoken]:
    """Keep one more message until the citizen says where they belong."""
    turn.talk.ask(FOLLOW, text=f"{kept_words(turn)}\n{words_of(message)}")
    return [say(turn, Card(words.kept_more()))]


async def passed_on_or_told(turn: Turn, appeal_id: int, message: Message) -> Card:
    """Pass the words on to the appeal; where it takes none any more, they begin a new one."""
    appeal = await own(turn.session, appeal_id=appeal_id, person_id=turn.person.id)
    if may_supplement(appeal, now=turn.now):
        return await passed_on(turn, appeal_id, words_of(message))
    card = await tell(turn, words_of(message), message_id=message.message_id)
    return Card(f"{words.TOO_LATE}\n\n{card.text}", card.rows)


async def passed_on(turn: Turn, appeal_id: int, text: str) -> Card:
    """Add the words to the appeal and say where they went."""
    appeal, _ = await supplement(turn.session, appeal_id=appeal_id, person_id=turn.person.id, text=text, now=turn.now)
    return await and_the_form(turn, Card(_where_they_went(turn, appeal)))


def _where_they_went(turn: Turn, appeal: Appeal) -> str:
    unit = turn.city.department(appeal.department or "")
    promised = appeal.answer_due is not None and Status(appeal.status) in OPEN
    due = dates.day(appeal.answer_due, turn.calendar) if promised and appeal.answer_due else ""
    return words.passed_on(number=appeal.number, department=unit.name if unit else "", due=due)
