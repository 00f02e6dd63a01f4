"""getUpdates holds, wakes, confirms by offset only, and tells two pollers apart."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from aiogram.types import Update

from bot.platforms.sandbox.server import Sandbox

CITIZEN, STAFF, GROUP = 1001, 3001, -2001


async def test_a_held_poll_wakes_as_soon_as_somebody_speaks(caller: Any) -> None:
    polling = asyncio.create_task(caller.result("getUpdates", timeout=30))
    await _poll_is_held(caller)
    began = time.monotonic()
    await caller.say(CITIZEN, CITIZEN, "你好")
    [update] = await polling
    assert update["message"]["text"] == "你好"
    assert time.monotonic() - began < 5


async def test_a_poll_without_news_holds_its_timeout(caller: Any) -> None:
    began = time.monotonic()
    assert await caller.result("getUpdates", timeout=1) == []
    assert time.monotonic() - began >= 1


async def test_what_is_not_confirmed_comes_again(caller: Any) -> None:
    await caller.say(CITIZEN, CITIZEN, "一")
    await caller.say(CITIZEN, CITIZEN, "二")
    first, second = await caller.result("getUpdates")
    assert await caller.result("getUpdates") == [first, second]
    assert await caller.result("getUpdates", offset=second["update_id"]) == [second]
    assert await caller.result("getUpdates", offset=second["update_id"] + 1) == []
    assert await caller.result("getUpdates") == []
    counted = (await caller.ask("GET", "metrics"))["updates"]
    assert counted == {"queued": 2, "delivered": 2, "confirmed": 2, "pending": 0}


async def test_a_negative_offset_keeps_only_the_last(caller: Any) -> None:
    for text in ("一", "二", "三"):
        await caller.say(CITIZEN, CITIZEN, text)
    [last] = await caller.result("getUpdates", offset=-1)
    assert last["message"]["text"] == "三"
    assert await caller.result("getUpdates") == [last]


async def test_limit_gives_the_oldest(caller: Any) -> None:
    for text in ("一", "二", "三"):
        await caller.say(CITIZEN, CITIZEN, text)
    assert [update["message"]["text"] for update in await caller.result("getUpdates", limit=2)] == ["一", "二"]


async def test_a_second_poller_is_told_of_the_conflict_and_the_first_goes_on(caller: Any) -> None:
    polling = asyncio.create_task(caller.result("getUpdates", timeout=30))
    await _poll_is_held(caller)
    assert (await caller.error("getUpdates")).startswith("409 Conflict: terminated by other getUpdates request")
    await caller.say(CITIZEN, CITIZEN, "你好")
    assert len(await polling) == 1


async def test_a_poller_that_hung_up_leaves_the_place_to_the_next(caller: Any) -> None:
    async with aiohttp.ClientSession() as killed:
        polling = asyncio.create_task(killed.post(f"{caller.address}bot1:sandbox/getUpdates", json={"timeout": 30}))
        await _poll_is_held(caller)
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
    async with asyncio.timeout(5):
        while not (await caller.call("getUpdates"))["ok"]:
            pass
    await caller.say(CITIZEN, CITIZEN, "你好")
    assert len(await caller.result("getUpdates")) == 1


async def test_allowed_updates_are_remembered(caller: Any) -> None:
    await caller.result("getUpdates", allowed_updates=["callback_query"])
    await caller.say(CITIZEN, CITIZEN, "听不见")
    assert await caller.result("getUpdates") == []
    await caller.result("getUpdates", allowed_updates='["message"]')
    await caller.say(CITIZEN, CITIZEN, "听得见")
    assert len(await caller.result("getUpdates")) == 1


async def test_reactions_are_told_only_to_a_bot_that_asked_for_them(caller: Any) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "你好")
    react = f"chats/{CITIZEN}/messages/{said['message_id']}/react"
    await caller.ask("POST", react, from_=CITIZEN, emoji="👍")
    assert [set(update) for update in await caller.updates()] == [{"update_id", "message"}]
    await caller.result("getUpdates", allowed_updates=["message_reaction"])
    await caller.ask("POST", react, from_=CITIZEN, emoji="❤️")
    [update] = await caller.updates()
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "❤"}]
    Update.model_validate(update)


@pytest.mark.parametrize("raw", [{"message": "broken"}, {"update_id": 5, "nonsense": []}, {"update_id": "x"}, [1], "x"])
async def test_a_raw_update_arrives_as_it_was_pushed_and_leaves_when_confirmed(caller: Any, raw: Any) -> None:
    async with caller.session.post(f"{caller.address}updates", json=raw) as response:
        number = (await response.json())["queued"]
    [arrived] = await caller.result("getUpdates")
    assert arrived == ({"update_id": number, **raw} if isinstance(raw, dict) else raw)
    offset = arrived["update_id"] if isinstance(raw, dict) and arrived["update_id"] != "x" else number
    await caller.say(CITIZEN, CITIZEN, "后面的")
    [left] = await caller.result("getUpdates", offset=offset + 1)
    assert left["message"]["text"] == "后面的"


async def test_every_bot_has_its_own_queue(caller: Any) -> None:
    await caller.say(f"{CITIZEN}@2", CITIZEN, "二号你好")
    assert await caller.result("getUpdates") == []
    [update] = await caller.result("getUpdates", token="2:other")
    assert update["message"]["chat"]["id"] == CITIZEN
    chats = await caller.ask("GET", f"chats?as={CITIZEN}")
    assert [(chat["id"], chat["type"]) for chat in chats] == [(CITIZEN, "private"), (f"{CITIZEN}@2", "private")]
    assert (await caller.result("getMe", token="2:other"))["username"] == "bot_2_bot"


async def test_pending_updates_are_dropped_on_demand(caller: Any) -> None:
    await caller.say(CITIZEN, CITIZEN, "你好")
    assert (await caller.result("getWebhookInfo"))["pending_update_count"] == 1
    assert await caller.result("deleteWebhook", drop_pending_updates="true") is True
    assert await caller.result("getUpdates") == []


async def test_a_stopping_sandbox_lets_a_held_poll_go(session: aiohttp.ClientSession) -> None:
    running = await Sandbox.start(port=0)
    polling = asyncio.create_task(session.post(f"{running.address}bot1:sandbox/getUpdates", json={"timeout": 50}))
    metrics: dict[str, Any] = {"calls": {}}
    while "getUpdates" not in metrics["calls"]:
        async with session.get(f"{running.address}metrics") as response:
            metrics = await response.json()
    async with asyncio.timeout(5):
        await running.stop()
        assert (await (await polling).json())["result"] == []


async def test_hundreds_of_updates_stay_in_order(caller: Any) -> None:
    for number in range(250):
        await caller.say(CITIZEN, CITIZEN, str(number))
    texts: list[str] = []
    while updates := await caller.updates():
        texts += [update["message"]["text"] for update in updates]
    assert texts == [str(number) for number in range(250)]


async def _poll_is_held(caller: Any) -> None:
    """Return once the sandbox has counted a getUpdates, which is then being held."""
    async with asyncio.timeout(5):
        while "getUpdates" not in (await caller.ask("GET", "metrics"))["calls"]:
            pass
