"""By night the classifier is trained where the city wants it and anything is new; by day its weeks are watched."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.drifting import Drifting
from bot.jobs.nights import Nights
from bot.services import retraining
from storage.domain.city import City, Retraining
from storage.engine import Database
from storage.repositories import events
from storage.tables import Training
from tests.support.confirming import confirmed
from tests.support.desking import Front
from tests.support.screens import rows

NIGHT = timedelta(hours=17)  # from ten in the morning to three at night


def nights(front: Front, now: datetime, *, nightly: bool = True) -> Nights:
    city = replace(front.city, retraining=Retraining(nightly=nightly))
    return Nights(database=front.database, house=replace(front.house, city=city), now=lambda: now)


async def test_at_night_one_is_asked_for_where_appeals_were_closed(database: Database, city: City, now: datetime):
    front = Front(database, city, now)
    assert not await nights(front, now + NIGHT).once()
    await front.happen(lambda session: confirmed(session, now, "路灯不亮"))
    assert not await nights(front, now).once()
    assert not await nights(front, now + NIGHT, nightly=False).once()
    assert await nights(front, now + NIGHT).once()
    (training,) = await rows(front, Training)
    assert (training.person_id, training.report, training.state) == (None, {"nightly": True}, "wanted")
    assert not await nights(front, now + NIGHT).once()


async def test_the_next_night_none_is_asked_for_without_anything_new(database: Database, city: City, now: datetime):
    front = Front(database, city, now)
    await front.happen(lambda session: confirmed(session, now, "路灯不亮"))
    assert await nights(front, now + NIGHT).once()
    (training,) = await rows(front, Training)
    await front.happen(lambda session: retraining.fail(session, training.id, reason="", now=now + NIGHT))
    tomorrow = now + NIGHT + timedelta(days=1)
    assert not await nights(front, tomorrow).once()
    await front.happen(lambda session: confirmed(session, tomorrow, "水管漏了", closed_at=tomorrow))
    assert await nights(front, tomorrow).once()


async def test_weeks_are_watched_in_office_hours_only(database: Database, city: City, now: datetime):
    front, told = Front(database, city, now), []

    async def tell(session: AsyncSession, _now: datetime) -> None:
        told.extend(events.take_fresh(session))

    def drifting(at: datetime) -> Drifting:
        return Drifting(database=database, house=front.house, now=lambda: at, tell=tell, on_queued=lambda: None)

    for back, p in ((1, 0.3), *((back, 0.9) for back in (2, 3, 4, 5))):
        guess = {"likely": [{"department": "urban_management", "p": p, "words": []}], "auto": True}
        for _ in range(30):
            at = now - timedelta(days=7 * back)
            await front.happen(lambda session, at=at, guess=guess: confirmed(session, at, "一件事", guess=guess))
    assert await drifting(now + NIGHT).once() == 0
    assert await drifting(now).once() == 1
    assert [each.details["measure"] for each in told] == ["confidence"]
    assert await drifting(now).once() == 0
