"""Updates are carried to a bot's own address in order, each until it is taken."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.platforms.sandbox.cast import Cast
from bot.platforms.sandbox.server import Sandbox

CITIZEN, STAFF, GROUP = 1001, 3001, -2001
SECRET = "Geheim_-1"


class Bot:
    """A server of a bot: what arrived, and what to answer next (200 and nothing, if nothing else is said)."""

    def __init__(self) -> None:
        self.address = ""
        self.arrived: list[Any] = []
        self.headers: list[Any] = []
        self.answers: list[web.Response] = []
        self._news = asyncio.Event()

    async def told(self, request: web.Request) -> web.Response:
        self.arrived.append(await request.json())
        self.headers.append(request.headers)
        self._news.set()
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, count: int) -> list[Any]:
        """Wait until so many updates have arrived."""
        async with asyncio.timeout(10):
            while len(self.arrived) < count:
                self._news.clear()
                await self._news.wait()
        return self.arrived

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.arrived]


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.told)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield bot
    await runner.cleanup()


async def _pending(caller: Any, count: int) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while (info := await caller.result("getWebhookInfo"))["pending_update_count"] != count:
            pass
    return dict(info)


async def test_updates_arrive_in_order_with_the_secret(caller: Any, bot: Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "先说的")
    assert await caller.result("setWebhook", url=bot.address, secret_token=SECRET, max_connections="5")
    for number in range(20):
        await caller.say(CITIZEN, CITIZEN, str(number))
    await bot.until(21)
    assert bot.texts() == ["先说的", *(str(number) for number in range(20))]
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in bot.headers} == {SECRET}
    info = await _pending(caller, 0)
    assert (info["url"], info["max_connections"]) == (bot.address, 5)
    counted = (await caller.ask("GET", "metrics"))["updates"]
    assert (counted["delivered"], counted["confirmed"]) == (21, 21)


async def test_an_update_comes_again_until_it_is_taken_and_the_next_waits(caller: Any, bot: Bot) -> None:
    bot.answers = [web.Response(status=500), web.Response(status=404)]
    await caller.result("setWebhook", url=bot.address)
    await caller.say(CITIZEN, CITIZEN, "一")
    await caller.say(CITIZEN, CITIZEN, "二")
    await bot.until(4)
    assert bot.texts() == ["一", "一", "一", "二"]
    assert len({update["update_id"] for update in bot.arrived}) == 2
    info = await caller.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


async def test_a_bot_that_is_not_there_is_waited_for(caller: Any) -> None:
    await caller.result("setWebhook", url="http://127.0.0.1:9/hook")
    await caller.say(CITIZEN, CITIZEN, "喂")
    async with asyncio.timeout(10):
        while "last_error_message" not in (info := await caller.result("getWebhookInfo")):
            pass
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)


@pytest.mark.parametrize("form", ["json", "urlencoded", "multipart"])
async def test_a_method_in_the_answer_is_carried_out(caller: Any, bot: Bot, form: str) -> None:
    asked = {"method": "sendMessage", "chat_id": str(CITIZEN), "text": "收到"}
    if form == "json":
        answer = web.json_response(asked)
    elif form == "urlencoded":
        answer = web.Response(body=aiohttp.FormData(asked)()._value, content_type="application/x-www-form-urlencoded")
    else:
        writer = aiohttp.MultipartWriter("form-data")
        for key, value in asked.items():
            writer.append(value).set_content_disposition("form-data", name=key)
        answer = web.Response(body=writer)
    bot.answers = [answer]
    await caller.result("setWebhook", url=bot.address)
    said = await caller.say(CITIZEN, CITIZEN, "你好")
    [sent] = await caller.ask("GET", f"chats/{CITIZEN}/messages?as={CITIZEN}&after={said['message_id']}&wait=10")
    assert (sent["text"], sent["from"]["id"]) == ("收到", 1)


async def test_an_answer_that_makes_no_sense_takes_the_update_all_the_same(caller: Any, bot: Bot) -> None:
    nonsense = [{"method": "nonsense"}, {"method": "sendMessage"}, {"method": "getUpdates"}, [1]]
    bot.answers = [*(web.json_response(one) for one in nonsense), web.Response(text="ok")]
    await caller.result("setWebhook", url=bot.address)
    for number in range(5):
        await caller.say(CITIZEN, CITIZEN, str(number))
    await _pending(caller, 0)
    assert bot.texts() == [str(number) for number in range(5)]


async def test_who_polls_is_told_of_the_webhook(caller: Any, bot: Bot) -> None:
    polling = asyncio.create_task(caller.error("getUpdates", timeout=30))
    async with asyncio.timeout(5):
        while "getUpdates" not in (await caller.ask("GET", "metrics"))["calls"]:
            pass
    await caller.result("setWebhook", url=bot.address)
    assert await polling == "409 Conflict: terminated by setWebhook request"
    assert (await caller.error("getUpdates")).startswith("409 Conflict: can't use getUpdates method while webhook is")
    await caller.result("deleteWebhook")
    assert await caller.result("getUpdates") == []


async def test_allowed_updates_and_what_is_pending_follow_the_webhook(caller: Any, bot: Bot) -> None:
    await caller.say(CITIZEN, CITIZEN, "旧的")
    fields = {"url": bot.address, "allowed_updates": json.dumps(["edited_message"]), "drop_pending_updates": True}
    await caller.result("setWebhook", **fields)
    said = await caller.say(CITIZEN, CITIZEN, "听不见")
    await caller.ask("PATCH", f"chats/{CITIZEN}/messages/{said['message_id']}", from_=CITIZEN, text="听得见")
    [update] = await bot.until(1)
    assert update["edited_message"]["text"] == "听得见"


@pytest.mark.parametrize(
    "url", ["https://bot.example/hook", "ftp://127.0.0.1/", "http://10.0.0.1/", "nonsense", "http://["]
)
async def test_only_this_machine_is_delivered_to(caller: Any, url: str) -> None:
    refusal = await caller.error("setWebhook", url=url)
    assert refusal.startswith("400 Bad Request: bad webhook: ")
    assert (await caller.result("getWebhookInfo"))["url"] == ""


async def test_a_secret_has_plain_characters_only(caller: Any, bot: Bot) -> None:
    refusal = await caller.error("setWebhook", url=bot.address, secret_token="密")
    assert refusal == "400 Bad Request: secret token contains unallowed characters"


async def test_an_empty_address_takes_the_webhook_away(caller: Any, bot: Bot) -> None:
    await caller.result("setWebhook", url=bot.address)
    await caller.result("setWebhook", url="")
    await caller.say(CITIZEN, CITIZEN, "你好")
    assert len(await caller.updates()) == 1
    assert bot.arrived == []


async def test_a_webhook_outlives_the_sandbox(
    tmp_path: Path, cast: Cast, session: aiohttp.ClientSession, bot: Bot
) -> None:
    bot.answers = [web.Response(status=503, headers={"Retry-After": "60"})]
    first = await Sandbox.start(port=0, state=tmp_path / "journal", cast=cast)
    fields = {"url": bot.address, "secret_token": SECRET}
    async with session.post(f"{first.address}bot1:sandbox/setWebhook", json=fields) as response:
        assert response.status == 200
    said = {"from": CITIZEN, "text": "你好"}
    async with session.post(f"{first.address}chats/{CITIZEN}/messages", json=said) as response:
        assert response.status == 200
    await bot.until(1)
    await first.stop()
    second = await Sandbox.start(port=0, state=tmp_path / "journal", cast=cast)
    one, again = await bot.until(2)
    assert one == again
    await second.stop()
