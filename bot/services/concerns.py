"""What a citizen tells the supervisors (找监督员): kept where the unit never looks, answered by a supervisor."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching
from bot.services.moving import Actor, find, move
from storage.domain.calendar import Calendar
from storage.domain.errors import ConcernSettled, InputRefused, NotFound, NotYours
from storage.domain.statuses import Event
from storage.repositories import appeals, attachments, concerns, events, offices, spot_checks
from storage.tables import Appeal, Concern, Utterance

#: The direction of words that reach nobody but the supervisors; whatever shows a unit words asks for other ones.
TO_SUPERVISORS: Final = "to_supervisors"
MORE: Final = "concern_more"
SETTLED: Final = "concern_settled"
UNDELIVERED: Final = "concern_undelivered"
WANTED: Final = "concern_card_wanted"
OPENED: Final = "concern_opened"
CHECKED: Final = "concern_checked"
"""Events of one concern, named by `concern` in the details; what was said stands in none of them."""
HIDDEN: Final = frozenset({Event.CONCERN, MORE, SETTLED, UNDELIVERED, WANTED, OPENED, CHECKED})
"""What the supervisors alone hear of."""
ROLE: Final = "concern"
"""The role of messages about a concern: whoever replies to one speaks with the other side, and with nobody else."""
ANSWERS: Final = "concern_answer"
"""The role of the message that carries a supervisor's answer."""
RATING_WORDS: Final = "rating_words"
"""The role of the questions after a rating that are answered in words; those go to the supervisors, too."""
DRAWN: Final = "drawn"
_ANSWERED_WITHIN_DAYS: Final = 2


class ConcernKind(StrEnum):
    """What made the citizen say it."""

    COMPLAINT = "complaint"
    FORCED = "forced"
    UNCONTACTED = "uncontacted"
    UNHAPPY = "unhappy"
    RATING = "rating"
    SPOT_CHECK = "spot_check"


class ConcernState(StrEnum):
    """What became of it."""

    OPEN = concerns.OPEN
    ANSWERED = "answered"
    REOPENED = "reopened"
    RECORDED = "recorded"


#: Said once by a press; a second press adds nothing while the first waits.
_ONCE: Final = frozenset({ConcernKind.FORCED, ConcernKind.UNCONTACTED, ConcernKind.UNHAPPY, ConcernKind.SPOT_CHECK})


async def tell(
    session: AsyncSession,
    appeal: Appeal,
    kind: ConcernKind,
    *,
    now: datetime,
    text: str = "",
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
    due: datetime | None = None,
) -> Concern:
    """Put what the citizen of a locked appeal says before the supervisors; `due`: until when an answer was promised.

    `files`: ids of attachments that were kept; `parts`: the words by the message that brought them.
    """
    waiting = await concerns.open_of(session, appeal.id, kind) if kind in _ONCE else None
    if waiting is not None:
        return waiting
    concern = await concerns.keep(
        session,
        Concern(
            appeal_id=appeal.id,
            person_id=appeal.citizen_id,
            kind=kind,
            text=text,
            state=ConcernState.OPEN,
            at=now,
            due=due,
        ),
    )
    said = await _kept(session, appeal, kind, text, files, parts or {}, now=now)
    await move(
        session,
        appeal,
        Event.CONCERN,
        actor=Actor.CITIZEN,
        person_id=appeal.citizen_id,
        now=now,
        concern=concern.id,
        kind=kind,
        **said,
    )
    return concern


async def complain(
    session: AsyncSession,
    appeal: Appeal,
    *,
    text: str,
    now: datetime,
    calendar: Calendar,
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
) -> Concern:
    """Put a complaint before the supervisors, who answer it within two working days."""
    due = calendar.add_workdays(now, _ANSWERED_WITHIN_DAYS)
    kind = ConcernKind.COMPLAINT
    return await tell(session, appeal, kind, text=text, files=files, parts=parts, now=now, due=due)


async def tell_more(
    session: AsyncSession,
    appeal: Appeal,
    concern: Concern,
    *,
    text: str,
    now: datetime,
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
) -> None:
    """Let words join what the citizen said before; the card shows them too."""
    concern.text = "\n".join(each for each in (concern.text, text) if each)
    said = await _kept(session, appeal, ConcernKind(concern.kind), text, files, parts or {}, now=now)
    await _happened(session, concern, MORE, actor=Actor.CITIZEN, person_id=concern.person_id, now=now, **said)


async def of_rating(
    session: AsyncSession,
    appeal: Appeal,
    *,
    text: str,
    now: datetime,
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
) -> None:
    """Keep what the citizen says after the rating: with what they are unhappy about, if that waits, else by itself."""
    waiting = await concerns.open_of(session, appeal.id, ConcernKind.UNHAPPY)
    if waiting is not None:
        await tell_more(session, appeal, waiting, text=text, files=files, parts=parts, now=now)
    else:
        await tell(session, appeal, ConcernKind.RATING, text=text, files=files, parts=parts, now=now)


async def join(
    session: AsyncSession, appeal: Appeal, words: Utterance, *, text: str, files: Collection[int], now: datetime
) -> None:
    """Let a later part of an album, which is put to the words already, follow its first part to the supervisors."""
    history = await events.of_appeal(session, appeal.id)
    ids = [each.details.get("concern") for each in history if each.details.get("utterance_id") == words.id]
    concern = await concerns.get(session, next((each for each in ids if isinstance(each, int)), 0))
    if concern is None:
        return
    concern.text = "\n".join(each for each in (concern.text, text) if each)
    said = {"utterance_id": words.id, "files": list(files)}
    await _happened(session, concern, MORE, actor=Actor.CITIZEN, person_id=concern.person_id, now=now, **said)


async def utterances(session: AsyncSession, appeal: Appeal, concern_id: int) -> list[int]:
    """Return the ids of the words that belong to a concern, the oldest first."""
    history = [each.details for each in await events.of_appeal(session, appeal.id)]
    ids = [each.get("utterance_id") for each in history if each.get("concern") == concern_id]
    return list(dict.fromkeys(each for each in ids if isinstance(each, int)))


async def before_supervisors(session: AsyncSession, concern_id: int, *, person_id: int) -> tuple[Appeal, Concern]:
    """Return a concern and its appeal, locked; raise NotFound, or NotYours where it is the person's own."""
    known = await concerns.get(session, concern_id)
    appeal = await find(session, known.appeal_id) if known is not None else None
    concern = await concerns.locked(session, concern_id)
    if appeal is None or concern is None:
        raise NotFound(f"no concern {concern_id}")
    if concern.person_id == person_id:
        raise NotYours
    return appeal, concern


async def undecided(session: AsyncSession, concern_id: int, *, person_id: int) -> tuple[Appeal, Concern]:
    """Return the same where nobody has settled it; raise ConcernSettled otherwise."""
    appeal, concern = await before_supervisors(session, concern_id, person_id=person_id)
    if concern.state != ConcernState.OPEN:
        roles = await offices.roles(session, concern.settled_by) if concern.settled_by else ()
        raise ConcernSettled(number=appeal.number, name=roles[0].name if roles else "")
    return appeal, concern


async def settle(
    session: AsyncSession,
    concern: Concern,
    state: ConcernState,
    *,
    actor: Actor,
    person_id: int,
    now: datetime,
    answer: str = "",
) -> None:
    """Settle a locked concern that nobody has settled."""
    concern.state, concern.settled_by, concern.settled_at, concern.answer = state, person_id, now, answer
    await _happened(session, concern, SETTLED, actor=actor, person_id=person_id, now=now, state=state)


async def unsettle(
    session: AsyncSession, concern: Concern, *, actor: Actor, person_id: int | None, now: datetime
) -> None:
    """Put a concern before the supervisors again: its answer was taken back, or did not arrive."""
    concern.state, concern.settled_by, concern.settled_at, concern.answer = ConcernState.OPEN, None, None, ""
    await _happened(session, concern, SETTLED, actor=actor, person_id=person_id, now=now, state=ConcernState.OPEN)


async def not_delivered(session: AsyncSession, concern_id: int, *, now: datetime) -> None:
    """Note that an answer never reached the citizen: it settles nothing."""
    known = await concerns.get(session, concern_id)
    if known is None:
        return
    await find(session, known.appeal_id)
    concern = await concerns.locked(session, concern_id)
    if concern is not None and concern.state == ConcernState.ANSWERED:
        await unsettle(session, concern, actor=Actor.SYSTEM, person_id=None, now=now)
        await _happened(session, concern, UNDELIVERED, actor=Actor.SYSTEM, person_id=None, now=now)


async def draw(
    session: AsyncSession,
    appeal: Appeal,
    concern: Concern,
    *,
    actor: Actor,
    person_id: int,
    now: datetime,
    calendar: Calendar,
) -> None:
    """Have the citizen asked by telephone today (抽查); the concern stays as it was.

    Raises InputRefused: "check_no_phone", "check_confidential" where only its handler may speak of it, "check_drawn"
    where that is noted already.
    """
    if appeal.confidential:
        raise InputRefused("check_confidential")
    if appeal.phone is None:
        raise InputRefused("check_no_phone")
    day = calendar.local(now).date()
    if await concerns.is_drawn(session, appeal.id, day):
        raise InputRefused("check_drawn")
    await spot_checks.add(session, [appeal.id], day, DRAWN)
    await _happened(session, concern, CHECKED, actor=actor, person_id=person_id, now=now)


async def note_opened(session: AsyncSession, concern: Concern, *, actor: Actor, person_id: int, now: datetime) -> None:
    """Keep who read in private what is confidential, or asked for the citizen's number."""
    await _happened(session, concern, OPENED, actor=actor, person_id=person_id, now=now)


async def _kept(
    session: AsyncSession,
    appeal: Appeal,
    kind: ConcernKind,
    text: str,
    files: Collection[int],
    parts: Mapping[str, str],
    *,
    now: datetime,
) -> dict[str, int]:
    """Keep the words as said, and what came with them; return how an event names them."""
    if not parts and not files:
        return {}
    words = await appeals.say(
        session,
        Utterance(
            appeal_id=appeal.id,
            direction=TO_SUPERVISORS,
            person_id=appeal.citizen_id,
            text=text,
            at=now,
            state="kept",
            manner=kind,
            parts=dict(parts),
        ),
    )
    await attaching.to_words(session, appeal, words, await attachments.named(session, files))
    return {"utterance_id": words.id}


async def _happened(
    session: AsyncSession,
    concern: Concern,
    what: str,
    *,
    actor: Actor,
    person_id: int | None,
    now: datetime,
    **details: object,
) -> None:
    await events.record(
        session,
        what,
        at=now,
        actor=actor,
        appeal_id=concern.appeal_id,
        person_id=person_id,
        concern=concern.id,
        **details,
    )
