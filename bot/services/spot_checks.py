"""Spot checks by telephone (抽查回访): a few ended appeals a day, drawn by the day, asked about one by one."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import concerns
from bot.services.answering import Outcome
from bot.services.concerns import ConcernKind
from bot.services.moving import Actor, find
from storage.domain.errors import InputRefused, NotFound
from storage.repositories import events, spot_checks
from storage.tables import Appeal, SpotCheck

CHECKED: Final = "spot_checked"
_LOOKS_BACK: Final = timedelta(days=7)
_SHARE: Final = 0.05
_MOST: Final = 10


class CheckState(StrEnum):
    """How far one was asked about."""

    DRAWN = "drawn"
    ASKING = "asking"
    DONE = "done"
    NO_ANSWER = "no_answer"


class Question(StrEnum):
    """What the citizen is asked, in this order."""

    CONTACTED = "contacted"
    SOLVED = "solved"
    SATISFIED = "satisfaction"


async def draw(session: AsyncSession, *, day: date, now: datetime) -> Sequence[Appeal]:
    """Draw for a day, one in twenty of the last week's, one at least; return the appeals that wait to be asked about.

    Those of the week before that nobody asked about wait too, and with them it is ten at most.
    """
    since = day - _LOOKS_BACK
    left = len(await spot_checks.waiting(session, since, CheckState.DRAWN))
    found = await spot_checks.candidates(session, now - _LOOKS_BACK)
    size = max(0, min(ceil(len(found) * _SHARE), _MOST - left))
    drawn = random.Random(day.toordinal()).sample(list(found), size)  # noqa: S311 - to be the same for the same day
    await spot_checks.add(session, drawn, day, CheckState.DRAWN)
    return await spot_checks.waiting(session, since, CheckState.DRAWN)


async def take_next(session: AsyncSession, *, day: date, person_id: int, now: datetime) -> SpotCheck | None:
    """Return the one this supervisor is to ask about now, theirs from then on; None where nothing is left on that day.

    Who asks sees the citizen's number: that is kept.
    """
    check = await spot_checks.next_for(
        session, day - _LOOKS_BACK, person_id, drawn=CheckState.DRAWN, asking=CheckState.ASKING
    )
    if check is None:
        return None
    check.state, check.by = CheckState.ASKING, person_id
    await events.record(
        session,
        "contact_seen",
        at=now,
        actor=Actor.SUPERVISOR,
        appeal_id=check.appeal_id,
        person_id=person_id,
        reason=ConcernKind.SPOT_CHECK,
    )
    return check


def question(check: SpotCheck) -> Question | None:
    """Return what is to be asked next; None where all was."""
    if check.state != CheckState.ASKING:
        return None
    return next((each for each in Question if getattr(check, each) is None), None)


async def being_asked(session: AsyncSession, check_id: int, *, person_id: int) -> SpotCheck:
    """Return, for changing, the one this supervisor is asking about; raise NotFound or InputRefused("check_over")."""
    check = await spot_checks.locked(session, check_id)
    if check is None or check.by != person_id:
        raise NotFound(f"no spot check {check_id} of this person")
    if check.state != CheckState.ASKING:
        raise InputRefused("check_over")
    return check


async def answer(session: AsyncSession, check: SpotCheck, asked: Question, said: str, *, now: datetime) -> None:
    """Keep what the citizen said to the question now asked; the third answer ends it.

    Raises InputRefused("no_such_outcome") for an answer to another question.
    """
    if asked != question(check):
        raise InputRefused("no_such_outcome")
    if asked is Question.SATISFIED:
        check.satisfaction = said
        await _end(session, check, CheckState.DONE, now=now)
    else:
        setattr(check, asked, said == "yes")


async def no_answer(session: AsyncSession, check: SpotCheck, *, now: datetime) -> None:
    """Note that nobody answered the telephone."""
    await _end(session, check, CheckState.NO_ANSWER, now=now)


async def _end(session: AsyncSession, check: SpotCheck, state: CheckState, *, now: datetime) -> None:
    check.state, check.at = state, now
    await events.record(
        session,
        CHECKED,
        at=now,
        actor=Actor.SUPERVISOR,
        appeal_id=check.appeal_id,
        person_id=check.by,
        state=state,
        contacted=check.contacted,
        solved=check.solved,
        satisfaction=check.satisfaction,
    )
    if check.solved is False:
        appeal = await find(session, check.appeal_id)
        # The supervisors look into it: nothing reopens by itself.
        if appeal.staff_outcome == Outcome.SOLVED:
            await concerns.tell(session, appeal, ConcernKind.SPOT_CHECK, now=now)
