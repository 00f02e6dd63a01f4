"""A forum with a topic per unit: what is said in one is heard there and nowhere else."""

from typing import Any

import pytest

from bot.services.binding import Purpose, bind
from storage.repositories import messages, people
from tests.bot.conversations.office.conftest import HU, LI, OTHER_UNIT, UNIT, Group, Shown

FORUM, MINE, THEIRS, ELSEWHERE = -5001, 11, 22, 33


@pytest.fixture
async def forum(group: Group) -> Group:
    """城市管理局 in one topic of a forum, 教育局 in another, 派单群 in General."""
    async with group.database.writing() as session:
        places = (
            (MINE, Purpose.DEPARTMENT, UNIT),
            (THEIRS, Purpose.DEPARTMENT, "education"),
            (0, Purpose.TRIAGE, None),
        )
        for thread, purpose, department in places:
            await bind(
                session,
                platform="telegram",
                bot=1,
                chat_id=FORUM,
                thread_id=thread,
                purpose=purpose,
                department=department,
                title="合用的群",
                now=group.now,
            )
    return group


def _in_topic(thread: int) -> dict[str, Any]:
    """Say what every message in a topic says of it: it seems to answer the message that opened the topic."""
    opening = {
        "message_id": thread,
        "date": 1,
        "chat": {"id": FORUM, "type": "supergroup", "title": "合用的群", "is_forum": True},
        "from": {"id": 1, "is_bot": True, "first_name": "连心"},
        "forum_topic_created": {"name": "城管", "icon_color": 1},
    }
    return {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": opening}


async def _say(group: Group, text: str, *, thread: int, to: Shown | None = None, by: int = LI) -> int:
    topic = _in_topic(thread)
    if to is not None:
        topic["reply_to_message"] = group._message(to.message_id, 1, FORUM) | {
            "message_thread_id": thread,
            "is_topic_message": True,
        }
    return await group.say(text, by=by, chat=FORUM, **topic)


async def _press(group: Group, label: str, *, thread: int, by: int = LI) -> None:
    shown = group.newest(label, chat=FORUM)
    pressed = group._message(shown.message_id, 1, FORUM) | {"message_thread_id": thread, "is_topic_message": True}
    query = {"id": "1", "from": group._user(by), "chat_instance": "1", "data": shown.buttons[label]}
    await group.update(callback_query=query | {"message": pressed})


async def test_the_whole_handling_works_in_a_topic(forum: Group):
    appeal_id = await forum.file()
    card = forum.newest("签收", chat=FORUM)
    await _press(forum, "签收", thread=MINE)
    assert (await forum.appeal(appeal_id)).status == "in_progress"
    await _say(forum, "明天去看。", thread=MINE, to=card)
    await forum.wait(seconds=20)
    assert "明天去看。" in forum.phone[-1]
    await _press(forum, "答复办结", thread=MINE)
    await _press(forum, "已经解决", thread=MINE)
    await _say(forum, "村东门的灯修好了,昨晚亮了一整夜。", thread=MINE)
    await _press(forum, "发出", thread=MINE)
    assert "灯修好了" in forum.phone[-1]


async def test_everything_said_about_an_appeal_goes_into_its_topic(forum: Group):
    await forum.file()
    card = forum.newest("签收", chat=FORUM)
    await _press(forum, "签收", thread=MINE)
    await _press(forum, "答复办结", thread=MINE)
    await _say(forum, "// 先问问", thread=MINE, to=card)
    await _say(forum, "/nosuch@lianxin_bot", thread=MINE)
    async with forum.database.reading() as session:
        known = [
            await messages.find(session, platform="telegram", bot=1, chat_id=FORUM, message_id=each)
            for each in forum.chats[FORUM]
        ]
    assert {each.thread_id for each in known if each is not None and each.role != "triage"} == {MINE}


async def test_a_message_in_a_topic_that_replies_to_nothing_is_no_reply(forum: Group):
    appeal_id = await forum.file()
    async with forum.database.writing() as session:
        await messages.keep(
            session,
            platform="telegram",
            bot=1,
            chat_id=FORUM,
            message_id=MINE,
            thread_id=MINE,
            appeal_id=appeal_id,
            role="card",
            outbox_id=None,
            at=forum.now,
        )
    await _say(forum, "中午吃什么", thread=MINE)
    await forum.wait(seconds=20)
    assert forum.phone == []
    assert await forum.words(appeal_id) == []


async def test_a_thread_that_is_no_topic_is_the_group_itself(group: Group):
    await group.file()
    card = group.newest("签收")
    await group.say("明天去看。", to=card, message_thread_id=card.message_id)
    await group.wait(seconds=20)
    assert "明天去看。" in group.phone[-1]


async def test_what_is_asked_in_one_topic_is_not_answered_in_another(forum: Group):
    appeal_id = await forum.file()
    await _press(forum, "签收", thread=MINE)
    await _press(forum, "答复办结", thread=MINE)
    await _press(forum, "已经解决", thread=MINE)
    await _say(forum, "这是别处说的话,不是答复。", thread=THEIRS)
    assert await forum.words(appeal_id) == []
    async with forum.database.reading() as session:
        here = {"platform": "telegram", "bot": 1, "chat_id": FORUM, "user_id": LI}
        assert await people.conversation(session, **here, thread_id=MINE) is not None
        assert await people.conversation(session, **here, thread_id=THEIRS) is None


async def test_a_card_is_not_obeyed_in_another_units_topic(forum: Group):
    appeal_id = await forum.file()
    await _press(forum, "签收", thread=THEIRS)
    await _press(forum, "签收", thread=THEIRS, by=OTHER_UNIT)
    assert (await forum.appeal(appeal_id)).status == "dispatched"
    assert all("只有城市管理局的工作人员能办这一件" in each for each in forum.toasts)


async def test_in_the_other_topics_of_a_bound_forum_the_bot_is_no_stranger_and_stays(forum: Group):
    before = len(forum.calls)
    await _say(forum, "/help", thread=ELSEWHERE)
    await _say(forum, "@lianxin_bot 在吗", thread=ELSEWHERE, by=HU)
    assert forum.calls[before:] == []


async def test_a_button_of_a_message_too_old_to_be_shown_still_knows_its_topic(forum: Group):
    appeal_id = await forum.file()
    card = forum.newest("签收", chat=FORUM)
    too_old = {"message_id": card.message_id, "date": 0, "chat": {"id": FORUM, "type": "supergroup", "title": "群"}}
    query = {"id": "1", "from": forum._user(LI), "chat_instance": "1", "data": card.buttons["签收"]}
    await forum.update(callback_query=query | {"message": too_old})
    assert (await forum.appeal(appeal_id)).status == "in_progress"
