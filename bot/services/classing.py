"""Staff correct the handling class (办件类型) that was told from what happened."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from storage.domain.classes import HandlingClass, class_of, derived
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.domain.words import Kind
from storage.tables import Appeal, Staff


def choosable(appeal: Appeal) -> list[HandlingClass]:
    """Return the classes it may be given in place of its own; raise TransitionRefused where it may be given none.

    What is a suggestion, and nothing else, is 建议件.
    """
    workable(appeal, Event.CLASS_CHANGED)
    if appeal.kind == Kind.SUGGESTION:
        return [each for each in (HandlingClass.SUGGESTION,) if each != class_of(appeal)]
    return [each for each in HandlingClass if each not in {class_of(appeal), HandlingClass.SUGGESTION}]


async def correct(session: AsyncSession, *, appeal: Appeal, staff: Staff, to: HandlingClass, now: datetime) -> None:
    """Set the class of a locked appeal; raise TransitionRefused or InputRefused("no_such_reason").

    Set back to what follows from what happened, it follows that again.
    """
    if to not in choosable(appeal):
        raise InputRefused("no_such_reason")
    old = class_of(appeal)
    await move(
        session,
        appeal,
        Event.CLASS_CHANGED,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        old=old.value,
        new=to.value,
    )
    appeal.handling = None if to == derived(appeal) else to.value
