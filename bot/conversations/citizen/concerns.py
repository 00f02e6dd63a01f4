"""找监督员: words to the supervisors, asked for by a button or said in reply to theirs; the unit never sees them."""

from typing import Any

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import concerns as cards
from bot.cards.card import Card
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.pausing import CONCERN, Listening, and_the_form, ask_for_words, resume
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.taking import heard, remember
from bot.conversations.contents import Tells, words_of
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import concerns
from bot.services.owning import own
from bot.texts import concerns as words
from bot.texts import dates
from storage.repositories import messages
from storage.tables import ChatMessage

router = Router(name="citizen.concerns")


class Answering(BaseFilter):
    """The message replies to one of these roles, that of words to or from the supervisors; handed on as `appeal_id`."""

    def __init__(self, *roles: str) -> None:
        self._roles = frozenset(roles)

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Look the message up that was replied to."""
        quoted = await _quoted(turn, message)
        return {"appeal_id": quoted.appeal_id} if quoted is not None and quoted.role in self._roles else False


@router.callback_query(Private(), Pressed("c.boss"))
async def supervisor_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask for the words, whatever became of the appeal."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    ask_for_words(turn, appeal.id, to=CONCERN)
    seen = await seen_now(turn, appeal)
    return [say(turn, cards.ask(seen), appeal=appeal.id, role=concerns.ROLE)]


@router.callback_query(Private(), Pressed("c.nothing"))
async def nothing_to_say(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Stop asking."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if turn.talk.state == CONCERN:
        resume(turn)
    card = await and_the_form(turn, Card(words.NOT_SAID))
    return [in_place(query, turn, card, appeal=appeal.id, role=concerns.ROLE)]


@router.message(Private(), Answering(concerns.ROLE, concerns.ANSWERS), Tells())
@router.message(Private(), Listening(CONCERN), Tells())
async def told(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Put it before the supervisors, and say until when they answer; 取消 typed is the button."""
    if turn.talk.state == CONCERN:
        resume(turn)
        if words_of(message) == words.CANCEL:
            return [say(turn, await and_the_form(turn, Card(words.NOT_SAID)))]
    appeal = await own(turn.session, appeal_id=appeal_id, person_id=turn.person.id)
    said = await heard(turn, message)
    given: dict[str, Any] = {"text": said.text, "files": said.files, "parts": said.parts}
    concern = await concerns.complain(turn.session, appeal, **given, now=turn.now, calendar=turn.calendar)
    await remember(turn, appeal, said.parts, said.files, role=concerns.ROLE)
    due = dates.day(concern.due, turn.calendar) if concern.due else ""
    card = Card(words.heard(due=due))
    return [say(turn, await and_the_form(turn, card), appeal=appeal.id, role=concerns.ROLE)]


async def _quoted(turn: Turn, message: Message) -> ChatMessage | None:
    target = message.reply_to_message
    if target is None:
        return None
    house, number = turn.house, target.message_id
    return await messages.find(
        turn.session, platform=house.platform, bot=house.bot, chat_id=turn.chat_id, message_id=number
    )
