"""The rarer acts, and what the group hears of the citizen and the dispatchers."""

from datetime import timedelta

from bot.services import rating, reopening, withdrawing
from storage.domain.statuses import Event
from storage.repositories import offices
from tests.bot.conversations.office.conftest import GROUP, LI, Group
from tests.bot.conversations.office.test_answering import preview


async def test_the_number_goes_to_one_person_in_private_and_is_logged(group: Group):
    appeal_id = await group.claimed(phone="13812345678")
    await group.press("更多")
    assert (group.wall[-1].text, list(group.wall[-1].buttons)) == (
        "LX-20261123-0001 还可以:",
        [
            *["申请延期", "列入计划", "上报"],
            *["转给同事", "看联系方式", "改类别"],
            *["协商转办", "改办件类型"],
            *["办不了", "返回"],
        ],
    )
    await group.press("看联系方式")
    assert list(group.wall[-1].buttons) == ["上门", "核实情况", "告知答复", "别的", "取消"]
    await group.press("上门")
    (private,) = group.chats[LI].values()
    assert private.text == "群众 7F3K的电话:13812345678\n用途:上门。只供办这件事,不要转发。\n这次查看已记录。"
    assert not any("13812345678" in each.text for each in group.wall)
    (seen,) = [each for each in await group.history(appeal_id) if each.what == "contact_seen"]
    assert seen.details == {"reason": "visit"}


async def test_where_no_number_was_left_it_says_so(group: Group):
    await group.claimed()
    await group.press("更多")
    await group.press("看联系方式")
    assert group.toasts[-1] == "群众没有留电话。请直接回复诉求卡跟他说。"


async def test_once_it_is_answered_words_notes_and_the_class_are_left_for_thirty_days(group: Group):
    appeal_id = await group.claimed()
    await preview(group)
    await group.press("发出")
    await group.press("更多", on=group.wall[0])
    left = ["改办件类型", "返回"]
    assert (group.wall[-1].text, list(group.wall[-1].buttons)) == (
        "LX-20261123-0001 还可以:\n直接回复诉求卡,还能发给群众;开头写 // ,只在群里。",
        left,
    )
    await group.happens(
        lambda session, person: rating.solved(session, appeal_id=appeal_id, person_id=person, now=group.now)
    )
    await group.press("更多", on=group.wall[0])
    assert group.wall[-1].text.endswith("12月23日(周三)前直接回复诉求卡,还能发给群众;开头写 // ,只在群里。")
    await group.press("改办件类型", on=group.wall[-1])
    await group.press("补办件")
    assert "·补办件" in group.wall[0].text
    group.now += timedelta(days=31)
    await group.press("更多", on=group.wall[0])
    assert group.toasts[-1]
    assert not group.wall[-1].text.endswith("只在群里。")


async def test_what_was_reopened_twice_may_be_concluded(group: Group):
    await group.claimed(reopens=2)
    await group.press("更多")
    assert "申请终结" in group.wall[-1].buttons


async def test_the_unit_hears_how_it_was_rated(group: Group):
    appeal_id = await group.claimed()
    await preview(group)
    await group.press("发出")
    await group.happens(
        lambda session, person: rating.solved(session, appeal_id=appeal_id, person_id=person, now=group.now)
    )
    assert group.wall[-1].text == "LX-20261123-0001 已结案:群众说解决了。谢谢小李。"
    assert group.wall[0].text.startswith("【已结案】")
    await group.happens(
        lambda session, person: rating.satisfied(
            session, appeal_id=appeal_id, person_id=person, satisfaction=rating.Satisfaction.FAIR, now=group.now
        ),
    )
    assert group.wall[-1].text == "LX-20261123-0001 已结案:群众说解决了,基本满意。谢谢小李。"


async def test_nobody_is_thanked_for_what_stayed_unsolved(group: Group):
    appeal_id = await group.claimed()
    await preview(group)
    await group.press("发出")
    await group.happens(
        lambda session, person: rating.left_unsolved(session, appeal_id=appeal_id, person_id=person, now=group.now),
    )
    assert group.wall[-1].text == "LX-20261123-0001 已结案:群众说没解决。"


async def test_what_was_not_solved_comes_back_to_who_had_it(group: Group):
    appeal_id = await group.claimed()
    await preview(group)
    await group.press("发出")
    await group.happens(
        lambda session, person: reopening.reopen(
            session,
            appeal_id=appeal_id,
            person_id=person,
            now=group.now,
            city=group.house.city,
            calendar=group.house.calendar(group.now),
            words="只亮了一天,打13812345678",
        ),
    )
    card = group.wall[-1]
    assert card.text == (
        "【重办】LX-20261123-0001 第1次\n群众说还没解决:\n只亮了一天,打138****5678\n最迟 11月26日(周四)再答复。\n"
        "承办:小李(10:00签收)\n直接回复本条,发给群众;开头写 // ,只在群里。"
    )
    assert "答复办结" in card.buttons
    await group.say("今天再去。", to=card)
    await group.press("现在发")
    assert "今天再去。" in group.phone[-1]


async def test_a_withdrawn_appeal_loses_its_buttons(group: Group):
    appeal_id = await group.file()
    await group.happens(
        lambda session, person: withdrawing.withdraw(
            session,
            appeal_id=appeal_id,
            person_id=person,
            reason=withdrawing.Reason.UNWANTED,
            now=group.now,
            calendar=group.house.calendar(group.now),
        ),
    )
    assert group.wall[-1].text == "LX-20261123-0001 群众撤回了,不用再办。"
    assert group.wall[0].buttons == {}
    await group.press_data(f"o.claim:{appeal_id}")
    assert group.toasts[-1] == "这一步刚才已经办过了,现在是:已撤回。"


async def test_praise_is_passed_on_without_buttons(group: Group):
    appeal_id = await group.file()
    await group.event(appeal_id, Event.SUBMIT_PRAISE)
    assert group.wall[-1].text == "【表扬】村小学东门\n群众 7F3K:\n村小学东门的路灯坏了半个月,晚上老人摔过跤"
    assert group.wall[-1].buttons == {}


async def test_praise_without_a_place_names_none(group: Group):
    appeal_id = await group.file(place=None)
    await group.event(appeal_id, Event.SUBMIT_PRAISE)
    assert group.wall[-1].text.startswith("【表扬】\n群众 7F3K:\n")


async def test_a_newly_bound_group_gets_the_cards_it_missed(group: Group):
    appeal_id = await group.file()
    await group.event(appeal_id, "card_wanted")
    assert list(group.wall[-1].buttons) == ["签收", "不归我管"]


async def test_a_group_that_put_the_bot_out_is_no_office_any_more(group: Group):
    group.blocked.add(GROUP)
    await group.file()
    async with group.database.reading() as session:
        assert await offices.at(session, platform="telegram", bot=1, chat_id=GROUP) is None
