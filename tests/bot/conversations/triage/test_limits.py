"""Dispatchers set kind and urgency right on the card; what stands too long there they are reminded of once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import PostBox
from bot.jobs.watching import TRIAGE as WATCH
from bot.jobs.watching import Watching
from bot.notices import say_what_happened
from bot.services.moving import Actor, find
from bot.services.naming import name_lead
from storage.domain.city import City
from storage.domain.statuses import Event
from storage.engine import Database
from storage.repositories import events
from storage.tables import Approval, OutboxMessage
from tests.support.declining import SUPERVISION, SUPERVISOR, appeal_of, filed, history_of, write
from tests.support.desking import Front
from tests.support.screens import CITIZEN, DISPATCHER, TRIAGE, found, last, press, rows, screen, toasts


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(["urban_management", "power"])
    return front


async def test_one_press_sets_the_kind_right_and_the_card_reads_it(front: Front):
    card = await filed(front)
    await press(front, "改类别", TRIAGE, by=DISPATCHER)
    offered = screen(front, TRIAGE)[card.id]
    assert list(offered.buttons) == ["咨询", "投诉", "举报", "建议", "表扬", "返回"]
    await press(front, "投诉", TRIAGE, by=DISPATCHER)
    shown = screen(front, TRIAGE)[card.id]
    assert "投诉·一般" in shown.text
    assert shown.buttons == card.buttons
    assert (await appeal_of(front)).kind == "complaint"
    assert not [each for each in screen(front).values() if "投诉" in each.text]


async def test_the_list_can_be_left_as_it_was(front: Front):
    card = await filed(front)
    await press(front, "改急缓", TRIAGE, by=DISPATCHER)
    await press(front, "返回", TRIAGE, by=DISPATCHER)
    assert screen(front, TRIAGE)[card.id].buttons == card.buttons


async def test_an_emergency_is_made_one_at_once_and_unmade_only_with_a_supervisor(front: Front):
    card = await filed(front)
    await press(front, "改急缓", TRIAGE, by=DISPATCHER)
    await press(front, "特急", TRIAGE, by=DISPATCHER)
    appeal = await appeal_of(front)
    assert (appeal.urgency, appeal.triage_due) == ("extreme", front.now + timedelta(minutes=10))
    await press(front, "改急缓", TRIAGE, by=DISPATCHER)
    await press(front, "一般(要监督员同意)", TRIAGE, by=DISPATCHER)
    assert (await appeal_of(front)).urgency == "extreme"
    assert "改类别" in screen(front, TRIAGE)[card.id].buttons
    await write(front, "不急,打13812345678问过", to="要监督员同意。为什么要改")
    asked = last(front, SUPERVISION)
    assert "【申请改急缓】" in asked.text
    assert "特急 → 一般\n原因:不急,打138****5678问过" in asked.text
    await press(front, "同意", SUPERVISION, by=SUPERVISOR)
    assert (await appeal_of(front)).urgency == "normal"
    assert "求助·一般" in screen(front, TRIAGE)[card.id].text


async def test_the_dispatchers_read_that_the_supervisors_did_not_agree(front: Front):
    await filed(front, urgency="extreme")
    await press(front, "改急缓", TRIAGE, by=DISPATCHER)
    await press(front, "一般(要监督员同意)", TRIAGE, by=DISPATCHER)
    await write(front, "不急", to="要监督员同意。为什么要改")
    await press(front, "不同意", SUPERVISION, by=SUPERVISOR)
    assert last(front, TRIAGE).text == f"{(await appeal_of(front)).number} 改为一般,监督员没有同意,还照原来的办。"
    assert (await appeal_of(front)).urgency == "extreme"


async def test_only_dispatchers_in_their_group_set_it_right_and_nothing_forged_is_taken(front: Front):
    await filed(front)
    for chat, by in ((TRIAGE, 3003), (SUPERVISION, DISPATCHER), (CITIZEN, CITIZEN)):
        for data in ("t.kind:1", "t.kindto:1:report", "t.level:1", "t.levelto:1:extreme"):
            owed = await front.press(chat, 1, data, by=by)
            assert [each.method for each in owed] == ["answerCallbackQuery"]
    owed = await front.press(TRIAGE, 1, "t.kindto:1:extreme", by=DISPATCHER)
    assert toasts(owed) == ["没有这个选项。请看最新的卡片,重新点一下。"]
    assert (await history_of(front)) == ["submit_unsure"]


async def test_a_card_that_was_sent_on_is_set_right_no_more(front: Front):
    card = await filed(front)
    await press(front, "派城市管理局", TRIAGE, by=DISPATCHER)
    assert toasts(await front.press(TRIAGE, card.id, "t.kindto:1:report", by=DISPATCHER))
    assert (await appeal_of(front)).kind == "help"
    assert await rows(front, Approval) == []


async def watched(front: Front) -> int:
    async def tell(session: AsyncSession, at: datetime) -> None:
        for say in await say_what_happened(session, front.house, now=at):
            await PostBox("telegram", 1).put(session, say, now=at)

    job = Watching(
        WATCH,
        database=front.database,
        house=front.house,
        now=lambda: front.now,
        tell=tell,
        on_queued=lambda: None,
    )
    return await job.once()


async def reminders(front: Front) -> list[OutboxMessage]:
    return [each for each in await rows(front, OutboxMessage) if "还没派出" in str(each.payload.get("text"))]


async def test_the_dispatchers_are_reminded_once_under_the_card(front: Front):
    await filed(front)
    due = (await appeal_of(front)).triage_due
    front.now = due - timedelta(seconds=1)
    assert await watched(front) == 0
    front.now = due
    assert await watched(front) == 1
    front.now += timedelta(hours=1)
    assert await watched(front) == 0
    [only] = await reminders(front)
    number = (await appeal_of(front)).number
    assert only.payload["text"] == f"{number} 还没派出,过了今天 15:30。请马上派;拿不准的,先派最像的单位。"
    assert (only.chat_id, only.reply_to is not None) == (TRIAGE, True)


async def test_what_was_dispatched_in_time_reminds_nobody(front: Front):
    await filed(front)
    await press(front, "派城市管理局", TRIAGE, by=DISPATCHER)
    front.now += timedelta(days=1)
    assert await watched(front) == 0
    assert await reminders(front) == []


async def test_an_emergency_is_left_to_the_watch_of_emergencies(front: Front):
    await filed(front, urgency="extreme")
    front.now += timedelta(minutes=11)
    assert await watched(front) == 0


async def test_the_reminder_of_a_confidential_appeal_says_only_its_number(front: Front):
    await filed(front, "某队长收钱", confidential=True)
    front.now = (await appeal_of(front)).triage_due
    assert await watched(front) == 1
    [only] = await reminders(front)
    assert "收钱" not in only.payload["text"]


async def test_the_card_cites_the_list_and_the_newest_ruling_about_the_matter(front: Front):
    await filed(front)
    await press(front, "派城市管理局", TRIAGE, by=DISPATCHER)
    city, calendar = front.city, front.house.calendar(front.now)

    async def rule(session: AsyncSession) -> None:
        appeal = await find(session, 1)
        asked = {"department": appeal.department, "suggested": "power", "to": "supervision", "reason": "duty"}
        await events.record(session, Event.RETURN_ASKED, at=front.now, actor=Actor.STAFF, appeal_id=1, **asked)
        named = {"department": "power", "actor": Actor.SUPERVISOR, "person_id": 1, "now": front.now}
        await name_lead(session, appeal_id=1, city=city, calendar=calendar, **named)

    await front.happen(rule)
    card = await filed(front, "路灯又坏了")
    number = (await appeal_of(front)).number
    assert (
        f"派单目录:道路照明,主办城市管理局\n11月23日(周一)监督员定过:这一类由供电公司主办({number})\n请在" in card.text
    )
    assert found(front, "派城市管理局", TRIAGE).id == card.id


async def test_a_refused_return_cites_the_line_of_the_list(front: Front, city: City):
    card = await filed(front)
    await press(front, "派城市管理局", TRIAGE, by=DISPATCHER)

    async def ask(session: AsyncSession) -> None:
        asked = {"department": "urban_management", "suggested": "power", "reason": "duty", "words": "归他们"}
        await events.record(session, Event.RETURN_ASKED, at=front.now, actor=Actor.STAFF, appeal_id=1, **asked)

    await front.happen(ask)
    await front.press(TRIAGE, card.id, "t.why:1:duty", by=DISPATCHER)
    place = city.catalogue.number("street_light")
    texts = [each.text for each in front.calls if "退单没有同意,还请城市管理局办" in each.text]
    assert f"理由:是你们的职责(派单目录第{place}条)" in texts[-1]
