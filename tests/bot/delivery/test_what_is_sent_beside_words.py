"""Pictures and files on their way out: albums, copies under neutral names, and what is retried until it arrives."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.methods import SendDocument, SendMediaGroup, SendMessage, SendPhoto, SendVideo
from aiogram.types import InputMediaDocument, InputMediaPhoto
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.copying import weight
from bot.delivery.say import Say, Spoken
from bot.platforms.sandbox.server import Sandbox
from storage.engine import Database
from storage.tables import Appeal, ChatMessage, Person
from tests.support.loops import BOX, EchoDesk, running
from tests.support.playing import Message, Town, text_of

CITIZEN, ANOTHER, STAFF, GROUP = 1001, 1002, 3001, -2001
PDF = b"%PDF-1.7 " + bytes(range(256)) * 40


async def quiet(_session: AsyncSession, _message: dict[str, Any]) -> Sequence[Spoken]:
    return []


async def files(town: Town, *names: str, kind: str = "photo", content: bytes = b"x", **fields: Any) -> list[Message]:
    """Let the citizen send files, so that the platform knows them; return the messages that hold them."""
    sent = await town.send(CITIZEN, *[(name, content) for name in names], kind=kind, **fields)
    return [m for m in await town.messages(CITIZEN) if m["message_id"] >= sent["message_id"]]


def photo_ids(messages: list[Message]) -> list[str]:
    return [m["photo"][-1]["file_id"] for m in messages]


async def owe(database: Database, *says: Say) -> list[int]:
    async with database.writing() as session:
        return [await BOX.put(session, say, now=datetime.now(UTC)) for say in says]


async def an_appeal(database: Database) -> int:
    async with database.writing() as session:
        now = datetime.now(UTC)
        person = Person(platform="telegram", bot=1, user_id=CITIZEN, created_at=now)
        session.add(person)
        await session.flush()
        given = {"kind": "help", "urgency": "normal", "channel": "telegram", "title": "", "text": ""}
        appeal = Appeal(number="N", citizen_id=person.id, alias="A", status="dispatched", accepted_at=now, **given)
        session.add(appeal)
        await session.flush()
        return appeal.id


async def in_group(town: Town, kind: str) -> list[Message]:
    await town.wait(GROUP, lambda m: kind in m, by=STAFF)
    return [m for m in await town.messages(GROUP, by=STAFF) if kind in m]


def album(ids: list[str]) -> SendMediaGroup:
    return SendMediaGroup(chat_id=GROUP, media=[InputMediaPhoto(media=each) for each in ids])


def document(file_id: str) -> Say:
    return Say(SendDocument(chat_id=GROUP, document=file_id), names={file_id: "LX-20261123-0001-1.pdf"})


def test_an_album_counts_for_as_many_messages_as_it_has_parts():
    assert weight({"media": [{}, {}, {}]}) == 3
    assert weight({"media": "one"}) == weight({"text": "words"}) == 1


async def test_every_message_of_an_album_is_remembered(sandbox: Sandbox, town: Town, database: Database):
    desk, ids = EchoDesk(quiet), photo_ids(await files(town, "a.jpg", "b.jpg", "c.jpg"))
    appeal = await an_appeal(database)
    [row] = await owe(database, Say(album(ids), appeal=appeal, role="supplement"))
    async with running(sandbox.address, database, desk, intake=False):
        shown = await in_group(town, "photo")
        while not desk.arrived:  # noqa: ASYNC110 - the desk sets no event
            await asyncio.sleep(0.01)
    async with database.reading() as session:
        known = (await session.execute(select(ChatMessage).order_by(ChatMessage.message_id))).scalars().all()
    assert [each.message_id for each in known] == [m["message_id"] for m in shown]
    assert {(each.appeal_id, each.outbox_id) for each in known} == {(appeal, row)}
    assert len(shown) == 3


async def test_a_renamed_file_arrives_byte_for_byte(sandbox: Sandbox, town: Town, database: Database):
    [sent] = await files(town, "王小二13800000000.pdf", kind="document", content=PDF)
    await owe(database, document(sent["document"]["file_id"]))
    async with running(sandbox.address, database, EchoDesk(quiet), intake=False):
        [shown] = await in_group(town, "document")
        assert shown["document"]["file_name"] == "LX-20261123-0001-1.pdf"
        assert await town.fetch(shown["document"]["file_id"]) == PDF


async def test_the_files_of_an_album_are_each_renamed(sandbox: Sandbox, town: Town, database: Database):
    sent = await files(town, "张三.pdf", "李四.pdf", kind="document", content=PDF)
    ids = [m["document"]["file_id"] for m in sent]
    call = SendMediaGroup(chat_id=GROUP, media=[InputMediaDocument(media=each) for each in ids])
    await owe(database, Say(call, names={each: f"N-{place}.pdf" for place, each in enumerate(ids, start=1)}))
    async with running(sandbox.address, database, EchoDesk(quiet), intake=False):
        shown = await in_group(town, "document")
    assert [m["document"]["file_name"] for m in shown] == ["N-1.pdf", "N-2.pdf"]


async def test_a_large_video_goes_by_its_id(sandbox: Sandbox, town: Town, database: Database):
    [sent] = await files(town, "VID_1.mp4", kind="video", size=40 * 1024 * 1024)
    await owe(database, Say(SendVideo(chat_id=GROUP, video=sent["video"]["file_id"])))
    async with running(sandbox.address, database, EchoDesk(quiet), intake=False):
        [shown] = await in_group(town, "video")
    assert shown["video"]["file_id"] == sent["video"]["file_id"]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 404},
        {"status": 429, "retry_after": 1},
        {"drop": "before"},
        {"drop": "after"},
    ],
)
async def test_a_file_that_cannot_be_fetched_for_a_while_goes_later_under_its_new_name(
    sandbox: Sandbox, town: Town, database: Database, fault: dict[str, Any]
):
    [sent] = await files(town, "王小二.pdf", kind="document", content=PDF)
    await owe(database, document(sent["document"]["file_id"]), Say(SendMessage(chat_id=GROUP, text="after")))
    await town.call("POST", "/faults", {"method": "getFile", "times": 1, **fault})
    async with running(sandbox.address, database, EchoDesk(quiet), intake=False):
        [shown] = await in_group(town, "document")
        after = await town.wait(GROUP, "after", by=STAFF)
    assert shown["document"]["file_name"] == "LX-20261123-0001-1.pdf"
    assert shown["message_id"] < after["message_id"]


async def test_a_file_the_platform_does_not_give_out_is_lost_aloud_and_never_shown_under_its_own_name(
    sandbox: Sandbox, town: Town, database: Database
):
    desk, [sent] = EchoDesk(quiet), await files(town, "王小二.pdf", kind="document", content=PDF)
    await owe(database, document(sent["document"]["file_id"]), Say(SendMessage(chat_id=GROUP, text="after")))
    await town.call("POST", "/faults", {"method": "getFile", "times": 1, "status": 400})
    async with running(sandbox.address, database, desk, intake=False):
        await town.wait(GROUP, "after", by=STAFF)
        shown = [m for m in await town.messages(GROUP, by=STAFF) if "document" in m]
    assert (len(desk.lost), shown) == (1, [])


async def test_an_album_whose_answer_was_lost_goes_again(sandbox: Sandbox, town: Town, database: Database):
    ids = photo_ids(await files(town, "a.jpg", "b.jpg"))
    await town.call("POST", "/faults", {"method": "sendMediaGroup", "times": 1, "drop": "after"})
    await owe(database, Say(album(ids)), Say(SendMessage(chat_id=GROUP, text="after")))
    async with running(sandbox.address, database, EchoDesk(quiet), intake=False):
        await town.wait(GROUP, "after", by=STAFF)
        shown = await in_group(town, "photo")
    assert len(shown) == 4


async def test_albums_and_single_pictures_all_arrive_within_the_platforms_limits(
    strict_sandbox: Sandbox, database: Database
):
    async with Town(strict_sandbox.address) as town:
        ids = photo_ids(await files(town, *[f"{n}.jpg" for n in range(5)]))
        singles = [Say(SendPhoto(chat_id=GROUP, photo=each)) for each in ids[:2]]
        await owe(database, Say(album(ids)), *singles, Say(album(ids[:3])))
        async with running(strict_sandbox.address, database, EchoDesk(quiet), intake=False, paced=True):
            while len(shown := await in_group(town, "photo")) < 10:
                await town.wait(GROUP, lambda m: "photo" in m, by=STAFF, after=shown[-1]["message_id"], seconds=30)
        metrics = await town.call("GET", "/metrics")
    assert (len(shown), metrics["429"]) == (10, 0)


async def test_albums_refused_for_haste_go_again_and_none_is_lost(strict_sandbox: Sandbox, database: Database):
    async with Town(strict_sandbox.address) as town:
        ids = photo_ids(await files(town, *[f"{n}.jpg" for n in range(3)]))
        await owe(database, *[Say(album(ids)) for _ in range(3)])
        async with running(strict_sandbox.address, database, EchoDesk(quiet), intake=False, paced=False):
            while len(shown := await in_group(town, "photo")) < 9:
                await town.wait(GROUP, lambda m: "photo" in m, by=STAFF, after=shown[-1]["message_id"], seconds=30)
        metrics = await town.call("GET", "/metrics")
        assert [text_of(m) for m in shown] == [""] * 9
    assert metrics["429"] > 0
