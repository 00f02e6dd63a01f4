"""A voice was written down and is read back once: right, or put right by the citizen."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards.card import Card
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.taking import heard, remember
from bot.conversations.contents import words_of
from bot.conversations.filters import Asked, Press, Pressed, Private, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import transcribing
from bot.services.owning import own
from bot.services.submitting import title_of
from bot.services.supplementing import may_supplement
from bot.texts.citizen import follow, talk

router = Router(name="citizen.reading_back")
_CORRECTING = "voice.correct"


@router.callback_query(Private(), Pressed("c.right"))
async def right_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep that it was written down right."""
    await transcribing.confirm(turn.session, appeal_id=press.number, person_id=turn.person.id, now=turn.now)
    return [in_place(query, turn, Card(talk.TRANSCRIPT_KEPT), appeal=press.number, role="notice")]


@router.callback_query(Private(), Pressed("c.wrong"))
async def wrong_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the citizen's own words."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    turn.talk.ask(_CORRECTING, appeal=appeal.id)
    return [in_place(query, turn, Card(talk.ASK_TRANSCRIPT), appeal=appeal.id, role="notice")]


@router.message(Private(), Asked(_CORRECTING), Says())
async def corrected(message: Message, turn: Turn) -> list[Spoken]:
    """Let the citizen's own words count."""
    text, said = words_of(message), await heard(turn, message)
    if not text:
        return [say(turn, Card(talk.ASK_TRANSCRIPT))]
    asked = await own(turn.session, appeal_id=int(turn.talk.memo["appeal"]), person_id=turn.person.id)
    if not may_supplement(asked, now=turn.now):
        turn.talk.end()
        return [say(turn, Card(follow.CLOSED_NOW))]
    appeal, first = await transcribing.correct(
        turn.session,
        appeal_id=asked.id,
        text=text,
        title=title_of(text),
        person_id=turn.person.id,
        now=turn.now,
    )
    first.parts = said.parts
    await remember(turn, appeal, said.parts, ())
    turn.talk.end()
    return [say(turn, Card(talk.transcript_corrected(number=appeal.number)))]
