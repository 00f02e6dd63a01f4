"""Groups that lose the bot and get it back, groups nobody bound, rights that are missing, and who works where."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.notices import say_what_happened
from bot.platforms.sandbox.seats import RIGHTS
from bot.services.binding import Purpose
from bot.services.inviting import Invites, invite
from bot.services.leaving import working
from bot.services.rights import note_rights
from storage.domain.city import City
from storage.repositories import offices, outbox, people
from tests.support import databases
from tests.support.desking import BOT, PLATFORM, Front, Owed

ADMIN, GROUP, STRANGE, FORUM = 9001, -3002, -7007, -8008
UNIT = "urban_management"
IN = {"status": "member"}
OUT = {"status": "left"}
CHIEF = {"status": "administrator", **dict.fromkeys((*RIGHTS, "can_be_edited", "is_anonymous"), True)}
MUTED = {"status": "restricted", "is_member": True, "until_date": 0} | dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
        "can_react_to_messages",
        "can_edit_tag",
    ),
    False,
)


@pytest.fixture
async def front(tmp_path: Path, city: City, now: datetime) -> AsyncIterator[Front]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Front(database, city, now)
        await made.bind_cast({UNIT})
        yield made


async def seat(front: Front, chat: int, old: dict[str, Any], new: dict[str, Any], *, by: int = 4001) -> list[Owed]:
    """Let the bot's own seat in a chat change; `by` 0 is a bot that manages the group."""
    me = {"user": {"id": BOT, "is_bot": True, "first_name": "连心"}}
    who = front._user(by) if by else {"id": 555, "is_bot": True, "first_name": "管群的"}
    return await front.feed(
        my_chat_member={
            "chat": {"id": chat, "type": "supergroup", "title": "一个群"},
            "from": who,
            "date": int(front.now.timestamp()),
            "old_chat_member": {**me, **old},
            "new_chat_member": {**me, **new},
        }
    )


def said_to(owed: list[Owed], chat: int) -> list[str]:
    return [each.text for each in owed if each.chat == chat and each.method == "sendMessage"]


async def works(front: Front, chat: int) -> bool:
    async with front.database.reading() as session:
        return await offices.at(session, platform=PLATFORM, bot=BOT, chat_id=chat) is not None


@pytest.mark.parametrize("by", [4001, 0], ids=["a person", "another bot"])
async def test_the_bot_removed_and_added_again_is_bound_as_before(front: Front, by: int):
    gone = await seat(front, GROUP, IN, OUT, by=by)
    assert [each.split(":")[0] for each in said_to(gone, ADMIN)] == ["城市管理局的群用不了了"]
    assert not await works(front, GROUP)
    back = await seat(front, GROUP, OUT, IN, by=by)
    assert said_to(back, ADMIN) == ["城市管理局的群又能用了,留着的话已经接着发。"]
    assert said_to(back, GROUP) == []
    assert await works(front, GROUP)


async def test_a_group_where_the_bot_may_not_speak_is_lost_until_it_may(front: Front):
    assert said_to(await seat(front, GROUP, IN, MUTED), ADMIN)
    assert not await works(front, GROUP)
    await seat(front, GROUP, MUTED, IN)
    assert await works(front, GROUP)


async def test_what_is_held_for_a_lost_group_shows_in_the_health(front: Front):
    await seat(front, GROUP, IN, OUT)
    async with front.database.writing() as session:
        await outbox.queue(
            session, platform=PLATFORM, bot=BOT, chat_id=GROUP, method="sendMessage", payload={}, created_at=front.now
        )
    [said] = await front.say(ADMIN, "/health")
    assert "群或话题用不了:城市管理局。留着1条没发;" in said.text


async def test_a_promotion_of_the_bot_in_a_bound_group_changes_nothing(front: Front):
    assert await seat(front, GROUP, IN, CHIEF) == []
    assert await works(front, GROUP)


async def test_a_group_to_which_strangers_add_the_bot_is_told_once_and_left(front: Front):
    farewell, leaving = await seat(front, STRANGE, OUT, IN)
    assert farewell.text == "这个群没有绑定,我先退出。请管理员发绑定码。"
    assert (leaving.method, leaving.chat) == ("leaveChat", STRANGE)
    assert await seat(front, STRANGE, IN, OUT) == []


async def test_a_group_to_which_an_administrator_adds_the_bot_is_waited_in(front: Front):
    assert await seat(front, STRANGE, OUT, IN, by=ADMIN) == []


async def test_a_supergroup_with_the_title_of_a_bound_group_is_waited_in_for_it_may_be_that_group(front: Front):
    async with front.database.writing() as session:
        office = await offices.at(session, platform=PLATFORM, bot=BOT, chat_id=GROUP)
        assert office is not None
        office.title = "一个群"
    assert await seat(front, STRANGE, OUT, IN) == []
    moved = await front.feed(message=front._message(STRANGE, 4001, "", 901) | {"migrate_from_chat_id": GROUP})
    assert said_to(moved, ADMIN)[0].startswith("城市管理局的群升级成了超级群")
    assert await works(front, STRANGE)


async def test_while_a_binding_code_is_given_out_the_bot_waits_where_it_is_added(front: Front):
    async with front.database.writing() as session:
        given = {"purpose": "department", "department": "education", "now": front.now, "draw": lambda n: n // 5}
        await invite(session, Invites.BIND, **given)
    assert await seat(front, STRANGE, OUT, IN) == []


async def test_a_topic_is_bound_by_a_code_sent_in_it(front: Front):
    async with front.database.writing() as session:
        given = {"purpose": "department", "department": "education", "now": front.now, "draw": lambda n: n // 5}
        code = await invite(session, Invites.BIND, **given)
    topic = {"message_thread_id": 12, "is_topic_message": True}
    message = front._message(FORUM, ADMIN, f"/bind {code}", 900) | topic
    message["chat"]["is_forum"] = True
    said, asked = await front.feed(message=message)
    assert said.text.startswith("本群已绑定:教育局。")
    assert said.payload["message_thread_id"] == 12
    assert asked.method == "getChatMember"
    async with front.database.reading() as session:
        office = await offices.of(session, platform=PLATFORM, bot=BOT, purpose="department", department="education")
    assert office is not None
    assert (office.chat_id, office.thread_id) == (FORUM, 12)


@pytest.mark.parametrize(
    ("member", "forum", "words"),
    [
        ({"status": "member"}, "", "我在这里还没有这些权限:删消息。照样能办件。"),
        ({"status": "member"}, ":forum", "我在这里还没有这些权限:删消息、管理话题。照样能办件。话题被删了、关了,"),
        ({"status": "administrator", "can_delete_messages": True}, ":forum", "我在这里还没有这些权限:管理话题。"),
        ({"status": "administrator", "can_delete_messages": True}, "", ""),
        ({"status": "creator"}, ":forum", ""),
        ({"status": "restricted", "can_send_messages": False}, "", "!城市管理局的群绑定了,可是那里不让我说话。"),
    ],
)
async def test_at_binding_the_group_hears_which_rights_are_missing(
    front: Front, member: dict[str, Any], forum: str, words: str
):
    async with front.database.writing() as session:
        office = await offices.at(session, platform=PLATFORM, bot=BOT, chat_id=GROUP)
        assert office is not None
        number = await outbox.queue(
            session,
            platform=PLATFORM,
            bot=BOT,
            chat_id=GROUP,
            method="getChatMember",
            payload={},
            key=f"rights:{office.id}{forum}",
            created_at=front.now,
        )
        row = await outbox.get(session, number)
        assert row is not None
        await note_rights(session, row, member, now=front.now)
        says = await say_what_happened(session, front.house, now=front.now)
    said = [(each.method.chat_id, each.method.text) for each in says]
    where = ADMIN if words.startswith("!") else GROUP
    assert [chat for chat, _ in said] == ([where] if words else [])
    assert all(text.startswith(words.removeprefix("!")) for _, text in said)


async def test_staff_shows_who_works_there_and_an_administrator_takes_one_off_the_list(front: Front):
    [listed] = await front.say(ADMIN, "/staff 城市管理局")
    assert listed.text.startswith("城市管理局的入职码:")
    assert "城市管理局现在有2人:\n小李 市容科 07号\n" in listed.text
    label = "移出名单:小李"
    assert label in listed.buttons
    edited, *_ = await front.press(ADMIN, listed.id, listed.buttons[label])
    assert edited.method == "editMessageText"
    assert edited.text.startswith("小李已经移出城市管理局的名单。")
    assert label not in edited.buttons
    again, *_ = await front.press(ADMIN, listed.id, listed.buttons[label])
    assert again.text.startswith("小李已经移出城市管理局的名单。")


async def test_when_the_handler_of_what_is_confidential_is_dismissed_another_one_is_asked_for(front: Front):
    [listed] = await front.say(ADMIN, "/staff 城市管理局")
    owed = await front.press(ADMIN, listed.id, listed.buttons["移出名单:小李"])
    assert "城市管理局的专办人小李不在名单里了" in "".join(said_to(owed, ADMIN))
    async with front.database.reading() as session:
        [staff] = await working(session, Purpose.DEPARTMENT, UNIT)
    assert not staff.confidential


async def test_dispatchers_are_taken_off_their_list_too(front: Front):
    [listed] = await front.say(ADMIN, "/staff 派单群")
    assert len(listed.buttons) == 2
    edited, *_ = await front.press(ADMIN, listed.id, next(iter(listed.buttons.values())))
    assert len(edited.buttons) == 1


async def test_nobody_but_an_administrator_takes_anybody_off_a_list(front: Front):
    [listed] = await front.say(ADMIN, "/staff 城市管理局")
    for who, where in ((3004, 3004), (4001, 4001), (ADMIN, GROUP)):
        owed = await front.press(where, 1, listed.buttons["移出名单:小李"], by=who)
        assert [each.method for each in owed] == ["answerCallbackQuery"]
    [again] = await front.say(ADMIN, "/staff 城市管理局")
    assert "移出名单:小李" in again.buttons


async def test_an_administrator_is_on_no_list(front: Front):
    async with front.database.reading() as session:
        [admin] = await offices.administrators(session)
        [role] = await offices.roles(session, admin.id)
    owed = await front.press(ADMIN, 1, f"a.dismiss:{role.id}")
    assert [each.method for each in owed] == ["answerCallbackQuery"]
    async with front.database.reading() as session:
        assert await offices.administrators(session)


async def test_todo_in_the_dispatchers_group_shows_what_waits(front: Front):
    [said] = await front.say(await _triage(front), "/todo", by=await _dispatcher(front))
    assert said.text == "【等着派的】共0件\n没有等着派的。"


async def _triage(front: Front) -> int:
    async with front.database.reading() as session:
        office = await offices.of(session, platform=PLATFORM, bot=BOT, purpose="triage")
    assert office is not None
    return office.chat_id


async def _dispatcher(front: Front) -> int:
    async with front.database.reading() as session:
        first, *_ = await working(session, Purpose.TRIAGE, None)
        return (await people.get(session, first.person_id)).user_id
