"""Staff who leave the group, and what becomes of what they had signed for."""

from typing import Any

import pytest

from bot.platforms.sandbox.seats import RIGHTS
from storage.repositories import offices
from tests.bot.conversations.office.conftest import GROUP, HU, LI, UNIT, Group


def _left(group: Group, who: int) -> dict[str, Any]:
    return group._message(9001, who, GROUP) | {"left_chat_member": group._user(who)}


def _seat(group: Group, who: int, status: str) -> dict[str, Any]:
    seat = {"user": group._user(who)}
    ban = {"until_date": 0} if status == "kicked" else {}
    return {
        "chat": {"id": GROUP, "type": "supergroup", "title": "承办群"},
        "from": group._user(HU),
        "date": 1,
        "old_chat_member": {**seat, "status": "member"},
        "new_chat_member": {**seat, **ban, "status": status},
    }


async def _working(group: Group) -> set[str]:
    async with group.database.reading() as session:
        return {staff.name for staff, _ in await offices.colleagues(session, UNIT)}


async def test_who_leaves_the_group_works_in_the_unit_no_more(group: Group):
    appeal_id = await group.file()
    await group.update(message=_left(group, LI))
    assert await _working(group) == {"老胡"}
    await group.press("签收", by=LI)
    assert (await group.appeal(appeal_id)).status == "dispatched"
    assert group.toasts[-1].startswith("只有城市管理局的工作人员能办这一件。")


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_a_change_of_membership_says_so_too(group: Group, status: str):
    await group.update(chat_member=_seat(group, LI, status))
    assert await _working(group) == {"老胡"}


async def test_who_was_made_administrator_of_the_group_stays_staff(group: Group):
    rights = dict.fromkeys((*RIGHTS, "can_be_edited", "is_anonymous"), True)
    change = _seat(group, LI, "administrator")
    change["new_chat_member"] |= rights
    await group.update(chat_member=change)
    assert await _working(group) == {"小李", "老胡"}


async def test_what_they_had_signed_for_is_named_and_a_colleague_takes_it_over(group: Group):
    appeal_id = await group.claimed()
    number = (await group.appeal(appeal_id)).number
    await group.update(message=_left(group, LI))
    named = group.newest("请接手")
    assert named.text.startswith("小李不在名单里了,他签收的还有1件,请接手:\nLX-20261123-0001 村小学东门的路灯")
    await group.press(f"我来接 {number}", by=HU)
    assert "承办:老胡" in group.newest("答复办结").text
    assert group.toasts[-1] == f"老胡接手了{number}。"
    await group.press(f"我来接 {number}", by=HU)
    assert group.toasts[-1].startswith(f"{number}已经由老胡签收")


async def test_nobody_takes_an_appeal_from_a_colleague_who_works_here(group: Group):
    appeal_id = await group.claimed()
    await group.press_data(f"o.take:{appeal_id}", by=HU)
    assert "已经由小李签收" in group.toasts[-1]


async def test_who_leaves_with_nothing_signed_for_is_not_made_a_story_of(group: Group):
    await group.file()
    before = len(group.wall)
    await group.update(message=_left(group, LI))
    assert len(group.wall) == before


async def test_a_citizen_in_a_group_who_leaves_is_nobodys_loss(group: Group):
    await group.update(message=_left(group, 4001))
    assert await _working(group) == {"小李", "老胡"}
