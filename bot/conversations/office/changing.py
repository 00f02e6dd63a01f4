"""Staff edit their words: while they wait they are looked at afresh; once they are out, the citizen's copy follows."""

from aiogram import Router
from aiogram.types import Message

from bot.conversations.contents import Tells, content_of, words_of
from bot.conversations.office.ground import LONGEST, AtWork, acting, answer_to, is_note, known, meant, unmarked
from bot.conversations.office.relaying import kept_inside, names_a_colleague, not_sent, offered
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.notices.sending import changed_there
from bot.services import attaching, relaying
from bot.services.relaying import Manner
from bot.services.rewording import retold
from bot.texts import office as words
from bot.texts.fitting import units
from storage.domain.contents import PLACES
from storage.domain.masking import has_private_number
from storage.repositories import attachments, people, recalls
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, Attachment, Staff, Utterance

_OUT = frozenset({"held", "queued", "delivered"})
_GONE_OUT = frozenset({OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENT})


router = Router(name="office.changing")


@router.edited_message(AtWork(), Tells())
async def staff_edited(message: Message, turn: Turn) -> list[Spoken]:
    """Let an edit of words on their way, or there already, change them."""
    found = await known(turn, message.message_id) or await meant(turn, message)
    source = {"chat_id": turn.chat_id, "message_id": message.message_id}
    said = await relaying.said_in(turn.session, found.appeal_id, **source) if found else None
    if said is None:
        return []
    text, other = _whole(message, said), await _replaced(turn, message)
    if said.direction == "note":
        return await _note_changed(turn, message, said, text)
    if said.text == text and other is None:
        return []
    appeal, staff = await acting(turn, said.appeal_id)
    if said.state == "held" and (said.direction == "answer" or said.manner == Manner.QUESTION):
        return [answer_to(message, words.EDIT_THE_PREVIEW)]
    if await relaying.take_back(turn.session, said, now=turn.now):
        return await _anew(turn, message, appeal, staff, said, text, other)
    return await _changed_after(turn, message, appeal, said, text, other)


def _whole(message: Message, said: Utterance) -> str:
    """Return what the words read now: other parts of the album stay as they are."""
    new = words_of(message)
    whole = retold(said.text, relaying.parts_of(said), str(message.message_id), new)
    return new if whole is None else whole.strip()


async def _replaced(turn: Turn, message: Message) -> Attachment | None:
    """Return what the message showed before, if it shows something else now; who shares a live location moves."""
    thing = await attachments.in_message(turn.session, chat_id=turn.chat_id, message_id=message.message_id)
    content = content_of(message)
    if thing is None or content is None or content.kind in PLACES or thing.unique_id == content.unique_id:
        return None
    return thing


async def _note_changed(turn: Turn, message: Message, said: Utterance, text: str) -> list[Spoken]:
    """Keep what a note reads now; it stays a note."""
    note = unmarked(text)
    if said.text == note:
        return []
    await relaying.edit_out(turn.session, said, note, now=turn.now)
    return [] if is_note(message.text or message.caption or "") else [answer_to(message, words.NOTE_STAYS)]


async def _anew(
    turn: Turn,
    message: Message,
    appeal: Appeal,
    staff: Staff,
    said: Utterance,
    text: str,
    other: Attachment | None,
) -> list[Spoken]:
    """Look at the new words, and at what is shown now, as at the old ones."""
    content = content_of(message)
    if other is not None and content is not None:
        await attaching.replace(turn.session, other, content)
    marked = is_note(message.text or message.caption or "")
    said.parts = {**relaying.parts_of(said), str(message.message_id): words_of(message)}
    said.text = unmarked(text) if marked else text
    if marked:
        return await kept_inside(turn, message, appeal, staff, said)
    if units(text) > LONGEST:
        return await not_sent(turn, message, appeal, said)
    answered = await meant(turn, message)
    aside = words.COLLEAGUE_ANSWERED if answered is not None and answered.role == "staff" else ""
    return await offered(turn, message, appeal, staff, said, aside=aside)


async def _changed_after(
    turn: Turn, message: Message, appeal: Appeal, said: Utterance, text: str, other: Attachment | None
) -> list[Spoken]:
    """Let the citizen's copy read as the edited message does; say where it cannot."""
    refusal = words.MEDIA_NOT_CHANGED if other is not None else await _refusal(turn, message, said, text)
    if refusal:
        return [answer_to(message, refusal)]
    citizen = await people.get(turn.session, appeal.citizen_id)
    waits = said.state == "undelivered" and citizen.unreachable_since is not None
    rows = [each for each in await recalls.carrying(turn.session, said.id) if each.state in _GONE_OUT]
    first = next((each for each in rows if (each.key or "").count(":") == 1), None)
    if not waits and (first is None or said.state not in _OUT):
        return [answer_to(message, words.EDIT_NOT_THERE)]
    await relaying.edit_out(turn.session, said, text, now=turn.now)
    said.parts = {**relaying.parts_of(said), str(message.message_id): words_of(message)}
    if waits or first is None:
        return [answer_to(message, words.EDIT_WAITS)]
    there = await changed_there(turn.session, turn.city, appeal, said, row=first, calendar=turn.calendar)
    return [there, answer_to(message, words.EDITED_THERE)]


async def _refusal(turn: Turn, message: Message, said: Utterance, text: str) -> str:
    if is_note(message.text or message.caption or ""):
        return words.EDIT_IS_NOTE
    if has_private_number(text):
        return words.EDIT_HAS_NUMBER
    if await names_a_colleague(turn, message, text, said.department or ""):
        return words.EDIT_NAMES_COLLEAGUE
    return words.TOO_LONG if units(text) > LONGEST else ""
