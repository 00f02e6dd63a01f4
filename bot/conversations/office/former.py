"""A unit that had an appeal before replies to one of its messages: a note for the unit that has it now."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import Message

from bot.cards.card import Card
from bot.conversations.contents import content_of
from bot.conversations.office.ground import LONGEST, answer_to, is_note, meant, noted, remember, under, unmarked
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import former, relaying
from bot.services.claiming import formerly_in_charge
from bot.services.moving import find
from bot.texts import transfers as words
from bot.texts.fitting import units
from storage.domain.errors import NotYours
from storage.domain.masking import clean_text
from storage.tables import Appeal, ChatMessage, Staff

router = Router(name="office.former")


class FormerUnits(BaseFilter):
    """A reply of a former unit's staff, in its group, to a message of an appeal that has gone to another unit."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, ChatMessage]:
        """Hand what was replied to to the handler as `target`."""
        text = message.text or ""
        if not turn.roles or (text.startswith("/") and not is_note(text)):
            return False
        found = await meant(turn, message)
        appeal = await turn.session.get(Appeal, found.appeal_id) if found else None
        if found is None or appeal is None or await _formerly(turn, appeal) is None:
            return False
        return {"target": found}


@router.message(FormerUnits())
async def former_unit_said(message: Message, turn: Turn, target: ChatMessage) -> list[Spoken]:
    """Pass it on to the unit that has the appeal, or leave it in the group where it was meant for that."""
    appeal = await find(turn.session, target.appeal_id)
    staff = await _formerly(turn, appeal)
    if staff is None:
        raise NotYours(appeal.department)
    text = clean_text(message.text or message.caption or "").strip()
    if not text:
        return [answer_to(message, words.ONLY_TEXT)]
    if units(text) > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    await remember(turn, message, appeal)
    if is_note(text):
        return await _kept_inside(message, turn, appeal, staff, unmarked(text))
    if target.role == "staff":
        return [answer_to(message, words.COLLEAGUE_ANSWERED)]
    left = [answer_to(message, words.ONLY_TEXT)] if content_of(message) is not None else []
    return [*await _passed_on(message, turn, appeal, staff, text), *left]


async def _kept_inside(message: Message, turn: Turn, appeal: Appeal, staff: Staff, text: str) -> list[Spoken]:
    if not text:
        return []
    source = (turn.chat_id, message.message_id)
    await relaying.note(turn.session, appeal=appeal, staff=staff, text=text, source=source, now=turn.now)
    return [under(message, Card(noted(turn)), appeal=appeal, role="prompt")]


async def _passed_on(message: Message, turn: Turn, appeal: Appeal, staff: Staff, text: str) -> list[Spoken]:
    source = (turn.chat_id, message.message_id)
    await former.pass_on(turn.session, appeal=appeal, staff=staff, text=text, source=source, now=turn.now)
    unit = turn.city.department(appeal.department or "")
    told = words.passed_on(department=unit.name if unit else "")
    return [under(message, Card(told), appeal=appeal, role="prompt")]


async def _formerly(turn: Turn, appeal: Appeal) -> Staff | None:
    return await formerly_in_charge(
        turn.session, appeal=appeal, office=turn.office, roles=turn.roles, private=turn.chat_id > 0
    )
