"""What came beside a citizen's words, brought to a group: under the words, in as few messages as they fit into."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, send
from bot.cards.media import LONGEST_CAPTION, Where, parcels, takes_caption
from bot.delivery.say import Say
from bot.house import House
from bot.services.attaching import brought_key
from bot.texts.fitting import fit, pieces, rest, units
from storage.domain.masking import mask
from storage.repositories import attachments, recalls
from storage.tables import Appeal, Attachment, Utterance

#: So long the first part of an album waits for the others.
_ALBUM_SETTLES: Final = timedelta(seconds=1.5)


async def said_with_things(
    session: AsyncSession,
    *,
    appeal: Appeal,
    words: Utterance,
    text: str,
    where: Where,
    under: int | str | None,
    role: str,
    now: datetime,
) -> list[Say]:
    """Say words with what came with them: as its caption where they fit, else before it, in pieces if long."""
    things = await attachments.of_utterance(session, words.id)
    if takes_caption(things, units(text)):
        brought = _bring(appeal, words, things, where, under, role, now, first=text)
        return [*brought, *_overflowing(appeal, things[1:], where, under)]
    return [
        *said(appeal, text, where, under, role=role),
        *await things_of(session, appeal=appeal, words=words, where=where, under=under, now=now, role=role),
    ]


def said(appeal: Appeal, text: str, where: Where, under: int | str | None, *, role: str) -> list[Say]:
    """Say words to a group, in several messages where they are too long for one."""
    calls = [send(where.chat_id, Card(part), protect=where.protect, thread=where.thread) for part in pieces(text)]
    return [Say(call, reply_to=under, appeal=appeal.id, role=role) for call in calls]


async def things_of(
    session: AsyncSession,
    *,
    appeal: Appeal,
    words: Utterance,
    where: Where,
    under: int | str | None,
    now: datetime,
    role: str = "supplement",
) -> list[Say]:
    """Bring what came with words that are said already."""
    things = await attachments.of_utterance(session, words.id)
    brought = _bring(appeal, words, things, where, under, role, now)
    return [*brought, *_overflowing(appeal, things, where, under)]


async def joined(
    session: AsyncSession,
    house: House,
    *,
    appeal: Appeal,
    words: Utterance,
    new: Sequence[int],
    where: Where,
    under: int | str | None,
    now: datetime,
) -> list[Say]:
    """Bring later parts of an album: with the parts that have not gone yet, or after them."""
    key = brought_key(words.id, where.chat_id)
    waiting = await recalls.unsent_named(session, platform=house.platform, bot=house.bot, key=key)
    things = await attachments.of_utterance(session, words.id)
    late = [each for each in things if each.id in new]
    unsent = [each for each in things if each in late or any(_holds(row.payload, each) for row in waiting)]
    first = next((text for row in waiting if (text := _caption_in(row.payload))), None)
    for row in waiting:
        await recalls.drop_unsent(session, row.id, now=now)
    brought = _bring(appeal, words, unsent, where, under, "supplement", now, first=first)
    return [*brought, *_overflowing(appeal, late, where, under)]


def _bring(
    appeal: Appeal,
    words: Utterance,
    things: Sequence[Attachment],
    where: Where,
    under: int | str | None,
    role: str,
    now: datetime,
    *,
    first: str | None = None,
) -> list[Say]:
    captions = {each.id: fit(mask(each.title), LONGEST_CAPTION) for each in things if each.title}
    if first and things:
        captions[things[0].id] = first
    waits = now + _ALBUM_SETTLES if any(each.album for each in things) else None
    return [
        Say(
            parcel.method,
            key=brought_key(words.id, where.chat_id),
            reply_to=under,
            appeal=appeal.id,
            role=role,
            after=waits,
            names=parcel.names,
        )
        for parcel in parcels(things, where, number=appeal.number, captions=captions)
    ]


def _overflowing(appeal: Appeal, things: Sequence[Attachment], where: Where, under: int | str | None) -> list[Say]:
    """Say what is too long to stand under a thing."""
    long = [part for each in things for part in rest(mask(each.title or ""), LONGEST_CAPTION)]
    return [say for part in long for say in said(appeal, part, where, under, role="supplement")]


def _holds(payload: object, thing: Attachment) -> bool:
    match payload:
        case dict():
            return any(_holds(part, thing) for part in payload.values())
        case list():
            return any(_holds(part, thing) for part in payload)
        case _:
            return bool(thing.file_id) and payload == thing.file_id


def _caption_in(payload: dict[str, object]) -> str | None:
    """Return the words under the first thing of a call that has not gone yet."""
    media = payload.get("media")
    first = media[0] if isinstance(media, list) and media else payload
    found = first.get("caption") if isinstance(first, dict) else None
    return found if isinstance(found, str) else None
