"""请打电话给我: at each dead end, asked for once, before whoever has the matter, called or taken back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.services.guessing import Guess, Likely
from storage.domain.city import City
from storage.engine import Database
from storage.tables import Appeal, AppealEvent, CallbackRequest, Draft, Person, Staff
from tests.support.desking import Front, Owed
from tests.support.screens import CITIZEN, DISPATCHER, TRIAGE, found, last, press, rows, screen, toasts

LAMP = "村小学东门的路灯坏了半个月"
PHONE = "13912345678"
PROMISE = (
    "好。会有人打给您,上班时间两小时内,下班后的下个工作日上午。\n"
    "打来的号码是0000-8880100,问您要验证码、要转账的,都不是我们。"
)


async def sure(_text: str) -> Guess:
    return Guess((Likely("urban_management", 0.97, ("路灯",)),), auto=True, kind="help")


@pytest.fixture
def database_kind() -> str:
    """One database is enough here: the services behind it are tried on both."""
    return "sqlite"


@pytest.fixture
async def front(database: Database, city: City, now: Any) -> Front:
    front = Front(database, city, now, guess=sure)
    await front.bind_cast(["urban_management"])
    await front.say(CITIZEN, "/start")
    await press(front, "同意,开始说")
    return front


async def wanted(front: Front) -> Owed:
    """Ask for a call from the menu and leave a number; return the dispatchers' card."""
    await press(front, "请打电话给我")
    await front.say(CITIZEN, PHONE)
    return last(front, TRIAGE)


async def file(front: Front) -> Appeal:
    await front.say(CITIZEN, LAMP)
    for label in ("下一步", "跳过", "不留,在这里联系", "提交"):
        await press(front, label)
    return (await rows(front, Appeal))[-1]


async def test_from_the_menu_a_number_is_asked_for_and_a_call_promised(front: Front):
    await press(front, "请打电话给我")
    assert last(front).text.startswith("打哪个号码找您?")
    await front.say(CITIZEN, f"打{PHONE}")
    assert last(front).text == PROMISE
    assert list(last(front).buttons) == ["换个时间", "不用打了"]
    card = last(front, TRIAGE)
    [wish] = await rows(front, CallbackRequest)
    assert card.text == f"【请打电话】\n群众 {wish.alias}想让人打电话给他:139****5678"
    assert list(card.buttons) == ["看联系方式", "打过了", "打不通"]
    assert (wish.phone, wish.state) == (PHONE, "open")


async def test_asked_for_twice_there_is_one_call(front: Front):
    await wanted(front)
    await front.say(CITIZEN, "请打电话给我")
    assert last(front).text == PROMISE
    assert len(await rows(front, CallbackRequest)) == 1
    assert len(screen(front, TRIAGE)) == 1


@pytest.mark.parametrize("dead_end", ["/nonsense", "dice"])
async def test_what_is_not_understood_or_not_taken_offers_a_call(front: Front, dead_end: str):
    if dead_end == "dice":
        message = {
            "message_id": 900,
            "date": 1,
            "chat": {"id": CITIZEN, "type": "private"},
            "from": {"id": CITIZEN, "is_bot": False, "first_name": "甲"},
            "dice": {"emoji": "🎲", "value": 3},
        }
        await front.say(CITIZEN, LAMP)
        await front.feed(message=message)
    else:
        await front.say(CITIZEN, dead_end)
    assert "请打电话给我" in last(front).buttons


async def test_no_unit_found_offers_a_call(front: Front):
    await front.say(CITIZEN, LAMP)
    for label in ("下一步", "跳过", "不留,在这里联系", "改单位"):
        await press(front, label)
    assert "请打电话给我" not in last(front).buttons
    await front.say(CITIZEN, "没有这个单位的")
    assert "没找到叫这个名字的单位" in last(front).text
    assert "请打电话给我" in last(front).buttons


async def test_at_the_contact_step_the_number_stays_with_the_form_which_goes_on(front: Front):
    await front.say(CITIZEN, f"{LAMP},我的电话13812345678")
    await press(front, "下一步")
    await press(front, "跳过")
    await press(front, "请打电话给我")
    await front.say(CITIZEN, PHONE)
    assert found(front, "会有人打给您").text == PROMISE
    assert "联系:139****5678" in last(front).text
    card = last(front, TRIAGE)
    [draft] = await rows(front, Draft)
    assert draft.alias in card.text
    assert f"他说了这些:\n{LAMP},我的电话138****5678" in card.text
    await press(front, "提交")
    assert (await rows(front, Appeal))[-1].alias == draft.alias


async def test_words_instead_of_a_number_are_taken_for_what_they_are(front: Front):
    await press(front, "请打电话给我")
    await front.say(CITIZEN, "算了,路灯坏了半个月没人修")
    assert "记下了" in last(front).text
    [draft] = await rows(front, Draft)
    assert draft.text == "算了,路灯坏了半个月没人修"


async def test_digits_that_are_no_number_are_asked_about_again(front: Front):
    await press(front, "请打电话给我")
    await front.say(CITIZEN, "1391234")
    assert "没看出电话号码" in last(front).text
    await front.say(CITIZEN, PHONE)
    assert last(front).text == PROMISE


@pytest.mark.parametrize(("whose", "taken"), [(CITIZEN, True), (1002, False)])
async def test_only_ones_own_card_is_taken(front: Front, whose: int, *, taken: bool):
    await press(front, "请打电话给我")
    message = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": CITIZEN, "type": "private"},
        "from": {"id": CITIZEN, "is_bot": False, "first_name": "甲"},
        "contact": {"phone_number": f"+86{PHONE}", "first_name": "甲", "user_id": whose},
    }
    await front.feed(message=message)
    assert (last(front).text == PROMISE) is taken
    assert bool(await rows(front, CallbackRequest)) is taken


async def test_another_time_is_a_sentence_and_stands_on_the_card(front: Front):
    await wanted(front)
    await press(front, "换个时间")
    await front.say(CITIZEN, "下午三点以后,打13812345678")
    assert last(front).text.startswith("好。会有人打给您,下午三点以后,打13812345678。")
    assert "什么时候打:下午三点以后,打138****5678" in last(front, TRIAGE).text
    assert len(screen(front, TRIAGE)) == 1


async def test_taken_back_the_card_says_so(front: Front):
    await wanted(front)
    await press(front, "不用打了")
    assert found(front, "好,不打了").text == "好,不打了。有事直接说就行。"
    card = last(front, TRIAGE)
    assert card.text.endswith("他说不用打了。")
    assert card.buttons == {}
    owed = await front.press(TRIAGE, card.id or 0, "o.callphone:1", by=DISPATCHER)
    assert toasts(owed) == ["这个电话已经有人打过了,或者他不要了。"]


async def test_the_number_is_shown_in_private_and_logged_and_the_call_settled_once(front: Front):
    await wanted(front)
    owed = await press(front, "看联系方式", TRIAGE, by=DISPATCHER)
    [private] = [each.text for each in owed if each.chat == DISPATCHER]
    assert f"的电话:{PHONE}\n用途:回电话。" in private
    [seen] = [each for each in await rows(front, AppealEvent) if each.what == "contact_seen"]
    assert (seen.details, seen.actor) == ({"reason": "callback", "call": 1}, "dispatcher")
    await press(front, "打过了", TRIAGE, by=DISPATCHER)
    card = last(front, TRIAGE)
    assert card.text.endswith("小叶打过了。")
    again = await front.press(TRIAGE, card.id or 0, "o.nocall:1", by=DISPATCHER)
    assert toasts(again) == ["这个电话已经有人打过了,或者他不要了。"]
    assert not any(PHONE in each.text for each in front.calls if each.chat < 0)


async def test_nobody_answered_and_the_citizen_may_ask_again(front: Front):
    await wanted(front)
    await press(front, "打不通", TRIAGE, by=DISPATCHER)
    assert last(front).text.startswith("刚才打您的电话,没有打通。")
    await press(front, "请打电话给我")
    assert last(front).text == PROMISE
    assert len(screen(front, TRIAGE)) == 2


async def test_about_an_appeal_its_unit_is_to_call(front: Front):
    appeal = await file(front)
    await front.say(CITIZEN, "请打电话给我")
    await front.say(CITIZEN, PHONE)
    group = next(each.chat for each in front.calls if each.chat < 0 and each.chat != TRIAGE)
    card = last(front, group)
    assert card.text.startswith(f"【请打电话】{appeal.number} {LAMP}\n群众 {appeal.alias}想让人打电话给他:139****5678")
    assert screen(front, TRIAGE) == {}
    staff = 3003
    stranger = await front.press(group, card.id or 0, card.buttons["看联系方式"], by=DISPATCHER)
    assert "只有城市管理局的工作人员" in toasts(stranger)[0]
    owed = await press(front, "看联系方式", group, by=staff)
    assert any(PHONE in each.text for each in owed if each.chat == staff)


async def test_before_the_consent_a_call_is_asked_for_only_in_danger(front: Front):
    await front.say(1002, "/nonsense")
    await front.say(1002, "请打电话给我")
    assert "同意" in "".join(last(front, 1002).buttons)
    await front.say(1002, "我不想活了")
    await press(front, "留个电话,请打给我", 1002)
    await front.say(1002, PHONE)
    assert last(front, 1002).text == PROMISE
    assert "139****5678" in found(front, "【请打电话】", TRIAGE).text
    await press(front, "我来跟进", TRIAGE, by=DISPATCHER)
    holder = found(front, "【请马上看】", TRIAGE)
    await front.press(TRIAGE, holder.id or 0, holder.buttons["看联系方式"], by=DISPATCHER)
    owed = await press(front, "打电话问平安", TRIAGE, by=DISPATCHER)
    assert any(PHONE in each.text for each in owed if each.chat == DISPATCHER)


async def test_after_an_hour_nobody_listens_for_a_number_any_more(front: Front):
    await press(front, "请打电话给我")
    front.now += timedelta(minutes=61)
    await front.say(CITIZEN, PHONE)
    assert await rows(front, CallbackRequest) == []


async def test_about_a_confidential_appeal_its_handler_is_to_call_in_private(front: Front):
    appeal = await file(front)
    async with front.database.writing() as session:
        (await session.get_one(Appeal, appeal.id)).confidential = True
        [staff] = (await session.execute(select(Staff).join(Person).where(Person.user_id == 3003))).scalars()
        staff.confidential = True
    heard = len(front.calls)
    await front.say(CITIZEN, "请打电话给我")
    await front.say(CITIZEN, PHONE)
    assert {each.chat for each in front.calls[heard:] if "【请打电话】" in each.text} == {3003}
    card = last(front, 3003)
    assert card.text.startswith(f"【请打电话】{appeal.number}\n")
    assert LAMP not in card.text
    owed = await press(front, "看联系方式", 3003)
    assert any(PHONE in each.text for each in owed if each.chat == 3003)


async def test_nobody_unnamed_sees_a_number(front: Front):
    card = await wanted(front)
    [verb] = [data for label, data in card.buttons.items() if label == "看联系方式"]
    anonymous = {"id": TRIAGE, "type": "supergroup", "title": "派单群"}
    message = {"message_id": card.id, "date": 1, "chat": anonymous, "text": "…", "sender_chat": anonymous}
    group = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    owed = await front.feed(
        callback_query={"id": "9", "from": group, "chat_instance": "1", "message": message, "data": verb}
    )
    assert not any(PHONE in each.text for each in owed)
