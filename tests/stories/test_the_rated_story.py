"""The citizen says how it went (回访), or nothing at all, which is never taken for content."""

from datetime import timedelta

import pytest

from tests.support.acting import SUPERVISION, Somebody, Unit, begun, in_group, later, morning
from tests.support.filing import Filed
from tests.support.playing import text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")
ANSWER = "今天上午换了灯头,晚上试过,已经亮了。"


async def _answered(timed: Played) -> tuple[Filed, Somebody, Unit]:
    filed, citizen, staff = await begun(timed.town)
    await staff.answer(ANSWER)
    await citizen.hear(ANSWER)
    return filed, citizen, staff


async def test_solved_but_not_content_is_closed_and_shown_to_the_supervisors_alone(timed: Played):
    filed, citizen, staff = await _answered(timed)
    await citizen.press("没联系", "解决了", "不满意", "太慢", "好了")
    await citizen.hear("谢谢您,记下了。")
    await staff.hear(f"{filed.number} 已结案:群众说解决了")
    supervisor = await in_group(timed.town, SUPERVISION)
    assert f"【群众反映】{filed.number}" in text_of(await supervisor.hear("我不满意。\n太慢"))
    assert "太慢" not in await staff.read()


async def test_unsolved_and_left_at_that_is_closed_as_unsolved(timed: Played):
    filed, citizen, staff = await _answered(timed)
    await citizen.press("联系过", "还没有", "算了,不办了", "基本满意", "好了")
    await staff.hear(f"{filed.number} 已结案:群众说没解决")
    await citizen.reads(await timed.town.wait(citizen.chat, "现在:已结案。您说:还没解决"), "", button="还没解决")


async def test_who_says_nothing_is_asked_once_more_and_after_two_weeks_it_is_closed_as_unrated(timed: Played):
    filed, citizen, staff = await _answered(timed)
    await later(timed, timedelta(days=3))
    await morning(timed)
    await citizen.hear("答复过您,还没听到您的话。")
    await later(timed, timedelta(days=11))
    await morning(timed)
    told = await citizen.hear(
        f"{filed.number} 十四天没等到您的评价,先结案了,记为「未评价」,不算满意。", button="还没解决"
    )
    await staff.hear(f"{filed.number} 已结案:群众没有评价")
    await citizen.press_on(told, "还没解决")
    await citizen.press("接着办")
    await staff.hear(f"【重办】{filed.number}")
