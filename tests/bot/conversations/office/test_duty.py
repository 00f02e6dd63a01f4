"""The duty roster in a unit's group and in the dispatchers': shown, changed by buttons, named on the cards."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.dispatching import start_clocks
from bot.services.leaving import dismiss
from bot.services.moving import find
from storage.domain.city import City
from storage.repositories import events
from storage.tables import Duty, Staff
from tests.support import databases
from tests.support.desking import Front
from tests.support.screens import DISPATCHER, TRIAGE, found, last, press, toasts
from tests.support.watching import GROUP, HU, LI, SUPERVISION, SUPERVISOR, UNIT, filed

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STRANGER, OTHER_GROUP = 4001, -3001


@pytest.fixture
async def front(tmp_path: Path, city: City) -> AsyncIterator[Front]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Front(database, city, MONDAY)
        await made.bind_cast({UNIT, "education"})
        yield made


async def roster(front: Front) -> list[tuple[str, str]]:
    async with front.database.reading() as session:
        rows = (await session.execute(select(Duty, Staff).join(Staff, Staff.id == Duty.staff_id))).all()
        return [(f"{duty.department}/{duty.day}", staff.name) for duty, staff in rows]


async def put(front: Front, day: str, name: str, *, chat: int = GROUP, by: int = LI) -> None:
    await front.say(chat, "/duty", by=by)
    await press(front, day, chat, by=by)
    await press(front, name, chat, by=by)


async def dispatched(front: Front, **columns: str) -> str:
    """Let an appeal come before the unit; return its card."""
    appeal_id = await filed(front, claimed=False, **columns)
    async with front.database.writing() as session:
        appeal = await find(session, appeal_id)
        start_clocks(appeal, UNIT, now=front.now, city=front.city, calendar=front.house.calendar(front.now))
    await front.happen(
        lambda session: events.record(session, "submit_sure", at=front.now, actor="citizen", appeal_id=appeal_id)
    )
    return found(front, "签收", GROUP).text


async def test_the_week_is_shown_with_nobody_on_it_at_first(front: Front):
    await front.say(GROUP, "/duty", by=LI)
    shown = last(front, GROUP)
    assert shown.text.splitlines()[:2] == ["【值班表】城市管理局", "11月23日(周一) 全群"]
    assert list(shown.buttons) == [line.split()[0] for line in shown.text.splitlines()[1:8]]


async def test_a_colleague_is_put_on_a_day_and_another_in_their_place(front: Front):
    await put(front, "11月24日(周二)", "小李")
    assert "11月24日(周二) 小李" in last(front, GROUP).text
    await put(front, "11月24日(周二)", "老胡")
    assert await roster(front) == [(f"{UNIT}/2026-11-24", "老胡")]
    await put(front, "11月24日(周二)", "不排人")
    assert await roster(front) == []


async def test_the_dispatchers_have_a_roster_of_their_own(front: Front):
    await put(front, "11月23日(周一)", "小叶", chat=TRIAGE, by=DISPATCHER)
    assert last(front, TRIAGE).text.splitlines()[:2] == ["【值班表】派单群", "11月23日(周一) 小叶"]
    assert await roster(front) == [("/2026-11-23", "小叶")]


async def test_the_morning_list_leads_to_the_roster(front: Front):
    await front.press(GROUP, 7, "o.roster:0", by=LI)
    assert last(front, GROUP).text.startswith("【值班表】城市管理局\n")


async def test_back_leads_from_the_names_to_the_week(front: Front):
    await front.say(GROUP, "/duty", by=LI)
    await press(front, "11月23日(周一)", GROUP, by=LI)
    assert last(front, GROUP).text == "【值班表】城市管理局\n11月23日(周一)谁值班?"
    await press(front, "返回", GROUP, by=LI)
    assert "特急件夜里也找当天值班的人" in last(front, GROUP).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("o.duty:20261122", "值班只能排今天起的七天"),
        ("o.duty:20261130", "值班只能排今天起的七天"),
        ("o.duty:20261399", "值班只能排今天起的七天"),
        ("o.onduty:20261130:1", "值班只能排今天起的七天"),
        ("o.onduty:20261123:x", "值班只能排今天起的七天"),
        ("o.onduty:20261123:99999", "他现在接不了"),
    ],
)
async def test_forged_days_and_names_change_nothing(front: Front, data: str, said: str):
    [told] = toasts(await front.press(GROUP, 7, data, by=LI))
    assert told.startswith(said)
    assert await roster(front) == []


@pytest.mark.parametrize(("chat", "by"), [(GROUP, STRANGER), (GROUP, DISPATCHER), (TRIAGE, LI), (OTHER_GROUP, LI)])
async def test_only_who_works_there_may_change_it(front: Front, chat: int, by: int):
    async with front.database.reading() as session:
        staff = (await session.execute(select(Staff).where(Staff.department == UNIT).limit(1))).scalar_one()
    assert toasts(await front.press(chat, 7, f"o.onduty:20261123:{staff.id}", by=by)) != [None]
    assert await roster(front) == []


async def test_the_supervisors_keep_no_roster(front: Front):
    assert toasts(await front.press(SUPERVISION, 7, "o.duty:20261123", by=SUPERVISOR)) == [
        "这个按钮过期了。请看最新的卡片,或者发一句话给我。"
    ]


async def test_a_new_card_names_who_is_on_duty_without_calling_them(front: Front):
    await put(front, "11月23日(周一)", "小李")
    assert (await dispatched(front)).endswith("\n今天值班:小李")


async def test_an_emergency_calls_who_is_on_duty(front: Front):
    await put(front, "11月23日(周一)", "小李", by=HU)
    assert (await dispatched(front, urgency="extreme")).endswith("\n今天值班:小李 @urban_management_07")


async def test_yesterdays_duty_is_over_at_midnight(front: Front):
    await put(front, "11月23日(周一)", "小李")
    front.now += timedelta(hours=14)
    assert "值班" not in await dispatched(front)


async def test_who_works_there_no_more_is_on_no_duty(front: Front):
    await put(front, "11月23日(周一)", "小李")
    async with front.database.writing() as session:
        staff = (
            await session.execute(select(Staff).where(Staff.name == "小李", Staff.department == UNIT))
        ).scalar_one()
        await dismiss(session, staff, now=front.now)
    assert "值班" not in await dispatched(front)
