"""What a citizen is asked for comes, or cannot: whatever they say while one appeal waits for it goes to that one."""

from collections.abc import Sequence
from typing import Any, Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import follow as follow_cards
from bot.cards.card import Card
from bot.conversations.citizen.following import passed_on
from bot.conversations.citizen.pausing import (
    FOLLOW,
    SUPPLEMENT,
    ask_for_words,
    kept_words,
    listen_on,
    listened_for,
    resume,
)
from bot.conversations.citizen.speaking import say, toast
from bot.conversations.citizen.taking import Heard, heard
from bot.conversations.contents import Tells
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.notices.sending import as_read
from bot.services import asking
from bot.services.asking import Lack
from bot.services.owning import own
from bot.services.supplementing import may_supplement
from bot.texts import asking as words
from bot.texts import dates
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, attachments
from storage.tables import Appeal

router = Router(name="citizen.supplying")
#: Button → what the unit reads of it, and what the citizen is told the first time and again.
_ASKED_BACK: Final = {
    "c.unclear": (words.UNCLEAR, words.TOLD_UNCLEAR, words.TOLD_UNCLEAR_ALREADY),
    "c.forme": (words.DO_IT_FOR_ME, words.TOLD_FOR_ME, words.TOLD_FOR_ME_ALREADY),
}


class Awaited(BaseFilter):
    """The citizen is asked for more about one of their appeals, or some, handed on as `waiting`."""

    async def __call__(self, _message: Message, turn: Turn) -> bool | dict[str, Sequence[Appeal]]:
        """Look for appeals that wait."""
        waiting = await appeals.waiting_for(turn.session, turn.person.id)
        return {"waiting": waiting} if waiting else False


class SuppliedJustNow(BaseFilter):
    """The citizen gave what they were asked for some minutes ago, and may have more of it."""

    async def __call__(self, _message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal on as `appeal_id`, if it still takes words."""
        appeal_id = listened_for(turn)
        appeal = await turn.session.get(Appeal, appeal_id) if appeal_id else None
        return {"appeal_id": appeal.id} if appeal is not None and may_supplement(appeal, now=turn.now) else False


@router.callback_query(Private(), Pressed("c.lack"))
async def nothing_to_give(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Let the unit go on without it."""
    if press.argument not in set(Lack):
        raise InputRefused("no_such_reason")
    appeal = await asking.cannot_supply(
        turn.session,
        appeal_id=press.number,
        person_id=turn.person.id,
        reason=Lack(press.argument),
        now=turn.now,
        calendar=turn.calendar,
    )
    if turn.talk.state == SUPPLEMENT and turn.talk.memo.get("appeal") == appeal.id:
        resume(turn)
    unit = turn.city.department(appeal.department or "")
    due = dates.limit(appeal.answer_due, turn.calendar) if appeal.answer_due else ""
    return [say(turn, Card(words.cannot_noted(department=unit.name if unit else "", due=due)))]


@router.callback_query(Private(), Pressed("c.unclear", "c.forme"))
async def asked_back(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let the unit know that it is not understood, or asked to do it itself; the question stands."""
    said, told, known = _ASKED_BACK[press.verb]
    mine: dict[str, Any] = {"appeal_id": press.number, "person_id": turn.person.id, "now": turn.now}
    news = await asking.ask_back(turn.session, **mine, text=said)
    return [toast(query, told if news else known, alert=True)]


@router.callback_query(Private(), Pressed("c.allsent"))
async def all_given(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Let the unit go on with what it was given, here or at its counter."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if appeal.status != Status.AWAITING_CITIZEN:
        raise TransitionRefused(Status(appeal.status), Event.SUPPLY)
    if turn.talk.state == SUPPLEMENT and turn.talk.memo.get("appeal") == appeal.id:
        resume(turn)
    return [say(turn, await passed_on(turn, appeal.id, Heard(text=words.ALL_SENT)))]


@router.callback_query(Private(), Pressed("c.tosupply"))
async def supplying_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Show the question again and listen; words that wait for where they belong are the answer to it."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    asked = await asking.question(turn.session, appeal)
    if asked is None or appeal.status != Status.AWAITING_CITIZEN:
        raise TransitionRefused(Status(appeal.status), Event.SUPPLY)
    if kept := kept_words(turn):
        resume(turn)
        return [say(turn, await passed_on(turn, appeal.id, kept))]
    things = await attachments.of_utterance(turn.session, asked.id)
    card = await as_read(turn.session, turn.city, appeal, asked, things, calendar=turn.calendar)
    ask_for_words(turn, appeal.id)
    return [say(turn, card, appeal=appeal.id, role="relay")]


@router.message(Private(), Awaited(), Tells())
async def awaited_words_came(message: Message, turn: Turn, waiting: Sequence[Appeal]) -> list[Spoken]:
    """Let it go to the appeal that waits; where several do, ask to which."""
    said = await heard(turn, message)
    if len(waiting) > 1:
        turn.talk.ask(FOLLOW, **said.to_memo())
        return [say(turn, follow_cards.which(waiting))]
    return [say(turn, await passed_on(turn, waiting[0].id, said), key=said.key)]


@router.message(Private(), SuppliedJustNow(), Tells())
async def more_came(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Let what follows at once go to the same appeal: few people say everything in one message."""
    card = await passed_on(turn, appeal_id, await heard(turn, message))
    listen_on(turn, appeal_id)
    return [say(turn, card)]
