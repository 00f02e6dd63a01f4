"""/status NUMBER in a unit's group."""

from tests.bot.conversations.office.conftest import LI, OTHER_UNIT, STRANGER, Group

NUMBER = "LX-20261123-0001"


async def test_where_an_appeal_of_the_unit_stands_is_said(group: Group):
    await group.claimed()
    await group.say(f"/status {NUMBER}")
    assert group.wall[-1].text == f"{NUMBER} 村小学东门的路灯坏了半个月,晚上老人摔过\n现在:办理中"


async def test_of_a_confidential_one_number_and_status_are_all_that_is_said(group: Group):
    await group.file("有人收黑钱", kind="report", confidential=True)
    await group.say(f"/status {NUMBER}")
    assert group.wall[-1].text == f"{NUMBER} 保密件 待签收"


async def test_another_units_appeal_is_as_good_as_none(group: Group):
    await group.file()
    for number in (NUMBER, "LX-20261123-9999", "没有编号", ""):
        await group.say(f"/status {number}", by=OTHER_UNIT, chat=-3001)
        (told, *_) = list(group.chats[-3001].values())[-1:]
        assert told.text.startswith("没查到这个编号,或者不是本单位在办。")


async def test_a_stranger_in_the_group_is_told_nothing(group: Group):
    await group.file()
    await group.say(f"/status {NUMBER}", by=STRANGER)
    assert group.wall[-1].text.startswith("只有城市管理局的工作人员能办这一件。")
    await group.say("/status", by=LI)
    assert group.wall[-1].text.startswith("没查到这个编号")
