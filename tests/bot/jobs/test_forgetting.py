"""What was said before the consent is forgotten after a day, wherever it was kept."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.jobs.forgetting import Forgetting
from storage.engine import Database
from storage.repositories import drafts, people
from storage.tables import Conversation, Draft

WORDS = "路灯坏了"


async def _said(database: Database, user_id: int, at: datetime, *, agreed: bool) -> None:
    async with database.writing() as session:
        person = await people.meet(session, platform="telegram", bot=1, user_id=user_id, username=None, now=at)
        person.consent_version = 1 if agreed else None
        await drafts.begin(session, person.id, text=WORDS, now=at)
        memo = {"parts": [[5, WORDS]]}
        key = {"platform": "telegram", "bot": 1, "chat_id": user_id, "user_id": user_id}
        session.add(Conversation(**key, state="consent", memo=memo, updated_at=at))


async def test_after_a_day_neither_the_draft_nor_the_conversation_remembers_the_words(
    database: Database, now: datetime
):
    yesterday = now - timedelta(hours=25)
    await _said(database, 1001, yesterday, agreed=False)
    await _said(database, 1002, yesterday, agreed=True)
    await _said(database, 1003, now, agreed=False)
    assert await Forgetting(database=database, now=lambda: now).once() == 1
    async with database.reading() as session:
        kept = (await session.execute(select(Conversation.user_id).order_by(Conversation.user_id))).scalars().all()
        told = (await session.execute(select(Draft.text))).scalars().all()
    assert (list(kept), len(told)) == ([1002, 1003], 2)
