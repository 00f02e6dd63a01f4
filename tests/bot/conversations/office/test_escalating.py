"""上报 and 改办件类型, from the list of rarer acts; the citizen reads to whom it went, and the date stays."""

import pytest

from storage.domain.statuses import Status
from tests.bot.conversations.office.conftest import CITIZEN, STRANGER, Group

NUMBER = "LX-20261123-0001"


async def escalated(group: Group, superior: str = "省交通运输厅", **columns: object) -> int:
    """Let 小李 escalate it."""
    appeal_id = await group.claimed(**columns)
    await group.press("更多")
    await group.press("上报")
    await group.say(superior, to=group.newest("上报给谁"))
    await group.say("改线要省里批", to=group.newest("为什么要上报"))
    return appeal_id


async def test_the_citizen_reads_to_whom_it_went_and_that_the_date_stays(group: Group):
    appeal_id = await escalated(group)
    told = [each.text for each in group.chats[CITIZEN].values() if "上报" in each.text]
    assert told == ["这件事城市管理局做不了主,已经上报省交通运输厅。\n还是由城市管理局答复您,最迟11月30日(周一)。"]
    assert group.wall[-1].text == (
        f"{NUMBER} 已上报省交通运输厅,群众已经知道。\n还是由城市管理局答复,最迟 11月30日(周一),时间照常算。"
    )
    assert (await group.appeal(appeal_id)).escalated_to == "省交通运输厅"


async def test_the_card_says_that_it_was_escalated(group: Group):
    await escalated(group)
    assert group.wall[0].text.split("\n")[1] == "求助·一般·上报件"


async def test_what_is_no_name_is_asked_for_again(group: Group):
    appeal_id = await group.claimed()
    await group.press("更多")
    await group.press("上报")
    prompt = group.newest("上报给谁")
    for wrong in ("13812345678", "长" * 31):
        await group.say(wrong, to=prompt)
        assert group.wall[-1].text.startswith("请写上级单位的名字")
    await group.say("省厅", to=prompt)
    await group.say("长" * 3600, to=group.newest("为什么要上报"))
    assert group.wall[-1].text == "这句太长。请短一点,再回复一次。"
    assert (await group.appeal(appeal_id)).escalated_to is None


async def test_it_is_not_told_twice(group: Group):
    await escalated(group)
    await group.press("更多", on=group.wall[0])
    await group.press("上报")
    await group.say("省交通运输厅", to=group.newest("上报给谁"))
    await group.say("再报一次", to=group.newest("为什么要上报"))
    assert group.wall[-1].text == "这一件已经上报过这个单位了。"
    assert sum("上报" in each.text for each in group.chats[CITIZEN].values()) == 1


async def test_a_stranger_and_an_unclaimed_appeal_are_refused(group: Group):
    appeal_id = await group.file()
    await group.press_data(f"o.escalate:{appeal_id}", by=STRANGER)
    assert group.toasts[-1].startswith("只有城市管理局的工作人员能办这一件。")
    await group.press_data(f"o.escalate:{appeal_id}")
    assert group.toasts[-1] == "这一步刚才已经办过了,现在是:待签收。"


async def test_without_a_limit_no_date_is_named(group: Group):
    appeal_id = await group.claimed()
    async with group.database.writing() as session:
        (await session.get_one(type(await group.appeal(appeal_id)), appeal_id)).answer_due = None
    await group.press("更多")
    await group.press("上报")
    await group.say("省厅", to=group.newest("上报给谁"))
    await group.say("省里定", to=group.newest("为什么要上报"))
    assert group.newest("上报省厅", chat=CITIZEN).text.endswith("还是由城市管理局答复您。")


async def test_staff_correct_the_class_and_the_card_shows_it(group: Group):
    appeal_id = await group.claimed()
    assert group.wall[0].text.split("\n")[1] == "求助·一般·承诺件"
    await group.press("更多")
    await group.press("改办件类型")
    assert list(group.wall[-1].buttons) == ["即办件", "补办件", "上报件", "取消"]
    await group.press("即办件")
    assert group.wall[0].text.split("\n")[1] == "求助·一般·即办件"
    assert group.wall[-1].text == f"{NUMBER} 改成即办件了。"
    assert (await group.appeal(appeal_id)).handling == "instant"


async def test_a_suggestion_is_a_suggestion(group: Group):
    appeal_id = await group.claimed(kind="suggestion")
    assert group.wall[0].text.split("\n")[1] == "建议·一般·建议件"
    await group.press("更多")
    await group.press("改办件类型")
    assert group.toasts[-1] == "建议都是建议件,不用改。要改类别,请点「改类别」。"
    assert (await group.appeal(appeal_id)).handling is None


@pytest.mark.parametrize("argument", ["suggestion", "committed", "nonsense", ""])
async def test_a_forged_class_is_refused(group: Group, argument: str):
    appeal_id = await group.claimed()
    await group.press_data(f"o.classto:{appeal_id}:{argument}")
    assert group.toasts[-1] == "没有这个选项。请看最新的卡片,重新点一下。"
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS
