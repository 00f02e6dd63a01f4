"""The jobs that watch clocks, run once on a `Front`, and a unit's appeals for them to find."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import PostBox
from bot.jobs.morning import Morning
from bot.jobs.watching import Watch, Watching
from bot.notices import say_what_happened
from storage.domain.statuses import Status
from storage.repositories import people
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, OutboxMessage, Staff
from tests.support.desking import BOT, PLATFORM, Front, Owed

UNIT, GROUP, SUPERVISION, SUPERVISOR, LI, HU = "urban_management", -3002, -8100, 8101, 3003, 3004


async def watched(front: Front, watch: Watch) -> list[Owed]:
    """Look at a clock once; return what others hear of it."""

    async def tell(session: AsyncSession, now: datetime) -> None:
        for say in await say_what_happened(session, front.house, now=now):
            await PostBox(PLATFORM, BOT).put(session, say, now=now)

    job = Watching(
        watch, database=front.database, house=front.house, now=lambda: front.now, tell=tell, on_queued=lambda: None
    )
    await job.once()
    return await arrived(front)


async def morning_came(front: Front) -> list[Owed]:
    """Let the morning's lists be written; return them."""
    box = PostBox(PLATFORM, BOT)
    job = Morning(database=front.database, box=box, house=front.house, now=lambda: front.now, on_queued=lambda: None)
    await job.once()
    return await arrived(front)


async def arrived(front: Front) -> list[Owed]:
    """Let what is queued arrive."""
    async with front.database.writing() as session:
        queued = select(OutboxMessage.id).where(OutboxMessage.state == OutboxState.QUEUED)
        rows = (await session.execute(queued.order_by(OutboxMessage.id))).scalars().all()
        owed = [await front._arrived(session, row_id) for row_id in rows]
    front.calls += owed
    return owed


async def filed(front: Front, *, unit: str | None = UNIT, claimed: bool = True, **columns: Any) -> int:
    """Keep an appeal of 群众 1001 at a unit, signed for by its first member of staff; return its id."""
    async with front.database.writing() as session:
        citizen = await people.meet(session, platform=PLATFORM, bot=BOT, user_id=1001, username=None, now=front.now)
        claimant = (await session.execute(select(Staff.id).where(Staff.department == unit).limit(1))).scalar()
        number = (await session.execute(select(func.count()).select_from(Appeal))).scalar_one() + 1
        taken = {"claimant_id": claimant, "claimed_at": front.now, "status": Status.IN_PROGRESS} if claimed else {}
        given = {"status": Status.DISPATCHED, "contacted_at": front.now, **taken, **columns}
        usual = {"title": "路灯坏了", "text": "路灯坏了半个月", "kind": "help", "urgency": "normal"}
        appeal = Appeal(
            number=f"LX-20261123-{number:04d}",
            citizen_id=citizen.id,
            alias="7F3K",
            channel="telegram",
            department=unit,
            **{"accepted_at": front.now, **usual, **given},
        )
        session.add(appeal)
        await session.flush()
        return appeal.id


async def appeal_now(front: Front, appeal_id: int) -> Appeal:
    """Return an appeal as it stands."""
    async with front.database.reading() as session:
        return await session.get_one(Appeal, appeal_id)


def said_in(owed: list[Owed], chat: int) -> list[str]:
    """Return the new messages of a chat."""
    return [each.text for each in owed if each.chat == chat and each.method == "sendMessage"]


def closing(front: Front, days: int = 0) -> datetime:
    """Return the close of the office, so many days from today."""
    today = front.house.calendar(front.now).local(front.now).date()
    return front.house.calendar(front.now).end_of_office_day(today + timedelta(days=days))
