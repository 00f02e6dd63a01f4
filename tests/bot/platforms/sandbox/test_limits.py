"""Limits count as Telegram counts; time is a value."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.platforms.sandbox.cast import Cast
from bot.platforms.sandbox.limits import Limits
from bot.platforms.sandbox.server import Sandbox


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(clock=clock)


def test_a_private_chat_takes_three_at_once_and_then_one_a_second(limits: Limits, clock: Clock) -> None:
    assert [limits.charge(1, "5", group=False) for _ in range(4)] == [None, None, None, 3]
    clock.now += 3
    assert limits.charge(1, "5", group=False) is None


def test_a_group_takes_twenty_a_minute(limits: Limits, clock: Clock) -> None:
    for _ in range(20):
        assert limits.charge(1, "-5", group=True) is None
        clock.now += 1
    assert limits.charge(1, "-5", group=True) == 40
    clock.now += 40
    assert limits.charge(1, "-5", group=True) is None


def test_a_bot_sends_thirty_a_second_over_all_chats(limits: Limits, clock: Clock) -> None:
    assert [limits.charge(1, str(chat), group=False) for chat in range(31)] == [None] * 30 + [1]
    assert limits.charge(2, "0", group=False) is None
    clock.now += 1
    assert limits.charge(1, "30", group=False) is None


def test_an_album_counts_its_parts_and_a_refused_one_counts_nothing(limits: Limits, clock: Clock) -> None:
    assert limits.charge(1, "5", group=False) is None
    assert limits.charge(1, "5", group=False, count=10) == 3
    clock.now += 3
    assert limits.charge(1, "5", group=False, count=10) is None


@pytest.fixture
async def limited(cast: Cast) -> AsyncIterator[Sandbox]:
    running = await Sandbox.start(port=0, cast=cast)
    yield running
    await running.stop()


async def test_too_many_messages_are_answered_by_429_and_the_time_to_wait(
    limited: Sandbox, session: aiohttp.ClientSession
) -> None:
    async def call(method: str, **fields: Any) -> Any:
        async with session.post(f"{limited.address}bot1:sandbox/{method}", json=fields) as response:
            return await response.json()

    sent = [await call("sendMessage", chat_id=-2001, text="x") for _ in range(4)]
    assert [one["ok"] for one in sent] == [True, True, True, False]
    wait = sent[-1]["parameters"]["retry_after"]
    assert sent[-1]["description"] == f"Too Many Requests: retry after {wait}"
    thumb = [{"type": "emoji", "emoji": "👍"}]
    where = {"chat_id": -2001, "message_id": sent[0]["result"]["message_id"]}
    assert (await call("setMessageReaction", **where, reaction=thumb))["ok"]
    assert (await call("editMessageText", **where, text="y"))["error_code"] == 429
