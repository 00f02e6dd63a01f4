"""A reply may come before the outcome of the call that made the message it replies to is written down."""

from datetime import timedelta

import pytest

from bot.delivery.worker import NotYet
from storage.repositories import outbox
from storage.repositories.outbox import OutboxState
from tests.bot.conversations.office.conftest import GROUP, LI, Group

SOON = timedelta(seconds=1)


async def reply(group: Group, target: int, *, waited: timedelta = SOON) -> None:
    """Prepare a reply of 小李 to a message of the bot."""
    said = group._message(9000, LI, GROUP) | {
        "text": "明天去看。",
        "reply_to_message": group._message(target, 1, GROUP),
    }
    async with group.database.reading() as session:
        await group.desk.prepare(session, {"update_id": 1, "message": said}, waited=waited)


async def on_its_way(group: Group, chat: int) -> None:
    """Let a call to a chat be made, its outcome not yet being known."""
    async with group.database.writing() as session:
        given = {"platform": "telegram", "bot": 1, "method": "sendMessage", "payload": {}, "created_at": group.now}
        await outbox.queue(session, chat_id=chat, state=OutboxState.SENDING, **given)


async def test_a_reply_to_what_is_not_written_down_yet_waits(group: Group):
    await group.claimed()
    await on_its_way(group, GROUP)
    with pytest.raises(NotYet):
        await reply(group, 4711)


async def test_it_does_not_wait_for_ever(group: Group):
    await on_its_way(group, GROUP)
    await reply(group, 4711, waited=timedelta(seconds=10))


async def test_a_reply_to_what_is_known_does_not_wait(group: Group):
    await group.claimed()
    await on_its_way(group, GROUP)
    await reply(group, group.wall[0].message_id)


async def test_a_reply_does_not_wait_for_other_chats(group: Group):
    await on_its_way(group, GROUP - 1)
    await reply(group, 4711)
