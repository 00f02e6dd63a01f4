"""An answer is looked at before it goes: what is doubted is asked about, and who sent it on all the same is kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from storage.city.answers import load_answer_rules
from storage.domain.answers import Check, Doubt, doubts
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import attachments, events
from storage.tables import Appeal, Staff, Utterance

ANSWER_OVERRIDE: Final = "answer_override"


async def doubt(session: AsyncSession, *, appeal: Appeal, words: Utterance, city: City) -> Doubt | None:
    """Return the first thing doubted in a drafted answer that nobody has waved through; None where it may go."""
    known = {*_public_numbers(city), *([appeal.phone] if appeal.phone else [])}
    has_files = bool(await attachments.of_utterance(session, words.id))
    waved = await _waved_through(session, words)
    found = doubts(words.text, load_answer_rules(), has_files=has_files, known_numbers=known)
    return next((each for each in found if each.check not in waved), None)


async def override(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, words: Utterance, check: str, now: datetime
) -> None:
    """Keep that somebody sends a drafted answer on all the same.

    Raises InputRefused("no_such_reason") for what is no check, TransitionRefused where the answer is no draft any more.
    """
    if check not in set(Check):
        raise InputRefused("no_such_reason")
    if words.direction != "answer" or words.state != "held":
        raise TransitionRefused(Status(appeal.status), Event.ANSWER)
    await events.record(
        session,
        ANSWER_OVERRIDE,
        at=now,
        actor=Actor.STAFF,
        appeal_id=appeal.id,
        person_id=staff.person_id,
        utterance_id=words.id,
        check=check,
    )


async def _waved_through(session: AsyncSession, words: Utterance) -> set[str]:
    history = await events.of_appeal(session, words.appeal_id)
    mine = [each.details for each in history if each.what == ANSWER_OVERRIDE]
    return {str(each["check"]) for each in mine if each.get("utterance_id") == words.id}


def _public_numbers(city: City) -> Collection[str]:
    """Return the telephones of offices, with and without the area code: anybody may read them."""
    phones = city.phones
    offices = [city.hotline, city.callback.number, phones.gas, phones.power, phones.sms_police]
    offices += [unit.phone for unit in city.departments]
    return [*offices, *(each.rpartition("-")[2] for each in offices)]
