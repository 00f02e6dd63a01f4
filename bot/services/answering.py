"""The answer that ends the handling (答复办结): written, looked at, sent once."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching
from bot.services.moving import Actor, move, workable
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, attachments, offices, people
from storage.tables import Appeal, Conversation, Staff, Utterance

WRITING = ("office.outcome", "office.answer")
_LEFT_LYING = timedelta(minutes=30)


class Outcome(StrEnum):
    """How it went, in the unit's own view."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    PLANNED = "planned"
    IMPOSSIBLE = "impossible"


async def may_answer(
    session: AsyncSession,
    *,
    appeal: Appeal,
    person_id: int,
    chat_id: int,
    thread_id: int = 0,
    platform: str,
    bot: int,
    now: datetime,
) -> None:
    """Raise TransitionRefused where no answer is due, InputRefused where a colleague is writing or has sent one."""
    workable(appeal, Event.ANSWER)
    if any(each.direction == "answer" and each.state == "queued" for each in await appeals.words(session, appeal.id)):
        raise InputRefused("being_answered")
    here: dict[str, Any] = {"platform": platform, "bot": bot, "chat_id": chat_id, "thread_id": thread_id}
    for colleague, person in await offices.colleagues(session, appeal.department or ""):
        talk = await people.conversation(session, **here, user_id=person.user_id)
        if colleague.person_id != person_id and _writes(talk, appeal, now):
            raise InputRefused("being_answered")


async def draft(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    outcome: Outcome,
    text: str,
    files: Collection[int] = (),
    source: tuple[int, int] | None,
    parts: Mapping[str, str] | None = None,
    now: datetime,
) -> Utterance:
    """Keep an answer, with attachments by id, for its writer to look at; their earlier drafts of it are dropped."""
    workable(appeal, Event.ANSWER)
    for each in await appeals.words(session, appeal.id):
        if each.direction == "answer" and each.state == "held" and each.person_id == staff.person_id:
            each.state = "dropped"
    chat_id, message_id = source or (None, None)
    said = await appeals.say(
        session,
        Utterance(
            appeal_id=appeal.id,
            direction="answer",
            person_id=staff.person_id,
            department=staff.department,
            text=text,
            at=now,
            state="held",
            manner=outcome,
            source_chat=chat_id,
            source_message=message_id,
            parts=dict(parts or {}),
        ),
    )
    await attaching.to_words(session, appeal, said, await attachments.named(session, files))
    return said


async def last_delivered(session: AsyncSession, appeal: Appeal) -> Utterance | None:
    """Return the unit's last words that reached the citizen; what came without a word is none."""
    arrived = [
        each
        for each in await appeals.words(session, appeal.id)
        if each.direction == "to_citizen" and each.state == "delivered" and each.department == appeal.department
    ]
    said = [each for each in arrived if each.text]
    return said[-1] if said else None


async def send(session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime) -> None:
    """Take the drafted answer as the unit's: it counts from now, and as given once it is delivered.

    Raises TransitionRefused where it went already, was dropped, or another one is under way.
    """
    said = await appeals.words(session, appeal.id)
    under_way = any(each.direction == "answer" and each.state == "queued" for each in said)
    if words.direction != "answer" or words.state != "held" or under_way:
        raise TransitionRefused(Status(appeal.status), Event.ANSWER)
    await move(
        session,
        appeal,
        Event.ANSWER,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        utterance_id=words.id,
        outcome=words.manner,
    )
    for each in said:
        if each.direction == "answer" and each.state == "undelivered":
            each.state = "dropped"
    words.state = "queued"
    appeal.answer_pressed_at, appeal.staff_outcome = now, words.manner


def _writes(talk: Conversation | None, appeal: Appeal, now: datetime) -> bool:
    return (
        talk is not None
        and talk.state in WRITING
        and talk.memo.get("appeal") == appeal.id
        and now - talk.updated_at < _LEFT_LYING
    )
