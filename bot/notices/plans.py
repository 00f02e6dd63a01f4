"""What the citizen hears of extensions, plans, progress and conclusions: each of them a new message."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, Rows, data, send
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.services.relaying import row_key
from bot.texts import plans as words
from bot.texts.citizen import progress
from bot.texts.dates import far_day
from storage.domain.statuses import Event
from storage.repositories import appeals
from storage.tables import Appeal, AppealEvent, Approval

_HEARD = frozenset({Event.EXTEND, Event.DEFER, Event.PROGRESS, Event.RESUME, Event.CONCLUDE})


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the citizen is told; the live card is changed elsewhere."""
    if event.what not in _HEARD or event.appeal_id is None:
        return []
    appeal = await session.get_one(Appeal, event.appeal_id)
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    if event.what == Event.PROGRESS:
        return await _progress(session, seen, event)
    card = _extended(seen, event) if event.what == Event.EXTEND else await _other(session, seen, event)
    return [Say(send(seen.citizen.user_id, card), appeal=appeal.id, role="notice")]


def _extended(seen: AppealView, event: AppealEvent) -> Card:
    old = datetime.fromisoformat(event.details["old_due"])
    text = words.citizen_extended(
        department=seen.department,
        reason=event.details["reason"],
        old=_day(seen, old),
        new=_day(seen, seen.appeal.answer_due),
    )
    return Card(text, _see_or_object(seen))


async def _other(session: AsyncSession, seen: AppealView, event: AppealEvent) -> Card:
    appeal = seen.appeal
    if event.what == Event.DEFER:
        text = words.citizen_deferred(
            department=seen.department,
            reason=event.details["reason"],
            promise=appeal.promise or "",
            day=_day(seen, appeal.deferred_until),
        )
        noted = (words.NOTED, data("c.see", appeal.id))
        return Card(text, [[noted, (words.OBJECT, data("c.boss", appeal.id))]])
    if event.what == Event.RESUME:
        return Card(words.citizen_taken_up(department=seen.department, due=_day(seen, appeal.answer_due)))
    asked = await session.get_one(Approval, event.details["approval_id"])
    said = {key: str(asked.details[key]) for key in ("facts", "basis", "way")}
    again = (words.NEW_FACTS, data("c.unsolved", appeal.id))
    look = (words.ANOTHER_LOOK, data("c.boss", appeal.id))
    return Card(words.citizen_concluded(times=appeal.reopens + 1, **said), [[again, look]])


async def _progress(session: AsyncSession, seen: AppealView, event: AppealEvent) -> list[Say]:
    """Bring a word of progress, and know whether it arrived."""
    said = await appeals.utterance(session, event.details["utterance_id"])
    if said is None:
        return []
    appeal = seen.appeal
    last = appeal.progress_due == appeal.deferred_until
    following = "" if last else _day(seen, appeal.progress_due)
    text = words.citizen_progress(number=appeal.number, progress=said.text, following=following)
    call = send(seen.citizen.user_id, Card(text))
    return [Say(call, key=row_key(said.id), appeal=appeal.id, utterance=said.id, role="relay")]


def _see_or_object(seen: AppealView) -> Rows:
    see = (progress.SEE_PROGRESS, data("c.see", seen.appeal.id))
    return [[see, (words.OBJECT, data("c.boss", seen.appeal.id))]]


def _day(seen: AppealView, moment: datetime | None) -> str:
    return far_day(moment, seen.now, seen.calendar) if moment is not None else ""
