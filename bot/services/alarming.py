"""Somebody seems to be in danger: noted with the draft or the appeal, before the dispatchers, followed up or denied."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import drafting
from bot.services.hastening import hasten, slow_down
from bot.services.moving import Actor, find
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.dangers import Alarm, Danger
from storage.domain.errors import NotFound
from storage.domain.words import Urgency
from storage.repositories import appeals, callbacks, dangers, drafts, events
from storage.tables import Appeal, DangerCase, Draft, Person

RAISED: Final = "danger_raised"
FOLLOWED: Final = "danger_followed"
SAFE: Final = "danger_safe"
DENIED: Final = "danger_denied"
DISMISSED: Final = "danger_dismissed"
#: So long what somebody says belongs to the danger they spoke of.
FRESH: Final = timedelta(hours=1)


class CaseState(StrEnum):
    """Where a case stands: nobody follows it yet, somebody does, its citizen or a dispatcher says it is none."""

    OPEN = "open"
    FOLLOWED = "followed"
    DENIED = "denied"
    DISMISSED = "dismissed"


RUNNING: Final = frozenset({CaseState.OPEN, CaseState.FOLLOWED})


async def raise_for_draft(
    session: AsyncSession, *, draft: Draft, alarm: Alarm, draw: Callable[[int], int], now: datetime
) -> DangerCase | None:
    """Make the draft extreme and put it before the dispatchers; None where its citizen was told the same before."""
    case = await _case_of(session, draft.alarm, now)
    if case is not None and not _is_news(case, alarm):
        return None
    if case is None:
        case = _new(alarm, draft.person_id, drafting.alias_of(draft, draw), now, draft_id=draft.id)
    await _raise(session, case, alarm, now)
    draft.urgency, draft.alarm = Urgency.EXTREME, _kept(case)
    await _happened(session, case, RAISED, actor=Actor.CITIZEN, person_id=draft.person_id, now=now)
    return case


async def raise_for_appeal(
    session: AsyncSession, *, appeal_id: int, utterance_id: int | None, alarm: Alarm, now: datetime, city: City
) -> DangerCase | None:
    """Do the same for an appeal whose citizen speaks of danger later: an open one becomes extreme at once."""
    appeal = await find(session, appeal_id)
    case = await _case_of(session, appeal.alarm, now)
    if case is not None and not _is_news(case, alarm):
        return None
    if case is None:
        case = _new(alarm, appeal.citizen_id, appeal.alias, now, appeal_id=appeal.id)
    await _raise(session, case, alarm, now)
    case.utterance_id = utterance_id
    case.before = case.before or hasten(appeal, now=now, city=city)
    appeal.alarm = _kept(case)
    await _happened(session, case, RAISED, actor=Actor.CITIZEN, person_id=appeal.citizen_id, now=now)
    return case


async def raise_for_words(
    session: AsyncSession, *, appeal_id: int, utterance_id: int, alarm: Alarm, now: datetime
) -> DangerCase | None:
    """Do the same where a citizen tells the supervisors of danger: their unit hears nothing, and no limit moves.

    Whoever they are in danger from may work there.
    """
    appeal = await find(session, appeal_id)
    case = await dangers.of_person(session, appeal.citizen_id, since=now - FRESH)
    if case is not None and case.appeal_id is None and case.draft_id is None:
        if not _is_news(case, alarm):
            return None
    else:
        case = _new(alarm, appeal.citizen_id, appeal.alias, now)
    await _raise(session, case, alarm, now)
    case.utterance_id = utterance_id
    await _happened(session, case, RAISED, actor=Actor.CITIZEN, person_id=appeal.citizen_id, now=now)
    return case


async def appeal_of(session: AsyncSession, case: DangerCase) -> Appeal | None:
    """Return the appeal a case is about, or in whose words to the supervisors it was told."""
    said = await appeals.utterance(session, case.utterance_id) if case.utterance_id else None
    about = case.appeal_id or (said.appeal_id if said else None)
    return await session.get(Appeal, about) if about else None


async def own(session: AsyncSession, *, case_id: int, person_id: int) -> DangerCase:
    """Return the person's own case; raise NotFound for anybody else's."""
    case = await dangers.get(session, case_id)
    if case is None or case.person_id != person_id:
        raise NotFound(f"case {case_id} is not this person's")
    return case


async def running(session: AsyncSession, person_id: int, *, now: datetime) -> DangerCase | None:
    """Return the person's case of the last hour, if it is neither denied nor dismissed."""
    case = await dangers.of_person(session, person_id, since=now - FRESH)
    return case if case is not None and case.state in RUNNING else None


async def say_safe(session: AsyncSession, case: DangerCase, *, now: datetime) -> None:
    """Note that the citizen says they are safe now."""
    if case.safe_at is None:
        case.safe_at = now
        await _happened(session, case, SAFE, actor=Actor.CITIZEN, person_id=case.person_id, now=now)


async def deny(session: AsyncSession, case_id: int, *, now: datetime) -> DangerCase:
    """Note that the citizen says it is no emergency: a draft is ordinary again, an appeal is a dispatcher's to slow."""
    case = await _locked(session, case_id)
    if case.state not in RUNNING or case.denied_at is not None:
        return case
    case.denied_at = now
    if case.appeal_id is None:
        case.state = CaseState.DENIED
        await _make_ordinary(session, case)
    await _happened(session, case, DENIED, actor=Actor.CITIZEN, person_id=case.person_id, now=now)
    return case


async def follow(session: AsyncSession, case_id: int, *, person_id: int, now: datetime) -> DangerCase:
    """Let one dispatcher take it on (我来跟进); `followed_by` of the answer says who has it, the first one stays."""
    case = await _locked(session, case_id)
    if case.state == CaseState.OPEN:
        case.state, case.followed_by = CaseState.FOLLOWED, person_id
        await _happened(session, case, FOLLOWED, actor=Actor.DISPATCHER, person_id=person_id, now=now)
    return case


async def dismiss(
    session: AsyncSession, case_id: int, *, person_id: int, now: datetime, city: City, calendar: Calendar
) -> DangerCase:
    """Let a dispatcher say that it is no emergency: the draft or the appeal gets its ordinary urgency back."""
    case = await _locked(session, case_id)
    if case.state not in RUNNING:
        return case
    case.state, case.settled_by, slowed = CaseState.DISMISSED, person_id, False
    if case.appeal_id is None:
        await _make_ordinary(session, case)
    else:
        appeal = await find(session, case.appeal_id)
        slowed = await slow_down(session, appeal, case.before, city=city, calendar=calendar)
    await _happened(session, case, DISMISSED, actor=Actor.DISPATCHER, person_id=person_id, now=now, slowed=slowed)
    return case


async def phone_of(session: AsyncSession, case: DangerCase) -> str | None:
    """Return the number its citizen left: with the draft, with the appeal, or to be called."""
    draft = await drafts.get(session, case.draft_id) if case.draft_id else None
    appeal = await appeal_of(session, case)
    wishes = await callbacks.of_person(session, case.person_id)
    left = [draft.phone if draft else None, appeal.phone if appeal else None]
    left += [wish.phone for wish in wishes if case.draft_id == wish.draft_id or wish.asked_at >= case.raised_at]
    return next((phone for phone in left if phone), None)


async def note_phone_seen(
    session: AsyncSession,
    *,
    viewer: Person,
    actor: Actor,
    now: datetime,
    reason: str,
    appeal_id: int | None = None,
    **about: int,
) -> None:
    """Keep who looked at somebody's number, when and for what; `about`: of which case, draft or call."""
    await events.record(
        session,
        "contact_seen",
        at=now,
        actor=actor,
        appeal_id=appeal_id,
        person_id=viewer.id,
        reason=reason,
        **about,
    )


async def _case_of(session: AsyncSession, alarm: dict[str, object], now: datetime) -> DangerCase | None:
    """Return the case kept with a draft or an appeal while it is fresh: later words are another danger."""
    kept = alarm.get("case")
    case = await dangers.get(session, kept) if isinstance(kept, int) else None
    return case if case is not None and now - case.raised_at <= FRESH else None


def _is_news(case: DangerCase, alarm: Alarm) -> bool:
    """Whether the citizen is to be told: of another kind, or, after a denial, where other words say so."""
    if case.state not in RUNNING:
        return not set(alarm.words) <= set(case.words)
    return alarm.danger not in case.told and alarm.danger is not Danger.GENERAL


def _new(
    alarm: Alarm,
    person_id: int,
    alias: str,
    now: datetime,
    *,
    draft_id: int | None = None,
    appeal_id: int | None = None,
) -> DangerCase:
    return DangerCase(
        person_id=person_id,
        draft_id=draft_id,
        appeal_id=appeal_id,
        alias=alias,
        danger=alarm.danger,
        state=CaseState.OPEN,
        raised_at=now,
    )


async def _raise(session: AsyncSession, case: DangerCase, alarm: Alarm, now: datetime) -> None:
    if case.state not in RUNNING:
        case.state, case.followed_by, case.settled_by = CaseState.OPEN, None, None
    case.danger, case.raised_at, case.safe_at, case.denied_at = alarm.danger, now, None, None
    case.told = list(dict.fromkeys([*case.told, alarm.danger.value]))
    case.words = list(dict.fromkeys([*case.words, *alarm.words]))
    await dangers.add(session, case)


async def _locked(session: AsyncSession, case_id: int) -> DangerCase:
    """Return a case for changing, its appeal locked before it; raise NotFound."""
    known = await dangers.get(session, case_id)
    if known is not None and known.appeal_id is not None:
        await find(session, known.appeal_id)
    case = await dangers.locked(session, case_id)
    if case is None:
        raise NotFound(f"no case {case_id}")
    return case


async def _make_ordinary(session: AsyncSession, case: DangerCase) -> None:
    draft = await drafts.locked(session, case.draft_id) if case.draft_id else None
    if draft is not None:
        draft.urgency = None


def _kept(case: DangerCase) -> dict[str, object]:
    return {"case": case.id, "danger": case.danger, "words": list(case.words)}


async def _happened(
    session: AsyncSession,
    case: DangerCase,
    what: str,
    *,
    actor: Actor,
    person_id: int,
    now: datetime,
    **details: object,
) -> None:
    await events.record(
        session,
        what,
        at=now,
        actor=actor,
        appeal_id=case.appeal_id,
        person_id=person_id,
        case=case.id,
        danger=case.danger,
        draft=case.draft_id,
        **details,
    )
