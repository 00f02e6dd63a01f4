"""我也遇到了: a near-identical open appeal of somebody else is offered before the submission, and can be joined."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from bot.house import House
from storage.tables import Appeal, Draft

FIRST, SECOND, THIRD = 1001, 1002, 1003
ALIKE = "村小学门口那盏路灯一直不亮"


@pytest.fixture
def house(house: House) -> House:
    async def everything(session: AsyncSession, _draft: Draft) -> Sequence[int]:
        return (await session.execute(select(Appeal.id).order_by(Appeal.id))).scalars().all()

    return replace(house, find_alike=everything)


@pytest.fixture
async def first(phone: Any) -> Any:
    """The first citizen has told it, and what they see."""
    await phone.file()
    return phone


async def told(phone: Any, text: str = ALIKE) -> Any:
    await phone.say(text)
    await phone.press("同意" if "同意" in phone.last.buttons else "下一步")
    await phone.press("跳过")
    await phone.press("不留,在这里联系")
    await phone.press("提交")
    return phone


async def test_what_somebody_else_has_told_is_offered_with_no_more_than_its_beginning(first: Any):
    second = await told(first.neighbour(SECOND))
    assert second.last.text == (
        "这件事已经有1位反映过:\n「村小学东门的路灯坏了半个月」\n城市管理局正在办,最迟11月30日(周一)。\n是同一件事吗?"
    )
    assert list(second.last.buttons) == ["是,我也遇到了", "不是,我另外说", "上一步"]
    assert len(await first.rows(Appeal)) == 1


async def test_who_joins_has_a_number_and_the_first_citizen_sees_that_they_are_two(first: Any):
    second = await told(first.neighbour(SECOND))
    await second.press("是,我也遇到了")
    lead, mine = await first.rows(Appeal)
    assert second.last.text == (
        f"算您一份,您是第2位。编号:{mine.number}。\n每一步都告诉您;办完也问您,您说没解决,就不算完。"
    )
    assert list(second.last.buttons) == ["看进度", "补充", "退出"]
    assert (mine.status, mine.merged_into, mine.joined, lead.others) == ("merged", lead.id, True, 1)
    assert any("又有一位群众反映同一件事,一共2位" in each and ALIKE in each for each in second.groups)
    assert first.last.text.endswith("\n和您一样反映的有1人")
    assert await first.rows(Draft) == []


async def test_another_matter_is_filed_on_its_own(first: Any):
    second = await told(first.neighbour(SECOND))
    await second.press("不是,我另外说")
    assert [each.status for each in await first.rows(Appeal)] == ["dispatched", "dispatched"]
    assert "交上去了" in second.last.text


async def test_the_labels_can_be_typed_and_more_words_lead_back_to_the_summary(first: Any):
    second = await told(first.neighbour(SECOND))
    await second.say("灯杆也歪了")
    assert second.last.text.startswith("请看看写得对不对")
    await second.press("提交")
    await second.say("是,我也遇到了")
    assert "您是第2位" in second.last.text
    assert second.sent == len(second.screen)


async def test_nobody_is_offered_their_own_appeal_or_one_they_joined(first: Any):
    second = await told(first.neighbour(SECOND))
    await second.press("是,我也遇到了")
    await second.say(ALIKE)
    await second.press("提新诉求")
    await second.press("下一步")
    await second.press("跳过")
    await second.press("不留,在这里联系")
    await second.press("提交")
    assert [each.joined for each in await first.rows(Appeal)] == [False, True, False]


async def test_what_ended_meanwhile_takes_nobody_in_and_the_form_is_still_there(first: Any):
    second = await told(first.neighbour(SECOND))
    await first.press("撤回")
    await first.press("问题解决了")
    await second.press("是,我也遇到了")
    assert second.last.text.startswith("这件刚才有了变化,现在不能一起反映了。请您单独提交。\n\n请看看写得对不对")
    await second.press("提交")
    assert [each.status for each in await first.rows(Appeal)] == ["withdrawn", "dispatched"]


async def test_who_leaves_hears_no_more_and_is_counted_no_more(first: Any):
    second = await told(first.neighbour(SECOND))
    await second.press("是,我也遇到了")
    await second.press("退出")
    assert second.last.text == "好,以后这件事不再通知您。"
    lead, mine = await first.rows(Appeal)
    assert (mine.status, lead.others) == ("withdrawn", 0)


async def test_when_the_first_citizen_leaves_the_oldest_joiner_owns_it(first: Any):
    second, third = first.neighbour(SECOND), first.neighbour(THIRD)
    for each in (second, third):
        await told(each)
        await each.press("是,我也遇到了")
    await first.press("撤回")
    await first.press("问题解决了")
    assert first.last.text == "撤回了,以后这件事不再通知您。\n还有别人在反映同一件事,由他们接着跟。"
    lead, mine, other = await first.rows(Appeal)
    assert (lead.status, lead.citizen_id, lead.others) == ("dispatched", mine.citizen_id, 1)
    assert (other.status, other.merged_into) == ("merged", lead.id)
    assert second.last.text.startswith(f"{lead.number} 村小学东门的路灯坏了半个月\n现在:已交给城市管理局")
    assert second.last.text.endswith("\n和您一样反映的有1人")
    assert list(second.last.buttons) == ["补充", "催一下", "撤回"]
    told_so = [each.text for each in second.screen.values() if "由您作主" in each.text]
    (told_so,) = told_so
    assert told_so == (
        f"您的{mine.number},原来是和别人一起反映的。他不再跟了,这件事以后由您作主,编号{lead.number}。\n"
        "不用您做什么,照样办。"
    )
    assert not any("由您作主" in each.text for each in third.screen.values())
    assert any(each.text.endswith("现在:已撤回") and not each.buttons for each in first.screen.values())
    assert any("群众" in each and "接着跟,照样办,期限不变" in each for each in first.groups)
