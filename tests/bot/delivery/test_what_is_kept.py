"""Words do not stay in the post boxes: once worked off, an update and a call are empty."""

from sqlalchemy import select

from bot.platforms.sandbox.server import Sandbox
from storage.engine import Database
from storage.repositories.inbox import InboxState
from storage.repositories.outbox import OutboxState
from storage.tables import InboxUpdate, OutboxMessage
from tests.bot.delivery.conftest import CAST
from tests.bot.delivery.test_the_way_of_an_update import echo
from tests.support.loops import EchoDesk, running
from tests.support.playing import Town

CITIZEN = CAST.people[0].id


async def test_what_was_said_and_answered_leaves_both_boxes(sandbox: Sandbox, town: Town, database: Database):
    async with running(sandbox.address, database, EchoDesk(echo)):
        await town.say(CITIZEN, "nobody's business")
        await town.wait(CITIZEN, "echo nobody's business")
        await town.say(CITIZEN, "later")
        await town.wait(CITIZEN, "echo later")
    async with database.reading() as session:
        updates = (await session.execute(select(InboxUpdate.state, InboxUpdate.raw))).all()
        calls = (await session.execute(select(OutboxMessage.state, OutboxMessage.payload))).all()
    assert {tuple(row) for row in updates} == {(InboxState.DONE, "")}
    assert all(payload == {} for state, payload in calls if state == OutboxState.SENT)
    assert len(calls) == 2
