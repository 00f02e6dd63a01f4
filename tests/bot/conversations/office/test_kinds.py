"""Staff set the kind right under 更多: the citizen reads the new date, a longer one waits for a supervisor."""

from datetime import datetime

import pytest

from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from tests.support.declining import SUPERVISION, SUPERVISOR, appeal_of
from tests.support.desking import Front
from tests.support.handling import GROUP, at_the_unit
from tests.support.screens import CITIZEN, found, last, press, screen, toasts

LI, NUMBER = 3003, "LX-20261123-0001"


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        scene.appeal.kind = "complaint"
        scene.appeal.answer_due = front.house.calendar(now).add_workdays(now, 10)
        scene.appeal.claimant_id, scene.appeal.claimed_at = scene.li.id, now
    await front.bind_cast(["power"])
    return front


async def chosen(front: Front, label: str) -> None:
    await front.press(GROUP, 1, "o.more:1", by=LI)
    await press(front, "改类别", GROUP, by=LI)
    await press(front, label, GROUP, by=LI)


async def test_a_shorter_kind_is_set_at_once_and_the_citizen_reads_the_new_date(front: Front):
    await chosen(front, "求助")
    assert (await appeal_of(front)).kind == "help"
    assert found(front, "改为求助", GROUP).buttons == {}
    told = found(front, "提前到")
    assert told.text == f"您的{NUMBER}改按求助办,最迟答复提前到11月30日(周一),原来说12月7日(周一)。"
    assert list(told.buttons) == ["看进度"]


async def test_where_the_date_stays_the_citizen_hears_nothing(front: Front):
    await chosen(front, "建议")
    assert (await appeal_of(front)).kind == "suggestion"
    assert [each for each in screen(front).values() if "改按" in each.text] == []


async def test_a_longer_kind_needs_a_reason_and_a_supervisor_and_the_citizen_reads_both(front: Front):
    await chosen(front, "举报(要监督员同意)")
    assert (await appeal_of(front)).kind == "complaint"
    await front.say(GROUP, "要查三年的账", by=LI, reply_to=found(front, "为什么要改", GROUP).id)
    assert last(front, GROUP).text == f"{NUMBER} 改为举报,已经交给监督员。没批之前,期限不变。"
    asked = last(front, SUPERVISION)
    assert asked.text == (
        f"【申请改类别】{NUMBER} 城市管理局\n投诉 → 举报\n原因:要查三年的账\n"
        "12月7日(周一) → 12月14日(周一)\n不批就按原期限算。"
    )
    assert [each for each in screen(front).values() if "改按" in each.text] == []
    await press(front, "同意", SUPERVISION, by=SUPERVISOR)
    assert (await appeal_of(front)).kind == "report"
    told = found(front, "监督员同意了")
    assert told.text == (
        f"您的{NUMBER}改按举报办,监督员同意了。\n原因:要查三年的账\n原来说12月7日(周一),现在最迟12月14日(周一)。"
    )
    assert list(told.buttons) == ["看进度", "我不同意,找监督员"]


async def test_what_a_supervisor_refuses_stays_and_the_citizen_hears_nothing(front: Front):
    await chosen(front, "举报(要监督员同意)")
    await front.say(GROUP, "要查账", by=LI, reply_to=found(front, "为什么要改", GROUP).id)
    await press(front, "不同意", SUPERVISION, by=SUPERVISOR)
    assert (await appeal_of(front)).kind == "complaint"
    assert found(front, "没有同意", GROUP)
    assert [each for each in screen(front).values() if "改按" in each.text] == []


async def test_praise_is_not_offered_and_not_taken(front: Front):
    await front.press(GROUP, 1, "o.more:1", by=LI)
    await press(front, "改类别", GROUP, by=LI)
    assert "表扬" not in found(front, "改成哪一类", GROUP).buttons
    owed = await front.press(GROUP, 1, "o.kindto:1:praise", by=LI)
    assert toasts(owed) == ["已经派给单位的,不能改成表扬。"]


async def test_only_the_unit_s_own_staff_set_it_right(front: Front):
    for chat, by in ((GROUP, 8001), (CITIZEN, CITIZEN), (SUPERVISION, SUPERVISOR)):
        owed = await front.press(chat, 1, "o.kindto:1:help", by=by)
        assert [each.method for each in owed] == ["answerCallbackQuery"]
    assert (await appeal_of(front)).kind == "complaint"
