"""A dispatcher declines an appeal: the reason, what fills it in, how it reads, sent; never an emergency."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import alarming
from bot.services.moving import find
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import appeals
from storage.tables import Appeal, DangerCase
from tests.support.declining import SUPERVISION, appeal_of, choose, declined, filed, history_of, write
from tests.support.desking import Front
from tests.support.screens import CITIZEN, COLLEAGUE, DISPATCHER, TRIAGE, found, last, press, screen, toasts

UNITS = ["urban_management", "power", "education"]
REASONS = [
    "已在诉讼仲裁",
    "要走法律程序",
    "举报公职人员",
    "已在信访",
    "同一件事已答复",
    "不在本市",
    "说得太少",
    "推销广告",
    "别的",
]


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(UNITS)
    return front


async def test_the_nine_reasons_stand_on_the_card_itself_and_can_be_left(front: Front):
    card = await filed(front)
    await press(front, "不予受理", TRIAGE, by=DISPATCHER)
    shown = screen(front, TRIAGE)[card.id]
    assert shown.text == f"{card.text}\n\n选一个原因,群众会看到:"
    assert list(shown.buttons) == [*REASONS, "返回"]
    await press(front, "返回", TRIAGE, by=DISPATCHER)
    assert screen(front, TRIAGE)[card.id].buttons == card.buttons


async def test_a_report_of_an_official_is_sent_to_12388_and_to_no_unit(front: Front):
    card = await filed(front)
    owed = await declined(front)
    appeal = await appeal_of(front)
    assert (appeal.status, appeal.department) == ("declined", None)
    assert (appeal.declined["reason"], appeal.declined["phone"]) == ("official", "12388")
    told = found(front, "12388")
    assert told.text == (
        "这件事我们没有权力办,跟您说明一下。\n"
        f"您反映的是:村小学东门的路灯坏了({appeal.number})\n"
        "原因:反映公职人员违纪违法,归纪检监察机关查,电话 12388。您说的不会转给他的单位。\n"
        "您觉得不对,可以请监督员再看一次。"
    )
    assert list(told.buttons) == ["请再看一次", "知道了"]
    assert {each.chat for each in owed if each.chat} == {TRIAGE, CITIZEN}
    left = screen(front, TRIAGE)[card.id]
    assert (left.text, left.buttons) == (
        f"{appeal.number} 村小学东门的路灯坏了\n不予受理:举报公职人员(小叶)",
        {},
    )


async def test_the_dispatcher_sees_the_very_words_the_citizen_will_read(front: Front):
    await filed(front)
    await choose(front, "要走法律程序")
    await press(front, "公共法律服务中心 12348", TRIAGE, by=DISPATCHER)
    shown = last(front, TRIAGE).text
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    told = found(front, "没有权力办").text
    assert shown == f"群众会看到:\n\n{told}"
    assert "原因:这类纠纷要由公共法律服务中心来断,我们断不了,断了也不作数。\n该找:公共法律服务中心,电话12348" in told


async def test_what_is_written_names_who_is_in_charge(front: Front):
    await filed(front)
    await choose(front, "已在诉讼仲裁")
    await press(front, "我来写", TRIAGE, by=DISPATCHER)
    await write(front, "东城人民法院", to="正由哪个法院")
    assert last(front, TRIAGE).text.startswith("没有读到名字和电话")
    await write(front, "东城人民法院,0000-8880999", to="没有读到名字和电话")
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    told = found(front, "没有权力办").text
    assert "您说的事正由东城人民法院审理,我们不能插手,结果以那边为准。\n该找:东城人民法院,电话0000-8880999" in told


async def test_the_petition_office_is_the_citys_own(front: Front, city: City):
    await filed(front)
    await choose(front, "已在信访")
    unit = city.department("petitions")
    await press(front, f"{unit.name} {unit.phone}", TRIAGE, by=DISPATCHER)
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    assert f"进度请问信访局。\n该找:信访局,电话{unit.phone}" in found(front, "没有权力办").text


async def test_another_city_is_named_with_its_own_hotline(front: Front):
    await filed(front)
    await choose(front, "不在本市")
    await write(front, "青河市", to="是哪里的事")
    assert last(front, TRIAGE).text.startswith("没有读到地名和区号")
    await write(front, "青河市 0999", to="没有读到地名和区号")
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    assert "原因:这是青河市的事,我们管不到。请打099912345。\n您觉得" in found(front, "没有权力办").text


async def test_another_reason_takes_three_lines(front: Front):
    await filed(front)
    await choose(front, "别的")
    await write(front, "归省里管", to="写三行")
    assert last(front, TRIAGE).text.startswith("请写三行")
    await write(front, "这条路归省里管\n省公路局\n0000-8880998", to="请写三行")
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    assert "原因:这条路归省里管\n该找:省公路局,电话0000-8880998" in found(front, "没有权力办").text


async def test_what_was_answered_before_is_repeated(front: Front):
    await filed(front)

    async def answer(session: AsyncSession) -> None:
        earlier = await find(session, 1)
        earlier.status, earlier.department, earlier.answer = "closed", "urban_management", "灯换好了。"

    await front.happen(answer)
    await filed(front, "路灯又说一遍")
    await choose(front, "同一件事已答复")
    await press(front, f"{(await appeal_of(front)).number} 村小学东门的路灯坏了", TRIAGE, by=DISPATCHER)
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    told = found(front, "已经答复")
    assert "您11月23日(周一)反映过同一件事,城市管理局已经答复:灯换好了。" in told.text
    assert list(told.buttons) == ["有新情况", "知道了"]
    assert "没有权力" not in told.text


async def test_another_citizens_appeal_is_no_answer_to_this_one(front: Front):
    await filed(front)

    async def answer(session: AsyncSession) -> None:
        earlier = await find(session, 1)
        copied = {"number": "LX-20261122-0009", "citizen_id": earlier.citizen_id - 1, "answer": "别人的事"}
        given = {**{key: getattr(earlier, key) for key in ("kind", "urgency", "channel", "text")}, **copied}
        session.add(Appeal(**given, alias="ZZZZ", title="别人", status="closed", accepted_at=front.now))

    await front.happen(answer)
    await choose(front, "同一件事已答复")
    await write(front, "LX-20261122-0009", to="哪一件已经答复过")
    assert last(front, TRIAGE).text.startswith("没有找到")


async def test_too_little_said_asks_for_more_and_sends_nobody_away(front: Front):
    await filed(front, "坏了")
    await declined(front, "说得太少")
    told = found(front, "只凭这些")
    assert list(told.buttons) == ["补充", "知道了"]
    assert "没有权力" not in told.text


async def test_an_extreme_appeal_cannot_be_declined(front: Front):
    await filed(front, urgency="extreme")
    owed = await press(front, "不予受理", TRIAGE, by=DISPATCHER)
    assert toasts(owed)[0].startswith("急事不能不予受理")
    owed = await front.press(TRIAGE, 1, "t.dreason:1:advert", by=DISPATCHER)
    assert toasts(owed)[0].startswith("急事不能不予受理")
    assert (await appeal_of(front)).status == "pending_triage"


async def test_where_somebody_may_be_in_danger_nothing_is_declined_until_a_dispatcher_looked(front: Front):
    await filed(front)
    await choose(front, "推销广告")

    async def endanger(session: AsyncSession) -> None:
        appeal = await find(session, 1)
        case = DangerCase(person_id=appeal.citizen_id, appeal_id=1, alias="X", danger="gas", state="open")
        case.raised_at = front.now
        session.add(case)

    await front.happen(endanger)
    owed = await press(front, "发出", TRIAGE, by=DISPATCHER)
    assert toasts(owed)[0].startswith("急事不能不予受理")
    assert (await appeal_of(front)).status == "pending_triage"

    async def dismiss(session: AsyncSession) -> None:
        city, calendar = front.city, front.house.calendar(front.now)
        await alarming.dismiss(session, 1, person_id=1, now=front.now, city=city, calendar=calendar)

    await front.happen(dismiss)
    await press(front, "发出", TRIAGE, by=DISPATCHER)
    assert (await appeal_of(front)).status == "declined"


async def test_a_voice_is_listened_to_first(front: Front):
    await filed(front)

    async def as_voice(session: AsyncSession) -> None:
        (await find(session, 1)).transcript = "wanted"

    await front.happen(as_voice)
    owed = await front.press(TRIAGE, 1, "t.decline:1", by=DISPATCHER)
    assert toasts(owed) == ["语音还没有人听。请先「写下来」,再看受理不受理。"]


async def test_only_dispatchers_in_their_group_decline(front: Front):
    await filed(front)
    for chat, by in ((TRIAGE, 3003), (SUPERVISION, DISPATCHER), (CITIZEN, CITIZEN), (DISPATCHER, DISPATCHER)):
        for data in ("t.decline:1", "t.dreason:1:advert", "t.dpick:1:law.0", "t.dwrite:1:law", "t.dsend:1"):
            owed = await front.press(chat, 1, data, by=by)
            assert [each.method for each in owed] == ["answerCallbackQuery"]
    assert (await appeal_of(front)).status == "pending_triage"


async def test_a_preview_is_sent_by_who_made_it_and_an_old_one_by_nobody(front: Front):
    await filed(front)
    await choose(front, "推销广告")
    owed = await press(front, "发出", TRIAGE, by=COLLEAGUE)
    assert toasts(owed)[0].startswith("这一步过去了")
    await press(front, "先不发", TRIAGE, by=DISPATCHER)
    owed = await front.press(TRIAGE, 1, "t.dsend:1", by=DISPATCHER)
    assert toasts(owed)[0].startswith("这一步过去了")
    assert (await appeal_of(front)).status == "pending_triage"


async def test_what_a_colleague_sent_to_a_unit_meanwhile_is_not_declined(front: Front):
    await filed(front)
    await choose(front, "推销广告")
    await press(front, "派城市管理局", TRIAGE, by=COLLEAGUE)
    owed = await press(front, "发出", TRIAGE, by=DISPATCHER)
    assert toasts(owed) == ["这一步刚才已经办过了,现在是:待签收。"]
    assert "decline" not in await history_of(front)


async def test_a_forged_reason_or_choice_is_refused(front: Front):
    await filed(front)
    for data in ("t.dreason:1:mood", "t.dpick:1:law.7", "t.dpick:1:official.0", "t.dpick:1:answered.99"):
        owed = await front.press(TRIAGE, 1, data, by=DISPATCHER)
        assert toasts(owed) == ["没有这个选项。请看最新的卡片,重新点一下。"]


async def test_a_confidential_appeal_is_declined_in_private_and_the_group_reads_no_more_than_that(front: Front):
    text = "城管队长收了摊主的钱"
    card = await filed(front, text, confidential=True)
    await front.press(TRIAGE, card.id, "t.look:1", by=DISPATCHER)
    owed = await front.press(TRIAGE, card.id, "t.decline:1", by=DISPATCHER)
    assert [each.method for each in owed] == ["answerCallbackQuery"]
    for label in ("不予受理", "举报公职人员", "发出"):
        await press(front, label, DISPATCHER)
    assert (await appeal_of(front)).status == "declined"
    in_group = [each.text for each in front.calls if each.chat == TRIAGE]
    assert not any("收了" in each or "12388" in each or "举报公职" in each for each in in_group)
    assert "不予受理" in screen(front, TRIAGE)[card.id].text
    assert "12388" in found(front, "没有权力办").text


async def test_who_is_late_to_press_hears_that_it_is_declined(front: Front):
    card = await filed(front)
    await declined(front)
    front.now += timedelta(minutes=1)
    owed = await front.press(TRIAGE, card.id, card.buttons["派城市管理局"], by=COLLEAGUE)
    assert toasts(owed) == ["这一步刚才已经办过了,现在是:不予受理。"]
    async with front.database.reading() as session:
        assert await appeals.pending_triage(session) == []
