"""/handler: an administrator names who handles what is confidential."""

from datetime import datetime

import pytest

from storage.domain.city import City
from storage.engine import Database
from storage.repositories import handlers
from tests.support.desking import Front

ADMINISTRATOR, CITIZEN, DISPATCHER = 9001, 1001, 8001


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(["urban_management", "power"])
    return front


async def _handler(front: Front, role: str, department: str = "") -> str:
    async with front.database.reading() as session:
        found = await handlers.named(session, platform="telegram", bot=1, role=role, department=department)
    return found[0].name if found else ""


async def test_in_the_sandbox_the_first_of_each_group_handles_it(front: Front):
    assert await _handler(front, "staff", "urban_management") == "小李"
    assert await _handler(front, "dispatcher") == "小叶"


async def test_the_staff_are_offered_by_name_and_one_press_names_another(front: Front):
    (offered,) = await front.say(ADMINISTRATOR, "/handler 城市管理局")
    assert list(offered.buttons) == ["小李 市容科 07号(现在的专办人)", "老胡 市政设施科 12号"]
    named = await front.press(ADMINISTRATOR, offered.id or 0, offered.buttons["老胡 市政设施科 12号"])
    assert named[0].text.startswith("好,城市管理局的保密件由老胡专办。")
    assert await _handler(front, "staff", "urban_management") == "老胡"


async def test_a_dispatcher_is_named_in_the_same_way(front: Front):
    (offered,) = await front.say(ADMINISTRATOR, "/handler 派单群")
    await front.press(ADMINISTRATOR, offered.id or 0, list(offered.buttons.values())[1])
    assert await _handler(front, "dispatcher") == "老魏"


async def test_without_a_unit_it_names_those_that_have_nobody(front: Front):
    async with front.database.writing() as session:
        await handlers.unname(session, role="staff", department="power")
    (said,) = await front.say(ADMINISTRATOR, "/handler")
    assert said.text.startswith("还没有专办人的:供电公司。\n请写单位的名字,比如:/handler 城市管理局。")


async def test_what_may_mean_several_units_is_asked_about(front: Front):
    (asked,) = await front.say(ADMINISTRATOR, "/handler 公司")
    chosen = await front.press(ADMINISTRATOR, asked.id or 0, asked.buttons["供电公司"])
    assert chosen[0].text.startswith("供电公司的保密件由谁专办?")


async def test_an_unknown_name_and_the_supervisors_group_are_said_to_be_none(front: Front):
    for words in ("/handler 没这个单位", "/handler 监督群"):
        (said,) = await front.say(ADMINISTRATOR, words)
        assert said.text.startswith("没有找到")


async def test_nobody_else_names_a_handler(front: Front):
    (offered,) = await front.say(ADMINISTRATOR, "/handler 城市管理局")
    await front.press(CITIZEN, 1, list(offered.buttons.values())[1])
    await front.press(DISPATCHER, 1, list(offered.buttons.values())[1])
    assert await _handler(front, "staff", "urban_management") == "小李"


async def test_a_forged_button_names_nobody(front: Front):
    for data in ("a.handler:999999", "a.handlers:0:@supervision", "a.handlers:0:nowhere"):
        (said,) = await front.press(ADMINISTRATOR, 1, data)
        assert said.text.startswith(("名单里没有这个人", "没有这个单位"))
