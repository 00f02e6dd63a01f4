"""Somebody in danger is told at once what to do, whatever was being asked, and the dispatchers have it before them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Role, employ
from bot.services.guessing import Guess, Likely, NoOpinionYet
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import people
from storage.tables import Appeal, AppealEvent, DangerCase, Draft, Person, Staff
from tests.support.desking import Front, Owed
from tests.support.screens import CITIZEN, COLLEAGUE, DISPATCHER, TRIAGE, found, last, press, rows, screen, toasts

GAS = "楼道里煤气味很大,我的电话13812345678"
SENTENCE = "先关阀门、开窗,别开灯、别点火,人到外面去。\n在外面打 119,或燃气抢修0000-8880777。\n安全了再告诉我。"


async def sure(_text: str) -> Guess:
    return Guess((Likely("gas", 0.97, ("煤气",)),), auto=True, kind="help")


async def asleep(_text: str) -> Guess:
    raise NoOpinionYet


@pytest.fixture
def database_kind() -> str:
    """One database is enough here: the services behind it are tried on both."""
    return "sqlite"


@pytest.fixture
async def front(database: Database, city: City, now: Any) -> Front:
    front = Front(database, city, now, guess=sure)
    await front.bind_cast(["gas", "power"])
    return front


async def agree(front: Front) -> None:
    await front.say(CITIZEN, "/start")
    await press(front, "同意,开始说")


async def file(front: Front, text: str = GAS) -> Appeal:
    """File as far as there is something to press."""
    if not await rows(front, Draft):
        await front.say(CITIZEN, text)
    for label in ("我安全了,接着说", "同意", "下一步", "跳过", "不留,在这里联系", "提交"):
        if label in last(front).buttons:
            await press(front, label)
    return (await rows(front, Appeal))[-1]


def group_of(front: Front) -> int:
    return next(each.chat for each in front.calls if each.chat < 0 and each.chat != TRIAGE)


async def test_the_sentence_comes_before_the_consent_and_its_buttons_lead_to_it(front: Front):
    owed = await front.say(CITIZEN, GAS)
    assert [each.text for each in owed if each.chat == CITIZEN] == [SENTENCE]
    assert list(last(front).buttons) == ["我安全了,接着说", "不是急事"]
    [draft] = await rows(front, Draft)
    assert (draft.text, draft.urgency, draft.alarm["danger"]) == (GAS, "extreme", "gas")
    await press(front, "我安全了,接着说")
    assert "您刚才说的,我先替您留着" in last(front).text
    assert found(front, "先关阀门").buttons == {}


async def test_the_dispatchers_see_it_before_it_is_filed_without_a_number_that_rings(front: Front):
    await front.say(CITIZEN, GAS)
    card = last(front, TRIAGE)
    [draft] = await rows(front, Draft)
    assert card.text.startswith(f"【请马上看】还没交上来\n群众 {draft.alias}:\n楼道里煤气味很大,我的电话138****5678\n")
    assert "系统认为可能有危险(煤气味),已经告诉他打119、0000-8880777。" in card.text
    assert list(card.buttons) == ["我来跟进", "不是急事"]
    assert "disable_notification" not in card.payload


async def test_no_classifier_is_asked_and_none_is_waited_for(database: Database, city: City, now: Any):
    front = Front(database, city, now, guess=asleep)
    await front.bind_cast(["gas"])
    await agree(front)
    await front.say(CITIZEN, "路灯坏了半个月没人修")
    await front.say(CITIZEN, GAS)
    assert last(front).text == SENTENCE


@pytest.mark.parametrize("step", ["", "下一步", "留手机号"])
async def test_in_the_middle_of_the_form_the_words_are_added_to_what_was_told(front: Front, step: str):
    await agree(front)
    await front.say(CITIZEN, "路灯坏了半个月没人修")
    if step:
        await press(front, "下一步")
    if step == "留手机号":
        await press(front, "跳过")
        await press(front, step)
    await front.say(CITIZEN, "着火了快来人")
    assert last(front).text.startswith("人先出来,不要拿东西")
    [draft] = await rows(front, Draft)
    assert draft.text == "路灯坏了半个月没人修\n着火了快来人"
    await press(front, "我安全了,接着说")
    assert "取消" in last(front).buttons


async def test_the_same_danger_is_told_once_a_draft_and_another_kind_again(front: Front):
    await agree(front)
    await front.say(CITIZEN, GAS)
    await front.say(CITIZEN, "煤气味更大了")
    assert "记下了" in last(front).text
    await front.say(CITIZEN, "着火了")
    assert last(front).text.startswith("人先出来")
    card = found(front, "【请马上看】", TRIAGE)
    assert "(煤气味、着火了),已经告诉他打119。" in card.text
    assert len(await rows(front, DangerCase)) == 1


async def test_an_edited_message_is_looked_at_too(front: Front):
    await agree(front)
    await front.say(CITIZEN, "楼道里有味道很大")
    said = {
        "message_id": 3,
        "date": 1,
        "edit_date": 2,
        "chat": {"id": CITIZEN, "type": "private"},
        "from": {"id": CITIZEN, "is_bot": False, "first_name": "甲"},
    }
    await front.feed(edited_message=said | {"text": "楼道里煤气味很大"})
    assert last(front).text == SENTENCE
    [draft] = await rows(front, Draft)
    assert "煤气味很大" in draft.text


async def test_a_caption_is_looked_at_too(front: Front):
    message = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": CITIZEN, "type": "private"},
        "from": {"id": CITIZEN, "is_bot": False, "first_name": "甲"},
        "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}],
        "caption": "着火了",
    }
    await front.feed(message=message)
    assert [each.text for each in screen(front).values()][-1].startswith("人先出来")


async def test_no_emergency_makes_the_draft_an_ordinary_one_and_goes_on(front: Front):
    await agree(front)
    await front.say(CITIZEN, GAS)
    await press(front, "不是急事")
    assert last(front).text.startswith("好,不按急事办。\n\n记下了。")
    [draft] = await rows(front, Draft)
    assert draft.urgency is None
    card = found(front, "【请马上看】", TRIAGE)
    assert "他自己说不是急事。" in card.text
    assert card.buttons == {}
    assert (await file(front)).urgency == "normal"


async def test_after_a_denial_the_same_words_are_no_alarm_and_others_are(front: Front):
    await agree(front)
    await front.say(CITIZEN, GAS)
    await press(front, "不是急事")
    await front.say(CITIZEN, "就是煤气味的收费")
    assert "记下了" in last(front).text
    await front.say(CITIZEN, "救命")
    assert last(front).text.startswith("先保平安")


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("我不想活了", ["留个电话,请打给我", "我现在安全"]),
        ("孩子走丢了", ["接着说", "不是急事"]),
        ("我妈晕倒了", ["接着说", "不是急事"]),
        ("他又打我了", ["我安全了,接着说", "不是急事"]),
    ],
)
async def test_each_danger_has_its_own_buttons(front: Front, said: str, labels: list[str]):
    await front.say(CITIZEN, said)
    assert list(last(front).buttons) == labels


async def test_a_typed_label_does_what_its_button_does(front: Front):
    await front.say(CITIZEN, GAS)
    await front.say(CITIZEN, "不是急事")
    [draft] = await rows(front, Draft)
    assert (draft.urgency, draft.text) == (None, GAS)
    assert "我先替您留着" in last(front).text


async def test_one_dispatcher_follows_it_up_and_the_second_is_told_who(front: Front):
    await front.say(CITIZEN, GAS)
    await press(front, "我来跟进", TRIAGE, by=DISPATCHER)
    card = last(front, TRIAGE)
    assert card.text.endswith("小叶在跟进。")
    assert list(card.buttons) == ["看联系方式", "不是急事"]
    again = await front.press(TRIAGE, card.id or 0, "t.dfollow:1", by=COLLEAGUE)
    assert toasts(again) == ["小叶已经在跟进了。"]


async def test_a_dispatchers_no_emergency_is_recorded_and_the_citizen_hears_nothing_of_it(front: Front):
    await front.say(CITIZEN, GAS)
    owed = await press(front, "不是急事", TRIAGE, by=DISPATCHER)
    assert [each for each in owed if each.chat == CITIZEN] == []
    assert last(front, TRIAGE).text.endswith("小叶看过,不是急事。")
    [draft] = await rows(front, Draft)
    assert draft.urgency is None
    [event] = [each for each in await rows(front, AppealEvent) if each.what == "danger_dismissed"]
    assert event.person_id != draft.person_id


async def test_only_a_dispatcher_presses_there(front: Front):
    await front.say(CITIZEN, GAS)
    owed = await press(front, "我来跟进", TRIAGE, by=CITIZEN)
    assert "只有经办的人能按这个按钮" in toasts(owed)[0]


async def test_what_they_say_in_the_next_hour_goes_under_the_card(front: Front):
    await front.say(CITIZEN, GAS)
    await front.say(CITIZEN, "我在三单元,电话13812345678")
    under = last(front, TRIAGE)
    assert under.text.endswith("接着说:\n我在三单元,电话138****5678")
    front.now += timedelta(minutes=61)
    await front.say(CITIZEN, "今天来人了吗")
    assert last(front, TRIAGE).id == under.id


async def test_the_number_left_is_shown_to_the_one_who_follows_in_private_and_logged(front: Front):
    await agree(front)
    await front.say(CITIZEN, "着火了")
    await press(front, "我来跟进", TRIAGE, by=DISPATCHER)
    assert "他没有留电话" in toasts(await press(front, "看联系方式", TRIAGE, by=DISPATCHER))[0]
    await press(front, "我安全了,接着说")
    await press(front, "就这些,下一步")
    await press(front, "跳过")
    await front.say(CITIZEN, "13912345678")
    assert toasts(await press(front, "看联系方式", TRIAGE, by=COLLEAGUE)) == ["请先点「我来跟进」,再看联系方式。"]
    await press(front, "看联系方式", TRIAGE, by=DISPATCHER)
    owed = await press(front, "打电话问平安", TRIAGE, by=DISPATCHER)
    [private] = [each.text for each in owed if each.chat == DISPATCHER]
    assert "的电话:13912345678\n用途:打电话问平安。" in private
    assert "13912345678" not in "".join(each.text for each in front.calls if each.chat < 0)
    assert [e.details["reason"] for e in await rows(front, AppealEvent) if e.what == "contact_seen"] == ["call"]


async def test_filed_it_is_extreme_and_the_card_of_the_dispatchers_learns_the_number(front: Front):
    await front.say(CITIZEN, GAS)
    [draft] = await rows(front, Draft)
    appeal = await file(front)
    assert (appeal.urgency, appeal.alias, appeal.alarm["danger"]) == ("extreme", draft.alias, "gas")
    assert found(front, "已按急事登记").text.startswith(f"已按急事登记:{appeal.number}。值班的人正在看。")
    assert list(found(front, "已按急事登记").buttons) == ["补充"]
    assert found(front, "【请马上看】", TRIAGE).text.startswith(f"【请马上看】{appeal.number}\n")
    card = found(front, "【急】", group_of(front))
    assert f"{appeal.number}\n求助·特急\n" in card.text
    assert "10:30前签收,11月23日(周一)11:00前联系群众,11月24日(周二)10:00前答复。夜里节假日照算。" in card.text


async def test_at_night_the_clock_runs_all_the_same(front: Front):
    front.now += timedelta(hours=16)
    appeal = await file(front)
    assert appeal.sign_due == front.now + timedelta(minutes=30)
    assert "已按急事登记" in last(front).text


async def test_an_unsure_emergency_has_ten_minutes_in_triage(database: Database, city: City, now: Any):
    async def unsure(_text: str) -> Guess:
        return Guess((Likely("gas", 0.4), Likely("power", 0.3)))

    front = Front(database, city, now, guess=unsure)
    await front.bind_cast(["gas"])
    appeal = await file(front)
    assert appeal.triage_due == now + timedelta(minutes=10)
    assert "·特急" in found(front, "【待派单】", TRIAGE).text


async def supplemented(front: Front, said: str = "现在煤气味很大,电话13812345678") -> tuple[Appeal, list[Owed]]:
    """File an ordinary appeal and add words of danger to it."""
    await agree(front)
    appeal = await file(front, "燃气表坏了两天没人来换")
    assert appeal.urgency == "normal"
    receipt = found(front, "交上去了。")
    owed = await front.say(CITIZEN, said, reply_to=receipt.id)
    return (await rows(front, Appeal))[-1], owed


async def test_danger_in_a_supplement_makes_the_appeal_extreme_and_everybody_hears(front: Front):
    appeal, owed = await supplemented(front)
    assert [each.text for each in owed if each.chat == CITIZEN and each.method == "sendMessage"] == [
        SENTENCE,
        f"已按急事登记:{appeal.number}。值班的人正在看。\n有危险还是请打 110、119、120,那边最快。",
    ]
    assert appeal.urgency == "extreme"
    assert appeal.sign_due == front.now + timedelta(minutes=30)
    unit = group_of(front)
    alert = found(front, "群众可能有危险", unit)
    assert alert.text.startswith(f"【急】{appeal.number} 群众可能有危险(煤气味),已改为特急。请马上联系。\n")
    assert found(front, "·特急", unit).text.startswith(f"【急】{appeal.number}")
    assert found(front, "【请马上看】", TRIAGE).text.startswith(f"【请马上看】{appeal.number}\n")
    assert "现在煤气味很大,电话138****5678" in found(front, "【请马上看】", TRIAGE).text
    assert found(front, "现在:已交给").text.endswith("最迟答复:11月24日(周二)10:00")


async def test_a_dispatcher_gives_a_filed_appeal_its_old_times_back(front: Front):
    appeal, _ = await supplemented(front)
    before = (await rows(front, DangerCase))[0].before
    await press(front, "不是急事", TRIAGE, by=DISPATCHER)
    after = (await rows(front, Appeal))[-1]
    assert after.urgency == "normal"
    assert after.answer_due.isoformat() == before["answer_due"] > appeal.answer_due.isoformat()
    assert found(front, "【新诉求】", group_of(front)).text.count("一般") == 1


async def test_the_citizens_denial_of_a_filed_emergency_is_shown_and_the_dispatchers_decide(front: Front):
    await supplemented(front)
    await press(front, "不是急事")
    assert last(front).text.startswith("好,记下了,值班的人会看到。")
    assert "他自己说不是急事。" in found(front, "【请马上看】", TRIAGE).text
    assert (await rows(front, Appeal))[-1].urgency == "extreme"


async def test_more_danger_without_a_quote_goes_to_the_emergency_that_was_filed(front: Front):
    appeal = await file(front)
    await front.say(CITIZEN, "着火了")
    assert "已按急事登记" in last(front).text
    assert await rows(front, Draft) == []
    assert found(front, "【请马上看】", TRIAGE).text.startswith(f"【请马上看】{appeal.number}")


async def test_danger_where_it_was_asked_which_appeal_is_meant_begins_a_draft(front: Front):
    await agree(front)
    await file(front, "燃气表坏了两天没人来换")
    await front.say(CITIZEN, "还有一件事")
    await front.say(CITIZEN, "楼下着火了")
    assert last(front).text.startswith("人先出来")
    [draft] = await rows(front, Draft)
    assert draft.text == "还有一件事\n楼下着火了"


async def test_without_a_group_of_dispatchers_the_administrators_read_it(database: Database, city: City, now: Any):
    front = Front(database, city, now, guess=sure)

    async def employ_one(session: AsyncSession) -> None:
        person = await people.meet(session, platform="telegram", bot=1, user_id=9001, username=None, now=now)
        await employ(session, person_id=person.id, role=Role.ADMIN, department="", name="管理员", now=now)

    await front.happen(employ_one)
    owed = await front.say(CITIZEN, GAS)
    [alert] = [each for each in owed if each.chat == 9001]
    assert "【请马上看】" in alert.text
    assert alert.buttons == {}


async def test_what_is_confidential_shows_no_words_in_the_group(front: Front):
    await agree(front)
    await front.say(CITIZEN, "我要举报一件事情")
    async with front.database.writing() as session:
        (await session.get_one(Draft, 1)).confidential = True
    await front.say(CITIZEN, "他又打我了,我住北王村")
    await front.say(CITIZEN, "他还在门口")
    shown = "".join(each.text for each in screen(front, TRIAGE).values())
    assert "系统认为可能有危险(被打)" in shown
    assert "北王村" not in shown
    assert "还在门口" not in shown


async def test_at_the_summary_nobody_waits_for_a_classifier_that_is_starting(front: Front):
    await agree(front)
    await front.say(CITIZEN, "燃气表坏了两天没人来换")
    for label in ("下一步", "跳过", "不留,在这里联系"):
        await press(front, label)
    waking = Front(front.database, front.city, front.now, guess=asleep, ids=front.ids)
    owed = await waking.say(CITIZEN, "现在煤气味很大")
    assert owed[0].text == SENTENCE
    [draft] = await rows(front, Draft)
    assert draft.text == "燃气表坏了两天没人来换\n现在煤气味很大"
    await front.say(CITIZEN, "煤气味更大了")
    assert "煤气味更大了" in last(front).text


async def test_words_that_are_too_many_for_the_draft_are_danger_all_the_same(front: Front):
    await agree(front)
    await front.say(CITIZEN, "路" * 19_990)
    await front.say(CITIZEN, "着火了,快来人,就在我家门口")
    assert last(front).text.startswith("人先出来")
    [draft] = await rows(front, Draft)
    assert draft.urgency == "extreme"


async def test_danger_about_a_confidential_appeal_is_its_handlers_and_no_group_reads_the_words(front: Front):
    await agree(front)
    appeal = await file(front, "燃气表坏了两天没人来换")
    group, receipt = group_of(front), found(front, "交上去了。")
    async with front.database.writing() as session:
        (await session.get_one(Appeal, appeal.id)).confidential = True
        unit = Staff.department == "gas"
        staff, person = (await session.execute(select(Staff, Person).join(Person).where(unit).limit(1))).one()
        staff.confidential, handler = True, person.user_id
    heard = len(front.calls)
    await front.say(CITIZEN, "现在煤气味很大,我在北王村", reply_to=receipt.id)
    told = front.calls[heard:]
    assert any("群众可能有危险(煤气)" in each.text for each in told if each.chat == handler)
    assert any(
        "【请马上看】" in each.text and "(保密,内容不在群里显示)" in each.text for each in told if each.chat == TRIAGE
    )
    assert "北王村" not in "".join(each.text for each in told if each.chat in {TRIAGE, group})
