"""A card comes to the group, and one of the unit signs for it."""

from storage.domain.statuses import Status
from storage.repositories import offices, people
from tests.bot.conversations.office.conftest import HU, LI, OTHER_UNIT, STRANGER, Group

NEW_CARD = """【新诉求】LX-20261123-0001
求助·一般·承诺件
桃园镇北王村,村小学东门
群众 7F3K:
村小学东门的路灯坏了半个月,晚上老人摔过跤
希望:把灯修好
签收:11月24日(周二)17:30前
答复:最迟 11月30日(周一),还有5个工作日"""


async def test_a_new_appeal_is_one_protected_card_with_two_buttons(group: Group):
    await group.file(town="taoyuan", village=_village(group), wish="把灯修好")
    (card,) = group.wall
    assert card.text == NEW_CARD
    assert list(card.buttons) == ["签收", "不归我管"]


async def test_private_numbers_of_the_citizen_never_stand_in_the_group(group: Group):
    await group.file(
        "打我电话13812345678,楼道灯坏了", place="3栋,找13912345678", wish="回电13712345678", phone="13812345678"
    )
    assert not any("12345678" in each.text for each in group.wall)
    assert "138****5678" in group.wall[0].text


async def test_signing_changes_the_card_and_tells_until_when_to_call(group: Group):
    appeal_id = await group.file()
    await group.press("签收")
    appeal = await group.appeal(appeal_id)
    assert appeal.status == Status.IN_PROGRESS
    assert group.toasts == [f"小李签收了{appeal.number}。请在11月24日(周二)17:30前先联系群众。"]
    (card,) = group.wall
    assert "承办:小李(10:00签收)\n直接回复本条,发给群众;开头写 // ,只在群里。" in card.text
    assert list(card.buttons) == ["答复办结", "先联系一下", "请补充", "会办", "更多"]


async def test_the_second_to_sign_hears_who_was_first(group: Group):
    appeal_id = await group.file()
    card = group.wall[0]
    await group.press("签收", on=card)
    await group.press("签收", on=card, by=HU)
    assert group.toasts[-1] == "LX-20261123-0001已经由小李签收(10:00)。"
    async with group.database.reading() as session:
        claimant = await offices.staff(session, (await group.appeal(appeal_id)).claimant_id or 0)
    assert claimant is not None
    assert claimant.name == "小李"


async def test_strangers_and_other_units_cannot_sign(group: Group):
    appeal_id = await group.file()
    await group.press("签收", by=STRANGER)
    await group.press("签收", by=OTHER_UNIT)
    data = group.wall[0].buttons["签收"]
    await group.press_data(data, by=OTHER_UNIT, chat=-3001)
    await group.press_data(data, by=LI, chat=LI)
    assert set(group.toasts) == {"只有城市管理局的工作人员能办这一件。要加人,请找管理员。"}
    assert (await group.appeal(appeal_id)).status == Status.DISPATCHED


async def test_who_left_the_unit_has_no_say_any_more(group: Group):
    appeal_id = await group.file()
    async with group.database.writing() as session:
        person = await people.find(session, platform="telegram", bot=1, user_id=LI)
        assert person is not None
        for role in await offices.roles(session, person.id):
            role.active = False
    await group.press("签收")
    assert (await group.appeal(appeal_id)).status == Status.DISPATCHED


async def test_a_button_of_an_appeal_that_is_gone_says_so(group: Group):
    await group.press_data("o.claim:999")
    assert group.toasts == ["没查到这个编号。请看看有没有打错,也可以点「我的诉求」。"]


def _village(group: Group) -> str:
    town = group.house.city.town("taoyuan")
    assert town is not None
    return next(each.code for each in town.villages if each.name == "北王村")
