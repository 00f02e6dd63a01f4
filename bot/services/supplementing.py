"""The citizen adds words to an appeal of their own."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching, concerns
from bot.services.moving import Actor, move
from bot.services.owning import own
from storage.domain import lifecycle
from storage.domain.errors import InputRefused, NotFound
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, attachments, events
from storage.tables import Appeal, Utterance

#: How long after the answer or the closing words still reach the unit.
IN_TOUCH: Final = timedelta(days=30)
ATTACHED: Final = "attached"


def may_supplement(appeal: Appeal, *, now: datetime) -> bool:
    """Whether words of the citizen still reach a unit: until 30 days after the closing."""
    recent = appeal.closed_at is None or now - appeal.closed_at <= IN_TOUCH
    return recent and lifecycle.may(Status(appeal.status), Event.SUPPLEMENT)


async def supplement(
    session: AsyncSession,
    *,
    appeal_id: int,
    person_id: int,
    text: str,
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
    now: datetime,
) -> tuple[Appeal, Utterance]:
    """Add the citizen's words, and what was sent with them, to their appeal.

    `files`: ids of attachments that were kept; `parts`: the words by the message that brought them. Raises NotFound,
    TransitionRefused or InputRefused("closed_too_long").
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.closed_at is not None and now - appeal.closed_at > IN_TOUCH:
        raise InputRefused("closed_too_long")
    words = await say_for(session, appeal, text=text, files=files, parts=parts or {}, now=now)
    await move(
        session, appeal, Event.SUPPLEMENT, actor=Actor.CITIZEN, person_id=person_id, now=now, utterance_id=words.id
    )
    return appeal, words


async def join(
    session: AsyncSession,
    *,
    appeal_id: int,
    utterance_id: int,
    text: str,
    files: Collection[int],
    person_id: int,
    now: datetime,
) -> Appeal:
    """Let a later part of an album join the words its first part came with; `text` stands under this part."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    words = await appeals.utterance(session, utterance_id)
    if words is None:
        raise NotFound(f"no utterance {utterance_id}")
    things = await attachments.named(session, files)
    await attaching.to_words(session, appeal, words, things)
    for each in things:
        each.title = text or each.title
        await _say_more(session, appeal, words, text, str(each.source_message))
    if words.direction == concerns.TO_SUPERVISORS:
        await concerns.join(session, appeal, words, text=text, files=files, now=now)
        return appeal
    await events.record(
        session,
        ATTACHED,
        at=now,
        actor=Actor.CITIZEN,
        appeal_id=appeal.id,
        person_id=person_id,
        utterance_id=utterance_id,
        files=list(files),
    )
    return appeal


async def role_of(session: AsyncSession, utterance_id: int) -> str:
    """Return what a citizen's message is to its appeal: their own words, or words to the supervisors alone."""
    words = await appeals.utterance(session, utterance_id)
    return concerns.ROLE if words is not None and words.direction == concerns.TO_SUPERVISORS else "citizen"


async def _say_more(session: AsyncSession, appeal: Appeal, words: Utterance, text: str, name: str) -> None:
    """Put what stands under a later part of an album to the words it belongs to."""
    if not text:
        return
    words.text, words.parts = f"{words.text}\n{text}" if words.text else text, {**words.parts, name: text}
    first = await appeals.first_words(session, appeal.id)
    if first is not None and first.id == words.id:
        appeal.text = words.text


async def say_for(
    session: AsyncSession,
    appeal: Appeal,
    *,
    text: str,
    files: Collection[int] = (),
    parts: Mapping[str, str],
    now: datetime,
) -> Utterance:
    """Keep words of the appeal's citizen, with what was sent with them."""
    words = Utterance(
        appeal_id=appeal.id,
        direction="from_citizen",
        person_id=appeal.citizen_id,
        department=appeal.department,
        text=text,
        at=now,
        state="kept",
        parts=dict(parts),
    )
    await appeals.say(session, words)
    await attaching.to_words(session, appeal, words, await attachments.named(session, files))
    return words
