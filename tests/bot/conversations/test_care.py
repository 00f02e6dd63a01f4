"""A draft that was not handed in: asked after twice, shown to the dispatchers, each once; and what they do with it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.services.guessing import Guess, Likely
from storage.domain.city import City
from storage.engine import Database
from storage.tables import Appeal, AppealEvent, Draft
from tests.support.desking import Front, Owed
from tests.support.screens import CITIZEN, DISPATCHER, TRIAGE, found, last, press, rows, screen, toasts

LAMP = "村小学东门的路灯坏了半个月,电话13812345678"
SOON = "您刚才说的还没交上去。\n点「提交」就行,少写点也不要紧。"


async def sure(_text: str) -> Guess:
    return Guess((Likely("urban_management", 0.97, ("路灯",)),), auto=True, kind="help")


@pytest.fixture
def database_kind() -> str:
    """One database is enough here: the services behind it are tried on both."""
    return "sqlite"


@pytest.fixture
async def front(database: Database, city: City, now: Any) -> Front:
    """Somebody told of a lamp on a Monday at ten, and stopped at the question for the place."""
    front = Front(database, city, now, guess=sure)
    await front.bind_cast(["urban_management"])
    await front.say(CITIZEN, "/start")
    await press(front, "同意,开始说")
    await front.say(CITIZEN, LAMP)
    await press(front, "下一步")
    return front


async def later(front: Front, **by: float) -> list[Owed]:
    front.now += timedelta(**by)
    return await front.tend()


async def shown(front: Front) -> Owed:
    """Let it come before the dispatchers: ten minutes, the next morning at 8:30, half an office day."""
    await later(front, minutes=11)
    await later(front, hours=22, minutes=20)
    await later(front, hours=5, minutes=31)
    return last(front, TRIAGE)


async def test_ten_minutes_after_the_last_word_the_citizen_is_asked_once(front: Front):
    assert await later(front, minutes=9) == []
    [asked] = await later(front, minutes=1)
    assert (asked.chat, asked.text) == (CITIZEN, SOON)
    assert list(asked.buttons) == ["提交", "接着说", "不办了"]
    assert await later(front, minutes=30) == []


async def test_a_new_word_starts_the_ten_minutes_anew(front: Front):
    front.now += timedelta(minutes=9)
    await front.say(CITIZEN, "桃园镇北王村")
    assert await later(front, minutes=9) == []
    assert len(await later(front, minutes=1)) == 1


async def test_words_after_the_first_reminder_bring_no_second_one_that_day(front: Front):
    await later(front, minutes=10)
    await front.say(CITIZEN, "桃园镇北王村")
    assert await later(front, hours=2) == []


async def test_who_told_it_late_is_asked_in_the_morning(front: Front):
    front.now += timedelta(hours=11, minutes=55)
    await front.say(CITIZEN, "在东门对面")
    assert await later(front, hours=1) == []
    assert [each.text for each in await later(front, hours=8, minutes=5)] == [SOON]


async def test_the_next_morning_it_is_asked_with_its_title(front: Front):
    await later(front, minutes=10)
    assert await later(front, hours=22, minutes=19) == []
    [asked] = await later(front, minutes=1)
    assert asked.text == "您昨天说的「村小学东门的路灯坏了半个月,电话138…」还没交上去,我给您留着。"
    assert list(asked.buttons) == ["现在提交", "接着说", "不办了"]


async def test_half_an_office_day_later_the_dispatchers_see_it_without_a_number_that_rings(front: Front):
    card = await shown(front)
    [draft] = await rows(front, Draft)
    assert (
        card.text == f"【没交完】群众 {draft.alias}昨天说了这些,没有提交:\n村小学东门的路灯坏了半个月,电话138****5678"
    )
    assert list(card.buttons) == ["替他交上", "请打电话问", "不用管"]
    assert await later(front, days=9) == []


async def test_each_step_is_taken_once_by_whatever_process_looks(front: Front):
    again = Front(front.database, front.city, front.now)
    for hours in (0.2, 22.5, 6):
        front.now = again.now = front.now + timedelta(hours=hours)
        assert len(await front.tend()) == 1
        assert await again.tend() == []


async def test_nobody_who_agreed_to_nothing_and_nothing_unsaid_is_asked_after(front: Front):
    await front.say(1002, "路灯坏了没人修")
    await front.say(1003, "/start")
    await front.press(1003, last(front, 1003).id or 0, last(front, 1003).buttons["同意,开始说"])
    await front.press(1003, last(front, 1003).id or 0, last(front, 1003).buttons["提诉求"])
    owed = await later(front, hours=3)
    assert {each.chat for each in owed} == {CITIZEN}


async def test_submit_on_the_reminder_files_what_there_is_from_any_step(front: Front):
    await later(front, minutes=10)
    await press(front, "提交")
    [appeal] = await rows(front, Appeal)
    assert (appeal.department, appeal.place, appeal.phone) == ("urban_management", None, None)
    assert "交上去了。" in last(front).text


async def test_a_typed_label_does_what_the_reminders_button_does(front: Front):
    await later(front, minutes=10)
    await front.say(CITIZEN, "提交")
    assert len(await rows(front, Appeal)) == 1


async def test_going_on_shows_what_was_being_asked(front: Front):
    await later(front, minutes=10)
    await press(front, "接着说")
    assert "这件事在什么地方" in last(front).text


async def test_leaving_it_drops_it(front: Front):
    await later(front, minutes=10)
    await press(front, "不办了")
    assert await rows(front, Draft) == []
    assert "这次就不办了" in last(front).text


async def test_an_old_reminder_of_what_was_filed_shows_the_appeal(front: Front):
    await later(front, minutes=10)
    old = found(front, "您刚才说的还没交上去")
    await press(front, "提交")
    owed = await front.press(CITIZEN, old.id or 0, old.buttons["提交"])
    assert toasts(owed) == ["这一件刚才已经交上去了。"]
    assert len(await rows(front, Appeal)) == 1


async def test_a_dispatcher_files_it_and_the_citizen_gets_the_usual_receipt(front: Front):
    await shown(front)
    owed = await press(front, "替他交上", TRIAGE, by=DISPATCHER)
    [appeal] = await rows(front, Appeal)
    assert any(f"编号:{appeal.number}" in each.text for each in owed if each.chat == CITIZEN)
    assert last(front, TRIAGE).text == f"【没交完】群众 {appeal.alias}\n小叶替他交上了:{appeal.number}"
    [event] = [each for each in await rows(front, AppealEvent) if each.what == "submit_sure"]
    assert (event.actor, event.person_id != appeal.citizen_id) == ("dispatcher", True)
    await front.say(CITIZEN, "还有一件别的事")
    assert "补充下面这件" in last(front).text


async def test_filed_by_the_citizen_after_all_the_card_says_so(front: Front):
    await shown(front)
    await press(front, "现在提交")
    [appeal] = await rows(front, Appeal)
    card = last(front, TRIAGE)
    assert card.text.endswith(f"他自己交上了:{appeal.number}")
    assert card.buttons == {}
    owed = await front.press(TRIAGE, card.id or 0, "t.finish:1", by=DISPATCHER)
    assert toasts(owed) == ["这一件已经不用管了:他自己交上了,或者不办了。"]


async def test_the_number_is_given_in_private_and_logged(front: Front):
    await press(front, "跳过")
    await front.say(CITIZEN, "13912345678")
    await shown(front)
    owed = await press(front, "请打电话问", TRIAGE, by=DISPATCHER)
    [private] = [each.text for each in owed if each.chat == DISPATCHER]
    assert "的电话:13912345678\n用途:问没交完的事。" in private
    assert not any("13912345678" in each.text for each in screen(front, TRIAGE).values())
    [seen] = [each for each in await rows(front, AppealEvent) if each.what == "contact_seen"]
    assert seen.details == {"reason": "unfinished", "draft": 1}


async def test_without_a_number_the_citizen_is_asked_for_one_once(front: Front):
    await shown(front)
    owed = await press(front, "请打电话问", TRIAGE, by=DISPATCHER)
    assert "工作人员想打电话问问您" in last(front).text
    assert list(last(front).buttons) == ["请打电话给我", "提交"]
    assert "我已经问他要不要留一个" in toasts(owed)[0]
    again = await press(front, "请打电话问", TRIAGE, by=DISPATCHER)
    assert toasts(again) == ["他没有留电话,已经问过他了,还没有回。"]


async def test_never_mind_drops_it_and_says_gently_that_nothing_was_filed(front: Front):
    await shown(front)
    await press(front, "不用管", TRIAGE, by=DISPATCHER)
    assert await rows(front, Draft) == []
    assert "没有交上去,没有登记" in last(front).text
    assert "再说一遍" in last(front).text
    assert last(front, TRIAGE).text.endswith("不用管了(小叶)")


async def test_only_a_dispatcher_decides(front: Front):
    await shown(front)
    owed = await press(front, "替他交上", TRIAGE, by=CITIZEN)
    assert await rows(front, Appeal) == []
    assert "只有经办的人" in toasts(owed)[0]


async def test_no_draft_is_filed_that_was_not_shown(front: Front):
    owed = await front.press(TRIAGE, 1, "t.finish:1", by=DISPATCHER)
    assert await rows(front, Appeal) == []
    assert "不用管了" in toasts(owed)[0]


async def test_what_is_confidential_shows_no_words(front: Front):
    async with front.database.writing() as session:
        (await session.get_one(Draft, 1)).confidential = True
    card = await shown(front)
    assert "路灯" not in card.text
    assert "要保密的事" in card.text
    assert "路灯" not in "".join(each.text for each in front.calls if each.chat == TRIAGE)
