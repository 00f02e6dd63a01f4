"""看联系方式: the number the citizen left, to one of the unit's staff, in private, with a reason, logged."""

import pytest

from bot.services.binding import employ
from storage.repositories import people
from tests.bot.conversations.office.conftest import HU, LI, OTHER_UNIT, STRANGER, UNIT, Group

NUMBER = "13912345678"
ANONYMOUS = 1087968824


async def _seen(group: Group, appeal_id: int) -> list[dict[str, object]]:
    found = [each for each in await group.history(appeal_id) if each.what == "contact_seen"]
    return [{"who": each.person_id, **each.details} for each in found]


async def test_each_look_is_logged_with_who_and_why(group: Group):
    appeal_id = await group.claimed(phone=NUMBER)
    for who, reason in ((LI, "上门"), (HU, "告知答复"), (LI, "别的")):
        await group.press("更多", by=who)
        await group.press("看联系方式", by=who)
        await group.press(reason, by=who)
        assert NUMBER in group.newest("的电话:", chat=who).text
    assert [each["reason"] for each in await _seen(group, appeal_id)] == ["visit", "answer", "other"]
    assert len({each["who"] for each in await _seen(group, appeal_id)}) == 2
    assert not any(NUMBER in each.text for each in group.wall)


@pytest.mark.parametrize("who", [STRANGER, OTHER_UNIT])
async def test_nobody_but_the_units_own_staff_sees_it(group: Group, who: int):
    appeal_id = await group.claimed(phone=NUMBER)
    await group.press_data(f"o.phone:{appeal_id}", by=who)
    await group.press_data(f"o.show:{appeal_id}:visit", by=who)
    assert group.toasts[-1].startswith("只有城市管理局的工作人员能办这一件。")
    assert who not in group.chats
    assert await _seen(group, appeal_id) == []


async def test_nobody_sees_it_from_another_chat_or_without_a_reason(group: Group):
    appeal_id = await group.claimed(phone=NUMBER)
    for chat, data in ((LI, f"o.show:{appeal_id}:visit"), (-3001, f"o.show:{appeal_id}:visit")):
        await group.press_data(data, chat=chat)
        assert group.toasts[-1].startswith("只有城市管理局的工作人员能办这一件。")
    await group.press_data(f"o.show:{appeal_id}:curious")
    await group.press_data(f"o.show:{appeal_id}")
    assert LI not in group.chats
    assert await _seen(group, appeal_id) == []


async def test_a_number_in_the_words_stays_starred_even_there(group: Group):
    appeal_id = await group.claimed(phone=None, text=f"路灯坏了,打{NUMBER}")
    await group.press_data(f"o.phone:{appeal_id}")
    assert group.toasts[-1] == "群众没有留电话。请直接回复诉求卡跟他说。"
    assert not any(NUMBER in each.text for each in group.wall)
    assert LI not in group.chats


async def test_a_former_colleague_sees_nothing(group: Group):
    appeal_id = await group.claimed(phone=NUMBER)
    async with group.database.writing() as session:
        person = await people.find(session, platform="telegram", bot=1, user_id=HU)
        assert person is not None
        row = await employ(session, person_id=person.id, role="staff", department=UNIT, name="老胡", now=group.now)
        row.active = False
    await group.press_data(f"o.show:{appeal_id}:visit", by=HU)
    assert group.toasts[-1].startswith("只有城市管理局的工作人员能办这一件。")
    assert HU not in group.chats


async def test_an_anonymous_administrator_sees_nothing_for_nobody_knows_who_it_is(group: Group):
    appeal_id = await group.claimed(phone=NUMBER)
    async with group.database.writing() as session:
        person = await people.meet(session, platform="telegram", bot=1, user_id=ANONYMOUS, username=None, now=group.now)
        await employ(session, person_id=person.id, role="staff", department=UNIT, name="匿名", now=group.now)
    for data in (f"o.phone:{appeal_id}", f"o.show:{appeal_id}:visit"):
        await group.press_data(data, by=ANONYMOUS)
        assert group.toasts[-1].startswith("匿名的管理员看不了电话")
    assert ANONYMOUS not in group.chats
    assert await _seen(group, appeal_id) == []
