"""An answer that did not arrive: told by telephone (已电话告知), or its citizen cannot be reached at all (联系不上)."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import following_up
from bot.services.moving import Actor, move, workable
from bot.services.petitioning import Wish, petition
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.repositories import appeals
from storage.tables import Appeal, Approval, Staff, Utterance

SHORTEST: Final = 6
"""So many characters at least say when it was, and what was said."""
_NEVER_SENT: Final = frozenset({"held", "dropped"})


def undelivered_key(utterance_id: int) -> str:
    """Name the message that says of an answer that it did not arrive."""
    return f"undelivered:{utterance_id}"


async def undelivered_answer(session: AsyncSession, appeal: Appeal) -> Utterance:
    """Return the answer of this unit that did not arrive; raise InputRefused("nothing_undelivered") where none is."""
    answers = [each for each in await appeals.words(session, appeal.id) if each.direction == "answer"]
    sent = [each for each in answers if each.department == appeal.department and each.state not in _NEVER_SENT]
    if not sent or sent[-1].state != "undelivered":
        raise InputRefused("nothing_undelivered")
    return sent[-1]


async def tellable(session: AsyncSession, appeal: Appeal) -> Utterance:
    """Return the answer that may be told by telephone now; raise TransitionRefused or InputRefused."""
    workable(appeal, Event.TOLD_BY_PHONE)
    return await undelivered_answer(session, appeal)


async def told_by_phone(session: AsyncSession, *, appeal: Appeal, staff: Staff, text: str, now: datetime) -> None:
    """Note that somebody told the citizen the answer: when and what they said is in `text`, who it was in the event.

    It is answered from now on, and the answer itself still goes to the citizen should they come back.
    """
    answer = await tellable(session, appeal)
    _says_something(text)
    if appeal.contacted_at is None:
        appeal.contacted_at = now
        await move(session, appeal, Event.CONTACT, actor=Actor.STAFF, person_id=staff.person_id, now=now, how="phone")
    await move(
        session,
        appeal,
        Event.TOLD_BY_PHONE,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        utterance_id=answer.id,
        words=mask(text),
    )
    appeal.answer, appeal.answered_at, appeal.told_by_phone, appeal.stopped_at = answer.text, now, True, None
    following_up.begin(appeal, now=now)


async def unreachable(session: AsyncSession, appeal: Appeal) -> Utterance:
    """Return the answer that reached nobody; raise TransitionRefused or InputRefused where that may not be claimed."""
    workable(appeal, Event.UNREACHABLE_WANTED)
    if appeal.stopped_at is not None:
        raise InputRefused("stopped_already")
    return await undelivered_answer(session, appeal)


async def want(session: AsyncSession, *, appeal: Appeal, staff: Staff, text: str, now: datetime) -> Approval:
    """Ask a supervisor to stop the clock: `text` says how often and when it was tried. Until then the clock runs."""
    answer = await unreachable(session, appeal)
    _says_something(text)
    details = {"words": mask(text), "utterance_id": answer.id}
    return await petition(
        session, appeal, Wish.UNREACHABLE, Event.UNREACHABLE_WANTED, asked_by=staff.person_id, details=details, now=now
    )


async def granted(
    session: AsyncSession, appeal: Appeal, approval: Approval, *, now: datetime, city: City, calendar: Calendar
) -> None:
    """Stop the clock, for a supervisor saw how it was tried; nothing counts as answered.

    Raises TransitionRefused or InputRefused where the answer arrived meanwhile, or was replaced.
    """
    del city, calendar  # no limit moves
    answer = await unreachable(session, appeal)
    if answer.id != approval.details.get("utterance_id"):
        raise InputRefused("nothing_undelivered")
    await move(
        session,
        appeal,
        Event.UNREACHABLE,
        actor=Actor.SUPERVISOR,
        person_id=approval.decided_by,
        now=now,
        utterance_id=answer.id,
        words=approval.details["words"],
    )
    appeal.stopped_at = now


def _says_something(text: str) -> None:
    if len(text) < SHORTEST:
        raise InputRefused("say_when_and_what")
