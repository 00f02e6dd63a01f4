"""A unit asks to be rid of an appeal (退单申请): once, with a reason; it keeps the appeal until others decide."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.guessing import Guess
from bot.services.moving import Actor, move, workable
from storage.domain import deadlines, requests
from storage.domain.calendar import Calendar
from storage.domain.city import City, Department
from storage.domain.errors import InputRefused, NoMoreReturns
from storage.domain.masking import mask
from storage.domain.requests import SUPERVISORS
from storage.domain.statuses import Event
from storage.domain.words import Urgency
from storage.repositories import appeals, events
from storage.tables import Appeal, AppealEvent, Staff

BY_SILENCE = "silence"


class ReturnReason(StrEnum):
    """Why a unit says an appeal is not theirs."""

    AREA = "area"
    DUTY = "duty"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    OTHER = "other"


async def returnable(session: AsyncSession, appeal: Appeal) -> Sequence[AppealEvent]:
    """Return the history of an appeal that its unit may ask to give back now.

    Raises TransitionRefused where the status forbids it, NoMoreReturns where a supervisor names the lead, and
    InputRefused where the unit has asked already: each may once.
    """
    workable(appeal, Event.RETURN_ASKED)
    history = await events.of_appeal(session, appeal.id)
    if appeal.lead_named or requests.is_for_supervisors(history):
        raise NoMoreReturns(returns=appeal.returns, named=appeal.lead_named)
    if requests.open_request(history) is not None:
        raise InputRefused("return_asked")
    if requests.has_asked(history, appeal.department or ""):
        raise InputRefused("return_once")
    return history


async def ask_return(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    reason: ReturnReason,
    suggested: str | None,
    words: str,
    now: datetime,
) -> AppealEvent:
    """Ask the dispatchers to take a locked appeal back; after two returns in all, ask the supervisors.

    `suggested`: the code of the unit whose matter they say it is, if they know one; `words`: the sentence that says by
    what duty or rule, kept with its private numbers starred.
    """
    history = await returnable(session, appeal)
    to = {"to": SUPERVISORS} if requests.goes_to_supervisors(appeal.returns, history) else {}
    return await move(
        session,
        appeal,
        Event.RETURN_ASKED,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        reason=reason.value,
        department=appeal.department,
        suggested=suggested,
        words=mask(words),
        **to,
    )


def decided_by(appeal: Appeal, asked: AppealEvent, *, city: City, calendar: Calendar) -> datetime:
    """Return until when a return or an offer is to be decided; silence is a no: half a working day later."""
    return deadlines.triage_due(Urgency(appeal.urgency), asked.at, calendar, city.limits)


async def undecided(session: AsyncSession, *, for_supervisors: bool) -> list[Appeal]:
    """Return the appeals about whose return the supervisors, or the dispatchers, have to decide; the oldest first."""
    waiting = []
    for appeal_id in await appeals.asking(session):
        history = await events.of_appeal(session, appeal_id)
        if requests.open_request(history) and requests.is_for_supervisors(history) == for_supervisors:
            waiting.append(await session.get_one(Appeal, appeal_id))
    return waiting


def others_likely(appeal: Appeal, city: City) -> Sequence[Department]:
    """Return the units that may be meant where this one says it is not theirs: the likeliest three."""
    likely = Guess.from_json(appeal.guess or {}).at(city, appeal.town).likely
    units = (city.department(each.department) for each in likely if each.department != appeal.department)
    return [unit for unit in units if unit is not None][:3]
