"""What a unit asks for in its group: /todo, /mine, /stats."""

import re
from datetime import timedelta

from bot.texts import lists as words
from bot.texts.fitting import units
from storage.domain.statuses import Status
from storage.tables import Appeal
from tests.bot.conversations.office.conftest import HU, LI, OTHER_UNIT, STRANGER, Group


async def _change(group: Group, appeal_id: int, **columns: object) -> None:
    async with group.database.writing() as session:
        appeal = await session.get_one(Appeal, appeal_id)
        for name, value in columns.items():
            setattr(appeal, name, value)


async def test_todo_lists_open_appeals_by_due_time_with_whose_they_are(group: Group):
    first = await group.claimed(kind="complaint")
    await group.file("小区门口的井盖松了", town="taoyuan")
    third = await group.file("垃圾三天没人收")
    await _change(group, third, status=Status.ANSWERED)
    await group.say("/todo")
    listed = group.wall[-1].text.splitlines()
    assert listed[0] == "【要办的】城市管理局 共2件"
    assert listed[1].startswith("LX-20261123-0002 小区门口的井盖松了 桃园镇,村小学东门 没签收 还有5个工作日")
    assert listed[2].startswith(
        "LX-20261123-0001 村小学东门的路灯坏了半个月,晚上老人摔过 村小学东门 小李 还有10个工作日"
    )
    assert (await group.appeal(first)).status == "in_progress"


async def test_todo_says_how_late_it_is(group: Group):
    late = await group.file()
    await _change(group, late, answer_due=group.now - timedelta(days=4))
    await group.say("/todo")
    assert group.wall[-1].text.splitlines()[1].endswith("过期2个工作日 已报分管副局长")


async def test_private_numbers_in_a_list_are_starred(group: Group):
    appeal_id = await group.file()
    await _change(group, appeal_id, title="找13812345678的老王", place="13912345678旁边")
    await group.say("/todo")
    assert "138****5678" in group.wall[-1].text
    assert "12345678" not in group.wall[-1].text


async def test_of_a_confidential_appeal_only_number_kind_town_and_due_are_listed(group: Group):
    appeal_id = await group.file("食堂王主任收红包", kind="report", town="taoyuan")
    await _change(group, appeal_id, confidential=True)
    await group.say("/todo")
    [_, line] = group.wall[-1].text.splitlines()
    assert line.startswith("LX-20261123-0001 保密件 举报 桃园镇 最迟")
    assert "王主任" not in line
    assert "村小学" not in line


async def test_mine_lists_what_one_signed_for(group: Group):
    await group.claimed()
    await group.file("小区门口的井盖松了")
    await group.say("/mine", by=LI)
    assert group.wall[-1].text.startswith("【小李签收的】共1件\nLX-20261123-0001 ")
    await group.say("/mine", by=HU)
    assert group.wall[-1].text == "【老胡签收的】共0件\n您没有签收着的件。"


async def test_stats_counts_the_month(group: Group):
    for _ in range(4):
        await group.file()
    await _change(group, 1, answered_at=group.now, answer_pressed_at=group.now, status=Status.ANSWERED)
    due = group.now - timedelta(days=1)
    late = {"answered_at": group.now, "answer_pressed_at": group.now, "status": Status.CLOSED}
    await _change(group, 2, answer_due=due, **late)
    await _change(group, 3, answer_due=due)
    await _change(group, 4, first_dispatched_at=group.now - timedelta(days=40))
    await group.say("/stats")
    assert group.wall[-1].text == (
        "【11月】城市管理局\n收到 3 件\n按时答复 1 · 过期才答复 1\n重办 0\n现在没办完 2,其中过期 1"
    )


def test_a_list_is_one_message_however_long():
    text = words.todo(department="城市管理局", lines=["LX-20261123-0001 路灯坏了"] * 400)
    assert units(text) <= 3500
    assert text.splitlines()[0] == "【要办的】城市管理局 共400件"
    assert re.fullmatch(r"还有\d+行没列出来。", text.splitlines()[-1])


async def test_only_the_units_own_staff_may_ask(group: Group):
    await group.file()
    for who in (STRANGER, OTHER_UNIT):
        for command in ("/todo", "/mine", "/stats", "/t"):
            await group.say(command, by=who)
            assert group.wall[-1].text.startswith("只有城市管理局的工作人员能办这一件。")


async def test_a_unit_with_nothing_open_is_told_so(group: Group):
    await group.say("/todo@lianxin_bot")
    assert group.wall[-1].text == "【要办的】城市管理局 共0件\n没有要办的。"
