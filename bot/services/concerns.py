"""What a citizen tells the supervisors (找监督员): kept where the unit never looks, answered by a supervisor."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching
from bot.services.moving import Actor, move
from storage.domain.calendar import Calendar
from storage.domain.statuses import Event
from storage.repositories import appeals, attachments, concerns, events
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
    await happened(session, concern, MORE, actor=Actor.CITIZEN, person_id=concern.person_id, now=now, **said)


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
    await happened(session, concern, MORE, actor=Actor.CITIZEN, person_id=concern.person_id, now=now, **said)


async def utterances(session: AsyncSession, appeal: Appeal, concern_id: int) -> list[int]:
    """Return the ids of the words that belong to a concern, the oldest first."""
    history = [each.details for each in await events.of_appeal(session, appeal.id)]
    ids = [each.get("utterance_id") for each in history if each.get("concern") == concern_id]
    return list(dict.fromkeys(each for each in ids if isinstance(each, int)))


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


async def happened(
    session: AsyncSession,
    concern: Concern,
    what: str,
    *,
    actor: Actor,
    person_id: int | None,
    now: datetime,
    **details: object,
) -> None:
    """Record what happened to a concern."""
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
