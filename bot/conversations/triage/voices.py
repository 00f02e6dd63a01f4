"""A voice without words (语音件): a dispatcher writes it down, or cannot make it out."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message

from bot.cards.card import Card, send
from bot.conversations.contents import words_of
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.triage.dispatching import must_be_dispatcher
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import transcribing
from bot.services.binding import Role
from bot.services.cataloguing import note_matter
from bot.services.moving import Actor, find
from bot.services.secrecy import accused, without
from bot.services.submitting import title_of
from bot.texts import triage as words
from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import messages
from storage.tables import Appeal

router = Router(name="triage.voices")
_ASKED = "written"


class WritesDown(BaseFilter):
    """A dispatcher replies to the question for the words of a voice; its appeal is handed on as `appeal_id`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Look the message up that was replied to."""
        if turn.role(Role.DISPATCHER) is None or message.reply_to_message is None:
            return False
        house = turn.house
        known = await messages.find(
            turn.session,
            platform=house.platform,
            bot=house.bot,
            chat_id=turn.chat_id,
            message_id=message.reply_to_message.message_id,
        )
        return {"appeal_id": known.appeal_id} if known is not None and known.role == _ASKED else False


@router.callback_query(Pressed("t.write"))
async def write_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the words."""
    await must_be_dispatcher(turn, press.number)
    appeal = await _waiting(turn, press.number)
    asked = send(turn.chat_id, Card(words.write_prompt(number=appeal.number)), protect=True, thread=_thread(turn))
    return [Say(asked, reply_to=f"triage:{appeal.id}", appeal=appeal.id, role=_ASKED)]


@router.message(Says(), WritesDown())
async def words_written(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Put them into the appeal, with what the classifier thinks of them; the citizen hears them once."""
    await must_be_dispatcher(turn, appeal_id)
    text = words_of(message)
    guess = turn.guess(text) if text else None
    appeal = await transcribing.write_down(
        turn.session,
        appeal_id=appeal_id,
        text=text,
        title=title_of(text),
        person_id=turn.person.id,
        actor=Actor.DISPATCHER,
        now=turn.now,
    )
    if guess is not None:
        kept_from = accused(appeal, turn.city) if appeal.confidential else ()
        appeal.guess, appeal.kind = without(guess, kept_from).to_json(), guess.kind
        note_matter(appeal, turn.city)
    return [send(turn.chat_id, Card(words.written_down(number=appeal.number)), protect=True, thread=_thread(turn))]


@router.callback_query(Pressed("t.unheard"))
async def unheard_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show the number to this one dispatcher in private; where there is none, ask the citizen to say it again."""
    await must_be_dispatcher(turn, press.number)
    appeal = await _waiting(turn, press.number)
    await transcribing.not_heard(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now)
    if appeal.phone is None:
        return [_alert(query, words.ASKED_AGAIN)]
    text = words.phone_for_voice(number=appeal.number, phone=appeal.phone)
    return [
        Say(send(turn.person.user_id, Card(text), protect=True), appeal=appeal.id, role="phone"),
        _alert(query, words.PHONE_SENT),
    ]


async def _waiting(turn: Turn, appeal_id: int) -> Appeal:
    appeal = await find(turn.session, appeal_id)
    if not transcribing.waits(appeal):
        raise TransitionRefused(Status(appeal.status), Event.NOTE)
    return appeal


def _thread(turn: Turn) -> int:
    return turn.office.thread_id if turn.office else 0


def _alert(query: CallbackQuery, text: str) -> AnswerCallbackQuery:
    return AnswerCallbackQuery(callback_query_id=query.id, text=text, show_alert=True)
