"""The desk: one update in, what is to be said out. It stands between the worker and the conversations."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, send
from bot.conversations.contents import words_of
from bot.conversations.refusals import sentence
from bot.conversations.returning import catch_up
from bot.conversations.routes import dispatcher
from bot.conversations.senders import Sender, sender_of, topic_of, topic_of_update, unheard
from bot.conversations.turn import Talk, Turn, keep_talk, load_talk
from bot.delivery.intake import chat_of
from bot.delivery.say import Say, Spoken
from bot.delivery.worker import NotYet, Unreadable
from bot.house import House
from bot.notices import say_what_happened
from bot.services.binding import speak_for
from bot.services.guessing import Guess, NoOpinionYet, OpinionNeeded, ThoughtNeeded
from bot.services.moving import Actor
from bot.texts import refusals
from bot.texts.office import ANONYMOUS
from storage.domain.errors import Refused
from storage.repositories import drafts, events, messages, offices, outbox, people

_PATIENCE = timedelta(seconds=12)
"""So long a citizen waits for a classifier that is being started; then people decide."""

_WRITTEN_DOWN = timedelta(seconds=10)
"""So long a quick reply waits until it is known what it replies to."""


@dataclass(frozen=True)
class Prepared:
    """An update, read and thought about before the transaction."""

    update: Update
    chat_id: int
    sender: Sender
    guesses: dict[str, Guess]


class CitizensDesk:
    """Serves one bot's updates; implements what `bot.delivery.worker` asks of a desk."""

    def __init__(self, house: House, *, token: str) -> None:
        self._house = house
        self._bot = Bot(token)
        self._dispatcher: Dispatcher = dispatcher()
        self._wanted: dict[int, str] = {}
        self._thoughts: dict[int, Callable[[], Awaitable[None]]] = {}

    async def prepare(self, session: AsyncSession, raw: Any, *, waited: timedelta) -> Prepared:
        """Parse an update and ask the classifier about what it will be asked; reads only."""
        try:
            update = Update.model_validate(_speakable(raw), context={"bot": self._bot})
        except ValidationError as error:
            raise Unreadable(f"{error.error_count()} fields are not in the platform's form") from error
        sender, chat_id = sender_of(update), chat_of(raw)
        if waited < _WRITTEN_DOWN and await self._answers_too_soon(session, update, chat_id):
            raise NotYet
        private = 0 < sender.user_id == chat_id
        asked = (private and not self._tells_of_danger(update)) or update.update_id in self._wanted
        guesses = await self._guesses(session, update, sender.user_id, waited) if asked else {}
        think = self._thoughts.pop(update.update_id, None)
        if think is not None:
            await think()
        return Prepared(update, chat_id, sender, guesses)

    async def _answers_too_soon(self, session: AsyncSession, update: Update, chat_id: int) -> bool:
        """Whether a message replies to one of the bot's that is on the screen, but not written down yet."""
        target = update.message.reply_to_message if update.message else None
        house = self._house
        if target is None or target.from_user is None or target.from_user.id != house.bot:
            return False
        known = await messages.find(
            session, platform=house.platform, bot=house.bot, chat_id=chat_id, message_id=target.message_id
        )
        if known is not None:
            return False
        return await outbox.in_flight(session, platform=house.platform, bot=house.bot, chat_id=chat_id)

    async def serve(self, session: AsyncSession, prepared: Prepared, *, now: datetime) -> Sequence[Spoken]:
        """Handle an update; return what its handler says and what its events give others to hear.

        Raises NotYet where the classifier must be asked first: the update is to be prepared anew.
        """
        events.take_fresh(session)
        if not prepared.sender.user_id:
            return await unheard(session, self._house, prepared.update)
        turn = await self._turn(session, prepared, now)
        came_back = turn.person.unreachable_since and prepared.update.my_chat_member is None
        spoken: list[Spoken] = list(await catch_up(turn)) if came_back else []
        try:
            answer = await self._dispatcher.feed_update(self._bot, prepared.update, turn=turn)
        except OpinionNeeded as needed:
            self._wanted[prepared.update.update_id] = needed.text
            raise NotYet from None
        except ThoughtNeeded as needed:
            self._thoughts[prepared.update.update_id] = needed.think
            raise NotYet from None
        spoken += [] if answer is UNHANDLED or answer is None else answer
        await keep_talk(turn)
        spoken += await say_what_happened(session, self._house, now=now)
        return _with_an_answer(prepared.update, [*spoken, *turn.last])

    async def refuse(
        self, session: AsyncSession, prepared: Prepared, refusal: Refused, *, now: datetime
    ) -> Sequence[Spoken]:
        """Say in words why something may not happen: on the button that was pressed, or as a message."""
        events.take_fresh(session)
        words = sentence(refusal, city=self._house.city, calendar=self._house.calendar(now))
        query = prepared.update.callback_query
        if query is not None:
            return [AnswerCallbackQuery(callback_query_id=query.id, text=words[:190], show_alert=True)]
        return [_reply(prepared, words)]

    async def apologise(self, session: AsyncSession, prepared: Prepared | None, *, now: datetime) -> Sequence[Spoken]:
        """Tell the sender that nothing is lost, and the administrators that something is broken."""
        events.take_fresh(session)
        await events.record(session, "dead_update", at=now, actor=Actor.SYSTEM)
        spoken: list[Spoken] = list(await say_what_happened(session, self._house, now=now))
        if prepared is not None and prepared.sender.user_id:
            spoken.append(_reply(prepared, refusals.BROKEN))
            return _with_an_answer(prepared.update, spoken)
        return spoken

    async def put_aside(self, session: AsyncSession, *, now: datetime) -> Sequence[Say]:
        """Tell the administrators of an update that nobody can read."""
        events.take_fresh(session)
        await events.record(session, "quarantined", at=now, actor=Actor.SYSTEM)
        return await say_what_happened(session, self._house, now=now)

    def _tells_of_danger(self, update: Update) -> bool:
        """Whether the update is to be served at once, whatever the classifier does just now."""
        message = update.message or update.edited_message
        return message is not None and self._house.find_danger(words_of(message)) is not None

    async def _guesses(
        self, session: AsyncSession, update: Update, user_id: int, waited: timedelta
    ) -> dict[str, Guess]:
        """Ask about the draft's text, and about what this update's handler found missing the last time."""
        house = self._house
        wanted = self._wanted.pop(update.update_id, None)
        draft = await drafts.of_account(session, platform=house.platform, bot=house.bot, user_id=user_id)
        texts = {wanted} if wanted else {draft.text} if draft and not draft.guess else set()
        try:
            return {text: await house.guess(text) for text in texts if text}
        except NoOpinionYet:
            if not wanted:
                return {}
            if waited > _PATIENCE:
                return {wanted: Guess()}
            self._wanted[update.update_id] = wanted
            raise NotYet from None

    async def _turn(self, session: AsyncSession, prepared: Prepared, now: datetime) -> Turn:
        house, chat_id, sender = self._house, prepared.chat_id, prepared.sender
        mine: dict[str, Any] = {"platform": house.platform, "bot": house.bot}
        person = await people.meet(session, **mine, user_id=sender.user_id, username=sender.username, now=now)
        neighbours = tuple(await offices.in_chat(session, **mine, chat_id=chat_id)) if chat_id < 0 else ()
        thread_id = await topic_of_update(session, prepared.update, **mine) if chat_id < 0 else 0
        office = next((each for each in neighbours if each.active and each.thread_id == thread_id), None)
        if sender.user_id < 0 and office is not None and prepared.update.message is not None:
            await speak_for(session, office, person, name=ANONYMOUS, now=now)
        talk = Talk()
        if chat_id:
            talk = await load_talk(session, house=house, chat_id=chat_id, user_id=sender.user_id, thread_id=thread_id)
        return Turn(
            house=house,
            session=session,
            now=now,
            chat_id=chat_id,
            person=person,
            roles=tuple(await offices.roles(session, person.id)),
            office=office,
            talk=talk,
            guesses=prepared.guesses,
            thread_id=thread_id,
            neighbours=neighbours,
        )


def _reply(prepared: Prepared, words: str) -> SendMessage:
    message = prepared.update.message or prepared.update.edited_message
    if message is None or prepared.chat_id > 0:
        return send(prepared.chat_id, Card(words))
    return send(prepared.chat_id, Card(words), thread=topic_of(message), answers=message.message_id)


def _with_an_answer(update: Update, spoken: list[Spoken]) -> list[Spoken]:
    """Let no pressed button spin: the platform wants an answer to each press."""
    query = update.callback_query
    if query is None or any(isinstance(item, AnswerCallbackQuery) for item in spoken):
        return spoken
    return [*spoken, AnswerCallbackQuery(callback_query_id=query.id)]


def _speakable(raw: Any) -> Any:
    """Return the update without NUL and lone surrogates, which no database takes."""
    match raw:
        case str():
            return raw.replace("\0", "").encode("utf-8", "ignore").decode()
        case list():
            return [_speakable(each) for each in raw]
        case dict():
            return {_speakable(name): _speakable(value) for name, value in raw.items()}
        case _:
            return raw
