"""A citizen, the unit that has their appeal, and the supervisors, at one desk."""

from datetime import datetime
from typing import Any

from bot.services.following_up import begin
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.tables import Appeal
from tests.support.desking import Front, Owed
from tests.support.handling import GROUP as UNIT_GROUP
from tests.support.handling import at_the_unit

SUPERVISION, TRIAGE, SUPERVISOR, SECOND, DISPATCHER = -8100, -8000, 8101, 8102, 8001
CITIZEN, LI = 1001, 3003
NUMBER = "LX-20261123-0001"


async def town(database: Database, city: City, now: datetime, **columns: Any) -> Front:
    """Set the scene: an appeal of the citizen at 城市管理局, in hand unless `columns` say otherwise."""
    front = Front(database, city, now)
    async with database.writing() as session:
        scene = await at_the_unit(session, now, **{"status": Status.IN_PROGRESS, "claimant_id": 1, **columns})
        scene.appeal.claimed_at = now
        if scene.appeal.status == Status.ANSWERED:
            scene.appeal.answered_at, scene.appeal.answer = now, "修好了"
            begin(scene.appeal, now=now)
    await front.bind_cast(["urban_management", "power"])
    return front


async def appeal(front: Front) -> Appeal:
    """Return the appeal as it is now."""
    async with front.database.reading() as session:
        return await session.get_one(Appeal, 1)


def into(owed: list[Owed], chat: int) -> list[Owed]:
    """Return the calls that go to a chat."""
    return [each for each in owed if each.chat == chat]


async def complained(front: Front, words: str = "办事的人骂我,打13812345678") -> Owed:
    """Let the citizen tell the supervisors something; return the card in their group."""
    await front.press(CITIZEN, 1, "c.boss:1")
    owed = await front.say(CITIZEN, words)
    [card] = into(owed, SUPERVISION)
    return card


def to_the_unit(front: Front) -> list[Owed]:
    """Return all calls into the unit's group so far."""
    return into(front.calls, UNIT_GROUP)
