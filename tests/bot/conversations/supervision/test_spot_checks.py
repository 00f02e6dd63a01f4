"""Spot checks by telephone: drawn each morning, asked one by one in private, and what is denied is looked into."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.services import spot_checks
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.tables import AppealEvent, Concern, SpotCheck
from tests.support import databases
from tests.support.desking import Front
from tests.support.screens import found, last, press, rows, screen, toasts
from tests.support.watching import GROUP, LI, SUPERVISION, SUPERVISOR, UNIT, appeal_now, filed, morning_came

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MONDAY_OPEN = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
SECOND, PHONE = 8102, "13812345678"


@pytest.fixture
async def front(tmp_path: Path, city: City) -> AsyncIterator[Front]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Front(database, city, FRIDAY)
        await made.bind_cast({UNIT})
        made.now = MONDAY_OPEN
        yield made


async def ended(front: Front, **columns: Any) -> int:
    """File one that was closed on Friday and left a number."""
    given = {"status": Status.CLOSED, "closed_at": FRIDAY, "phone": PHONE, "staff_outcome": "solved"}
    return await filed(front, **{**given, **columns})


async def drawn(front: Front, day: date = MONDAY) -> list[int]:
    async with front.database.writing() as session:
        return [each.id for each in await spot_checks.draw(session, day=day, now=front.now)]


async def started(front: Front, *, by: int = SUPERVISOR) -> list[str]:
    await morning_came(front)
    return toasts(await press(front, "开始", SUPERVISION, by=by))


async def answered(front: Front, *labels: str, by: int = SUPERVISOR) -> None:
    for label in labels:
        await press(front, label, by, by=by)


async def test_the_morning_lists_what_is_to_be_asked_without_a_number(front: Front):
    await ended(front)
    await morning_came(front)
    shown = found(front, "【今天抽查回访】", SUPERVISION)
    assert shown.text == "【今天抽查回访】1件,请打电话问三句:\nLX-20261123-0001 路灯坏了"
    assert list(shown.buttons) == ["开始"]


async def test_with_nothing_to_ask_about_nothing_is_said(front: Front):
    await filed(front)
    await morning_came(front)
    assert not [each for each in screen(front, SUPERVISION).values() if "抽查" in each.text]


@pytest.mark.parametrize(
    ("columns", "fits"),
    [
        ({}, True),
        ({"citizen_outcome": "solved"}, True),
        ({"closed_at": MONDAY_OPEN - timedelta(days=8)}, False),
        ({"phone": None}, False),
        ({"confidential": True}, False),
        ({"kind": "praise"}, False),
        ({"status": Status.WITHDRAWN}, False),
        ({"status": Status.ANSWERED, "closed_at": None, "answered_at": FRIDAY, "told_by_phone": True}, True),
        ({"status": Status.ANSWERED, "closed_at": None, "answered_at": FRIDAY}, False),
    ],
)
async def test_only_what_ended_in_the_last_week_and_left_a_number_is_drawn(
    front: Front, columns: dict[str, Any], *, fits: bool
):
    one = await ended(front, **columns)
    assert await drawn(front) == ([one] if fits else [])


@pytest.mark.parametrize(("ended_ones", "size"), [(1, 1), (20, 1), (21, 2), (210, 10)])
async def test_one_in_twenty_is_drawn_one_at_least_and_ten_at_most(front: Front, ended_ones: int, size: int):
    for _ in range(ended_ones):
        await ended(front)
    assert len(await drawn(front)) == size


async def test_the_same_day_draws_the_same_and_another_day_others_never_one_twice(front: Front):
    for _ in range(40):
        await ended(front)
    first = await drawn(front)
    async with front.database.writing() as session:
        for check in [await session.get_one(SpotCheck, each.id) for each in await rows(front, SpotCheck)]:
            check.state = "done"
    second = await drawn(front, MONDAY + timedelta(days=1))
    assert len(first) == len(second) == 2
    assert not set(first) & set(second)


async def test_what_nobody_asked_about_waits_for_the_next_morning_and_ten_at_most_wait(front: Front):
    for _ in range(210):
        await ended(front)
    first = await drawn(front)
    assert await drawn(front, MONDAY + timedelta(days=1)) == first


async def test_three_questions_in_private_then_the_next_and_the_number_is_gone(front: Front):
    one, two = await ended(front), await ended(front)
    async with front.database.writing() as session:
        session.add(SpotCheck(appeal_id=two, day=FRIDAY.date(), state="drawn"))
    assert await started(front) == ["发到您的私聊里了。"]
    shown = last(front, SUPERVISOR)
    assert shown.text == f"LX-20261123-000{two} 路灯坏了\n电话:{PHONE}\n一、联系过您吗?"
    assert list(shown.buttons) == ["联系过", "没联系", "打不通"]
    await answered(front, "没联系", "解决了", "基本满意")
    assert screen(front, SUPERVISOR)[shown.id or 0].text.endswith("记下了:没联系、解决了、基本满意。")
    assert PHONE not in screen(front, SUPERVISOR)[shown.id or 0].text
    assert f"LX-20261123-000{one}" in last(front, SUPERVISOR).text
    await answered(front, "打不通")
    assert last(front, SUPERVISOR).text == "今天抽查的都问完了。谢谢。"
    kept = [(each.state, each.contacted, each.solved, each.satisfaction) for each in await rows(front, SpotCheck)]
    assert kept == [("done", False, True, "fair"), ("no_answer", None, None, None)]


async def test_who_saw_which_number_is_kept(front: Front):
    one = await ended(front)
    await started(front)
    [seen] = [each for each in await rows(front, AppealEvent) if each.what == "contact_seen"]
    assert (seen.appeal_id, seen.actor, seen.details) == (one, "supervisor", {"reason": "spot_check"})


async def test_solved_denied_by_telephone_reopens_nothing_but_is_put_before_the_supervisors(front: Front):
    one = await ended(front)
    await started(front)
    await answered(front, "联系过", "还没有", "不满意")
    [concern] = await rows(front, Concern)
    assert (concern.appeal_id, concern.kind, concern.state) == (one, "spot_check", "open")
    assert (await appeal_now(front, one)).status == Status.CLOSED
    assert "电话里问到,事情还没有解决" in found(front, "【群众反映】", SUPERVISION).text


@pytest.mark.parametrize("columns", [{"staff_outcome": "explained"}, {"staff_outcome": "impossible"}])
async def test_what_the_unit_never_called_solved_is_no_lie(front: Front, columns: dict[str, str]):
    await ended(front, **columns)
    await started(front)
    await answered(front, "联系过", "还没有", "不满意")
    assert await rows(front, Concern) == []


async def test_two_supervisors_ask_about_different_ones_and_a_second_start_goes_on_with_ones_own(front: Front):
    for _ in range(21):
        await ended(front)
    await started(front)
    first = last(front, SUPERVISOR).text
    await press(front, "开始", SUPERVISION, by=SECOND)
    assert last(front, SECOND).text != first
    await press(front, "开始", SUPERVISION, by=SUPERVISOR)
    assert last(front, SUPERVISOR).text == first


async def test_with_all_taken_there_is_nothing_left(front: Front):
    await ended(front)
    await started(front)
    assert toasts(await press(front, "开始", SUPERVISION, by=SECOND)) == ["今天抽查的都有人打了,没有剩下的。"]


@pytest.mark.parametrize("label", ["解决了", "满意"])
async def test_a_button_of_an_earlier_question_changes_nothing(front: Front, label: str):
    await ended(front)
    await started(front)
    old = last(front, SUPERVISOR)
    forged = {"解决了": "s.said:1:solved.yes", "满意": "s.said:1:satisfaction.satisfied"}[label]
    assert toasts(await front.press(SUPERVISOR, old.id or 0, forged)) == ["没有这个选项。请看最新的卡片,重新点一下。"]
    await answered(front, "联系过")
    assert toasts(await front.press(SUPERVISOR, old.id or 0, old.buttons["没联系"])) == [
        "没有这个选项。请看最新的卡片,重新点一下。"
    ]
    [check] = await rows(front, SpotCheck)
    assert (check.contacted, check.solved, check.satisfaction) == (True, None, None)


@pytest.mark.parametrize("data", ["s.said:1:contacted.perhaps", "s.said:1:state.yes", "s.said:1:", "s.said:99:x.y"])
async def test_forged_answers_are_none(front: Front, data: str):
    await ended(front)
    await started(front)
    await front.press(SUPERVISOR, 7, data)
    [check] = await rows(front, SpotCheck)
    assert (check.state, check.contacted) == ("asking", None)


async def test_an_ended_one_is_not_asked_about_again(front: Front):
    await ended(front)
    await started(front)
    await answered(front, "打不通")
    assert toasts(await front.press(SUPERVISOR, 7, "s.said:1:contacted.yes")) == ["这件已经问完了。"]


async def test_nobody_else_starts_or_answers(front: Front):
    await ended(front)
    await morning_came(front)
    start = found(front, "【今天抽查回访】", SUPERVISION).buttons["开始"]
    for chat, by in ((SUPERVISION, LI), (GROUP, SUPERVISOR), (SUPERVISOR, SUPERVISOR)):
        owed = await front.press(chat, 7, start, by=by)
        assert PHONE not in "".join(each.text for each in owed)
    await press(front, "开始", SUPERVISION, by=SUPERVISOR)
    for somebody in (LI, SECOND):
        await front.press(somebody, 7, "s.said:1:contacted.yes")
    [check] = await rows(front, SpotCheck)
    assert check.contacted is None
