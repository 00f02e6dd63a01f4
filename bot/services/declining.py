"""A dispatcher declines an appeal (不予受理): for one of nine reasons, never an emergency; who is in charge is told."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.alarming import RUNNING
from bot.services.moving import Actor, find, move, workable
from bot.services.transcribing import waits
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event, Status
from storage.domain.words import Urgency
from storage.repositories import appeals, dangers
from storage.tables import Appeal

_ANSWERED_OFFERED = 3


class DeclineReason(StrEnum):
    """Why an appeal is not accepted."""

    COURT = "court"
    LAW = "law"
    OFFICIAL = "official"
    PETITION = "petition"
    ANSWERED = "answered"
    ELSEWHERE = "elsewhere"
    LITTLE = "little"
    ADVERT = "advert"
    OTHER = "other"


async def declinable(session: AsyncSession, appeal: Appeal) -> None:
    """Raise where a locked appeal may not be declined now.

    TransitionRefused once it is with a unit; InputRefused("emergency_stays") while somebody may be in danger,
    InputRefused("voice_first") while nobody has listened to what its citizen said.
    """
    workable(appeal, Event.DECLINE)
    running = await dangers.of_appeal(session, appeal.id, states=RUNNING)
    if appeal.urgency == Urgency.EXTREME or running:
        raise InputRefused("emergency_stays")
    if waits(appeal):
        raise InputRefused("voice_first")


async def decline(
    session: AsyncSession,
    *,
    appeal_id: int,
    reason: DeclineReason,
    text: str,
    office: str = "",
    phone: str = "",
    person_id: int,
    now: datetime,
) -> Appeal:
    """Decline an appeal that waits in triage; raise as `declinable` does.

    `text`: the reason as the citizen reads it; `office`, `phone`: who is in charge instead, where somebody is.
    """
    appeal = await find(session, appeal_id)
    await declinable(session, appeal)
    await move(
        session,
        appeal,
        Event.DECLINE,
        actor=Actor.DISPATCHER,
        person_id=person_id,
        now=now,
        reason=reason.value,
    )
    appeal.declined = {"reason": reason.value, "text": text, "office": office, "phone": phone}
    return appeal


async def answered_before(
    session: AsyncSession, appeal: Appeal, *, most: int | None = _ANSWERED_OFFERED
) -> Sequence[Appeal]:
    """Return what the same citizen got an answer to before, the newest first; never what is confidential."""
    mine = await appeals.of_citizen(session, appeal.citizen_id)
    settled = {Status.ANSWERED, Status.CLOSED}
    answered = [each for each in mine if each.status in settled and each.answer and not each.confidential]
    return [each for each in answered if each.id != appeal.id][:most]
