"""What the citizen hears of an event: the live card is edited in place, what they must not miss is a new message."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import citizen as cards
from bot.cards import rating, together
from bot.cards.card import Card, edit, send
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.services import following_up
from bot.services.moving import Actor
from bot.services.rating import RATED_LATE, SAID_UNSOLVED
from bot.services.receipts import THINGS_LOST
from bot.services.transcribing import TRANSCRIBED, UNHEARD
from storage.domain.lifecycle import MOVES
from storage.domain.statuses import Event, Status
from storage.tables import Appeal, AppealEvent

_SUBMITTED: Final = {Event.SUBMIT_SURE, Event.SUBMIT_UNSURE, Event.SUBMIT_PRAISE}
#: Events after which the live card reads differently.
SEEN_ON_THE_CARD: Final = {
    Event.ASSIGN,
    Event.CLAIM,
    Event.CLAIM_LAPSED,
    Event.DELIVERED,
    Event.RATE_SOLVED,
    Event.RATE_UNSOLVED,
    Event.REOPEN,
    Event.WITHDRAW,
    Event.EXTEND,
    Event.DEFER,
    Event.PROGRESS,
    Event.RESUME,
    Event.CONCLUDE,
    Event.ASK,
    Event.SUPPLY,
    Event.CANNOT_SUPPLY,
    Event.ASK_LAPSED,
    Event.TOLD_BY_PHONE,
    Event.ESCALATE,
    Event.UNRATED,
    following_up.ASKED,
    RATED_LATE,
    SAID_UNSOLVED,
    *MOVES,
}
_ASKED_AGAIN: Final = {TRANSCRIBED, UNHEARD, THINGS_LOST}


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the citizen of the event's appeal is told; nothing where it is none of their business."""
    if event.appeal_id is None or event.what not in _SUBMITTED | SEEN_ON_THE_CARD | _ASKED_AGAIN:
        return []
    appeal = await session.get(Appeal, event.appeal_id)
    if appeal is None:
        return []
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    if event.what in _ASKED_AGAIN:
        return _asked_again(seen, event)
    if event.what == Event.SUBMIT_PRAISE and appeal.triage_due is not None:
        return [_new(seen, cards.filed(seen), role="notice"), _live(seen)]
    if event.what in _SUBMITTED:
        return [_new(seen, cards.filed(seen), key=f"status:{appeal.id}", role="status")]
    return [*_news(seen, event), *([] if _reads_the_same(seen, event) else [_live(seen)])]


def _reads_the_same(seen: AppealView, event: AppealEvent) -> bool:
    """Whether the live card says after the event what it said before."""
    unsaid = event.what == SAID_UNSOLVED and seen.appeal.status == Status.ANSWERED
    return unsaid or event.what == following_up.ASKED


def _news(seen: AppealView, event: AppealEvent) -> list[Say]:
    """Return the new messages, those that an edited card would not bring to anybody's notice."""
    appeal = seen.appeal
    match event.what:
        case Event.ASSIGN:
            return [_new(seen, cards.assigned(seen), role="notice")]
        case Event.RETURN_AGREED | Event.TAKE_OVER | Event.LEAD_NAMED:
            old = seen.city.department(event.details.get("old") or "")
            return [_new(seen, cards.changed_unit(seen, old=old.name if old else ""), role="notice")]
        case Event.DELIVERED:
            return [_new(seen, rating.ask_contacted(appeal), key=f"rating:{appeal.id}", role="rating")]
        case Event.ESCALATE:
            return [_new(seen, cards.escalated(seen, superior=str(event.details.get("superior") or "")), role="notice")]
        case Event.REOPEN:
            reopened = cards.reopened(seen, by_citizen=event.actor == Actor.CITIZEN)
            by_others = bool(event.details.get("followers"))
            return [_new(seen, together.goes_on(seen, appeal) if by_others else reopened, role="notice")]
        case _:
            return _not_rated(seen, event)


def _not_rated(seen: AppealView, event: AppealEvent) -> list[Say]:
    """Ask once more about what was not rated; tell that it was closed without."""
    match event.what:
        case following_up.ASKED:
            return [_new(seen, rating.ask_again(seen), role="rating")]
        case Event.UNRATED:
            return [_new(seen, rating.unrated(seen), role="notice")]
        case Event.RATE_UNSOLVED if event.actor == Actor.SYSTEM:
            return [_new(seen, rating.closed_unsolved(seen), role="notice")]
        case _:
            return []


def _asked_again(seen: AppealView, event: AppealEvent) -> list[Say]:
    """Read back what was written down, or ask again for what nobody could make out, or what did not come through."""
    if event.what == THINGS_LOST:
        return [_new(seen, cards.things_lost(seen.appeal), role="notice")]
    if event.what == TRANSCRIBED:
        return [_new(seen, cards.transcript(seen.appeal), role="notice")]
    if seen.appeal.phone is not None:
        return []
    return [_new(seen, cards.not_heard(seen.appeal), role="notice")]


def _live(seen: AppealView) -> Say:
    appeal = seen.appeal
    method = edit(seen.citizen.user_id, cards.progress(seen))
    return Say(method, edit=f"status:{appeal.id}", appeal=appeal.id, role="status")


def _new(seen: AppealView, card: Card, *, role: str, key: str | None = None) -> Say:
    return Say(send(seen.citizen.user_id, card), key=key, appeal=seen.appeal.id, role=role)
