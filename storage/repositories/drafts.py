"""Appeals that are still being told; one a person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.care import LEFT_ALONE
from storage.tables import Attachment, Conversation, Draft, Person

_OF_PERSON = select(Draft).where(col(Draft.person_id) == bindparam("person_id"))
_OF_ACCOUNT = (
    select(Draft)
    .join(Person, col(Person.id) == col(Draft.person_id))
    .where(
        col(Person.platform) == bindparam("platform"),
        col(Person.bot) == bindparam("bot"),
        col(Person.user_id) == bindparam("user_id"),
    )
)


async def of_person(session: AsyncSession, person_id: int) -> Draft | None:
    """Return the person's draft."""
    return (await session.execute(_OF_PERSON, {"person_id": person_id})).scalar_one_or_none()


async def of_account(session: AsyncSession, *, platform: str, bot: int, user_id: int) -> Draft | None:
    """Return the draft of the person with that account."""
    account = {"platform": platform, "bot": bot, "user_id": user_id}
    return (await session.execute(_OF_ACCOUNT, account)).scalar_one_or_none()


async def begin(session: AsyncSession, person_id: int, *, text: str, now: datetime) -> Draft:
    """Start a draft, or start the person's draft anew."""
    await drop(session, person_id)
    draft = Draft(person_id=person_id, text=text, care_at=now + LEFT_ALONE, created_at=now, updated_at=now)
    session.add(draft)
    await session.flush()
    return draft


async def get(session: AsyncSession, draft_id: int) -> Draft | None:
    """Return a draft by its own id; None where it was filed or dropped."""
    return (await session.execute(select(Draft).where(col(Draft.id) == draft_id))).scalar_one_or_none()


async def locked(session: AsyncSession, draft_id: int) -> Draft | None:
    """Return a draft by its own id, for changing; None where it was filed or dropped."""
    statement = (
        select(Draft).where(col(Draft.id) == draft_id).with_for_update().execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def to_care_for(
    session: AsyncSession, *, platform: str, bot: int, now: datetime, limit: int
) -> Sequence[tuple[Draft, Person]]:
    """Drafts somebody agreed to and said something in, which it is time to look after, for changing."""
    sent = select(col(Attachment.id)).where(col(Attachment.draft_id) == col(Draft.id)).exists()
    statement = (
        select(Draft, Person)
        .join(Person, col(Person.id) == col(Draft.person_id))
        .where(col(Draft.care_at) <= now, or_(col(Draft.text) != "", sent))
        .where(col(Person.platform) == platform, col(Person.bot) == bot, col(Person.consent_version).is_not(None))
        .order_by(col(Draft.care_at))
        .limit(limit)
        .with_for_update(of=Draft, skip_locked=True)
    )
    return [(draft, person) for draft, person in (await session.execute(statement)).all()]


async def drop(session: AsyncSession, person_id: int) -> None:
    """Forget the person's draft and what it holds."""
    theirs = select(col(Draft.id)).where(col(Draft.person_id) == person_id)
    await session.execute(
        delete(Attachment).where(col(Attachment.draft_id).in_(theirs)).execution_options(synchronize_session=False)
    )
    await session.execute(delete(Draft).where(col(Draft.person_id) == person_id))


async def drop_unconsented_before(session: AsyncSession, moment: datetime) -> int:
    """Forget what people said before they agreed to anything, if it is older than `moment`; return how many.

    What was being asked of them goes too: it remembers their words, so that an edit of one is understood. So do
    pictures and voices that wait.
    """
    unconsented = select(col(Person.id)).where(col(Person.consent_version).is_(None))
    agreed_to_nothing = (
        select(col(Person.id))
        .where(col(Person.platform) == col(Conversation.platform), col(Person.bot) == col(Conversation.bot))
        .where(col(Person.user_id) == col(Conversation.user_id), col(Person.consent_version).is_(None))
        .exists()
    )
    await session.execute(
        delete(Conversation)
        .where(agreed_to_nothing, col(Conversation.updated_at) < moment)
        .where(col(Conversation.chat_id) == col(Conversation.user_id))
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        delete(Attachment)
        .where(col(Attachment.person_id).in_(unconsented), col(Attachment.at) < moment)
        .where(col(Attachment.appeal_id).is_(None))
        .execution_options(synchronize_session=False)
    )
    statement = (
        delete(Draft)
        .where(col(Draft.person_id).in_(unconsented), col(Draft.updated_at) < moment)
        .returning(col(Draft.id))
    )
    return len((await session.execute(statement)).all())
