"""A dispatcher who merges is shown the open appeals that seem to tell the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.desk import CitizensDesk
from bot.services.guessing import ThoughtNeeded
from storage.domain.city import City
from storage.engine import Database
from storage.tables import Appeal, Draft
from tests.bot.conversations.triage.test_dispatching import BOUND, DISPATCHER, TRIAGE, appeal, submitted
from tests.support.desking import Front
from tests.support.screens import last, press
from tests.support.watching import filed


class Finder:
    """Finds every appeal, after it was let think once."""

    def __init__(self) -> None:
        self.thought: list[str] = []

    async def find(self, session: AsyncSession, draft: Draft) -> Sequence[int]:
        if draft.text not in self.thought:

            async def think() -> None:
                self.thought.append(draft.text)

            raise ThoughtNeeded(think)
        return (await session.execute(select(Appeal.id).order_by(Appeal.id))).scalars().all()


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(BOUND)
    await submitted(front)
    front._desk = CitizensDesk(replace(front.house, find_alike=Finder().find), token="1:sandbox")
    return front


async def test_what_is_alike_is_named_and_merged_by_two_presses(front: Front):
    other = await filed(front, unit="urban_management", claimed=False)
    closed = await filed(front, unit="urban_management", claimed=False, status="closed")
    await press(front, "并到旧件", TRIAGE, by=DISPATCHER)
    asked = last(front, TRIAGE)
    assert "像下面这些" in asked.text
    assert list(asked.buttons) == ["像 LX-20261123-0002"]
    assert str(closed) not in str(asked.buttons.values())
    await press(front, "像 LX-20261123-0002", TRIAGE, by=DISPATCHER)
    await press(front, "是,并过去", TRIAGE, by=DISPATCHER)
    assert (await appeal(front)).merged_into == other


async def test_where_nothing_is_alike_the_number_is_asked_for(front: Front):
    await press(front, "并到旧件", TRIAGE, by=DISPATCHER)
    assert last(front, TRIAGE).text.endswith("并到哪一件?回复这条,写那一件的编号。")
    assert last(front, TRIAGE).buttons == {}
