"""One training at a time; a model is used when a person says so, is no worse, and was compared with the one in use."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import retraining
from bot.services.moving import Actor
from bot.services.retraining import PROMOTED, ROLLED_BACK, State
from storage.domain.errors import InputRefused, NotFound
from storage.engine import Database
from storage.tables import AppealEvent, Blob, Training
from tests.support.confirming import person

BETTER: dict[str, Any] = {"falls": [], "n": 400, "accuracy": [0.9, 0.92], "sure": [1, 1], "coverage": [0.6, 0.7]}
WORSE = BETTER | {"falls": [{"what": "供水公司", "old": 0.9, "new": 0.2}]}


async def made(session: AsyncSession, now: datetime, report: dict[str, Any] = BETTER) -> Training:
    training = await retraining.want(session, person_id=None, now=now)
    await retraining.begin(session, now=now)
    return await retraining.finish(session, training.id, report=report, picture=b"png", now=now)


async def promoted(session: AsyncSession, training: Training, now: datetime) -> Training:
    return await retraining.promote(session, training.id, actor=Actor.ADMINISTRATOR, person_id=None, now=now)


async def refused(work: Any) -> str:
    with pytest.raises(InputRefused) as told:
        await work
    return told.value.reason


async def test_one_training_is_under_way_at_a_time(database: Database, now: datetime):
    async with database.writing() as session:
        first = await retraining.want(session, person_id=None, now=now)
        assert await refused(retraining.want(session, person_id=None, now=now)) == "training_runs"
        begun = await retraining.begin(session, now=now)
        assert begun is not None
        assert begun.id == first.id
        assert await retraining.begin(session, now=now) is None
        await retraining.fail(session, first.id, reason="broken", now=now)
        again = await retraining.want(session, person_id=None, now=now)
        assert again.version != first.version


async def test_the_database_itself_lets_no_second_one_be_under_way(database: Database, now: datetime):
    async with database.writing() as session:
        await retraining.want(session, person_id=None, now=now)
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with database.writing() as session:
            session.add(Training(state="wanted", under_way=True, asked_at=now, beat_at=now))


async def test_a_model_that_is_no_worse_waits_for_a_person_and_is_used_then(database: Database, now: datetime):
    async with database.writing() as session:
        training = await made(session, now)
        assert training.state == State.READY
        assert training.under_way is None
        assert await retraining.in_use(session) == ""
        await promoted(session, training, now)
        assert await retraining.in_use(session) == training.version
        picture = await session.get_one(Blob, training.picture_id)
        assert picture.content == b"png"


async def test_a_model_that_fell_cannot_be_promoted(database: Database, now: datetime):
    async with database.writing() as session:
        training = await made(session, now, WORSE)
        assert training.state == State.REFUSED
        assert await refused(promoted(session, training, now)) == "model_worse"
        assert await retraining.in_use(session) == ""


async def test_a_model_compared_with_one_that_is_gone_is_trained_again_first(database: Database, now: datetime):
    async with database.writing() as session:
        old = await made(session, now)
        newer = await made(session, now)
        await promoted(session, newer, now)
        assert await refused(promoted(session, old, now)) == "model_compared"


async def test_one_step_back_and_no_second(database: Database, now: datetime):
    async with database.writing() as session:
        assert await retraining.step_back(session) is None
        first = await promoted(session, await made(session, now), now)
        second = await promoted(session, await made(session, now), now)
        assert second.against == first.version
        await retraining.roll_back(session, actor=Actor.ADMINISTRATOR, person_id=None, now=now)
        assert await retraining.in_use(session) == first.version
        back = retraining.roll_back(session, actor=Actor.ADMINISTRATOR, person_id=None, now=now)
        assert await refused(back) == "no_step_back"


async def test_both_are_on_record_with_who_when_and_the_figures(database: Database, now: datetime):
    async with database.writing() as session:
        who = await person(session, 9001, now)
        training = await made(session, now)
        for _ in range(2):  # pressed twice, it is promoted once
            await retraining.promote(session, training.id, actor=Actor.ADMINISTRATOR, person_id=who, now=now)
        await retraining.roll_back(session, actor=Actor.ADMINISTRATOR, person_id=who, now=now)
        wanted = select(AppealEvent).where(AppealEvent.what.in_([PROMOTED, ROLLED_BACK])).order_by(AppealEvent.id)
        up, down = (await session.execute(wanted)).scalars().all()
        assert (up.person_id, up.at, up.details["version"]) == (who, now, training.version)
        assert up.details["figures"]["accuracy"] == [0.9, 0.92]
        assert (down.person_id, down.details["version"], down.details["old"]) == (who, "", training.version)


async def test_a_stopped_training_makes_no_model_even_if_it_was_just_done(database: Database, now: datetime):
    async with database.writing() as session:
        training = await retraining.want(session, person_id=None, now=now)
        await retraining.begin(session, now=now)
        await retraining.stop(session, training.id)
        assert not await retraining.beat(session, training.id, now=now)
        done = await retraining.finish(session, training.id, report=BETTER, picture=None, now=now)
        assert done.state == State.STOPPED
        assert await refused(promoted(session, training, now)) == "training_over"
        assert await refused(retraining.stop(session, training.id)) == "training_over"


async def test_after_a_restart_what_the_bot_ran_is_given_up_and_what_waits_still_waits(
    database: Database, now: datetime
):
    async with database.writing() as session:
        training = await retraining.want(session, person_id=None, now=now)
        assert await retraining.give_up_the_dead(session, started=True, now=now) == 0
        await retraining.begin(session, now=now)
        assert await retraining.give_up_the_dead(session, started=False, now=now) == 0
        assert await retraining.give_up_the_dead(session, started=True, now=now) == 1
        assert (training.state, training.report["reason"]) == (State.FAILED, "killed")


async def test_a_commands_training_outlives_the_bots_restart_until_it_falls_silent(database: Database, now: datetime):
    async with database.writing() as session:
        training = await retraining.want(session, person_id=None, now=now, by_bot=False)
        assert await retraining.begin(session, now=now) is None
        assert await retraining.give_up_the_dead(session, started=True, now=now) == 0
        late = now + retraining.SILENT + timedelta(seconds=1)
        assert await retraining.beat(session, training.id, now=late)
        assert await retraining.give_up_the_dead(session, started=True, now=late) == 0
        later = late + retraining.SILENT + timedelta(seconds=1)
        assert await retraining.give_up_the_dead(session, started=False, now=later) == 1


async def test_a_model_left_aside_can_still_be_promoted_and_one_in_use_not_left_aside(
    database: Database, now: datetime
):
    async with database.writing() as session:
        training = await made(session, now)
        assert (await retraining.dismiss(session, training.id)).state == State.DISMISSED
        await promoted(session, training, now)
        assert training.state == State.READY
        assert await refused(retraining.dismiss(session, training.id)) == "model_in_use"


async def test_a_training_that_never_was_is_not_found(database: Database, now: datetime):
    async with database.writing() as session:
        waiting = await retraining.want(session, person_id=None, now=now)
        for work in (retraining.stop(session, 999), retraining.found(session, waiting.id)):
            with pytest.raises(NotFound):
                await work
