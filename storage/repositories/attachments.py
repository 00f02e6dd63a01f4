"""Things that were sent and are not text: with a draft, with an appeal's words, or waiting for where they belong."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Attachment


async def keep(session: AsyncSession, attachment: Attachment) -> Attachment:
    """Keep one thing that was sent."""
    session.add(attachment)
    await session.flush()
    return attachment


async def of_draft(session: AsyncSession, draft_id: int) -> Sequence[Attachment]:
    """Everything a draft holds, in the order it came."""
    return await _where(session, col(Attachment.draft_id) == draft_id)


async def of_utterance(session: AsyncSession, utterance_id: int) -> Sequence[Attachment]:
    """Everything that came with some words, in the order it came."""
    return await _where(session, col(Attachment.utterance_id) == utterance_id)


async def of_appeal(session: AsyncSession, appeal_id: int) -> Sequence[Attachment]:
    """Everything that was ever sent about an appeal, by whomever, in the order it came."""
    return await _where(session, col(Attachment.appeal_id) == appeal_id)


async def named(session: AsyncSession, ids: Collection[int]) -> Sequence[Attachment]:
    """Return those with these ids, in the order they came."""
    return await _where(session, col(Attachment.id).in_(ids)) if ids else []


async def of_album(session: AsyncSession, *, person_id: int, album: str) -> Attachment | None:
    """Return the newest part that came of a person's album before."""
    found = await _where(session, col(Attachment.person_id) == person_id, col(Attachment.album) == album)
    return found[-1] if found else None


async def in_message(session: AsyncSession, *, chat_id: int, message_id: int) -> Attachment | None:
    """Return what one message brought; where an edit put something else there, that."""
    found = await _where(session, col(Attachment.source_chat) == chat_id, col(Attachment.source_message) == message_id)
    return found[-1] if found else None


async def move(session: AsyncSession, ids: Collection[int], **columns: int | None) -> None:
    """Say what some of them belong to: draft_id, appeal_id, utterance_id."""
    if ids:
        await session.execute(update(Attachment).where(col(Attachment.id).in_(ids)).values(**columns))


async def _where(session: AsyncSession, *conditions: object) -> Sequence[Attachment]:
    statement = select(Attachment).where(*conditions).order_by(col(Attachment.id))  # type: ignore[arg-type] # columns
    return (await session.execute(statement)).scalars().all()
