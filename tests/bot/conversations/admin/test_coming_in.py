"""People and groups come in by code, and strangers stay out."""

from datetime import datetime

import pytest

from bot.services.binding import Purpose
from bot.services.inviting import Invites, invite
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import offices, people
from tests.support.desking import USERNAME, Front, Owed

ADMIN, SOMEBODY, GROUP = 9001, 5001, -77


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    return Front(database, city, now)


async def code(front: Front, invites: Invites, **wanted: str) -> str:
    async with front.database.writing() as session:
        return await invite(session, invites, now=front.now, draw=front.house.draw, **wanted)


async def roles(front: Front, user_id: int) -> list[tuple[str, str, str]]:
    async with front.database.reading() as session:
        person = await people.find(session, platform="telegram", bot=1, user_id=user_id)
        return [(row.role, row.department, row.name) for row in await offices.roles(session, person.id)]


async def admitted(front: Front) -> None:
    await front.say(ADMIN, f"/start {await code(front, Invites.ADMIN)}")


def text(owed: list[Owed]) -> str:
    [only] = [each for each in owed if each.method == "sendMessage"]
    return only.text


async def test_an_administrators_code_in_private_makes_an_administrator(front: Front):
    said = text(await front.say(ADMIN, f"/start {await code(front, Invites.ADMIN)}"))
    assert said.startswith("您现在是管理员。")
    assert await roles(front, ADMIN) == [("admin", "", "甲9001")]


async def test_a_staff_code_makes_staff_who_hear_of_their_unit(front: Front):
    sent = await code(front, Invites.STAFF, purpose=Purpose.DEPARTMENT, department="education")
    assert text(await front.say(SOMEBODY, f"/start {sent}")).startswith("您现在是教育局的工作人员。")
    assert await roles(front, SOMEBODY) == [("staff", "education", "甲5001")]


async def test_a_wrong_code_gets_a_plain_sentence_and_is_counted(front: Front):
    right = await code(front, Invites.ADMIN)
    for _ in range(5):
        assert text(await front.say(SOMEBODY, "/start 23456789")).startswith("这个码不对")
    assert text(await front.say(SOMEBODY, f"/start {right}")).startswith("这个码不对")
    assert await roles(front, SOMEBODY) == []


async def test_a_start_without_a_code_is_the_citizens(front: Front):
    for words in ("/start", "/start hello"):
        assert "管理员" not in text(await front.say(SOMEBODY, words))
    assert await roles(front, SOMEBODY) == []


async def test_an_administrator_gets_a_code_and_the_group_is_bound_by_it(front: Front):
    await admitted(front)
    given = text(await front.say(ADMIN, "/bind 城市管理局"))
    assert given.startswith("城市管理局的绑定码:")
    command = given.rpartition("发:")[2]
    bound = await front.say(GROUP, command, by=ADMIN)
    assert text(bound) == (
        "本群已绑定:城市管理局。\n"
        "请把工作人员加进名单:管理员发 /staff。\n"
        "直接回复诉求卡,就是答复群众;别的话不会发出去。"
    )
    async with front.database.reading() as session:
        office = await offices.of(
            session, platform="telegram", bot=1, purpose="department", department="urban_management"
        )
    assert (office.chat_id, office.title) == (GROUP, "一个群")


async def test_a_link_that_adds_the_bot_binds_too(front: Front):
    sent = await code(front, Invites.BIND, purpose=Purpose.TRIAGE)
    assert text(await front.say(GROUP, f"/start@{USERNAME} {sent}", by=SOMEBODY)).startswith("本群已绑定:派单群。")


async def test_part_of_a_name_offers_a_choice_and_the_press_gives_the_code(front: Front):
    await admitted(front)
    [choice] = await front.say(ADMIN, "/staff 供水")
    assert "供水公司的入职码" in choice.text
    [choice] = await front.say(ADMIN, "/bind 供")
    assert list(choice.buttons) == ["供电公司", "供水公司", "供热公司"]
    edited, *_ = await front.press(ADMIN, choice.id, choice.buttons["供热公司"])
    assert edited.method == "editMessageText"
    assert edited.text.startswith("供热公司的绑定码:")


async def test_an_administrator_sees_what_has_no_group_and_how_it_goes(front: Front):
    await admitted(front)
    assert text(await front.say(ADMIN, "/bind")).startswith("还没有群的(45个):派单群、监督群、教育局、")
    assert "没有找到「没有的」" in text(await front.say(ADMIN, "/bind 没有的"))
    assert "教育局:没有群,0人" in text(await front.say(ADMIN, "/departments"))
    assert text(await front.say(ADMIN, "/health")).startswith("有1处要看:\n还没有群:派单群、监督群、教育局、")
    await front.bind_cast()
    assert "教育局:有群,2人" in text(await front.say(ADMIN, "/departments"))
    assert text(await front.say(ADMIN, "/health")) == ("一切正常。\n待办消息0条,最久0秒;没送到0条;派单群等着0件。")


async def test_a_citizen_gets_nothing_by_an_administrators_command(front: Front):
    for command in ("/bind 教育局", "/staff 教育局", "/departments", "/health"):
        said = text(await front.say(SOMEBODY, command))
        assert "码" not in said
        assert "教育局" not in said


async def test_a_citizen_gets_no_code_by_a_forged_button(front: Front):
    owed = await front.press(SOMEBODY, 3, "a.staff:0:education")
    assert [each.method for each in owed] == ["answerCallbackQuery"]


async def test_a_strange_group_is_told_once_and_left(front: Front):
    for words in ("/help", f"@{USERNAME} 在吗", "/bind 23456789", "/bind"):
        farewell, leaving = await front.say(GROUP, words, by=SOMEBODY)
        assert farewell.text == "这个群没有绑定,我先退出。请管理员发绑定码。"
        assert (leaving.method, leaving.chat) == ("leaveChat", GROUP)


async def test_talk_in_a_strange_group_is_none_of_our_business(front: Front):
    assert await front.say(GROUP, "大家早上好", by=SOMEBODY) == []


async def test_a_wrong_code_in_a_bound_group_does_not_make_us_leave(front: Front):
    sent = await code(front, Invites.BIND, purpose=Purpose.TRIAGE)
    await front.say(GROUP, f"/bind {sent}", by=ADMIN)
    [said] = await front.say(GROUP, f"/bind {sent}", by=ADMIN)
    assert said.text.startswith("这个码不对")


async def test_administrators_hear_that_we_were_put_out_of_a_group(front: Front):
    await admitted(front)
    await front.bind_cast({"education"})
    education = -3001
    chat = {"id": education, "type": "supergroup", "title": "教育局 承办群"}
    member = {"user": {"id": 1, "is_bot": True, "first_name": "连心"}}
    [alarm] = await front.feed(
        my_chat_member={
            "chat": chat,
            "from": {"id": 3001, "is_bot": False, "first_name": "小周"},
            "date": int(front.now.timestamp()),
            "old_chat_member": {**member, "status": "member"},
            "new_chat_member": {**member, "status": "left"},
        }
    )
    assert (alarm.chat, alarm.text.startswith("教育局的群用不了了")) == (ADMIN, True)
    async with front.database.reading() as session:
        assert await offices.at(session, platform="telegram", bot=1, chat_id=education) is None
