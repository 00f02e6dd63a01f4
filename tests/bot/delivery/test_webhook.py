"""Updates that the platform sends by itself, against a real sandbox and a real database."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.delivery.intake import CannotPoll
from bot.delivery.webhook import HEADER, PATH, WebhookIntake
from bot.platforms.sandbox.server import Sandbox
from bot.platforms.telegram import BotApi
from storage.engine import Database
from storage.tables import InboxUpdate
from tests.support.ports import free_port

SECRET = "a-secret-of-its-own"
CITIZEN = 1001


@dataclass
class Door:
    """The webhook's door, listening."""

    url: str
    database: Database
    came: asyncio.Event

    async def post(self, body: bytes, *, secret: str | None = SECRET) -> int:
        headers = {HEADER: secret} if secret is not None else {}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url, data=io.BytesIO(body), headers=headers) as response,
        ):
            return response.status

    async def kept(self) -> list[tuple[str, Any]]:
        async with self.database.reading() as session:
            rows = (await session.execute(select(InboxUpdate).order_by(InboxUpdate.id))).scalars()
            return [(row.state, json.loads(row.raw)) for row in rows]


def intake(api: BotApi, database: Database, *, url: str, port: int, came: asyncio.Event) -> WebhookIntake:
    return WebhookIntake(
        api=api,
        database=database,
        platform="telegram",
        url=url,
        secret=SECRET,
        port=port,
        now=lambda: datetime.now(UTC),
        on_kept=came.set,
    )


@pytest.fixture
async def door(sandbox: Sandbox, database: Database) -> AsyncIterator[Door]:
    port, came = free_port(), asyncio.Event()
    url = f"http://127.0.0.1:{port}{PATH}"
    async with aiohttp.ClientSession() as http:
        api = BotApi("1:sandbox", base=sandbox.address, session=http)
        task = asyncio.create_task(intake(api, database, url=url, port=port, came=came).run())
        while not (await api.call("getWebhookInfo"))["url"]:  # noqa: ASYNC110 - the sandbox tells nobody of it
            await asyncio.sleep(0.02)
        yield Door(url, database, came)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_is_said_on_the_platform_is_kept(door: Door, sandbox: Sandbox):
    async with aiohttp.ClientSession() as http:
        said = {"from": CITIZEN, "text": "path"}
        async with http.post(f"{sandbox.address}chats/{CITIZEN}/messages", json=said) as response:
            assert response.status == 200
    await asyncio.wait_for(door.came.wait(), 10)
    [(state, update)] = await door.kept()
    assert (state, update["message"]["text"]) == ("waiting", "path")


@pytest.mark.parametrize("secret", [None, "", "another", SECRET + "x"])
async def test_who_does_not_know_the_secret_is_turned_away(door: Door, secret: str | None):
    assert await door.post(b'{"update_id": 1}', secret=secret) == 401
    assert await door.kept() == []


async def test_the_same_update_sent_twice_is_kept_once(door: Door):
    body = json.dumps({"update_id": 7, "message": {"chat": {"id": CITIZEN}}}).encode()
    assert [await door.post(body), await door.post(body)] == [200, 200]
    assert len(await door.kept()) == 1


async def test_a_body_over_a_megabyte_is_refused(door: Door):
    assert await door.post(b" " * (2**20 + 1)) == 413
    assert await door.kept() == []


@pytest.mark.parametrize("body", [b"", b"no json", b"[" * 100_000, b"[]", b'{"update_id": "x"}', b"\xff\xfe"])
async def test_nonsense_is_put_aside_and_not_sent_again(door: Door, body: bytes):
    assert await door.post(body) == 200
    [(state, _)] = await door.kept()
    assert state == "quarantined"


async def test_what_cannot_be_kept_is_to_be_sent_again(door: Door, monkeypatch: pytest.MonkeyPatch):
    def gone() -> Any:
        raise OSError("disk full")

    monkeypatch.setattr(door.database, "writing", gone)
    assert await door.post(b'{"update_id": 9}') == 503


async def test_an_address_the_platform_does_not_accept_is_named(sandbox: Sandbox, database: Database):
    async with aiohttp.ClientSession() as http:
        api = BotApi("1:sandbox", base=sandbox.address, session=http)
        wrong = intake(api, database, url="ftp://nowhere", port=free_port(), came=asyncio.Event())
        with pytest.raises(CannotPoll, match="does not accept LIANXIN_WEBHOOK_URL"):
            await wrong.run()
