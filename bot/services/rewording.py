"""Somebody edits words that went on already: the new ones count, the old ones are kept."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from bot.services.owning import own
from bot.services.supplementing import may_supplement
from storage.domain.errors import NotFound
from storage.repositories import appeals, attachments, events
from storage.tables import Appeal, Utterance, UtteranceVersion

REWORDED = "reworded"


async def reword(
    session: AsyncSession,
    appeal: Appeal,
    words: Utterance,
    text: str,
    *,
    now: datetime,
    person_id: int | None = None,
) -> None:
    """Put `text` in the place of words of a locked appeal, keep the old ones; `person_id`: the citizen who did it."""
    if words.text:
        session.add(UtteranceVersion(utterance_id=words.id, text=words.text, at=now))
    first = await appeals.first_words(session, appeal.id)
    if first is not None and first.id == words.id:
        appeal.text = text
        appeal.version += 1
    words.text = text
    if person_id is not None:
        await events.record(
            session,
            REWORDED,
            at=now,
            actor=Actor.CITIZEN,
            appeal_id=appeal.id,
            person_id=person_id,
            utterance_id=words.id,
        )


def retold(text: str, parts: Mapping[str, str], name: str, new: str) -> str | None:
    """Return the text with one of its parts, which stand in it in their order, put otherwise; a new one goes last.

    None where the part is not to be found.
    """
    if name not in parts:
        return f"{text}\n{new}" if text else new
    names = list(parts)
    start = end = 0
    for each in names[: names.index(name) + 1]:
        start = text.find(parts[each], end)
        if start < 0:
            return None
        end = start + len(parts[each])
    return text[:start] + new + text[end:]


async def edited_by_citizen(
    session: AsyncSession, *, appeal_id: int, source: tuple[int, int], text: str, person_id: int, now: datetime
) -> Appeal:
    """Let an edit of one of the citizen's own messages change what it brought; raise NotFound where it brought nothing.

    `source`: its chat and its id. Words of an appeal that takes none any more are not changed: NotFound too.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    name = str(source[1])
    words = await _brought_in(session, appeal_id, source)
    changed = retold(words.text, words.parts, name, text) if words and may_supplement(appeal, now=now) else None
    if words is None or changed is None:
        raise NotFound(f"message {source[1]} brought no words to {appeal_id}")
    if words.parts.get(name) != text:
        words.parts = {**words.parts, name: text}
        await _under_the_thing(session, source, text)
        await reword(session, appeal, words, changed, now=now, person_id=person_id)
    return appeal


async def _brought_in(session: AsyncSession, appeal_id: int, source: tuple[int, int]) -> Utterance | None:
    said = [each for each in await appeals.words(session, appeal_id) if each.direction == "from_citizen"]
    thing = await attachments.in_message(session, chat_id=source[0], message_id=source[1])
    by_thing = thing.utterance_id if thing else None
    return next((each for each in said if str(source[1]) in each.parts or each.id == by_thing), None)


async def _under_the_thing(session: AsyncSession, source: tuple[int, int], text: str) -> None:
    """Let words that stand under a later part of an album read as they do now, where it is shown again."""
    thing = await attachments.in_message(session, chat_id=source[0], message_id=source[1])
    if thing is not None and thing.title:
        thing.title = text
