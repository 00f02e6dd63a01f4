"""The world is kept: a new sandbox on the same state goes on where the killed one was."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.platforms.sandbox.cast import Cast
from bot.platforms.sandbox.journal import JournalBroken
from bot.platforms.sandbox.server import Sandbox
from bot.platforms.sandbox.store import Store, number_of_the_hour
from tests.bot.platforms.sandbox.calling import Caller

CITIZEN = 1001


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "world" / "journal.jsonl"


async def _speaks(session: aiohttp.ClientSession, address: str, text: str) -> Any:
    form = aiohttp.FormData({"from": str(CITIZEN), "text": text})
    form.add_field("file", text.encode(), filename="a.txt", content_type="text/plain")
    async with session.post(f"{address}chats/{CITIZEN}/messages", data=form) as response:
        return await response.json()


async def _updates(session: aiohttp.ClientSession, address: str, **fields: int) -> Any:
    async with session.post(f"{address}bot1:sandbox/getUpdates", json=fields) as response:
        return (await response.json())["result"]


async def test_what_was_not_confirmed_outlives_the_sandbox(
    state: Path, cast: Cast, session: aiohttp.ClientSession
) -> None:
    first = await Sandbox.start(port=0, state=state, cast=cast)
    said = [await _speaks(session, first.address, text) for text in ("一", "二")]
    told = await _updates(session, first.address)
    await _updates(session, first.address, offset=told[0]["update_id"] + 1)
    await first.stop()
    _tear(state)

    second = await Sandbox.start(port=0, state=state, cast=cast)
    assert await _updates(session, second.address) == told[1:]
    async with session.get(f"{second.address}chats/{CITIZEN}/messages?as={CITIZEN}") as response:
        assert await response.json() == said
    async with session.get(f"{second.address}files/{said[0]['document']['file_id']}") as response:
        assert await response.text() == "一"
    third = await _speaks(session, second.address, "三")
    assert third["message_id"] == said[1]["message_id"] + 1
    assert (await _updates(session, second.address))[-1]["update_id"] == told[1]["update_id"] + 1
    await second.stop()


async def test_a_confirmed_update_id_is_not_used_again(state: Path, cast: Cast, session: aiohttp.ClientSession) -> None:
    first = await Sandbox.start(port=0, state=state, cast=cast)
    await _speaks(session, first.address, "一")
    [told] = await _updates(session, first.address)
    await _updates(session, first.address, offset=told["update_id"] + 1)
    await first.stop()
    second = await Sandbox.start(port=0, state=state, cast=cast)
    await _speaks(session, second.address, "二")
    [later] = await _updates(session, second.address)
    assert later["update_id"] > told["update_id"]
    await second.stop()


async def test_topics_rights_and_pins_outlive_the_sandbox(
    state: Path, cast: Cast, session: aiohttp.ClientSession
) -> None:
    first = await Sandbox.start(port=0, state=state, cast=cast)
    caller = Caller(session, first.address)
    forum = (await caller.ask("POST", "chats", title="话题群", members=[3001], is_forum=True))["id"]
    rights = ["can_pin_messages"]
    await caller.ask("POST", f"chats/{forum}/members", person=1, status="administrator", rights=rights)
    topic = (await caller.ask("POST", f"chats/{forum}/topics", name="供水公司"))["id"]
    said = await caller.say(forum, 3001, "须知", thread=topic)
    await caller.ask("POST", f"chats/{forum}/messages/{said['message_id']}/pin", from_=3001)
    await first.stop()
    second = await Sandbox.start(port=0, state=state, cast=cast)
    again = Caller(session, second.address)
    assert [one["name"] for one in await again.ask("GET", f"chats/{forum}/topics")] == ["General", "供水公司"]
    own = await again.result("getChatMember", chat_id=forum, user_id=1)
    assert (own["can_pin_messages"], own["can_manage_topics"]) == (True, False)
    pinned = (await again.result("getChat", chat_id=forum))["pinned_message"]
    assert (pinned["text"], pinned["message_thread_id"]) == ("须知", topic)
    await second.stop()


@pytest.fixture
def older(state: Path) -> Path:
    """A journal from before there were forums, channels and rights."""
    chat: dict[str, Any] = {"key": "-5", "id": -5, "type": "group", "title": "老群", "privacy": True}
    chat |= {"members": {"3001": "creator"}, "bots": {"1": "member"}, "started": False}
    state.parent.mkdir()
    state.write_text(json.dumps(["chats", "-5", {**chat, "moved_to": None, "pinned": None}]) + "\n")
    return state


async def test_a_chat_of_an_older_journal_gets_what_that_did_not_know(
    older: Path, cast: Cast, session: aiohttp.ClientSession
) -> None:
    running = await Sandbox.start(port=0, state=older, cast=cast)
    caller = Caller(session, running.address)
    assert (await caller.result("sendMessage", chat_id=-5, text="还在"))["text"] == "还在"
    assert (await caller.result("getChatMember", chat_id=-5, user_id=1))["status"] == "member"
    await running.stop()


@pytest.fixture
def shopping_list(state: Path) -> Path:
    state.parent.mkdir()
    state.write_text("a shopping list\nmilk\n")
    return state


def _tear(state: Path) -> None:
    """Leave half a line at the end, as a kill in the middle of writing does."""
    with state.open("ab") as file:
        file.write(b'["messages 1001", 5')


async def test_a_journal_that_is_none_is_refused(shopping_list: Path) -> None:
    with pytest.raises(JournalBroken, match="line 1"):
        await Sandbox.start(port=0, state=shopping_list)


def test_without_state_numbers_grow_with_the_clock_and_fit_31_bits() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    before, after = number_of_the_hour(now), number_of_the_hour(now + timedelta(minutes=1))
    assert 0 < before < before + 900 < after < 2**31
    assert Store().count("anything") >= number_of_the_hour() - 16 * 60
