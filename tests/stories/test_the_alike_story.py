"""What many tell in words of their own: who comes second is offered to join the first, and the supervisors hear."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support import databases
from tests.support.acting import SUPERVISION, in_group
from tests.support.filing import agree, file, number_in, tell
from tests.support.playing import Town, text_of
from tests.support.staging import Played, staged

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNIT = "城市管理局"
PHONE = "13812345678"
FIRST = "村小学东门的路灯坏了快一个月,晚上黑漆漆的,孩子放学看不见路"
SECOND = "村小学东门路灯坏了一个月,晚上黑漆漆的没有灯,孩子放学看不见"
THIRD = "小学东门的路灯一个月没亮了,晚上黑漆漆的,放学孩子看不见路"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def compared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    folder = tmp_path_factory.mktemp("story")
    async with databases.sqlite(folder) as url, staged(url, find_alike=None) as played:
        yield played


async def offered(town: Town, words: str) -> tuple[int, str]:
    """Let a newcomer tell it and submit; return them and what they are asked."""
    person = await town.newcomer()
    await agree(town, person)
    summary = await tell(town, person, words)
    await town.press(person, summary, "提交")
    asked = await town.wait_button(person, "是,我也遇到了", after=summary["message_id"] - 1)
    return person, text_of(asked)


async def test_who_tells_the_same_is_offered_the_first_ones_appeal_and_what_three_tell_the_supervisors_hear(
    compared: Played,
):
    town = compared.town
    first = await file(town, FIRST, unit=UNIT, phone=PHONE)
    assert compared.service._lookout._filling is not None
    await compared.service._lookout._filling  # the process that compares is there

    second, asked = await offered(town, SECOND)
    assert asked.startswith("这件事已经有1位反映过:")
    assert PHONE not in asked
    assert first.number not in asked
    assert "新来的" not in asked
    await town.press_when_there(second, "是,我也遇到了")
    number = number_in(await town.wait(second, "算您一份"))
    assert number != first.number

    third, asked = await offered(town, THIRD)
    assert asked.startswith("这件事已经有2位反映过:")
    await town.press_when_there(third, "不是,我另外说")
    await town.wait(third, "交上去了")

    await town.call("POST", "/clock", {"advance": "PT10M"})
    supervisor = await in_group(town, SUPERVISION)
    told = text_of(await supervisor.hear("【同类增多】桃园镇"))
    assert "3件,3人反映" in told
    await supervisor.press("看编号")
    await supervisor.hear(first.number)
    shown = await supervisor.read()
    assert PHONE not in shown
    assert "黑漆漆" not in shown
    await supervisor.press("返回", "不是一件事")
    await supervisor.hear("这不是一件事。这些以后不再合在一起提醒。")
