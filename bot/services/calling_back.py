"""Somebody wishes to be telephoned (请打电话给我): kept once, given to who has the matter, called, or taken back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import drafting
from bot.services.moving import Actor
from storage.domain import numbers
from storage.domain.errors import NotFound
from storage.domain.lifecycle import OPEN
from storage.repositories import appeals, callbacks, drafts, events
from storage.repositories.callbacks import CallState
from storage.tables import Appeal, CallbackRequest, Person

WANTED: Final = "call_wanted"
CHANGED: Final = "call_changed"


async def running(session: AsyncSession, person_id: int) -> CallbackRequest | None:
    """Return the wish that nobody has settled yet."""
    wishes = await callbacks.of_person(session, person_id)
    return next((each for each in wishes if each.state == CallState.OPEN), None)


async def known_number(session: AsyncSession, person_id: int, appeal_id: int | None) -> str | None:
    """Return the number the person left with what it is about, or for an earlier call."""
    appeal = await _own_appeal(session, person_id, appeal_id)
    draft = await drafts.of_person(session, person_id)
    left = [appeal.phone if appeal else None, draft.phone if draft and not appeal else None]
    left += [each.phone for each in await callbacks.of_person(session, person_id)]
    return next((phone for phone in left if phone), None)


async def want(
    session: AsyncSession,
    *,
    person: Person,
    phone: str,
    appeal_id: int | None,
    draw: Callable[[int], int],
    now: datetime,
) -> CallbackRequest:
    """Keep the wish, about the appeal, else about the draft; one that is running already stays the only one."""
    if (before := await running(session, person.id)) is not None:
        return before
    appeal = await _own_appeal(session, person.id, appeal_id)
    draft = await drafts.of_person(session, person.id) if appeal is None else None
    about = appeal.alias if appeal else drafting.alias_of(draft, draw) if draft else None
    wish = CallbackRequest(
        person_id=person.id,
        draft_id=draft.id if draft else None,
        appeal_id=appeal.id if appeal else None,
        alias=about or numbers.alias(draw(numbers.ALIASES)),
        phone=phone,
        state=CallState.OPEN,
        asked_at=now,
    )
    await callbacks.add(session, wish)
    await _happened(session, wish, WANTED, actor=Actor.CITIZEN, person_id=person.id, now=now)
    return wish


async def own(session: AsyncSession, *, wish_id: int, person_id: int) -> CallbackRequest:
    """Return the person's own wish, locked; raise NotFound for anybody else's."""
    wish = await callbacks.locked(session, wish_id)
    if wish is None or wish.person_id != person_id:
        raise NotFound(f"wish {wish_id} is not this person's")
    return wish


async def put_time(session: AsyncSession, wish: CallbackRequest, words: str, *, now: datetime) -> bool:
    """Note when the person would like to be called; False where it is settled already."""
    if wish.state != CallState.OPEN:
        return False
    wish.wish = words
    await _happened(session, wish, CHANGED, actor=Actor.CITIZEN, person_id=wish.person_id, now=now)
    return True


async def withdraw(session: AsyncSession, wish: CallbackRequest, *, now: datetime) -> bool:
    """Take the wish back; False where it is settled already."""
    return await _settle(session, wish, CallState.WITHDRAWN, actor=Actor.CITIZEN, person_id=wish.person_id, now=now)


async def settle(
    session: AsyncSession, wish_id: int, state: CallState, *, person_id: int, now: datetime
) -> CallbackRequest | None:
    """Note that somebody of the office called, or did not get through; None where it was settled before."""
    wish = await callbacks.locked(session, wish_id)
    if wish is None:
        raise NotFound(f"no wish {wish_id}")
    done = await _settle(session, wish, state, actor=Actor.STAFF, person_id=person_id, now=now)
    return wish if done else None


async def concerned(session: AsyncSession, person_id: int) -> Appeal | None:
    """Return the person's only open appeal: a call they wish for outside of a form is about it."""
    if await drafts.of_person(session, person_id) is not None:
        return None
    theirs: Sequence[Appeal] = [each for each in await appeals.of_citizen(session, person_id) if each.status in OPEN]
    return theirs[0] if len(theirs) == 1 else None


async def _settle(
    session: AsyncSession, wish: CallbackRequest, state: CallState, *, actor: Actor, person_id: int, now: datetime
) -> bool:
    if wish.state != CallState.OPEN:
        return False
    wish.state, wish.settled_at, wish.settled_by = state, now, person_id
    await _happened(session, wish, CHANGED, actor=actor, person_id=person_id, now=now)
    return True


async def _own_appeal(session: AsyncSession, person_id: int, appeal_id: int | None) -> Appeal | None:
    appeal = await session.get(Appeal, appeal_id) if appeal_id else None
    return appeal if appeal is not None and appeal.citizen_id == person_id else None


async def _happened(
    session: AsyncSession, wish: CallbackRequest, what: str, *, actor: Actor, person_id: int, now: datetime
) -> None:
    await events.record(
        session,
        what,
        at=now,
        actor=actor,
        appeal_id=wish.appeal_id,
        person_id=person_id,
        call=wish.id,
        state=wish.state,
    )
