"""转给同事: the colleague is answerable, both are named, and the card shows who has it."""

from bot.services.binding import Role
from storage.domain.statuses import Event
from storage.repositories import bindings, offices, people
from tests.bot.conversations.office.conftest import HU, OTHER_UNIT, Group

NUMBER = "LX-20261123-0001"


async def choices(group: Group) -> None:
    await group.press("更多", on=group.wall[0])
    await group.press("转给同事")


async def test_the_colleague_gets_it_and_both_are_named(group: Group):
    appeal_id = await group.claimed()
    await choices(group)
    assert (group.wall[-1].text, list(group.wall[-1].buttons)) == (
        f"{NUMBER} 现在由小李承办,转给谁?",
        ["老胡", "取消"],
    )
    await group.press("老胡")
    assert (group.wall[-1].text, group.wall[-1].buttons) == (f"{NUMBER} 小李转给老胡,现在由老胡承办。", {})
    assert "承办:老胡" in group.wall[0].text
    assert [each.what for each in await group.history(appeal_id)][-1] == Event.HAND_OVER


async def test_any_colleague_can_take_it_off_somebody(group: Group):
    await group.claimed()
    await group.press("更多", by=HU)
    await group.press("转给同事", by=HU)
    await group.press("老胡", by=HU)
    assert "承办:老胡" in group.wall[0].text


async def test_of_two_who_hand_it_over_the_second_hears_who_has_it(group: Group):
    await group.claimed()
    await choices(group)
    first = group.wall[-1]
    await group.press("老胡", on=first)
    await group.press("老胡", on=first)
    assert group.toasts[-1] == f"{NUMBER}已经转给老胡承办。"


async def test_strangers_and_forged_buttons_hand_nothing_over(group: Group):
    appeal_id = await group.claimed()
    await choices(group)
    await group.press("老胡", by=OTHER_UNIT)
    for data in (f"o.handto:{appeal_id}:x.y", f"o.handto:{appeal_id}:99.1", f"o.handto:{appeal_id}"):
        await group.press_data(data)
        assert group.toasts[-1] == "他现在接不了。请重新点「转给同事」,选一位。"
    assert "承办:小李" in group.wall[0].text


async def test_without_colleagues_it_says_so(group: Group):
    await group.claimed()
    async with group.database.writing() as session:
        hu = await people.find(session, platform="telegram", bot=1, user_id=HU)
        row = await bindings.staff_row(session, person_id=hu.id, role=Role.STAFF, department="urban_management")
        row.active = False
        assert len(await offices.colleagues(session, "urban_management")) == 1
    await choices(group)
    assert group.toasts[-1] == "本单位现在没有别的同事。要加人,请找管理员。"
