"""In whose name somebody speaks in a group: the group's own counts as staff, any other is not heard."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.services.health import manning
from storage.repositories import offices
from storage.tables import Office, Person, Staff
from tests.bot.conversations.office.conftest import GROUP, UNIT, Group

HIDDEN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
THE_GROUP = {"id": GROUP, "type": "supergroup", "title": "承办群"}
A_CHANNEL = {"id": -4004, "type": "channel", "title": "某频道"}
OWN_NAME: dict[str, Any] = {"from": HIDDEN, "sender_chat": THE_GROUP}


async def test_an_anonymous_administrator_is_staff_and_recorded_as_such(group: Group):
    appeal_id = await group.file()
    await group.say("明天上午去修。", to=group.newest("签收"), **OWN_NAME)
    await group.wait(seconds=20)
    assert "明天上午去修。" in group.phone[-1]
    [said] = await group.words(appeal_id)
    async with group.database.reading() as session:
        [staff] = await offices.roles(session, said.person_id or 0)
    assert (staff.name, staff.department) == ("匿名管理员", UNIT)
    assert "承办:匿名管理员" in group.newest("答复办结").text


async def test_an_anonymous_administrator_writes_a_note_too(group: Group):
    appeal_id = await group.claimed()
    await group.say("// 先问问市里", to=group.newest("答复办结"), **OWN_NAME)
    [said] = await group.words(appeal_id)
    assert (said.direction, said.text) == ("note", "先问问市里")


async def test_an_anonymous_administrator_is_no_head_more(group: Group):
    await group.file()
    await group.say("明天上午去修。", to=group.newest("签收"), **OWN_NAME)
    async with group.database.reading() as session:
        found = await manning(session, platform="telegram", bot=1, city=group.house.city)
        assert next(each.staff for each in found.units if each.unit.code == UNIT) == 2
        assert {staff.name for staff, _ in await offices.colleagues(session, UNIT)} == {"小李", "老胡"}


async def test_an_anonymous_administrator_of_one_group_is_nothing_in_another(group: Group):
    appeal_id = await group.file()
    elsewhere = {"from": HIDDEN, "sender_chat": {"id": -3001, "type": "supergroup", "title": "教育局"}}
    await group.say("明天去修。", to=group.newest("签收"), chat=-3001, **elsewhere)
    await group.wait(seconds=20)
    assert group.phone == []
    assert (await group.appeal(appeal_id)).status == "dispatched"


async def test_who_replies_to_a_card_as_a_channel_is_told_why_it_does_not_go_out(group: Group):
    appeal_id = await group.claimed()
    await group.say("我来回一句", to=group.newest("答复办结"), **{"from": CHANNEL_BOT, "sender_chat": A_CHANNEL})
    await group.wait(seconds=20)
    assert group.wall[-1].text == "这条是用频道的名义发的,没有发给群众。请换回自己的身份,再回复一次。"
    assert (group.phone, await group.words(appeal_id)) == ([], [])


@pytest.mark.parametrize(
    "voice",
    [
        {"from": CHANNEL_BOT, "sender_chat": A_CHANNEL},
        {"from": HIDDEN, "sender_chat": A_CHANNEL, "is_automatic_forward": True},
        {"from": HIDDEN, "sender_chat": THE_GROUP, "is_automatic_forward": True},
        {"from": {"id": 555, "is_bot": True, "first_name": "别的机器人"}},
    ],
    ids=["a channel", "a post that came on", "a forward of the group", "another bot"],
)
async def test_channels_forwarded_posts_and_other_bots_are_not_heard(group: Group, voice: dict[str, Any]):
    appeal_id = await group.file()
    before = len(group.wall)
    await group.say("/todo", **voice)
    await group.say("随便说说", **voice)
    await group.wait(seconds=20)
    assert (len(group.wall), await group.words(appeal_id)) == (before, [])


async def test_another_bot_that_replies_to_a_card_gets_no_answer_at_all(group: Group):
    appeal_id = await group.claimed()
    before = len(group.wall)
    await group.say("我来", to=group.newest("答复办结"), **{"from": {"id": 555, "is_bot": True, "first_name": "b"}})
    await group.wait(seconds=20)
    assert (len(group.wall), group.phone, await group.words(appeal_id)) == (before, [], [])


async def test_a_post_in_a_channel_is_nobodys_words(group: Group):
    before = len(group.calls)
    post = {"message_id": 5, "date": 1, "chat": A_CHANNEL, "sender_chat": A_CHANNEL, "text": "/todo"}
    await group.update(channel_post=post)
    await group.update(edited_channel_post=post | {"edit_date": 1})
    assert len(group.calls) == before


async def test_the_groups_own_account_is_made_at_need_only(group: Group):
    await group.file()
    async with group.database.reading() as session:
        assert (await session.execute(select(Person).where(Person.user_id == GROUP))).all() == []
    for _ in range(2):
        await group.say("明天去修。", to=group.newest("签收"), **OWN_NAME)
    async with group.database.reading() as session:
        assert len((await session.execute(select(Staff).where(Staff.name == "匿名管理员"))).all()) == 1
        assert len((await session.execute(select(Office).where(Office.chat_id == GROUP))).all()) == 1
