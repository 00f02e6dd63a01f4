"""Faults that a test orders strike the next calls and no more."""

import time
from typing import Any

import aiohttp
import pytest

CITIZEN = 1001


@pytest.fixture(autouse=True)
async def started(caller: Any) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")


async def _texts(caller: Any) -> list[str]:
    return [message["text"] for message in await caller.ask("GET", f"chats/{CITIZEN}/messages?as={CITIZEN}")]


async def test_a_method_fails_so_many_times(caller: Any) -> None:
    await caller.ask("POST", "faults", method="sendMessage", status=502, times=2)
    for _ in range(2):
        assert await caller.error("sendMessage", chat_id=CITIZEN, text="x") == "502 Bad Gateway"
    assert (await caller.result("sendMessage", chat_id=CITIZEN, text="x"))["text"] == "x"


async def test_flood_control_tells_how_long_to_wait(caller: Any) -> None:
    await caller.ask("POST", "faults", method="*", retry_after=3)
    envelope = await caller.call("getMe")
    assert (envelope["error_code"], envelope["parameters"]) == (429, {"retry_after": 3})
    assert (await caller.ask("GET", "metrics"))["429"] == 1


@pytest.mark.parametrize(("drop", "texts"), [("before", ["/start"]), ("after", ["/start", "x"])])
async def test_a_lost_connection_leaves_or_loses_the_message(caller: Any, drop: str, texts: list[str]) -> None:
    await caller.ask("POST", "faults", method="sendMessage", times=1, drop=drop)
    with pytest.raises(aiohttp.ClientError):
        await caller.call("sendMessage", chat_id=CITIZEN, text="x")
    assert await _texts(caller) == texts
    assert (await caller.result("sendMessage", chat_id=CITIZEN, text="y"))["text"] == "y"


async def test_a_delayed_call_still_takes_effect(caller: Any) -> None:
    await caller.ask("POST", "faults", method="sendMessage", delay=0.2)
    began = time.monotonic()
    await caller.result("sendMessage", chat_id=CITIZEN, text="x")
    assert time.monotonic() - began >= 0.2


async def test_faults_are_forgotten_on_demand(caller: Any) -> None:
    await caller.ask("POST", "faults", method="getMe", status=500, times=9)
    await caller.ask("DELETE", "faults")
    assert (await caller.result("getMe"))["id"] == 1


@pytest.mark.parametrize(
    "fault", [{}, {"method": "nope"}, {"method": "*", "drop": "x"}, {"method": "*", "status": 200}]
)
async def test_a_fault_that_cannot_be_is_refused(caller: Any, fault: dict[str, Any]) -> None:
    status, _ = await caller.refused("POST", "faults", **fault)
    assert status == 400
