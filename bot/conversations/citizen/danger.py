"""What somebody in danger presses, or types, under the words that told them what to do."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import danger as cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.pausing import and_the_form
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.contents import words_of
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import alarming
from bot.texts.citizen import danger as words
from storage.domain.dangers import Danger
from storage.tables import DangerCase

router = Router(name="citizen.danger")
_VERBS = ("c.dsafe", "c.don", "c.dno")


class AnswersDanger(BaseFilter):
    """The message is nothing but a label under the last sentence about danger."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, object]:
        """Hand the case and the verb on as `case` and `verb`."""
        text = words_of(message)
        if not any(text in cards.labels(danger) for danger in Danger):
            return False
        case = await alarming.running(turn.session, turn.person.id, now=turn.now)
        verb = cards.labels(Danger(case.danger)).get(text) if case else None
        return {"case": case, "verb": verb} if verb in _VERBS else False


@router.callback_query(Private(), Pressed(*_VERBS))
async def danger_answered(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the buttons off, and go on with what the citizen has to say."""
    case = await alarming.own(turn.session, case_id=press.number, person_id=turn.person.id)
    danger = Danger(press.argument) if press.argument in set(Danger) else Danger(case.danger)
    return [in_place(query, turn, cards.told(danger, turn.city)), say(turn, await _go_on(turn, case, press.verb))]


@router.message(Private(), AnswersDanger())
async def danger_answered_in_words(_message: Message, turn: Turn, case: DangerCase, verb: str) -> list[Spoken]:
    """Do the same for a typed label."""
    return [say(turn, await _go_on(turn, case, verb))]


async def _go_on(turn: Turn, case: DangerCase, verb: str) -> Card:
    if verb == "c.dno":
        case = await alarming.deny(turn.session, case.id, now=turn.now)
    elif verb == "c.dsafe":
        await alarming.say_safe(turn.session, case, now=turn.now)
    if case.appeal_id is not None:
        said = words.DISPATCHERS_DECIDE if verb == "c.dno" else words.GONE_ON
        return await and_the_form(turn, Card(said))
    card = await steps.current(turn)
    return Card(f"{words.NO_EMERGENCY_NOTED}\n\n{card.text}", card.rows) if verb == "c.dno" else card
