"""What a unit cannot decide goes to its superior (上报); the unit still answers, and the date stays."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from storage.domain.errors import InputRefused
from storage.domain.masking import has_private_number, mask
from storage.domain.statuses import Event
from storage.tables import Appeal, AppealEvent, Staff

LONGEST_NAME: Final = 30


def superior_named(text: str) -> str:
    """Return the name of a superior as it was typed, in one line; raise InputRefused("no_superior") where it is none.

    The citizen reads it: a telephone number in it is none of theirs.
    """
    name = " ".join(text.split())
    if not 1 < len(name) <= LONGEST_NAME or not any(each.isalpha() for each in name) or has_private_number(name):
        raise InputRefused("no_superior")
    return name


def escalatable(appeal: Appeal) -> None:
    """Raise TransitionRefused where nothing can be escalated now."""
    workable(appeal, Event.ESCALATE)


async def escalate(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, superior: str, reason: str, now: datetime
) -> AppealEvent:
    """Note that a locked appeal was brought before a superior, and why; its limits stay as they are.

    Raises TransitionRefused, InputRefused("no_superior"), or InputRefused("escalated") where that one has it already.
    """
    name = superior_named(superior)
    escalatable(appeal)
    if appeal.escalated_to == name:
        raise InputRefused("escalated")
    happened = await move(
        session,
        appeal,
        Event.ESCALATE,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        superior=name,
        words=mask(reason),
    )
    appeal.escalated_to = name
    return happened
