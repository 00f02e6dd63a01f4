"""The answers to a reminder: hand in what there is, go on telling, or leave it."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import care as cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.acts import ACTS
from bot.conversations.citizen.drafting import out_of_date
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.steps import Step
from bot.conversations.contents import content_of, words_of
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import drafting
from bot.services.caring import Stage
from bot.texts.citizen import care as words
from storage.tables import Draft

router = Router(name="citizen.care")
_ACTS = {cards.FINISH: "d.submit", cards.QUIT: "d.cancel"}


class AnswersReminder(BaseFilter):
    """The message is nothing but a label of the reminder about this draft."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, object]:
        """Hand the draft and the verb on as `draft` and `verb`."""
        text = words_of(message)
        if content_of(message) is not None or text not in _LABELS:
            return False
        draft = await steps.running(turn)
        if draft is None or draft.care == Stage.TOLD:
            return False
        verb = cards.labels(draft).get(text)
        return {"draft": draft, "verb": verb} if verb else False


_LABELS = frozenset({words.SUBMIT, words.SUBMIT_NOW, words.GO_ON, words.LEAVE})


@router.callback_query(Private(), Pressed(cards.FINISH, cards.GO_ON, cards.QUIT))
async def reminder_answered(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Do what the button says, at whatever step the form is; where the draft is gone, show what there is."""
    draft = await steps.running(turn)
    if draft is None or draft.id != press.number:
        return await out_of_date(query, turn, Press(_ACTS.get(press.verb, press.verb), press.number, press.argument))
    return [in_place(query, turn, await _done(turn, draft, press.verb))]


@router.message(Private(), AnswersReminder())
async def reminder_answered_in_words(_message: Message, turn: Turn, draft: Draft, verb: str) -> list[Spoken]:
    """Do the same for a typed label."""
    card = await _done(turn, draft, verb)
    return [] if verb == cards.FINISH and card.rows == () else [say(turn, card)]


async def _done(turn: Turn, draft: Draft, verb: str) -> Card:
    if verb not in _ACTS:
        return await steps.current(turn)
    if verb == cards.FINISH and drafting.says_nothing(draft):
        return Card(words.NOTHING_SAID, steps.go(turn, draft, Step.WHAT).rows)
    done = await ACTS[_ACTS[verb]][1](turn, draft, "")
    return done if isinstance(done, Card) else Card(done.text)
