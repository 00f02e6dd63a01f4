"""Topics deleted and closed, groups upgraded, the bot put out: what is owed goes on, against a real sandbox."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, edit, send
from bot.delivery.hindrances import PutOut, TopicGone, Upgraded, hindrance_of
from bot.delivery.say import Say
from bot.platforms.sandbox.server import Sandbox
from bot.platforms.telegram import CallRefused, Unreachable
from bot.services.placing import regain_chat, upgrade
from storage.engine import Database
from storage.repositories import outbox
from storage.tables import OutboxMessage
from tests.support.playing import Message, Town, text_of
from tests.support.posting import BOX, Posting, posting

STAFF = 3001
NUMBER, ANOTHER, THIRD = "LX-20261123-0001", "LX-20261123-0002", "LX-20261123-0003"


@pytest.fixture
async def post(sandbox: Sandbox, town: Town, database: Database) -> AsyncIterator[Posting]:
    async with posting(sandbox.address, database, town) as opened:
        yield opened


@pytest.fixture
async def forum(town: Town) -> int:
    founded = await town.call("POST", "/chats", {"title": "合用的群", "members": [STAFF], "is_forum": True})
    return int(founded["id"])


async def _topic(town: Town, forum: int, name: str = "城管") -> int:
    return int((await town.call("POST", f"/chats/{forum}/topics", {"name": name}))["id"])


async def _leads(town: Town, chat: int) -> None:
    await town.call("POST", f"/chats/{chat}/members", {"person": 1, "status": "administrator"})


async def _card(town: Town, chat: int, number: str, *, thread: int | None = None) -> Message:
    def fits(message: Message) -> bool:
        return f"【新诉求】{number}" in text_of(message) and message.get("message_thread_id") == thread

    return await town.wait(chat, fits, by=STAFF)


async def test_a_card_goes_into_the_topic_of_its_unit(post: Posting, town: Town, forum: int):
    mine, other = await _topic(town, forum), await _topic(town, forum, "教育")
    await post.bound(forum, mine)
    await post.bound(forum, other, "education")
    await post.card(NUMBER)
    await post.card(ANOTHER, "education")
    await _card(town, forum, NUMBER, thread=mine)
    await _card(town, forum, ANOTHER, thread=other)


async def test_a_deleted_topic_is_made_again_under_the_units_name_and_every_open_card_put_there(
    post: Posting, town: Town, forum: int
):
    await _leads(town, forum)
    topic = await _topic(town, forum)
    await post.bound(forum, topic)
    await post.card(NUMBER)
    await _card(town, forum, NUMBER, thread=topic)
    await town.call("DELETE", f"/chats/{forum}/topics/{topic}")
    await post.card(ANOTHER)
    await town.wait(forum, lambda m: ANOTHER in text_of(m), by=STAFF)
    fresh = (await post.office()).thread_id
    assert fresh not in {0, topic}
    await _card(town, forum, ANOTHER, thread=fresh)
    await _card(town, forum, NUMBER, thread=fresh)
    topics = await town.call("GET", f"/chats/{forum}/topics")
    assert [each["name"] for each in topics if each["id"] == fresh] == ["城市管理局"]
    assert len(await post.told_the_administrator("城市管理局的话题不见了")) == 1
    assert len([m for m in await town.messages(forum, by=STAFF) if ANOTHER in text_of(m)]) == 1


async def test_a_closed_topic_is_opened_again_where_the_bot_may(post: Posting, town: Town, forum: int):
    topic = await _topic(town, forum)
    await post.bound(forum, topic)
    await town.call("POST", f"/chats/{forum}/topics/{topic}/close")
    await _leads(town, forum)
    await post.card(NUMBER)
    await _card(town, forum, NUMBER, thread=topic)


async def test_a_topic_that_refuses_a_message_as_closed_is_opened_and_gets_it(post: Posting, town: Town, forum: int):
    await _leads(town, forum)
    topic = await _topic(town, forum)
    await post.bound(forum, topic)
    await town.call("POST", f"/chats/{forum}/topics/{topic}/close")
    fault = {"method": "sendMessage", "status": 400, "times": 1, "description": "Bad Request: TOPIC_CLOSED"}
    await town.call("POST", "/faults", fault)
    await post.card(NUMBER)
    await _card(town, forum, NUMBER, thread=topic)
    topics = await town.call("GET", f"/chats/{forum}/topics")
    assert [each["closed"] for each in topics if each["id"] == topic] == [False]
    assert len(await post.told_the_administrator("城市管理局的话题被关了")) == 1


@pytest.mark.parametrize("harm", ["delete", "close"])
async def test_without_the_right_to_mend_a_topic_the_unit_works_in_the_group_which_is_told_once(
    post: Posting, town: Town, forum: int, harm: str
):
    topic = await _topic(town, forum)
    await post.bound(forum, topic)
    path = f"/chats/{forum}/topics/{topic}"
    await (town.call("DELETE", path) if harm == "delete" else town.call("POST", f"{path}/close"))
    await post.card(NUMBER)
    await _card(town, forum, NUMBER)
    await post.card(ANOTHER)
    await _card(town, forum, ANOTHER)
    said = [text_of(m) for m in await town.messages(forum, by=STAFF)]
    assert said.count("城市管理局的话题用不了了,诉求卡先发在这里。照样直接回复诉求卡。") == 1
    assert len(await post.told_the_administrator("先改在群里办")) == 1
    assert (await post.office()).thread_id == 0


async def test_where_another_unit_works_in_the_group_itself_the_calls_wait_for_a_place(
    post: Posting, town: Town, forum: int
):
    topic = await _topic(town, forum)
    await post.bound(forum, topic)
    await post.bound(forum, 0, "education")
    await town.call("DELETE", f"/chats/{forum}/topics/{topic}")
    await post.card(NUMBER)
    await post.told_the_administrator("要说的话先留着")
    assert [row.key for row in await post.owed(forum)] == ["card:1"]
    again = await _topic(town, forum)
    await post.bound(forum, again)
    await _card(town, forum, NUMBER, thread=again)


async def test_what_was_silently_posted_into_general_is_taken_away_and_goes_into_a_topic(
    post: Posting, town: Town, forum: int
):
    await _leads(town, forum)
    topic = await _topic(town, forum)
    await post.bound(forum, topic)
    await town.call("POST", "/faults", {"method": "sendMessage", "times": 1, "general": True})
    await post.card(NUMBER)
    await town.wait(forum, lambda m: NUMBER in text_of(m) and m.get("message_thread_id"), by=STAFF)
    fresh = (await post.office()).thread_id
    await _card(town, forum, NUMBER, thread=fresh)

    async def gone() -> bool:
        shown = [m for m in await town.messages(forum, by=STAFF) if NUMBER in text_of(m)]
        return [m.get("message_thread_id") for m in shown] == [fresh]

    await _until(gone)


async def test_an_edit_of_a_message_that_went_with_its_topic_becomes_a_message_of_the_new_topic(
    post: Posting, town: Town, forum: int
):
    await _leads(town, forum)
    topic = await _topic(town, forum)
    office = await post.bound(forum, topic)

    async def prompt(session: AsyncSession, now: datetime) -> int:
        call = send(office.chat_id, Card("15 秒后发给群众。"), thread=topic)
        return await BOX.put(session, Say(call, key="hold:1", appeal=1, role="prompt"), now=now)

    row = await post.happen(prompt)
    await town.wait(forum, "15 秒后发给群众。", by=STAFF)
    await town.call("DELETE", f"/chats/{forum}/topics/{topic}")

    async def changed(session: AsyncSession, now: datetime) -> None:
        await BOX.put(session, Say(edit(forum, Card("已送到。")), edit=row, appeal=1, role="prompt"), now=now)

    await post.happen(changed)
    shown = await town.wait(forum, "已送到。", by=STAFF)
    assert shown["message_thread_id"] == (await post.office()).thread_id != topic


@pytest.fixture
async def plain(town: Town) -> int:
    return int((await town.call("POST", "/chats", {"title": "一个群", "members": [STAFF]}))["id"])


async def test_a_send_that_is_told_the_new_id_goes_there_with_all_that_was_queued(
    post: Posting, town: Town, plain: int
):
    await post.bound(plain)
    await post.card(NUMBER)
    await _card(town, plain, NUMBER)
    fresh = int((await town.call("POST", f"/chats/{plain}/upgrade"))["id"])
    await post.card(ANOTHER)
    await post.card(THIRD)
    for number in (NUMBER, ANOTHER, THIRD):
        await _card(town, fresh, number)
    assert (await post.office()).chat_id == fresh
    assert len(await post.told_the_administrator("城市管理局的群升级成了超级群")) == 1
    assert await post.owed(plain) == []
    shown = [text_of(m) for m in await town.messages(fresh, by=STAFF)]
    assert all(sum(number in text for text in shown) == 1 for number in (NUMBER, ANOTHER, THIRD))


async def test_following_a_group_twice_changes_nothing(post: Posting, town: Town, plain: int):
    await post.bound(plain)
    await post.card(NUMBER)
    await _card(town, plain, NUMBER)
    fresh = int((await town.call("POST", f"/chats/{plain}/upgrade"))["id"])
    for _ in range(2):
        await post.happen(
            lambda session, now: upgrade(session, platform="telegram", bot=1, old=plain, new=fresh, now=now)
        )
    await _card(town, fresh, NUMBER)
    await post.card(ANOTHER)
    await _card(town, fresh, ANOTHER)
    assert len([m for m in await town.messages(fresh, by=STAFF) if NUMBER in text_of(m)]) == 1
    assert len(await post.told_the_administrator("城市管理局的群升级成了超级群")) == 1


async def test_an_edit_in_the_old_group_becomes_a_new_message_in_the_upgraded_one(
    post: Posting, town: Town, plain: int
):
    await post.bound(plain)

    async def prompt(session: AsyncSession, now: datetime) -> int:
        return await BOX.put(session, Say(send(plain, Card("请写答复")), key="compose:1:2", appeal=1), now=now)

    row = await post.happen(prompt)
    await town.wait(plain, "请写答复", by=STAFF)
    fresh = int((await town.call("POST", f"/chats/{plain}/upgrade"))["id"])

    async def changed(words: str) -> None:
        async def work(session: AsyncSession, now: datetime) -> None:
            await BOX.put(session, Say(edit(plain, Card(words)), edit=row, appeal=1), now=now)

        await post.happen(work)

    await changed("正在发给群众")
    shown = await town.wait(fresh, "正在发给群众", by=STAFF)

    async def again(session: AsyncSession, now: datetime) -> None:
        target = await outbox.get(session, row)
        assert target is not None
        await BOX.put(session, Say(edit(target.chat_id, Card("已送到")), edit=row, appeal=1), now=now)

    await post.happen(again)
    same = await town.wait(fresh, "已送到", by=STAFF)
    assert same["message_id"] == shown["message_id"]


async def test_what_is_owed_to_a_group_that_put_the_bot_out_waits_and_goes_when_it_is_back(
    post: Posting, town: Town, plain: int
):
    await post.bound(plain)
    await town.call("POST", f"/chats/{plain}/members", {"person": 1, "status": "kicked"})
    await post.card(NUMBER)
    assert len(await post.told_the_administrator("城市管理局的群用不了了")) == 1
    await post.card(ANOTHER)
    assert [row.key for row in await post.owed(plain)] == ["card:1", "card:2"]
    async with post.database.reading() as session:
        assert await outbox.kept_back(session, platform="telegram", bot=1) == 2
    await town.call("POST", f"/chats/{plain}/members", {"person": 1, "status": "member"})
    await post.happen(lambda session, now: regain_chat(session, platform="telegram", bot=1, chat_id=plain, now=now))
    await _card(town, plain, NUMBER)
    await _card(town, plain, ANOTHER)
    await post.told_the_administrator("城市管理局的群又能用了")
    shown = [text_of(m) for m in await town.messages(plain, by=STAFF)]
    assert all(sum(number in text for text in shown) == 1 for number in (NUMBER, ANOTHER))


async def test_what_was_held_for_a_lost_group_is_said_in_the_one_bound_instead(post: Posting, town: Town, plain: int):
    await post.bound(plain)
    await post.card(NUMBER)
    await _card(town, plain, NUMBER)
    await town.call("POST", f"/chats/{plain}/members", {"person": 1, "status": "kicked"})
    await post.card(ANOTHER)
    await post.told_the_administrator("城市管理局的群用不了了")
    office = await post.office()

    async def supplement(session: AsyncSession, now: datetime) -> None:
        await BOX.put(session, Say(send(office.chat_id, Card("群众补充:又灭了")), reply_to="card:1", appeal=1), now=now)

    await post.happen(supplement)
    other = int((await town.call("POST", "/chats", {"title": "新群", "members": [STAFF]}))["id"])
    await post.bound(other)
    await town.wait(other, "群众补充:又灭了", by=STAFF)
    await _card(town, other, NUMBER)
    await _card(town, other, ANOTHER)
    assert await post.owed(plain) == []


async def test_a_group_nobody_bound_is_no_reason_to_wait(post: Posting, town: Town, plain: int):
    await town.call("POST", f"/chats/{plain}/members", {"person": 1, "status": "kicked"})

    async def words(session: AsyncSession, now: datetime) -> int:
        return await BOX.put(session, Say(send(plain, Card("再见"))), now=now)

    row_id = await post.happen(words)

    async def failed() -> bool:
        async with post.database.reading() as session:
            row = await outbox.get(session, row_id)
            return row is not None and row.state == "failed"

    await _until(failed)


def _row(chat: int = -1, thread: int = 0, method: str = "sendMessage") -> OutboxMessage:
    payload: dict[str, Any] = {"chat_id": chat} | ({"message_thread_id": thread} if thread else {})
    return OutboxMessage(platform="telegram", bot=1, chat_id=chat, method=method, payload=payload, state="sending")


def _refused(words: str, **parameters: int) -> CallRefused:
    return CallRefused(400, f"Bad Request: {words}", parameters)


@pytest.mark.parametrize(
    ("row", "error", "result", "found"),
    [
        (_row(), _refused("upgraded", migrate_to_chat_id=-100), None, Upgraded(-100)),
        (_row(thread=7), _refused("message thread not found"), None, TopicGone(7)),
        (_row(thread=7), _refused("TOPIC_CLOSED"), None, TopicGone(7, closed=True)),
        (_row(thread=7), None, {"message_id": 9}, TopicGone(7, misplaced=(9,))),
        (_row(thread=7), None, [{"message_id": 9}, {"message_id": 10}], TopicGone(7, misplaced=(9, 10))),
        (_row(thread=7), None, {"message_id": 9, "message_thread_id": 7}, None),
        (_row(), None, {"message_id": 9, "message_thread_id": 4}, None),
        (_row(), Unreachable(403, "Forbidden: bot was kicked"), None, PutOut()),
        (_row(), _refused("not enough rights to send text messages to the chat"), None, PutOut()),
        (_row(method="setMessageReaction"), Unreachable(403, "Forbidden"), None, None),
        (_row(chat=5), Unreachable(403, "Forbidden: bot was blocked by the user"), None, None),
        (_row(), _refused("message text is empty"), None, None),
    ],
)
def test_what_is_in_the_way_is_read_from_what_the_platform_answers(
    row: OutboxMessage, error: CallRefused | None, result: Any, found: object
):
    assert hindrance_of(row, error, result) == found


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(200):
        if await true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to be so")
