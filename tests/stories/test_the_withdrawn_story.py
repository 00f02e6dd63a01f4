"""A citizen takes it back, and says why; that somebody made them is for the supervisors alone."""

import pytest

from tests.support.acting import SUPERVISION, begun, in_group
from tests.support.playing import labels, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_is_taken_back_is_over_for_the_unit(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await citizen.press_on(await timed.town.wait_button(citizen.chat, "撤回"), "撤回")
    await citizen.press("问题解决了")
    await citizen.hear("撤回了。以后想办,随时再说。")
    await staff.hear(f"{filed.number} 群众撤回了,不用再办。")
    assert "答复办结" not in labels(await staff.reads(staff.card, "【已撤回】"))


async def test_who_was_made_to_take_it_back_tells_the_supervisors_and_the_unit_goes_on(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await citizen.press_on(await timed.town.wait_button(citizen.chat, "撤回"), "撤回")
    await citizen.press("有人让我撤", "接着办")
    await citizen.hear("好,不撤,接着办。")
    supervisor = await in_group(timed.town, SUPERVISION)
    card = await supervisor.hear(f"【核查】{filed.number}")
    assert "承办单位看不到这条。" in text_of(card)
    await timed.service.quiet()
    assert "有人让" not in await staff.read()
    await staff.reads(staff.card, "【办理中】", button="答复办结")
