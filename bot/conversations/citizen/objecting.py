"""The citizen asks the supervisors to look again at what was declined (请再看一次): once, in words if they help."""

from datetime import datetime, timedelta
from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import declining as cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.hearing import Courtesy, Quoting
from bot.conversations.citizen.pausing import and_the_form, resume
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.taking import Heard, heard, remember
from bot.conversations.contents import Tells
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import objecting
from bot.services.owning import own
from bot.texts import declining as words
from bot.texts.citizen import follow
from storage.domain.statuses import Status
from storage.tables import Appeal, ChatMessage

router = Router(name="citizen.objecting")
OBJECTING: Final = "objecting"
_LISTENED_FOR: Final = timedelta(hours=1)


class Objecting(BaseFilter):
    """The citizen was asked what to say to the supervisors, and not so long ago that they mean something else."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal on as `appeal_id`; thanks, and what is said about another appeal, are none of it."""
        memo = turn.talk.memo
        if turn.talk.state != OBJECTING or turn.now > datetime.fromisoformat(memo["until"]):
            return False
        found = await Quoting()(message, turn)
        quoted = found.get("quoted") if isinstance(found, dict) else None
        elsewhere = quoted is not None and quoted.appeal_id != memo["appeal"]
        return False if elsewhere or await Courtesy()(message, turn) else {"appeal_id": int(memo["appeal"])}


class QuotesTheDecline(BaseFilter):
    """More than thanks said in reply to the message that told of the decline, while an objection may be made."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal on as `appeal_id`."""
        found = await Quoting()(message, turn)
        quoted = found.get("quoted") if isinstance(found, dict) else None
        if not isinstance(quoted, ChatMessage) or quoted.role != "declined" or await Courtesy()(message, turn):
            return False
        appeal = await turn.session.get(Appeal, quoted.appeal_id)
        if appeal is None or appeal.status != Status.DECLINED or objecting.has_objected(appeal):
            return False
        return {"appeal_id": appeal.id} if appeal.citizen_id == turn.person.id else False


@router.callback_query(Private(), Pressed("c.object"))
async def objection_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Put it before the supervisors; where words are what was missing, ask for them first."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    objecting.objectable(appeal)
    if appeal.declined.get("reason") in words.WANTS_WORDS:
        _listen(turn, appeal.id)
        return [say(turn, cards.ask_words(appeal), appeal=appeal.id, role="declined")]
    await _object(turn, appeal.id, Heard())
    return []


@router.callback_query(Private(), Pressed("c.gotit"))
async def read_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the buttons off; the objection can still be made from the list of one's appeals."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    return [in_place(query, turn, cards.declined(appeal, read=True))] if appeal.declined else []


@router.callback_query(Private(), Pressed("c.noobject"))
async def nothing_to_say(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Stop asking for words."""
    if turn.talk.state == OBJECTING:
        resume(turn)
    return [in_place(query, turn, await and_the_form(turn, Card(follow.ENDED)))]


@router.message(Private(), Objecting(), Tells())
@router.message(Private(), QuotesTheDecline(), Tells())
async def objection_said(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Put it before the supervisors with these words."""
    appeal = await own(turn.session, appeal_id=appeal_id, person_id=turn.person.id)
    if turn.talk.state == OBJECTING:
        resume(turn)
    objecting.objectable(appeal)
    await _object(turn, appeal.id, await heard(turn, message))
    return []


async def _object(turn: Turn, appeal_id: int, said: Heard) -> None:
    """Record it; the citizen and the supervisors are told by the event."""
    appeal = await objecting.object_to(
        turn.session,
        appeal_id=appeal_id,
        person_id=turn.person.id,
        now=turn.now,
        calendar=turn.calendar,
        text=said.text,
        files=said.files,
        parts=said.parts,
    )
    await remember(turn, appeal, said.parts, said.files)


def _listen(turn: Turn, appeal_id: int) -> None:
    """Listen for an hour; remember the step of the form, if one is being filled in."""
    before = turn.talk.memo.get("before")
    if steps.step_of(turn):
        before = [turn.talk.state, turn.talk.memo]
    until = (turn.now + _LISTENED_FOR).isoformat()
    turn.talk.ask(OBJECTING, appeal=appeal_id, until=until, **({"before": before} if before else {}))
