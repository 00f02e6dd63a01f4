"""Words on their way from a unit to its citizen: kept, held some seconds, taken back, let go."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching
from bot.services.claiming import claim
from bot.services.moving import Actor, move
from storage.domain import lifecycle
from storage.domain.errors import InputRefused, NotFound, Refused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, attachments, events, messages, recalls
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, Staff, Utterance, UtteranceVersion

RELAYED_AFTER_CLOSING = timedelta(days=30)
_DELETABLE = timedelta(hours=48)


class Manner(StrEnum):
    """In what words a relay is wrapped."""

    PLAIN = "plain"
    CONTACT = "contact"
    QUESTION = "question"


def row_key(utterance_id: int) -> str:
    """Name the outbox row that carries an utterance to the citizen."""
    return f"relay:{utterance_id}"


def relayable(appeal: Appeal, now: datetime) -> None:
    """Raise TransitionRefused or InputRefused where words no longer go to the citizen."""
    status = Status(appeal.status)
    if not lifecycle.may(status, Event.CONTACT):
        raise TransitionRefused(status, Event.CONTACT)
    if status is Status.CLOSED and appeal.closed_at and now - appeal.closed_at > RELAYED_AFTER_CLOSING:
        raise InputRefused("closed_too_long")


def may_be_told(appeal: Appeal, *, now: datetime) -> bool:
    """Whether words still go to the citizen."""
    try:
        relayable(appeal, now)
    except Refused:
        return False
    return True


async def keep(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    text: str,
    files: Collection[int] = (),
    manner: Manner,
    source: tuple[int, int],
    now: datetime,
) -> Utterance:
    """Keep what a member of staff wants the citizen to have; nothing is sent yet.

    `files`: ids of attachments; `source`: their chat and message.
    """
    relayable(appeal, now)
    said = await appeals.say(
        session,
        Utterance(
            appeal_id=appeal.id,
            direction="to_citizen",
            person_id=staff.person_id,
            department=staff.department,
            text=text,
            at=now,
            state="held",
            manner=manner,
            source_chat=source[0],
            source_message=source[1],
        ),
    )
    await attaching.to_words(session, appeal, said, await attachments.named(session, files))
    return said


async def note(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    text: str,
    files: Collection[int] = (),
    source: tuple[int, int],
    now: datetime,
    **details: str,
) -> Utterance:
    """Keep words of the staff that stay in the group, and what came with them; `details` go with the event."""
    utterance = await appeals.say(
        session,
        Utterance(
            appeal_id=appeal.id,
            direction="note",
            person_id=staff.person_id,
            department=staff.department,
            text=text,
            at=now,
            state="kept",
            source_chat=source[0],
            source_message=source[1],
        ),
    )
    await attaching.to_words(session, appeal, utterance, await attachments.named(session, files))
    await _noted(session, appeal, utterance, staff, now, **details)
    return utterance


async def join(
    session: AsyncSession, *, appeal: Appeal, words: Utterance, files: Collection[int], text: str, message_id: int
) -> None:
    """Let a later part of an album, and the `text` under it, join the words of its first part."""
    await attaching.to_words(session, appeal, words, await attachments.named(session, files))
    if text:
        words.parts = {**parts_of(words), str(message_id): text}
        words.text = f"{words.text}\n{text}" if words.text else text


def parts_of(words: Utterance) -> dict[str, str]:
    """Return which message of the staff brought which part of the words."""
    return words.parts or ({str(words.source_message): words.text} if words.text else {})


async def utterance(session: AsyncSession, utterance_id: int, appeal_id: int | None = None) -> Utterance:
    """Return words that were kept; with an appeal given (locked before), as they stand now; raise NotFound."""
    found = await session.get(Utterance, utterance_id, populate_existing=appeal_id is not None)
    if found is None or (appeal_id is not None and found.appeal_id != appeal_id):
        raise NotFound(f"no utterance {utterance_id}")
    return found


async def said_in(session: AsyncSession, appeal_id: int, *, chat_id: int, message_id: int) -> Utterance | None:
    """Return what was made of one message of the staff: it began some words, or brought a part of them."""
    thing = await attachments.in_message(session, chat_id=chat_id, message_id=message_id)
    there = [each for each in await appeals.words(session, appeal_id) if each.source_chat == chat_id]
    found = [each for each in there if each.source_message == message_id]
    found = found or [each for each in there if thing is not None and each.id == thing.utterance_id]
    return found[-1] if found else None


async def set_out(session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime) -> None:
    """Make ready to send: whoever writes to the citizen first has signed for the appeal (首问负责)."""
    relayable(appeal, now)
    if appeal.status == Status.DISPATCHED:
        await claim(session, appeal=appeal, staff=staff, now=now)
    words.state = "held"


async def take_back(session: AsyncSession, words: Utterance, *, now: datetime) -> bool:
    """Stop words that are held; False where they are gone, or may be."""
    if words.state != "held":
        return False
    carried = await recalls.carrying(session, words.id, locked=True)
    rows = [each for each in carried if each.state != OutboxState.CANCELLED]
    # A call that was tried before may have arrived although nobody said so.
    if any(each.state != OutboxState.QUEUED or each.tries for each in rows):
        return False
    return all([await recalls.cancel(session, each.id, now=now) for each in rows])


async def waits(session: AsyncSession, words: Utterance) -> bool:
    """Whether words are on their way and held, not asked about."""
    carried = await recalls.carrying(session, words.id)
    return words.state == "held" and any(each.state == OutboxState.QUEUED for each in carried)


async def let_go(session: AsyncSession, words: Utterance) -> bool:
    """Send held words now instead of in some seconds; False where they went already."""
    if words.state != "held":
        return False
    released = [await recalls.release(session, each.id) for each in await recalls.carrying(session, words.id)]
    if not any(released):
        return False
    words.state = "queued"
    return True


async def take_from_citizen(session: AsyncSession, words: Utterance, *, now: datetime) -> tuple[int, list[int]]:
    """Return the chat the words went to and the ids of the messages to delete there, so that they vanish.

    Raises InputRefused: "unsend_answer" for an answer, "unsend_question" for a question, "unsend_too_late" after two
    days (the platform's limit), or where the words never arrived or are gone.
    """
    if words.direction != "to_citizen":
        raise InputRefused("unsend_answer")
    if words.manner == Manner.QUESTION:
        raise InputRefused("unsend_question")
    rows = [each for each in await recalls.carrying(session, words.id) if each.state == OutboxState.SENT]
    fresh = [each for each in rows if each.settled_at is not None and now - each.settled_at < _DELETABLE]
    if words.state != "delivered" or not rows or len(fresh) < len(rows):
        raise InputRefused("unsend_too_late")
    words.state = "withdrawing"
    return rows[0].chat_id, [gone for each in rows for gone in await messages.of_call(session, each.id)]


async def edit_out(session: AsyncSession, words: Utterance, text: str, *, now: datetime) -> None:
    """Let words that went out read otherwise; the old ones are kept."""
    session.add(UtteranceVersion(utterance_id=words.id, text=words.text, at=now))
    words.text = text
    appeal = await session.get_one(Appeal, words.appeal_id)
    if words.direction == "answer" and appeal.answer is not None:
        appeal.answer = text
    await session.flush()


async def drop(session: AsyncSession, words: Utterance) -> None:
    """Note that words were not sent; they stay in the history."""
    words.state = "dropped"
    await session.flush()


async def keep_inside(session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime) -> None:
    """Turn words that did not go out into a note."""
    words.direction, words.state = "note", "kept"
    await _noted(session, appeal, words, staff, now)


async def note_numbers_sent(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime
) -> None:
    """Keep that somebody sent private numbers on although asked."""
    await events.record(
        session,
        "numbers_sent",
        at=now,
        actor=Actor.STAFF,
        appeal_id=appeal.id,
        person_id=staff.person_id,
        utterance_id=words.id,
    )


async def _noted(
    session: AsyncSession, appeal: Appeal, words: Utterance, staff: Staff, now: datetime, **details: str
) -> None:
    if lifecycle.may(Status(appeal.status), Event.NOTE):
        await move(
            session,
            appeal,
            Event.NOTE,
            actor=Actor.STAFF,
            person_id=staff.person_id,
            now=now,
            utterance_id=words.id,
            **details,
        )
