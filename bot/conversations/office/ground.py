"""What every conversation in a unit's group stands on: who may act, which appeal a reply means, small answers."""

from typing import Final

from aiogram.filters import BaseFilter
from aiogram.methods import AnswerCallbackQuery, SendMessage, SetMessageReaction
from aiogram.types import CallbackQuery, Message

from bot.cards.card import Card, edit, send
from bot.conversations.contents import content_of
from bot.conversations.filters import Press, parse_press
from bot.conversations.senders import topic_of
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import claiming, relaying
from bot.services.binding import stands_in
from bot.services.handling import as_handler
from bot.texts import confidential
from bot.texts import office as words
from storage.domain.masking import clean_text
from storage.repositories import messages, outbox
from storage.tables import Appeal, ChatMessage, Staff, Utterance

LONGEST: Final = 3500  # UTF-16 units of a staff member's words: what the wrapping needs is left free
INSIDE: Final = "inside"
"""The role of messages whose replies never go to the citizen: what the unit asks of other units and of colleagues."""
_INSIDE_VERBS: Final = frozenset(
    {
        *("o.return", "o.whose", "o.quit", "o.seek", "o.offer", "o.towhom", "o.unoffer"),
        *("o.hand", "o.handto", "o.invto", "o.invseek"),
    }
)
_APPEAL_VERBS: Final = _INSIDE_VERBS | {
    "o.claim",
    "o.notours",
    "o.answer",
    "o.contact",
    "o.result",
    "o.last",
    "o.more",
    "o.stop",
    "o.told",
    "o.unreach",
    "o.show",
}
_NOTE_SIGNS: Final = ("//", "\uff0f\uff0f")


class Writes(BaseFilter):
    """Words of somebody who is asked for them here, and not a note, a command, or a reply about something else."""

    def __init__(self, *states: str, unasked: bool = False) -> None:
        """Take, if `unasked`, words that reply to nothing too: only where they are shown before they go."""
        self._states, self._unasked = frozenset(states), unasked

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Look at the conversation's state and at what the message replies to."""
        text = message.text or message.caption or ""
        if turn.talk.state not in self._states or text.startswith("/") or is_note(text):
            return False
        if not text.strip() and content_of(message) is None:
            return False
        if replied_to(message) is None:
            return self._unasked
        found = await meant(turn, message)
        return found is not None and found.appeal_id == turn.talk.memo.get("appeal") and found.role != "staff"


class AtWork(BaseFilter):
    """Said where staff work: in a unit's group, or by a handler in private, as a reply about what is confidential.

    In private everything else is said as a citizen, but what is shown before it goes (`unasked`).
    """

    def __init__(self, *, unasked: bool = False) -> None:
        self._unasked = unasked

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Look at what the chat is, and in private at what the message replies to."""
        if turn.chat_id < 0:
            return turn.office is not None and turn.office.purpose == "department"
        text = message.text or ""
        if not turn.roles or (text.startswith("/") and not is_note(text)):
            return False
        found = await known(turn, message.message_id) or await meant(turn, message)
        if found is None:
            return self._unasked and replied_to(message) is None
        appeal = await turn.session.get(Appeal, found.appeal_id)
        return appeal is not None and appeal.confidential and as_handler(appeal, turn.roles) is not None


async def acting(turn: Turn, appeal_id: int) -> tuple[Appeal, Staff]:
    """Return the appeal, locked, and in what capacity this person acts on it; raise as `claiming.in_charge` does."""
    return await claiming.in_charge(
        turn.session, appeal_id=appeal_id, office=turn.office, roles=turn.roles, private=turn.chat_id > 0
    )


async def acting_on_words(turn: Turn, press: Press) -> tuple[Appeal, Staff, Utterance]:
    """Return the words a button names with their appeal, locked; raise NotYours or NotFound."""
    named = await relaying.utterance(turn.session, press.number)
    appeal, staff = await acting(turn, named.appeal_id)
    return appeal, staff, await relaying.utterance(turn.session, press.number, appeal.id)


def replied_to(message: Message) -> int | None:
    """Return the message a true reply answers: in a topic every message seems to reply to the topic's first."""
    target = message.reply_to_message
    if target is None or (message.is_topic_message and target.message_id == message.message_thread_id):
        return None
    return target.message_id


async def known(turn: Turn, message_id: int) -> ChatMessage | None:
    """Return what is known of a message of this chat."""
    house = turn.house
    return await messages.find(
        turn.session, platform=house.platform, bot=house.bot, chat_id=turn.chat_id, message_id=message_id
    )


async def meant(turn: Turn, message: Message) -> ChatMessage | None:
    """Return what is known of the message this one replies to."""
    target = replied_to(message)
    if target is None:
        return None
    return await known(turn, target) or _learnt(turn, message.reply_to_message)


def _learnt(turn: Turn, target: Message | None) -> ChatMessage | None:
    """Learn from a card's own buttons what it is about: its id is unknown after an uncertain send."""
    if target is None or target.from_user is None or target.from_user.id != turn.house.bot:
        return None
    rows = target.reply_markup.inline_keyboard if target.reply_markup else ()
    presses = [parse_press(button.callback_data) for row in rows for button in row]
    appeal_id = next((each.number for each in presses if each and each.verb in _APPEAL_VERBS), None)
    if appeal_id is None:
        return None
    return ChatMessage(
        platform=turn.house.platform,
        bot=turn.house.bot,
        chat_id=turn.chat_id,
        message_id=target.message_id,
        thread_id=turn.thread_id,
        appeal_id=appeal_id,
        role=INSIDE if any(each and each.verb in _INSIDE_VERBS for each in presses) else "card",
        at=turn.now,
    )


async def remember(turn: Turn, message: Message, appeal: Appeal) -> None:
    """Keep that a staff member's own message is about the appeal: a colleague may reply to it."""
    await messages.keep(
        turn.session,
        platform=turn.house.platform,
        bot=turn.house.bot,
        chat_id=turn.chat_id,
        message_id=message.message_id,
        thread_id=turn.thread_id,
        appeal_id=appeal.id,
        role="staff",
        outbox_id=None,
        at=turn.now,
    )


def is_note(text: str) -> bool:
    """Whether words are marked as staying in the group."""
    return text.lstrip().startswith(_NOTE_SIGNS)


def noted(turn: Turn) -> str:
    """Say that a note was kept: in the group, or by a handler in private."""
    return words.NOTED if turn.office else confidential.NOTED


def unmarked(text: str) -> str:
    """Return a note without its mark."""
    return clean_text(text).strip().lstrip("/\uff0f").strip()


def answer_to(message: Message, text: str) -> SendMessage:
    """Answer a message that leads to nothing."""
    return send(message.chat.id, Card(text), thread=topic_of(message), answers=message.message_id)


def under(message: Message, card: Card, *, key: str | None = None, appeal: Appeal, role: str) -> Say:
    """Say something as a reply to what somebody wrote."""
    call = send(message.chat.id, card, protect=True, thread=topic_of(message), answers=message.message_id)
    return Say(call, key=key, appeal=appeal.id, role=role)


async def under_card(turn: Turn, appeal: Appeal, card: Card, *, role: str = "compose") -> Say:
    """Say something under the appeal's card, for this person to go on with."""
    name = f"card:{appeal.id}"
    row_id = await outbox.named(turn.session, platform=turn.house.platform, bot=turn.house.bot, key=name)
    row = await outbox.get(turn.session, row_id) if row_id else None
    return Say(
        send(turn.chat_id, card, protect=True, thread=turn.thread_id),
        key=compose_key(appeal, turn.person.user_id),
        reply_to=row.id if row and stands_in(row, turn.office) else None,
        appeal=appeal.id,
        role=role,
    )


def compose_key(appeal: Appeal, user_id: int) -> str:
    """Name the message in which somebody writes about the appeal."""
    return f"compose:{appeal.id}:{user_id}"


def no_longer_waiting(said: Utterance) -> list[Spoken]:
    """Take the eyes off words that do not go out."""
    if said.source_chat is None or said.source_message is None:
        return []
    return [SetMessageReaction(chat_id=said.source_chat, message_id=said.source_message, reaction=[])]


def in_place(query: CallbackQuery, turn: Turn, card: Card) -> list[Spoken]:
    """Put a card in the place of the message whose button was pressed."""
    return [edit(turn.chat_id, card, message_id=query.message.message_id)] if query.message else []


def toast(query: CallbackQuery, text: str, *, alert: bool = False) -> AnswerCallbackQuery:
    """Answer a pressed button."""
    return AnswerCallbackQuery(callback_query_id=query.id, text=text, show_alert=alert)
