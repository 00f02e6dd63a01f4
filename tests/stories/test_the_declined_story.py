"""What the desk may not take (不予受理): told why and where to go instead; once, a supervisor looks again."""

import pytest

from tests.support.acting import SUPERVISION, TRIAGE, UNIT, Somebody, in_group
from tests.support.filing import agree, number_in, tell
from tests.support.playing import labels, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")
VAGUE = "那边的事拖了很久也不见有人来管一管,到底归哪里"


async def _declined(timed: Played) -> tuple[str, Somebody]:
    """Let a dispatcher decline an appeal nobody knows a unit for; return its number and its citizen."""
    town = timed.town
    citizen = Somebody(town, who := await town.newcomer(), who)
    await agree(town, who)
    await town.press(who, await tell(town, who, VAGUE), "提交")
    number = number_in(await citizen.hear("正在找该管的单位"))
    dispatcher = await in_group(town, TRIAGE)
    await dispatcher.press_on(await dispatcher.hear(f"【待派单】{number}"), "不予受理")
    await dispatcher.press("要走法律程序", "人民法院 12368", "发出")
    await dispatcher.hear(f"{number} 不予受理,已经告诉群众。")
    told = text_of(await citizen.hear("这件事我们没有权力办"))
    assert "该找:人民法院,电话12368" in told
    await citizen.press("请再看一次")
    await citizen.hear("好,监督员会再看一次,最迟")
    return number, citizen


async def test_a_supervisor_looks_again_and_it_goes_to_a_unit_after_all(timed: Played):
    number, citizen = await _declined(timed)
    supervisor = await in_group(timed.town, SUPERVISION)
    card = await supervisor.hear(f"【请再看】{number}")
    await supervisor.press_on(card, "别的单位")
    await supervisor.press_on(card, UNIT)
    assert "最迟答复:" in text_of(await citizen.hear(f"监督员看过了,这件该办。交给{UNIT}"))
    staff = await in_group(timed.town, UNIT)
    await staff.hear(f"【新诉求】{number}", button="签收")


async def test_a_supervisor_lets_it_stand_and_that_is_the_last_word(timed: Played):
    number, citizen = await _declined(timed)
    supervisor = await in_group(timed.town, SUPERVISION)
    await supervisor.press_on(await supervisor.hear(f"【请再看】{number}"), "维持")
    told = await citizen.hear("监督员看过了,还是没有权力办。")
    assert "请找人民法院,电话12368" in text_of(told)
    assert labels(told) == []
    card = await timed.town.wait(citizen.chat, lambda m: number in text_of(m) and "不予受理" in text_of(m))
    assert "请再看一次" not in labels(card)
