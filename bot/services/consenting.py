"""What a person agreed to: each answer is kept with its version and date, the newest one counts."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from storage.repositories import drafts, people
from storage.tables import Person

PRIVACY_VERSION: Final = 1
PRIVACY: Final = "privacy"
ABROAD: Final = "abroad"


def agreed(person: Person) -> bool:
    """Whether the person agreed to the privacy explanation as it reads today."""
    return person.consent_version == PRIVACY_VERSION


def agreed_abroad(person: Person, *, servers_abroad: bool) -> bool:
    """Whether the person agreed that messages pass servers abroad, or need not."""
    return not servers_abroad or person.abroad_consent_version == PRIVACY_VERSION


def may_begin(person: Person, *, servers_abroad: bool) -> bool:
    """Whether everything was agreed to that an appeal needs."""
    return agreed(person) and agreed_abroad(person, servers_abroad=servers_abroad)


def agree(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Keep the person's yes to the privacy explanation."""
    people.note_consent(session, person, what=PRIVACY, version=PRIVACY_VERSION, given=True, now=now)
    person.consent_version = PRIVACY_VERSION


def agree_abroad(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Keep the person's yes to servers abroad."""
    people.note_consent(session, person, what=ABROAD, version=PRIVACY_VERSION, given=True, now=now)
    person.abroad_consent_version = PRIVACY_VERSION


async def refuse(session: AsyncSession, person: Person, *, what: str, now: datetime) -> None:
    """Keep the person's no to PRIVACY or ABROAD and forget their draft; filed appeals are not touched."""
    people.note_consent(session, person, what=what, version=PRIVACY_VERSION, given=False, now=now)
    person.consent_version = None
    person.abroad_consent_version = None
    await drafts.drop(session, person.id)
