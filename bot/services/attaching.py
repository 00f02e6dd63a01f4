"""Pictures, voices, files and places: kept as they come, put to a draft or to words of an appeal."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain.contents import MOST, Content, Kind, count, is_too_big
from storage.domain.errors import InputRefused
from storage.repositories import attachments
from storage.tables import Appeal, Attachment, Draft, Utterance

BROUGHT: Final = "things:"


def brought_key(utterance_id: int, chat_id: int) -> str:
    """Name the calls that bring to a chat what came with some words."""
    return f"{BROUGHT}{utterance_id}:{chat_id}"


async def keep(
    session: AsyncSession, content: Content, *, person_id: int, source: tuple[int, int], now: datetime
) -> Attachment:
    """Keep one thing somebody sent, before it is known where it belongs; `source`: the chat and message it came in.

    Raises InputRefused("file_too_big") where it could not be passed on.
    """
    if is_too_big(content):
        raise InputRefused("file_too_big")
    attachment = Attachment(
        person_id=person_id,
        kind=content.kind,
        file_id=content.file_id,
        unique_id=content.unique_id,
        name=content.name,
        mime=content.mime,
        size=content.size,
        duration=content.duration,
        album=content.album,
        latitude=content.latitude,
        longitude=content.longitude,
        title=content.title,
        source_chat=source[0],
        source_message=source[1],
        at=now,
    )
    return await attachments.keep(session, attachment)


async def to_draft(session: AsyncSession, draft: Draft, ids: Collection[int], *, now: datetime) -> None:
    """Put what was kept to a draft; raise InputRefused("too_many_files") where it holds too many already."""
    held = await attachments.of_draft(session, draft.id)
    new = [each for each in await attachments.named(session, ids) if each.draft_id != draft.id]
    if len(held) + len(new) > MOST:
        raise InputRefused("too_many_files")
    for each in new:
        each.draft_id = draft.id
    draft.files, draft.updated_at = tally([*held, *new]), now


async def replace(session: AsyncSession, thing: Attachment, content: Content) -> None:
    """Let another file take the place of one that has not gone anywhere yet; raise InputRefused("file_too_big")."""
    if is_too_big(content):
        raise InputRefused("file_too_big")
    thing.kind, thing.file_id, thing.unique_id = content.kind, content.file_id, content.unique_id
    thing.name, thing.mime, thing.size, thing.duration = content.name, content.mime, content.size, content.duration
    await session.flush()
    draft = await session.get(Draft, thing.draft_id) if thing.draft_id else None
    if draft is not None:
        draft.files = tally(await attachments.of_draft(session, draft.id))


async def to_words(session: AsyncSession, appeal: Appeal, words: Utterance, things: Sequence[Attachment]) -> None:
    """Put what was kept to words of an appeal; raise InputRefused("too_many_files") where they have too many."""
    held = await attachments.of_utterance(session, words.id)
    if len(held) + len(things) > MOST:
        raise InputRefused("too_many_files")
    for each in things:
        each.draft_id, each.appeal_id, each.utterance_id = None, appeal.id, words.id
    await session.flush()


def copied(thing: Attachment) -> Attachment:
    """Return the same picture, voice or file once more, belonging nowhere yet; its message stays the first one's."""
    kept = ("person_id", "kind", "file_id", "unique_id", "name", "mime", "size", "duration", "album", "at")
    placed = ("latitude", "longitude", "title")
    return Attachment(**{name: getattr(thing, name) for name in (*kept, *placed)})


async def filed(session: AsyncSession, appeal: Appeal, words: Utterance, draft: Draft) -> None:
    """Hand on what a draft holds to the appeal it has become."""
    things = await attachments.of_draft(session, draft.id)
    await to_words(session, appeal, words, things)
    appeal.files = tally(things)


def tally(things: Sequence[Attachment]) -> dict[str, int]:
    """Return how many there are of each kind; under "seconds", how long the voices are together."""
    seconds = sum(each.duration or 0 for each in things if each.kind == Kind.VOICE)
    return count(things) | ({"seconds": seconds} if seconds else {})
