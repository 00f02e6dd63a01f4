"""补充: words that go to an appeal the citizen has chosen by a button, or are just choosing."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import follow as cards
from bot.cards.card import Card
from bot.conversations.citizen.pausing import (
    FOLLOW,
    SUPPLEMENT,
    Listening,
    and_the_form,
    ask_for_words,
    kept_words,
    listen_on,
    resume,
)
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.starting import tell
from bot.conversations.citizen.taking import Heard, heard, remember
from bot.conversations.contents import Tells
from bot.conversations.filters import Asked, Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import asking
from bot.services.owning import own
from bot.services.supplementing import may_supplement
from bot.texts import asking as asked_words
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


@router.message(Private(), Listening(SUPPLEMENT), Tells())
async def supplement_said(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Pass it on to the chosen appeal; if that ended meanwhile, it begins a new one."""
    resume(turn)
    return [say(turn, await passed_on_or_told(turn, appeal_id, message))]


@router.message(Private(), Asked(FOLLOW), Tells())
async def more_said_before_choosing(message: Message, turn: Turn) -> list[Spoken]:
    """Keep one more message until the citizen says where it belongs."""
    turn.talk.ask(FOLLOW, **(kept_words(turn) + await heard(turn, message)).to_memo())
    return [say(turn, Card(words.kept_more()))]


async def passed_on_or_told(turn: Turn, appeal_id: int, message: Message) -> Card:
    """Pass it on to the appeal; where that takes nothing any more, it begins a new one."""
    appeal = await own(turn.session, appeal_id=appeal_id, person_id=turn.person.id)
    said = await heard(turn, message)
    if may_supplement(appeal, now=turn.now):
        return await passed_on(turn, appeal_id, said)
    card = await tell(turn, said)
    return Card(f"{words.TOO_LATE}\n\n{card.text}", card.rows)


async def passed_on(turn: Turn, appeal_id: int, said: Heard) -> Card:
    """Add it to the appeal and say where it went."""
    appeal, awaited = await asking.hear(
        turn.session,
        appeal_id=appeal_id,
        person_id=turn.person.id,
        text=said.text,
        files=said.files,
        parts=said.parts,
        now=turn.now,
        calendar=turn.calendar,
    )
    await remember(turn, appeal, said.parts, said.files)
    if awaited:
        listen_on(turn, appeal.id)
    return await and_the_form(turn, Card(_where_they_went(turn, appeal, awaited=awaited)))


def _where_they_went(turn: Turn, appeal: Appeal, *, awaited: bool) -> str:
    unit = turn.city.department(appeal.department or "")
    promised = appeal.answer_due is not None and Status(appeal.status) in OPEN
    due = dates.limit(appeal.answer_due, turn.calendar) if promised and appeal.answer_due else ""
    if awaited:
        return asked_words.supplied(department=unit.name if unit else "", due=due)
    return words.passed_on(number=appeal.number, department=unit.name if unit else "", due=due)
