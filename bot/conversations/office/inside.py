"""What a unit writes to others than the citizen: a unit looked for by name, and replies that go nowhere."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import transfers as cards
from bot.cards.card import Card, edit
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import (
    INSIDE,
    AtWork,
    acting,
    answer_to,
    in_place,
    is_note,
    meant,
    replied_to,
    toast,
    under,
)
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.texts import office
from bot.texts import transfers as words
from bot.texts.fitting import fit
from storage.domain.masking import clean_text

router = Router(name="office.inside")
_WHICH = "office.which"
_MOST = 8


class AnswersInside(BaseFilter):
    """A reply of somebody who is asked for words that stay among the units, to a message that asks for them."""

    def __init__(self, *states: str) -> None:
        self._states = frozenset(states)

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Look at the conversation's state and at what the message replies to."""
        text = (message.text or "").strip()
        if turn.talk.state not in self._states or not text or text.startswith("/") or is_note(text):
            return False
        found = await meant(turn, message)
        return found is not None and found.role == INSIDE and found.appeal_id == turn.talk.memo.get("appeal")


class RepliesInside(BaseFilter):
    """A reply of this unit's staff to a message among the units, which is no note."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Look up the message replied to."""
        department = turn.office.department if turn.office else None
        if is_note(message.text or "") or (turn.chat_id < 0 and turn.role_in(department or "") is None):
            return False
        found = await meant(turn, message)
        return found is not None and found.role == INSIDE


@router.callback_query(Pressed("o.seek"))
async def search_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for part of a unit's name."""
    appeal, _ = await acting(turn, press.number)
    turn.talk.ask(_WHICH, appeal=appeal.id, reason=press.argument)
    return in_place(query, turn, cards.write(appeal.id, words.WHICH_UNIT, user_id=turn.person.user_id))


@router.message(AtWork(), Says(), AnswersInside(_WHICH))
async def name_typed(message: Message, turn: Turn) -> list[Spoken]:
    """Offer the units in whose names, duties or matters the words occur."""
    appeal, _ = await acting(turn, int(turn.talk.memo["appeal"]))
    typed = fit(clean_text(message.text or "").strip(), 50)
    found = [unit for unit in turn.city.find_departments(typed) if unit.code != appeal.department][:_MOST]
    user_id, reason = turn.person.user_id, str(turn.talk.memo["reason"])
    if not found:
        card = cards.write(appeal.id, words.not_found(words=typed), user_id=user_id)
        return [under(message, card, appeal=appeal, role=INSIDE)]
    turn.talk.end()
    card = cards.found(appeal.id, reason=reason, units=found, user_id=user_id)
    return [under(message, card, appeal=appeal, role=INSIDE), *without_buttons(message, turn, words.WHICH_UNIT)]


@router.callback_query(Pressed("o.quit"))
async def quit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Stop asking; only the one who is asked can."""
    if press.argument != str(turn.person.user_id):
        return [toast(query, office.COLLEAGUE_WRITES, alert=True)]
    if turn.talk.memo.get("appeal") == press.number:
        turn.talk.end()
    return in_place(query, turn, Card(office.STOPPED))


@router.message(AtWork(), RepliesInside())
async def inside_reply_written(message: Message) -> list[Spoken]:
    """Say of a reply that nobody asked for that it went nowhere."""
    return [answer_to(message, words.NOT_TO_CITIZEN)]


def without_buttons(message: Message, turn: Turn, text: str) -> list[Spoken]:
    """Take the buttons off the question that was just answered."""
    asked = replied_to(message)
    return [edit(turn.chat_id, Card(text), message_id=asked)] if asked is not None else []
