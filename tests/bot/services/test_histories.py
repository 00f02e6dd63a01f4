"""Whatever happens to an appeal, in whatever order: some things must always be true."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import urging
from bot.services.moving import move
from storage.domain.statuses import Event
from storage.tables import Appeal, AppealEvent
from tests.histories.history import STATS, BrokenError
from tests.histories.walking import walk


async def _walks(many: int) -> None:
    for seed in range(many):
        await walk(seed, steps=40)


async def test_sixty_random_histories_break_no_rule():
    STATS.begin_anew()
    await _walks(60)
    assert len(STATS.done) > 40, "hardly anything happens: the histories are too short to say anything"


async def test_a_rule_that_is_broken_is_found_and_cut_down_to_what_it_takes(monkeypatch: pytest.MonkeyPatch):
    async def put_off(session: AsyncSession, appeal: Appeal, event: Event, **details: Any) -> AppealEvent:
        appeal.answer_due = None
        return await move(session, appeal, event, **details)

    monkeypatch.setattr(urging, "move", put_off)
    with pytest.raises(BrokenError, match="the limit moved") as found:
        await _walks(60)
    tale = str(found.value).splitlines()
    assert tale[-1].endswith(" urge")
    assert len(tale) <= 5
