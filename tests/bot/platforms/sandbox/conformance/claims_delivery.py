"""Claims: polling and webhooks."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from tests.bot.platforms.sandbox.calling import CITIZEN
from tests.bot.platforms.sandbox.conformance.clients import RefusedError
from tests.bot.platforms.sandbox.conformance.scene import Scene, claim


@claim("what is not confirmed comes again, what is confirmed does not")
async def _(scene: Scene) -> None:
    for text in "一二":
        await scene.people.say(CITIZEN, CITIZEN, text)
    first, second = await scene.client.call("getUpdates", timeout=0)
    assert await scene.client.call("getUpdates", offset=second["update_id"], timeout=0) == [second]
    assert first["update_id"] < second["update_id"]
    assert await scene.client.call("getUpdates", offset=second["update_id"] + 1, timeout=0) == []


@claim("a poll that is held is woken by what happens")
async def _(scene: Scene) -> None:
    polling = asyncio.create_task(scene.client.call("getUpdates", timeout=20))
    await _polled(scene, 2)
    await scene.people.say(CITIZEN, CITIZEN, "你好")
    async with asyncio.timeout(10):
        [update] = await polling
    assert update["message"]["text"] == "你好"


@claim("only the kinds of update that were asked for arrive")
async def _(scene: Scene) -> None:
    await scene.updates(allowed_updates=["edited_message"])
    said = await scene.people.say(CITIZEN, CITIZEN, "听不见")
    await scene.people.ask("PATCH", f"chats/{CITIZEN}/messages/{said['message_id']}", from_=CITIZEN, text="听得见")
    assert (await scene.told("edited_message"))["text"] == "听得见"


@claim("a second poller is in conflict")
async def _(scene: Scene) -> None:
    polling = asyncio.create_task(scene.client.call("getUpdates", timeout=20))
    await _polled(scene, 2)
    async with scene.another() as second:
        with pytest.raises(RefusedError) as told:
            await second.call("getUpdates", timeout=0)
    assert told.value.kind == "conflict"
    await scene.people.say(CITIZEN, CITIZEN, "你好")
    assert len(await polling) == 1


@claim("an application of the library starts, hears, answers and stops, unchanged")
async def _(scene: Scene) -> None:
    async with scene.client.echo():
        for text in ("一", "二"):
            said = await scene.people.say(CITIZEN, CITIZEN, text)
            after = f"chats/{CITIZEN}/messages?as={CITIZEN}&after={said['message_id']}&wait=20"
            [answer] = await scene.people.ask("GET", after)
            assert (answer["text"], answer["reply_to_message"]["text"]) == (f"收到：{text}", text)


@claim("a webhook is set, told of, and taken away; meanwhile polling is in conflict")
async def _(scene: Scene) -> None:
    url = "http://127.0.0.1:9/hook"
    assert await scene.call("setWebhook", url=url, secret_token="s", allowed_updates=["message"])
    info = await scene.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (url, 0)
    assert (await scene.refused("getUpdates", timeout=0)).kind == "conflict"
    assert await scene.call("deleteWebhook", drop_pending_updates=True)
    assert (await scene.call("getWebhookInfo"))["url"] == ""
    assert await scene.updates() == []


@claim("a webhook gets each update in order, with the secret, again until it is taken")
async def _(scene: Scene) -> None:
    arrived: asyncio.Queue[tuple[str | None, Any]] = asyncio.Queue()
    failures = [500]

    async def told(request: web.Request) -> web.Response:
        if failures:
            return web.Response(status=failures.pop())
        await arrived.put((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", told)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await scene.call("setWebhook", url=url, secret_token="Geheim_1")
        for text in "一二三":
            await scene.people.say(CITIZEN, CITIZEN, text)
        async with asyncio.timeout(10):
            posts = [await arrived.get() for _ in range(3)]
    finally:
        await runner.cleanup()
    assert [scene.client.read(update)["message"]["text"] for _, update in posts] == ["一", "二", "三"]
    assert {secret for secret, _ in posts} == {"Geheim_1"}


async def _polled(scene: Scene, times: int) -> None:
    """Return once the sandbox has counted so many polls, the last of which is then being held."""
    async with asyncio.timeout(10):
        while (await scene.people.ask("GET", "metrics"))["calls"].get("getUpdates", 0) <= times:
            pass
