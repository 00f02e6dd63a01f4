"""Somebody edits words that went on already: the new ones count, the old ones are kept."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from bot.services.owning import own
from bot.services.supplementing import may_supplement
from storage.domain.errors import NotFound
from storage.repositories import appeals, events
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


async def edited_by_citizen(
    session: AsyncSession, *, appeal_id: int, message_id: int, text: str, person_id: int, now: datetime
) -> Appeal:
    """Let an edit of one of the citizen's own messages change what it brought; raise NotFound where it brought nothing.

    Words of an appeal that takes none any more are not changed: NotFound too.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    name = str(message_id)
    said = await appeals.words(session, appeal_id)
    words = next((each for each in said if each.direction == "from_citizen" and name in each.parts), None)
    if words is None or not may_supplement(appeal, now=now) or words.parts[name] not in words.text:
        raise NotFound(f"message {message_id} brought no words to {appeal_id}")
    if words.parts[name] != text:
        changed = words.text.replace(words.parts[name], text, 1)
        words.parts = {**words.parts, name: text}
        await reword(session, appeal, words, changed, now=now, person_id=person_id)
    return appeal
