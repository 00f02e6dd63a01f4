"""What the platform answers, sorted by what it means for the call: refused, too fast, or nobody knows."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.platforms import telegram
from bot.platforms.sandbox.cast import Cast, Person
from bot.platforms.sandbox.server import Sandbox
from bot.platforms.telegram import (
    AnotherPoller,
    BotApi,
    CallRefused,
    CallUncertain,
    PlatformError,
    TokenRefused,
    TooFast,
    Unreachable,
)

TOKEN = "1:sandbox"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start(port=0, limits=False, cast=Cast((Person(1001, "群众"),), ()))
    yield started
    await started.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def api(sandbox: Sandbox, http: aiohttp.ClientSession) -> BotApi:
    return BotApi(TOKEN, base=sandbox.address, session=http)


async def order(http: aiohttp.ClientSession, sandbox: Sandbox, **fault: Any) -> None:
    async with http.post(f"{sandbox.address}faults", json={"method": "*", "times": 1, **fault}) as answer:
        assert answer.status == 200, await answer.text()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, CallRefused),
        (401, TokenRefused),
        (403, Unreachable),
        (404, TokenRefused),
        (409, AnotherPoller),
        (500, CallUncertain),
        (502, CallUncertain),
    ],
)
async def test_each_status_has_its_meaning(
    api: BotApi, http: aiohttp.ClientSession, sandbox: Sandbox, status: int, kind: type[PlatformError]
):
    await order(http, sandbox, status=status)
    with pytest.raises(PlatformError) as failed:
        await api.call("getMe")
    assert type(failed.value) is kind
    assert str(status) in str(failed.value)


async def test_a_refusal_says_what_the_platform_said(api: BotApi):
    with pytest.raises(CallRefused) as refused:
        await api.call("sendMessage", {"chat_id": 999_999, "text": "x"})
    assert (refused.value.code, refused.value.description) == (400, "Bad Request: chat not found")


async def test_who_blocked_the_bot_is_unreachable(api: BotApi, http: aiohttp.ClientSession, sandbox: Sandbox):
    said = {"from": 1001, "text": "你好"}
    async with http.post(f"{sandbox.address}chats/1001/messages", json=said) as answer:
        assert answer.status == 200
    async with http.post(f"{sandbox.address}people/1001/block", json={"blocked": True}) as answer:
        assert answer.status == 200
    with pytest.raises(Unreachable):
        await api.call("sendMessage", {"chat_id": 1001, "text": "x"})


async def test_flood_control_says_how_long_to_wait(api: BotApi, http: aiohttp.ClientSession, sandbox: Sandbox):
    await order(http, sandbox, retry_after=7)
    with pytest.raises(TooFast) as slowed:
        await api.call("getMe")
    assert slowed.value.retry_after == 7


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_of_a_lost_answer_nobody_knows(api: BotApi, http: aiohttp.ClientSession, sandbox: Sandbox, drop: str):
    await order(http, sandbox, drop=drop)
    with pytest.raises(CallUncertain):
        await api.call("getMe")
    assert (await api.call("getMe"))["id"] == api.bot_id == 1


async def test_of_an_answer_that_comes_too_late_nobody_knows(
    api: BotApi, http: aiohttp.ClientSession, sandbox: Sandbox
):
    await order(http, sandbox, delay=5)
    with pytest.raises(CallUncertain, match="getMe"):
        await api.call("getMe", seconds=0.1)


async def test_a_page_of_somebody_else_is_no_answer(sandbox: Sandbox, http: aiohttp.ClientSession):
    stranger = BotApi(TOKEN, base=f"{sandbox.address}somewhere/else/", session=http)
    with pytest.raises(CallUncertain, match="not the platform's"):
        await stranger.call("getMe")


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{}", b"<html>", b'{"result": 1}', b"\xff"])
def test_only_an_envelope_is_an_answer(body: bytes):
    with pytest.raises(CallUncertain):
        telegram._result("getMe", body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"ok": false, "error_code": "many"}',
        b'{"ok": false, "error_code": 429, "parameters": [1]}',
        b'{"ok": true, "result": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_an_envelope_with_nonsense_in_it_is_no_answer(body: bytes):
    with pytest.raises(CallUncertain):
        telegram._result("getMe", body)


async def test_an_error_never_carries_the_token(http: aiohttp.ClientSession):
    nobody = BotApi("1:secretsecret", base="http://127.0.0.1:1", session=http)
    with pytest.raises(CallUncertain) as failed:
        await nobody.call("getMe")
    assert "secretsecret" not in repr(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


@pytest.mark.parametrize("token", ["", "sandbox", "1:", "x:abc", "1:a b", "1:a/../b"])
async def test_what_is_no_token_is_refused_without_a_call_and_not_shown(http: aiohttp.ClientSession, token: str):
    with pytest.raises(ValueError, match="LIANXIN_TOKEN does not look like a bot token"):
        BotApi(token, session=http)
