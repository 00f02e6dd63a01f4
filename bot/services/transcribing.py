"""A voice without words (语音件): somebody writes it down, and it is read back to the citizen once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find
from bot.services.owning import own
from bot.services.rewording import reword
from storage.domain.contents import Kind
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, events
from storage.tables import Appeal, Draft, Utterance

TRANSCRIBED = "transcribed"
UNHEARD = "voice_unheard"


class Transcript(StrEnum):
    """How far the writing down is."""

    WANTED = "wanted"
    WRITTEN = "written"
    CONFIRMED = "confirmed"


def is_only_voice(draft: Draft) -> bool:
    """Whether the matter is told by a voice and not a word."""
    return not draft.text.strip() and bool(draft.files.get(Kind.VOICE))


def waits(appeal: Appeal) -> bool:
    """Whether the voice still has to be written down."""
    return appeal.transcript == Transcript.WANTED and appeal.status in OPEN


async def write_down(
    session: AsyncSession, *, appeal_id: int, text: str, title: str, person_id: int, actor: Actor, now: datetime
) -> Appeal:
    """Put the words of the voice into the appeal; raise TransitionRefused where somebody has done so."""
    appeal = await find(session, appeal_id)
    if not waits(appeal):
        raise TransitionRefused(Status(appeal.status), Event.NOTE)
    if not text:
        raise InputRefused("nothing_said")
    words = await _first(session, appeal)
    await reword(session, appeal, words, text, now=now)
    appeal.title, appeal.transcript = title, Transcript.WRITTEN
    await events.record(session, TRANSCRIBED, at=now, actor=actor, appeal_id=appeal.id, person_id=person_id)
    return appeal


async def not_heard(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Keep that nobody could make out the voice; raise TransitionRefused where it is written down already."""
    appeal = await find(session, appeal_id)
    if not waits(appeal):
        raise TransitionRefused(Status(appeal.status), Event.NOTE)
    await events.record(session, UNHEARD, at=now, actor=Actor.DISPATCHER, appeal_id=appeal.id, person_id=person_id)
    return appeal


async def confirm(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Keep that the citizen finds what was written down right; saying it again changes nothing."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.transcript == Transcript.WRITTEN:
        appeal.transcript = Transcript.CONFIRMED
        await events.record(
            session, "transcript_confirmed", at=now, actor=Actor.CITIZEN, appeal_id=appeal.id, person_id=person_id
        )
    return appeal


async def correct(
    session: AsyncSession, *, appeal_id: int, text: str, title: str, person_id: int, now: datetime
) -> tuple[Appeal, Utterance]:
    """Put the citizen's own words in the place of what was written down."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    words = await _first(session, appeal)
    await reword(session, appeal, words, text, now=now, person_id=person_id)
    appeal.title, appeal.transcript = title, Transcript.CONFIRMED
    return appeal, words


async def _first(session: AsyncSession, appeal: Appeal) -> Utterance:
    words = await appeals.first_words(session, appeal.id)
    if words is None:
        raise NotFound(f"appeal {appeal.id} has no words")
    return words
