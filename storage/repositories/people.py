"""People on a platform, what they agreed to, and what they are being asked in a chat."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Consent, Conversation, Person

_BY_ACCOUNT = select(Person).where(
    col(Person.platform) == bindparam("platform"),
    col(Person.bot) == bindparam("bot"),
    col(Person.user_id) == bindparam("user_id"),
)


async def find(session: AsyncSession, *, platform: str, bot: int, user_id: int) -> Person | None:
    """Return the person with that account, if they ever came."""
    account = {"platform": platform, "bot": bot, "user_id": user_id}
    return (await session.execute(_BY_ACCOUNT, account)).scalar_one_or_none()


async def meet(
    session: AsyncSession, *, platform: str, bot: int, user_id: int, username: str | None, now: datetime
) -> Person:
    """Return the person with that account, new or known; the username is kept as it is today."""
    person = await find(session, platform=platform, bot=bot, user_id=user_id)
    if person is None:
        person = Person(platform=platform, bot=bot, user_id=user_id, username=username, created_at=now)
        session.add(person)
        await session.flush()
    elif person.username != username:
        person.username = username
    return person


async def get(session: AsyncSession, person_id: int) -> Person:
    """Return a person by row id."""
    return await session.get_one(Person, person_id)


def note_consent(session: AsyncSession, person: Person, *, what: str, version: int, given: bool, now: datetime) -> None:
    """Keep one answer to a privacy question."""
    session.add(Consent(person_id=person.id, what=what, version=version, given=given, at=now))


async def conversation(
    session: AsyncSession, *, platform: str, bot: int, chat_id: int, user_id: int, thread_id: int = 0
) -> Conversation | None:
    """Return what this person is being asked in this chat, or in this topic of it."""
    return await session.get(Conversation, (platform, bot, chat_id, user_id, thread_id))


async def end_conversation(session: AsyncSession, person: Person) -> None:
    """Ask the person nothing more in private."""
    key = (person.platform, person.bot, person.user_id, person.user_id, 0)
    found = await session.get(Conversation, key)
    if found is not None:
        await session.delete(found)
        await session.flush()


async def conversations(session: AsyncSession, person: Person) -> Sequence[Conversation]:
    """Return what this person is being asked, in whatever chat."""
    statement = select(Conversation).where(
        col(Conversation.platform) == person.platform,
        col(Conversation.bot) == person.bot,
        col(Conversation.user_id) == person.user_id,
    )
    return (await session.execute(statement)).scalars().all()
