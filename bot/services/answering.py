"""The answer that ends the handling (答复办结): written, looked at, sent once; a no (办不了) is looked at by two."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching
from bot.services.moving import Actor, move, workable
from bot.services.petitioning import Wish, petition
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind
from storage.repositories import appeals, approvals, attachments, offices, people
from storage.tables import Appeal, Approval, Conversation, Staff, Utterance

WRITING = ("office.outcome", "office.answer")
_LEFT_LYING = timedelta(minutes=30)


class Outcome(StrEnum):
    """How it went, in the unit's own view; what became of a suggestion is said in words of its own."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    IMPOSSIBLE = "impossible"
    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"


VERDICTS: Final = (Outcome.ADOPTED, Outcome.PARTLY, Outcome.NOT_ADOPTED)
"""What a suggestion is answered with (采纳, 部分采纳, 不采纳)."""


def fits(appeal: Appeal, outcome: Outcome) -> bool:
    """Whether an appeal of its kind can be answered so."""
    return (outcome in VERDICTS) == (appeal.kind == Kind.SUGGESTION)


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
    """Raise TransitionRefused where no answer is due, InputRefused where a colleague is writing or has sent one.

    Where a supervisor is looking at one, that is waited for.
    """
    workable(appeal, Event.ANSWER)
    if await _waits_for_a_look(session, appeal):
        raise InputRefused("answer_waits")
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
    """Keep an answer, with attachments by id, for its writer to look at; their earlier drafts of it are dropped.

    Raises TransitionRefused, or InputRefused("no_such_reason") where an appeal of this kind is not answered so.
    """
    workable(appeal, Event.ANSWER)
    if not fits(appeal, outcome):
        raise InputRefused("no_such_reason")
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


async def sendable(session: AsyncSession, *, appeal: Appeal, words: Utterance) -> None:
    """Raise where a drafted answer cannot go.

    That is TransitionRefused where it went already, was dropped, or another one is under way, and InputRefused where a
    supervisor is looking at one, or where the appeal is of another kind by now.
    """
    said = await appeals.words(session, appeal.id)
    under_way = any(each.direction == "answer" and each.state == "queued" for each in said)
    if words.direction != "answer" or words.state != "held" or under_way:
        raise TransitionRefused(Status(appeal.status), Event.ANSWER)
    workable(appeal, Event.ANSWER)
    if await _waits_for_a_look(session, appeal):
        raise InputRefused("answer_waits")
    if words.manner is not None and not fits(appeal, Outcome(words.manner)):
        raise InputRefused("no_such_reason")


async def send(session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime) -> None:
    """Take the drafted answer as the unit's: it counts from now, and as given once it is delivered.

    Raises as `sendable` does.
    """
    await sendable(session, appeal=appeal, words=words)
    await _sent(session, appeal, words, actor=Actor.STAFF, person_id=staff.person_id, pressed=now, now=now)


def takes_two(words: Utterance) -> bool:
    """Whether somebody else has to look at an answer before it goes: a no (办不了) does."""
    return words.manner == Outcome.IMPOSSIBLE


async def ask_for_a_look(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime
) -> Approval:
    """Put the drafted answer before the supervisors; it goes when one agrees. Raises as `sendable` does."""
    await sendable(session, appeal=appeal, words=words)
    details = {"utterance_id": words.id, "answer": mask(words.text)}
    asked = await petition(session, appeal, Wish.ANSWER, None, asked_by=staff.person_id, details=details, now=now)
    words.state = "waiting"
    return asked


async def granted(
    session: AsyncSession, appeal: Appeal, approval: Approval, *, now: datetime, city: City, calendar: Calendar
) -> None:
    """Let the answer go that a supervisor has looked at: on-time counts from the unit's own press.

    Raises InputRefused("approval_settled") where there is nothing to send any more.
    """
    del city, calendar
    words = await _looked_at(session, appeal, approval)
    if words is None:
        raise InputRefused("approval_settled")
    await _sent(
        session,
        appeal,
        words,
        actor=Actor.SUPERVISOR,
        person_id=approval.decided_by,
        pressed=approval.asked_at,
        now=now,
        approval_id=approval.id,
    )


async def sent_back(session: AsyncSession, appeal: Appeal, approval: Approval) -> None:
    """Make the answer a draft again, for its unit to mend."""
    words = await _looked_at(session, appeal, approval)
    if words is not None:
        words.state = "held"


async def _looked_at(session: AsyncSession, appeal: Appeal, approval: Approval) -> Utterance | None:
    """Return the answer that waited for a look, if it is still the unit's."""
    words = await appeals.utterance(session, int(approval.details["utterance_id"]))
    if words is None or words.state != "waiting" or words.department != appeal.department:
        return None
    return words


async def _waits_for_a_look(session: AsyncSession, appeal: Appeal) -> bool:
    return any(each.kind == Wish.ANSWER for each in await approvals.waiting_of(session, appeal.id))


async def _sent(
    session: AsyncSession,
    appeal: Appeal,
    words: Utterance,
    *,
    actor: Actor,
    person_id: int | None,
    pressed: datetime,
    now: datetime,
    **details: int,
) -> None:
    await move(
        session,
        appeal,
        Event.ANSWER,
        actor=actor,
        person_id=person_id,
        now=now,
        utterance_id=words.id,
        outcome=words.manner,
        **details,
    )
    for each in await appeals.words(session, appeal.id):
        if each.direction == "answer" and each.state == "undelivered":
            each.state = "dropped"
    words.state = "queued"
    appeal.answer_pressed_at, appeal.staff_outcome = pressed, words.manner


def _writes(talk: Conversation | None, appeal: Appeal, now: datetime) -> bool:
    return (
        talk is not None
        and talk.state in WRITING
        and talk.memo.get("appeal") == appeal.id
        and now - talk.updated_at < _LEFT_LYING
    )
