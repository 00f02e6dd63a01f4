"""The one way an appeal changes its status: with its event, or not at all."""

from datetime import datetime

import pytest

from bot.services.moving import Actor, find, move
from storage.domain import lifecycle
from storage.domain.errors import NotFound, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.engine import Database
from storage.repositories import events
from tests.support.handling import at_the_unit


async def test_a_refused_event_changes_nothing(database: Database, now: datetime):
    async with database.writing() as session:
        appeal = (await at_the_unit(session, now)).appeal
        for status, event in ((s, e) for s in Status for e in Event if not lifecycle.may(s, e)):
            appeal.status = status
            before = appeal.model_dump()
            with pytest.raises(TransitionRefused):
                await move(session, appeal, event, actor=Actor.STAFF, person_id=None, now=now)
            assert appeal.model_dump() == before
        assert await events.of_appeal(session, appeal.id) == []


async def test_a_step_is_counted_and_kept_with_who_when_and_what(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        appeal, li = scene.appeal, scene.li.person_id
        stage, version = appeal.stage, appeal.version
        await move(session, appeal, Event.CLAIM, actor=Actor.STAFF, person_id=li, now=now, staff=7)
        [kept] = await events.of_appeal(session, appeal.id)
        assert (kept.what, kept.actor, kept.person_id, kept.at) == ("claim", "staff", li, now)
        assert kept.details == {"staff": 7}
        assert (appeal.status, appeal.stage, appeal.version) == (Status.IN_PROGRESS, stage + 1, version + 1)


async def test_words_are_no_step_of_the_stages(database: Database, now: datetime):
    async with database.writing() as session:
        appeal = (await at_the_unit(session, now)).appeal
        stage, version = appeal.stage, appeal.version
        await move(session, appeal, Event.NOTE, actor=Actor.STAFF, person_id=None, now=now)
        assert (appeal.status, appeal.stage, appeal.version) == (Status.DISPATCHED, stage, version + 1)


async def test_what_is_not_there_is_not_found(database: Database):
    async with database.writing() as session:
        with pytest.raises(NotFound):
            await find(session, 1)
