"""A unit asks its citizen for what is missing (请补充): once, all at once; the clock stands still until they answer."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching
from bot.services.moving import Actor, find, move, workable
from bot.services.owning import own
from bot.services.petitioning import Wish, petition
from bot.services.relaying import Manner
from bot.services.supplementing import say_for, supplement
from storage.domain import deadlines, requests
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.domain.words import Urgency
from storage.repositories import appeals, attachments, events
from storage.tables import Appeal, Approval, Staff, Utterance

_BEFORE_SUPERVISORS: Final = "waiting"
_UNDER_WAY: Final = frozenset({"waiting", "queued", "undelivered"})


class Lack(StrEnum):
    """Why a citizen cannot give what is asked for."""

    NONE = "none"
    GIVEN = "given"


async def askable(session: AsyncSession, appeal: Appeal) -> None:
    """Raise TransitionRefused or InputRefused where the citizen may not be asked now: each appeal has one question.

    Nor while it is open whose the appeal is, nor while an answer is on its way or waits for the citizen to come back.
    """
    workable(appeal, Event.ASK)
    if appeal.asks:
        raise InputRefused("asked_once")
    history = await events.of_appeal(session, appeal.id)
    if requests.open_request(history) is not None or requests.open_offer(history) is not None:
        raise InputRefused("ask_when_decided")
    said = await appeals.words(session, appeal.id)
    if any(each.direction == "answer" and each.state in _UNDER_WAY for each in said):
        raise InputRefused("ask_before_answer")


def needs_supervisor(appeal: Appeal, *, now: datetime, calendar: Calendar) -> bool:
    """Whether it is too late to stop the clock without a supervisor: due on the next working day, or before."""
    return appeal.answer_due is not None and deadlines.is_last_day(appeal.answer_due, now, calendar)


async def draft(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    text: str,
    files: Collection[int] = (),
    source: tuple[int, int] | None,
    parts: Mapping[str, str] | None = None,
    now: datetime,
) -> Utterance:
    """Keep a question, with attachments by id, for its writer to look at; their earlier drafts of it are dropped."""
    await askable(session, appeal)
    for each in await appeals.words(session, appeal.id):
        if each.manner == Manner.QUESTION and each.state == "held" and each.person_id == staff.person_id:
            each.state = "dropped"
    chat_id, message_id = source or (None, None)
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
            manner=Manner.QUESTION,
            source_chat=chat_id,
            source_message=message_id,
            parts=dict(parts or {}),
        ),
    )
    await attaching.to_words(session, appeal, said, await attachments.named(session, files))
    return said


def drop(appeal: Appeal, words: Utterance) -> None:
    """Forget a question that was looked at; raise TransitionRefused where it went on."""
    _drafted(appeal, words, "held")
    words.state = "dropped"


async def ask(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime, calendar: Calendar
) -> None:
    """Put a drafted question to the citizen of a locked appeal: from now on the clock stands still.

    Raises TransitionRefused, or InputRefused, "ask_needs_supervisor" among them on the last day.
    """
    await askable(session, appeal)
    _drafted(appeal, words, "held")
    if needs_supervisor(appeal, now=now, calendar=calendar):
        raise InputRefused("ask_needs_supervisor")
    await _put(session, appeal, words, person_id=staff.person_id, now=now, calendar=calendar)


async def want(session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, now: datetime) -> Approval:
    """Ask a supervisor whether the question may still stop the clock; until one agrees nothing goes out."""
    await askable(session, appeal)
    _drafted(appeal, words, "held")
    words.state = _BEFORE_SUPERVISORS
    details = {"question": mask(words.text), "utterance_id": words.id}
    return await petition(
        session, appeal, Wish.LATE_ASK, Event.ASK_WANTED, asked_by=staff.person_id, details=details, now=now
    )


async def granted(
    session: AsyncSession, appeal: Appeal, approval: Approval, *, now: datetime, city: City, calendar: Calendar
) -> None:
    """Put the question that a supervisor agreed to; raise TransitionRefused or InputRefused where it is too late."""
    del city  # the calendar is enough
    await askable(session, appeal)
    words = await appeals.utterance(session, int(approval.details["utterance_id"]))
    if words is None:
        raise TransitionRefused(Status(appeal.status), Event.ASK)
    _drafted(appeal, words, _BEFORE_SUPERVISORS)
    await _put(session, appeal, words, person_id=approval.asked_by, now=now, calendar=calendar, approval_id=approval.id)


async def question(session: AsyncSession, appeal: Appeal) -> Utterance | None:
    """Return what the citizen was last asked for; None where they never were."""
    asked = [each for each in await events.of_appeal(session, appeal.id) if each.what == Event.ASK]
    return await appeals.utterance(session, asked[-1].details["utterance_id"]) if asked else None


async def hear(
    session: AsyncSession,
    *,
    appeal_id: int,
    person_id: int,
    text: str,
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
    now: datetime,
    calendar: Calendar,
) -> tuple[Appeal, bool]:
    """Add the citizen's words to their appeal; True where they were waited for, and the clock goes on.

    Raises NotFound, TransitionRefused or InputRefused as `supplement` does.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    told: dict[str, Any] = {"text": text, "files": files, "parts": parts or {}, "now": now}
    if appeal.status != Status.AWAITING_CITIZEN:
        await supplement(session, appeal_id=appeal_id, person_id=person_id, **told)
        return appeal, False
    words = await say_for(session, appeal, **told)
    await _go_on(
        session,
        appeal,
        Event.SUPPLY,
        actor=Actor.CITIZEN,
        person_id=person_id,
        now=now,
        calendar=calendar,
        utterance_id=words.id,
    )
    return appeal, True


async def cannot_supply(
    session: AsyncSession, *, appeal_id: int, person_id: int, reason: Lack, now: datetime, calendar: Calendar
) -> Appeal:
    """Note that the citizen has nothing to give, or gave it before; the clock goes on. Raises as `hear` does."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    await _go_on(
        session,
        appeal,
        Event.CANNOT_SUPPLY,
        actor=Actor.CITIZEN,
        person_id=person_id,
        now=now,
        calendar=calendar,
        reason=reason.value,
    )
    return appeal


async def ask_back(session: AsyncSession, *, appeal_id: int, person_id: int, text: str, now: datetime) -> bool:
    """Let the unit know what the citizen says to its question, in `text`; False where it knows. The appeal waits on."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    workable(appeal, Event.CANNOT_SUPPLY)
    last = (await appeals.words(session, appeal.id))[-1:]
    if any(each.direction == "from_citizen" and each.text == text for each in last):
        return False
    await supplement(session, appeal_id=appeal_id, person_id=person_id, text=text, now=now)
    return True


async def lapse(session: AsyncSession, appeal_id: int, *, now: datetime, calendar: Calendar) -> bool:
    """Wait no longer for what did not come; False where nothing is waited for, or not long enough."""
    appeal = await find(session, appeal_id)
    if appeal.status != Status.AWAITING_CITIZEN or appeal.ask_until is None or now < appeal.ask_until:
        return False
    await _go_on(session, appeal, Event.ASK_LAPSED, actor=Actor.SYSTEM, person_id=None, now=now, calendar=calendar)
    return True


async def not_heard(session: AsyncSession, appeal: Appeal, words: Utterance, *, now: datetime) -> None:
    """Undo a question that never reached the citizen of a locked appeal: the clock never stood, they can be asked."""
    if appeal.status != Status.AWAITING_CITIZEN or words.manner != Manner.QUESTION:
        return
    asked = await question(session, appeal)
    if asked is None or asked.id != words.id:
        return
    await move(session, appeal, Event.ASK_LAPSED, actor=Actor.SYSTEM, person_id=None, now=now, undelivered=True)
    appeal.asked_at, appeal.ask_until, appeal.asks = None, None, 0


async def _put(
    session: AsyncSession,
    appeal: Appeal,
    words: Utterance,
    *,
    person_id: int | None,
    now: datetime,
    calendar: Calendar,
    **details: int,
) -> None:
    """Let the clock stand still; one that never arrived before does not come after this one."""
    for each in await appeals.words(session, appeal.id):
        if each.manner == Manner.QUESTION and each.state == "undelivered":
            each.state = "dropped"
    words.state = "queued"
    await move(
        session,
        appeal,
        Event.ASK,
        actor=Actor.STAFF,
        person_id=person_id,
        now=now,
        utterance_id=words.id,
        **details,
    )
    appeal.asked_at, appeal.ask_until, appeal.asks = now, deadlines.asked_until(now, calendar), 1


async def _go_on(
    session: AsyncSession,
    appeal: Appeal,
    event: Event,
    *,
    actor: Actor,
    person_id: int | None,
    now: datetime,
    calendar: Calendar,
    **details: Any,
) -> None:
    """Let the clock run again: the limit is later by the time it stood, which is no more than was promised."""
    await move(session, appeal, event, actor=actor, person_id=person_id, now=now, **details)
    run_again(appeal, now=now, calendar=calendar)


def run_again(appeal: Appeal, *, now: datetime, calendar: Calendar) -> None:
    """Let the clock of a locked appeal, which stood while its citizen was asked, run again."""
    paused, old = appeal.asked_at, appeal.answer_due
    if paused is not None and old is not None:
        resumed, urgency = min(now, appeal.ask_until or now), Urgency(appeal.urgency)
        appeal.answer_due = deadlines.resumed_due(
            old, urgency=urgency, paused=paused, resumed=resumed, calendar=calendar
        )
    appeal.asked_at = appeal.ask_until = None
    if appeal.answer_due != old:
        appeal.ladder, appeal.ladder_at = 0, None


def _drafted(appeal: Appeal, words: Utterance, state: str) -> None:
    if words.manner != Manner.QUESTION or words.state != state:
        raise TransitionRefused(Status(appeal.status), Event.ASK)
