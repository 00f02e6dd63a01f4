import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.intake import CannotPoll
from bot.delivery.say import PostBox, Say, Spoken
from bot.platforms.sandbox.server import Sandbox
from bot.platforms.telegram import BotApi
from storage.domain.errors import NotFound
from storage.engine import Database
from storage.repositories import inbox, outbox
from storage.repositories.inbox import InboxState
from storage.repositories.outbox import OutboxState
from storage.tables import InboxUpdate, OutboxMessage, Person
from tests.support.loops import BOX, EchoDesk, running
from tests.support.playing import Town, text_of

CITIZEN, ANOTHER, STAFF, GROUP = 1001, 1002, 3001, -2001


async def echo(_session: AsyncSession, message: dict[str, Any]) -> Sequence[Spoken]:
    return [SendMessage(chat_id=message["chat"]["id"], text=f"echo {message['text']}")]


async def _states(database: Database) -> list[str]:
    async with database.reading() as session:
        return list((await session.execute(select(InboxUpdate.state).order_by(InboxUpdate.id))).scalars())


async def test_a_message_is_answered(sandbox: Sandbox, town: Town, database: Database):
    async with running(sandbox.address, database, EchoDesk(echo)):
        await town.say(CITIZEN, "hello")
        await town.wait(CITIZEN, "echo hello")
    assert await _states(database) == [InboxState.DONE]


async def test_fifty_quick_messages_are_answered_once_each_and_in_order(
    sandbox: Sandbox, town: Town, database: Database
):
    desk = EchoDesk(echo)
    async with running(sandbox.address, database, desk):
        for n in range(50):
            await town.say(CITIZEN, f"n{n}")
        await town.wait(CITIZEN, "echo n49")
        said = [text_of(m) for m in await town.messages(CITIZEN) if text_of(m).startswith("echo")]
    assert said == [f"echo n{n}" for n in range(50)]


async def test_the_same_update_twice_is_handled_once(sandbox: Sandbox, town: Town, database: Database):
    person = {"id": CITIZEN, "is_bot": False, "first_name": "c"}
    message = {"message_id": 5, "date": 1, "chat": {"id": CITIZEN, "type": "private"}, "from": person, "text": "twice"}
    raw = json.dumps({"update_id": 77, "message": message})
    row = {
        "platform": "telegram",
        "bot": 1,
        "update_id": 77,
        "chat_id": CITIZEN,
        "raw": raw,
        "state": InboxState.WAITING,
        "tries": 0,
        "received_at": datetime.now(UTC),
    }
    desk = EchoDesk(echo)
    async with running(sandbox.address, database, desk) as loops:
        await town.say(ANOTHER, "before")
        for _ in range(3):
            async with database.writing() as session:
                await inbox.keep(session, [row])
            loops.worker.wake()
        await town.say(ANOTHER, "after")
        await town.wait(ANOTHER, "echo after")
    assert desk.served.count("twice") == 1


async def test_a_malformed_update_is_put_aside_and_the_next_one_served(
    sandbox: Sandbox, town: Town, database: Database
):
    async with running(sandbox.address, database, EchoDesk(echo)):
        await town.call("POST", "/updates", {"message": {"chat": "nowhere"}})
        await town.call("POST", "/updates", {"nonsense": [1, 2, 3]})
        await town.say(CITIZEN, "still here?")
        await town.wait(CITIZEN, "echo still here?")
    assert sorted(await _states(database)) == [InboxState.DONE, InboxState.QUARANTINED, InboxState.QUARANTINED]


async def test_a_handler_that_always_raises_gets_three_tries_then_the_sender_hears_and_neighbours_go_on(
    sandbox: Sandbox, town: Town, database: Database
):
    async def choke(session: AsyncSession, message: dict[str, Any]) -> Sequence[Spoken]:
        if message["text"] == "poison":
            session.add(Person(platform="x", bot=1, user_id=1, created_at=datetime.now(UTC)))
            await session.flush()
            raise RuntimeError("choked")
        return await echo(session, message)

    async with running(sandbox.address, database, EchoDesk(choke)):
        await town.say(CITIZEN, "poison")
        await town.say(ANOTHER, "fine")
        await town.wait(ANOTHER, "echo fine", seconds=3)
        await town.wait(CITIZEN, "sorry", seconds=20)
        await town.say(CITIZEN, "after")
        await town.wait(CITIZEN, "echo after")
    async with database.reading() as session:
        row = (await session.execute(select(InboxUpdate).where(InboxUpdate.state == InboxState.DEAD))).scalar_one()
        assert (await session.execute(select(Person))).all() == []
    assert "choked" in (row.error or "")


async def test_a_refusal_rolls_back_what_the_handler_did_and_is_said_in_words(
    sandbox: Sandbox, town: Town, database: Database
):
    async def refuse(session: AsyncSession, _message: dict[str, Any]) -> Sequence[Spoken]:
        session.add(Person(platform="x", bot=1, user_id=1, created_at=datetime.now(UTC)))
        await session.flush()
        raise NotFound("nothing there")

    async with running(sandbox.address, database, EchoDesk(refuse)):
        await town.say(CITIZEN, "may I?")
        await town.wait(CITIZEN, "refused")
    async with database.reading() as session:
        assert (await session.execute(select(Person))).all() == []
    assert await _states(database) == [InboxState.DONE]


async def test_too_many_requests_is_waited_out_and_said_once(sandbox: Sandbox, town: Town, database: Database):
    await town.call("POST", "/faults", {"method": "sendMessage", "status": 429, "times": 2, "retry_after": 1})
    async with running(sandbox.address, database, EchoDesk(echo)):
        await town.say(CITIZEN, "busy?")
        await town.wait(CITIZEN, "echo busy?")
        assert [text_of(m) for m in await town.messages(CITIZEN)] == ["busy?", "echo busy?"]


@pytest.mark.parametrize("status", [500, 502])
async def test_a_platform_that_fails_for_a_while_gets_the_message_later(
    sandbox: Sandbox, town: Town, database: Database, status: int
):
    await town.call("POST", "/faults", {"method": "sendMessage", "status": status, "times": 2})
    async with running(sandbox.address, database, EchoDesk(echo)):
        await town.say(CITIZEN, "down?")
        await town.wait(CITIZEN, "echo down?")


async def test_a_lost_answer_sends_a_receipt_again_but_not_a_survey(sandbox: Sandbox, town: Town, database: Database):
    async def both(_session: AsyncSession, message: dict[str, Any]) -> Sequence[Spoken]:
        chat = message["chat"]["id"]
        return [Say(SendMessage(chat_id=chat, text=message["text"].upper()), once=message["text"] == "survey")]

    async with running(sandbox.address, database, EchoDesk(both)):
        for words in ("survey", "receipt"):
            await town.call("POST", "/faults", {"method": "sendMessage", "times": 1, "drop": "after"})
            await town.say(CITIZEN, words)
            await town.wait(CITIZEN, words.upper())
        await town.say(CITIZEN, "last")
        await town.wait(CITIZEN, "LAST")
        said = [text_of(m) for m in await town.messages(CITIZEN)]
    assert (said.count("SURVEY"), said.count("RECEIPT"), said.count("LAST")) == (1, 2, 1)


async def test_an_edit_may_be_asked_for_before_its_message_was_sent(sandbox: Sandbox, town: Town, database: Database):
    async def say_and_mend(_session: AsyncSession, message: dict[str, Any]) -> Sequence[Spoken]:
        chat = message["chat"]["id"]
        return [
            Say(SendMessage(chat_id=chat, text="first"), key="card"),
            Say(EditMessageText(chat_id=chat, text="second"), edit="card"),
            Say(EditMessageText(chat_id=chat, text="third"), edit="card"),
            Say(SendMessage(chat_id=chat, text="below"), reply_to="card"),
        ]

    async with running(sandbox.address, database, EchoDesk(say_and_mend)):
        await town.say(CITIZEN, "go")
        below = await town.wait(CITIZEN, "below")
        card = await town.wait(CITIZEN, "third")
        metrics = await town.call("GET", "/metrics")
    assert below["reply_to_message"]["message_id"] == card["message_id"]
    assert metrics["calls"]["editMessageText"] == 1


async def test_an_edit_of_a_message_that_is_gone_becomes_a_new_message(
    sandbox: Sandbox, town: Town, database: Database
):
    async def card_or_edit(_session: AsyncSession, message: dict[str, Any]) -> Sequence[Spoken]:
        chat = message["chat"]["id"]
        if message["text"] == "card":
            return [Say(SendMessage(chat_id=chat, text="card v1"), key="card")]
        return [Say(EditMessageText(chat_id=chat, text=f"card {message['text']}"), edit="card")]

    async with running(sandbox.address, database, EchoDesk(card_or_edit)):
        await town.say(CITIZEN, "card")
        card = await town.wait(CITIZEN, "card v1")
        gone = {"chat_id": CITIZEN, "message_id": card["message_id"]}
        await town.call("POST", "/bot1:sandbox/deleteMessage", gone)
        await town.say(CITIZEN, "v2")
        anew = await town.wait(CITIZEN, "card v2")
        await town.say(CITIZEN, "v3")
        assert (await town.wait(CITIZEN, "card v3"))["message_id"] == anew["message_id"]


async def test_a_blocked_bot_is_told_so_and_goes_on_with_others(sandbox: Sandbox, town: Town, database: Database):
    desk = EchoDesk(echo)
    async with running(sandbox.address, database, desk):
        await town.say(CITIZEN, "one")
        await town.wait(CITIZEN, "echo one")
        await town.say(ANOTHER, "hi")
        await town.wait(ANOTHER, "echo hi")
        await town.call("POST", "/faults", {"method": "sendMessage", "status": 403, "times": 1})
        await town.say(CITIZEN, "two")
        await town.say(ANOTHER, "two")
        await town.wait(ANOTHER, lambda m: text_of(m) == "echo two")
        await town.say(CITIZEN, "three")
        await town.wait(CITIZEN, "echo three")
    assert len(desk.lost) == 1


async def test_what_a_killed_process_left_in_flight_goes_again_at_the_next_start(
    sandbox: Sandbox, town: Town, database: Database
):
    await town.say(CITIZEN, "/start")
    box = PostBox("telegram", 1)
    async with database.writing() as session:
        for text, once in (("receipt", False), ("survey", True)):
            say = Say(SendMessage(chat_id=CITIZEN, text=text), once=once)
            row = await box.put(session, say, now=datetime.now(UTC))
            await outbox.change(session, [row], state=OutboxState.SENDING)
    async with running(sandbox.address, database, EchoDesk(echo), intake=False):
        await town.wait(CITIZEN, "receipt")
    assert "survey" not in [text_of(m) for m in await town.messages(CITIZEN)]


async def test_a_call_that_failed_for_days_does_not_stop_the_sender(sandbox: Sandbox, town: Town, database: Database):
    async with database.writing() as session:
        row = await BOX.put(session, Say(SendMessage(chat_id=CITIZEN, text="old")), now=datetime.now(UTC))
        await outbox.change(session, [row], state=OutboxState.SENDING, tries=5000)
    await town.call("POST", "/faults", {"method": "sendMessage", "status": 500, "times": 1})
    async with running(sandbox.address, database, EchoDesk(echo)):
        while not (await town.call("GET", "/metrics"))["calls"].get("sendMessage"):  # noqa: ASYNC110 - a counter
            await asyncio.sleep(0.05)
        await town.say(ANOTHER, "hi")
        await town.wait(ANOTHER, "echo hi", seconds=5)
        async with database.reading() as session:
            kept = await outbox.get(session, row)
    assert kept is not None
    assert (kept.state, kept.tries) == (OutboxState.QUEUED, 5001)


class DeafDesk(EchoDesk):
    async def sent(self, session: AsyncSession, row: OutboxMessage, *, result: Any, now: datetime) -> list[Spoken]:
        if "one" in row.payload["text"]:
            raise NotFound("a rule that refuses a receipt")
        return await super().sent(session, row, result=result, now=now)


async def test_a_receipt_that_nobody_can_take_is_written_down_once_and_the_others_go_on(
    sandbox: Sandbox, town: Town, database: Database
):
    desk = DeafDesk(echo)
    async with running(sandbox.address, database, desk):
        for words in ("one", "two"):
            await town.say(CITIZEN, words)
        await town.wait(CITIZEN, "echo two", seconds=5)
        said = [text_of(m) for m in await town.messages(CITIZEN)]
    assert said.count("echo one") == 1
    assert [row.payload["text"] for row in desk.arrived] == ["echo two"]


class StumblingApi(BotApi):
    stumbled = False

    async def call(self, method: str, payload: dict[str, Any] | None = None, **how: Any) -> Any:
        if method == "sendMessage" and not self.stumbled:
            self.stumbled = True
            raise RuntimeError("stumbled")
        return await super().call(method, payload, **how)


async def test_a_call_that_breaks_down_on_the_way_goes_again(sandbox: Sandbox, town: Town, database: Database):
    async with running(sandbox.address, database, EchoDesk(echo)) as loops:
        api = loops.sender._api
        loops.sender._api = StumblingApi("1:sandbox", base=sandbox.address, session=api._session)
        await town.say(CITIZEN, "go")
        await town.wait(CITIZEN, "echo go", seconds=5)


async def test_an_edit_in_place_of_a_message_that_is_gone_becomes_a_new_message(
    sandbox: Sandbox, town: Town, database: Database
):
    async def edit_what_is_not_there(_session: AsyncSession, message: dict[str, Any]) -> Sequence[Spoken]:
        return [EditMessageText(chat_id=message["chat"]["id"], message_id=4711, text="instead")]

    async with running(sandbox.address, database, EchoDesk(edit_what_is_not_there)):
        await town.say(CITIZEN, "go")
        await town.wait(CITIZEN, "instead", seconds=5)


async def test_a_token_refused_for_a_moment_loses_no_message(sandbox: Sandbox, town: Town, database: Database):
    desk = EchoDesk(echo)
    await town.call("POST", "/faults", {"method": "sendMessage", "status": 401, "times": 1})
    async with running(sandbox.address, database, desk):
        await town.say(CITIZEN, "go")
        await town.wait(CITIZEN, "echo go", seconds=5)
    assert desk.lost == []


async def test_a_second_poller_is_refused_in_a_sentence(sandbox: Sandbox, database: Database):
    async with (
        running(sandbox.address, database, EchoDesk(echo)) as first,
        running(sandbox.address, database, EchoDesk(echo)) as second,
    ):
        done, _ = await asyncio.wait([first.tasks[2], second.tasks[2]], timeout=15, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(CannotPoll, match="already reads this bot's updates"):
            done.pop().result()


async def test_pacing_keeps_a_person_and_a_group_under_the_platforms_limits(
    strict_sandbox: Sandbox, database: Database
):
    async def several(_session: AsyncSession, message: dict[str, Any]) -> Sequence[Spoken]:
        chats = [message["chat"]["id"], GROUP]
        return [SendMessage(chat_id=chat, text=f"m{n}") for n in range(6) for chat in chats]

    desk = EchoDesk(several)
    async with Town(strict_sandbox.address) as town, running(strict_sandbox.address, database, desk, paced=True):
        await town.say(CITIZEN, "go")
        await town.wait(CITIZEN, "m5")
        await town.wait(GROUP, "m5", by=STAFF)
        metrics = await town.call("GET", "/metrics")
    assert metrics["429"] == 0
