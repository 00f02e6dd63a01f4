"""An appeal changes its unit: the promise stays, and what the former unit has not sent yet goes to nobody."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.dispatching import start_clocks
from bot.services.moving import Actor, move, workable
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.repositories import appeals, offices, people, recalls
from storage.tables import Appeal, AppealEvent, Utterance

_UNDER_WAY = frozenset({"held", "queued"})


async def transfer(
    session: AsyncSession,
    appeal: Appeal,
    event: Event,
    department: str,
    *,
    actor: Actor,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
    **told: Any,
) -> AppealEvent:
    """Bring a locked appeal to another unit by one of the events that do so; raise TransitionRefused or InputRefused.

    `told`: what else the event is to tell. Its `recalled` names the utterances that were taken back on their way to
    the citizen.
    """
    if city.department(department) is None or department == appeal.department:
        raise InputRefused("no_such_department")
    workable(appeal, event)
    details = {"old": appeal.department, "new": department, **told}
    recalled = await _recall(session, appeal, now=now)
    await _stop_writing(session, appeal)
    happened = await move(
        session,
        appeal,
        event,
        actor=actor,
        person_id=person_id,
        now=now,
        **details | ({"recalled": recalled} if recalled else {}),
    )
    start_clocks(appeal, department, now=now, city=city, calendar=calendar)
    return happened


async def _recall(session: AsyncSession, appeal: Appeal, *, now: datetime) -> list[int]:
    """Take back the former unit's words that are on their way, and let none of its answers count for the next one."""
    recalled = []
    for each in await appeals.words(session, appeal.id):
        if each.direction == "answer" and each.state in {"undelivered", "waiting"}:
            each.state = "dropped"
        elif _on_its_way(each) and await recalls.recall(session, each.id, now=now):
            each.state = "dropped"
            recalled.append(each.id)
    appeal.answer_pressed_at = appeal.staff_outcome = appeal.last_reply = appeal.stopped_at = None
    return recalled


def _on_its_way(words: Utterance) -> bool:
    return words.direction in {"to_citizen", "answer"} and words.state in _UNDER_WAY


async def _stop_writing(session: AsyncSession, appeal: Appeal) -> None:
    """End what the former unit's staff are being asked about the appeal."""
    for _, person in await offices.colleagues(session, appeal.department or ""):
        for talk in await people.conversations(session, person):
            if talk.state.startswith("office.") and talk.memo.get("appeal") == appeal.id:
                await session.delete(talk)
