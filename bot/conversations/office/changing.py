"""Staff edit their words: while they wait they are looked at afresh; once they are out, the citizen's copy follows."""

from aiogram import Router
from aiogram.types import Message

from bot.cards.card import Card
from bot.conversations.contents import Tells, content_of, words_of
from bot.conversations.office.ground import LONGEST, AtWork, acting, answer_to, is_note, known, meant, noted, unmarked
from bot.conversations.office.relaying import offered, prompt
from bot.conversations.office.sending import changed_there
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import relaying
from bot.texts import office as words
from bot.texts.fitting import units
from storage.domain.masking import has_private_number
from storage.repositories import attachments, outbox
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, Staff, Utterance

_OUT = frozenset({"held", "queued", "delivered"})
_GONE_OUT = frozenset({OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENT})


router = Router(name="office.changing")


@router.edited_message(AtWork(), Tells())
async def staff_edited(message: Message, turn: Turn) -> list[Spoken]:
    """Let an edit of words on their way, or there already, change them."""
    found = await known(turn, message.message_id) or await meant(turn, message)
    source = {"chat_id": turn.chat_id, "message_id": message.message_id}
    said = await relaying.said_in(turn.session, found.appeal_id, **source) if found else None
    if said is None or said.direction == "note" or said.text == words_of(message):
        return []
    appeal, staff = await acting(turn, said.appeal_id)
    if said.state == "held" and said.direction == "answer":
        return [answer_to(message, words.EDIT_THE_PREVIEW)]
    if await relaying.take_back(turn.session, said, now=turn.now):
        return await _anew(turn, message, appeal, staff, said)
    return await _changed_after(turn, message, appeal, said, words_of(message))


async def _anew(turn: Turn, message: Message, appeal: Appeal, staff: Staff, said: Utterance) -> list[Spoken]:
    """Look at the new words as at the old ones."""
    text = words_of(message)
    said.text = unmarked(text) if is_note(text) else text
    if is_note(text):
        await relaying.keep_inside(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
        return [await prompt(turn, message, appeal, said, Card(noted(turn)))]
    if units(text) > LONGEST:
        await relaying.drop(turn.session, said)
        return [await prompt(turn, message, appeal, said, Card(words.TOO_LONG))]
    return await offered(turn, message, appeal, staff, said, aside="")


async def _changed_after(turn: Turn, message: Message, appeal: Appeal, said: Utterance, text: str) -> list[Spoken]:
    """Let the citizen's copy read as the edited message does; say where it cannot."""
    if said.state not in _OUT:
        return []
    refusal = await _refusal(turn, message, said, text)
    if refusal:
        return [answer_to(message, refusal)]
    rows = [each for each in await outbox.carrying(turn.session, said.id) if each.state in _GONE_OUT]
    first = next((each for each in rows if (each.key or "").count(":") == 1), None)
    if first is None:
        return []
    await relaying.edit_out(turn.session, said, text, now=turn.now)
    there = await changed_there(turn.session, turn.city, appeal, said, row_id=first.id)
    return [there, answer_to(message, words.EDITED_THERE)]


async def _refusal(turn: Turn, message: Message, said: Utterance, text: str) -> str:
    things = await attachments.of_utterance(turn.session, said.id)
    if is_note(text):
        return words.EDIT_IS_NOTE
    if has_private_number(text):
        return words.EDIT_HAS_NUMBER
    if units(text) > LONGEST:
        return words.TOO_LONG
    content = content_of(message)
    same = content is None or any(each.unique_id == content.unique_id for each in things)
    return "" if same else words.MEDIA_NOT_CHANGED
