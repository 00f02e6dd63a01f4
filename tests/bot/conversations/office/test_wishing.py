"""延期, 列入计划, 终结: asked for in the unit's group, decided in the supervisors', told to the citizen."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.jobs.planning import Planning
from bot.notices import say_what_happened
from bot.services.binding import Purpose, Role, bind, employ
from storage.domain.statuses import Event, Status
from storage.tables import Appeal, Approval
from tests.bot.conversations.office.conftest import CITIZEN, LI, Group, _person

BOSSES, WANG, ZHAO = -8100, 8101, 8102
NUMBER = "LX-20261123-0001"


@pytest.fixture
async def watched(group: Group) -> Group:
    """A unit's group, and a supervisors' group with two supervisors."""
    async with group.database.writing() as session:
        here = {"platform": "telegram", "bot": 1}
        await bind(
            session,
            **here,
            chat_id=BOSSES,
            thread_id=0,
            purpose=Purpose.SUPERVISION,
            department=None,
            title="监督群",
            now=group.now,
        )
        for user, name in ((WANG, "王主任"), (ZHAO, "赵主任")):
            person = await _person(session, user, group.now)
            await employ(
                session,
                person_id=person.id,
                role=Role.SUPERVISOR,
                department="",
                name=name,
                post=None,
                badge=None,
                now=group.now,
            )
    return group


async def extension_asked(group: Group, *, days: int = 3, reason: str = "灯杆要订货") -> int:
    appeal_id = await group.claimed()
    await group.press_data(f"o.extend:{appeal_id}")
    await group.press(next(label for label in group.newest("延几个工作日").buttons if label.startswith(f"{days}天")))
    await group.say(reason, to=group.newest("为什么要延"))
    return appeal_id


async def deferral_asked(group: Group, *, day: str = "2027年5月1日") -> int:
    appeal_id = await group.claimed()
    await group.press_data(f"o.defer:{appeal_id}")
    await group.say("今年没有这笔钱", to=group.newest("为什么现在办不成"))
    await group.say("明年把整条路的灯换掉", to=group.newest("打算怎么办"))
    await group.say(day, to=group.newest("哪天办成"))
    return appeal_id


async def decide(group: Group, label: str, *, by: int = WANG) -> None:
    await group.press(label, by=by, chat=BOSSES)


async def approvals(group: Group) -> list[str]:
    async with group.database.reading() as session:
        return list((await session.execute(select(col(Approval.state)).order_by(col(Approval.id)))).scalars())


def told(group: Group, words: str) -> list[str]:
    return [each.text for each in group.chats[CITIZEN].values() if words in each.text]


async def pass_days(group: Group, days: float) -> None:
    """Let days pass and the plan be looked after, as of eleven in the morning."""
    group.now += timedelta(days=days)

    async def tell(session, now) -> None:  # noqa: ANN001 - as the job's
        await group._put(session, await say_what_happened(session, group.house, now=now))

    job = Planning(database=group.database, house=group.house, now=lambda: group.now, tell=tell, on_queued=lambda: None)
    await job.once()
    await group.deliver()


async def test_an_extension_changes_nothing_until_a_supervisor_agrees(watched: Group):
    appeal_id = await extension_asked(watched)
    assert (await watched.appeal(appeal_id)).answer_due == (await watched.appeal(appeal_id)).first_answer_due
    card = watched.newest("申请延期", chat=BOSSES)
    assert card.text == (
        f"【申请延期】{NUMBER} 城市管理局\n原因:灯杆要订货\n11月30日(周一) → 12月3日(周四)\n不批就按原期限算。"
    )
    assert watched.newest("延期申请交给监督员了").text.endswith("期限不变:11月30日(周一)。")
    assert told(watched, "多办几天") == []


async def test_agreed_the_limit_moves_and_the_citizen_reads_why(watched: Group):
    appeal_id = await extension_asked(watched)
    await decide(watched, "同意")
    appeal = await watched.appeal(appeal_id)
    assert (appeal.answer_due - appeal.first_answer_due, appeal.extensions) == (timedelta(days=3), 1)
    assert told(watched, "多办几天") == [
        "城市管理局要多办几天,监督员同意了。\n原因:灯杆要订货\n原来说11月30日(周一),现在最迟12月3日(周四)。只延这一次。"
    ]
    card = watched.newest("申请延期", chat=BOSSES)
    assert (card.text.endswith("已同意(王主任)"), card.buttons) == (True, {})
    assert watched.newest("延期同意了")


async def test_refused_the_limit_stays_and_the_unit_is_told(watched: Group):
    appeal_id = await extension_asked(watched)
    await decide(watched, "不同意")
    appeal = await watched.appeal(appeal_id)
    assert (appeal.answer_due, appeal.extensions) == (appeal.first_answer_due, 0)
    assert watched.newest("延期没有同意").text.endswith("期限不变:11月30日(周一)。")
    assert told(watched, "多办几天") == []


async def test_it_is_extended_once_and_asked_for_once(watched: Group):
    appeal_id = await extension_asked(watched)
    await watched.press_data(f"o.extend:{appeal_id}")
    await watched.press(next(iter(watched.newest("延几个工作日").buttons)))
    await watched.say("再多几天", to=watched.newest("为什么要延"))
    assert "已经申请过了" in watched.wall[-1].text
    await decide(watched, "同意")
    await watched.press_data(f"o.extend:{appeal_id}")
    assert watched.toasts[-1].startswith("这一件延过一次了")


async def test_on_the_last_working_day_it_is_too_late(watched: Group):
    appeal_id = await watched.claimed()
    watched.now += timedelta(days=7)
    await watched.press_data(f"o.extend:{appeal_id}")
    assert watched.toasts[-1].startswith("延期要在到期前一个工作日提")


@pytest.mark.parametrize("argument", ["0", "6", "x", "99"])
async def test_forged_days_are_refused(watched: Group, argument: str):
    appeal_id = await watched.claimed()
    await watched.press_data(f"o.extend:{appeal_id}:{argument}")
    assert watched.toasts[-1].startswith("最多延5个工作日")


async def test_only_supervisors_decide_and_only_once(watched: Group):
    appeal_id = await extension_asked(watched)
    data = watched.newest("申请延期", chat=BOSSES).buttons["同意"]
    await watched.press_data(data, by=LI, chat=BOSSES)
    await watched.press_data(data, by=WANG)
    assert (await watched.appeal(appeal_id)).extensions == 0
    await watched.press_data(data, by=WANG, chat=BOSSES)
    await watched.press_data(data, by=ZHAO, chat=BOSSES)
    assert (await watched.appeal(appeal_id)).extensions == 1
    assert watched.toasts[-1].startswith("这一条已经定过了")


async def test_what_waits_is_moot_once_the_citizen_takes_it_back(watched: Group):
    appeal_id = await extension_asked(watched)
    await watched.press_data(f"c.take:{appeal_id}:solved", by=CITIZEN, chat=CITIZEN)
    card = watched.newest("申请延期", chat=BOSSES)
    assert (card.text.split("\n")[-1], card.buttons) == ("不用再定,现在是:已撤回", {})
    assert await approvals(watched) == ["moot"]


async def test_a_plan_is_promised_for_a_day_and_told_with_its_reason(watched: Group):
    appeal_id = await deferral_asked(watched)
    assert watched.newest("申请列入计划", chat=BOSSES).text == (
        f"【申请列入计划】{NUMBER} 城市管理局\n原因:今年没有这笔钱\n承诺:明年把整条路的灯换掉,2027年5月1日(周六)"
    )
    await decide(watched, "同意")
    appeal = await watched.appeal(appeal_id)
    assert (appeal.status, appeal.answer_due) == (Status.DEFERRED, appeal.deferred_until)
    (said,) = told(watched, "眼下办不成")
    assert said == (
        "您反映的事,城市管理局眼下办不成。\n原因:今年没有这笔钱\n他们承诺:明年把整条路的灯换掉,2027年5月1日(周六)前办。\n"
        "这件不算办完,我一直盯着,每 30 天告诉您一次。"
    )
    assert list(watched.newest("【列入计划】").buttons) == ["写进展", "已经办成"]


async def test_a_day_that_is_none_is_asked_for_again(watched: Group):
    await deferral_asked(watched, day="明年吧")
    await watched.say("2020年1月1日", to=watched.newest("这里没看出日期"))
    assert await approvals(watched) == []
    await watched.say("2027-05-01", to=watched.newest("这里没看出日期"))
    assert await approvals(watched) == ["waiting"]


async def test_progress_is_owed_after_thirty_days_and_asked_for_once_a_day(watched: Group):
    appeal_id = await deferral_asked(watched)
    await decide(watched, "同意")
    await pass_days(watched, 29)
    assert not any("报进展" in each.text for each in watched.wall)
    await pass_days(watched, 1)
    await pass_days(watched, 0)
    assert sum("报进展" in each.text for each in watched.wall) == 1
    await watched.press("写进展", on=watched.newest("【报进展】"))
    await watched.say("已经招标", to=watched.newest("请写一句现在到哪一步"))
    (progress,) = told(watched, "有进展")
    assert progress.startswith(f"{NUMBER} 有进展:已经招标\n下一次告诉您:")
    assert Event.PROGRESS in {each.what for each in await watched.history(appeal_id)}


async def test_at_the_promised_day_it_is_taken_up_and_told(watched: Group):
    appeal_id = await deferral_asked(watched, day="2026年12月10日")
    await decide(watched, "同意")
    await pass_days(watched, 16)
    assert (await watched.appeal(appeal_id)).status == Status.DEFERRED
    await pass_days(watched, 1)
    appeal = await watched.appeal(appeal_id)
    assert (appeal.status, appeal.deferred_until) == (Status.IN_PROGRESS, None)
    assert told(watched, "承诺的日子到了") == ["城市管理局承诺的日子到了,已经接着办。最迟12月10日(周四)答复您。"]
    assert watched.newest("承诺的日子到了,请办结")


async def test_what_is_done_before_its_day_is_taken_up_by_a_press(watched: Group):
    appeal_id = await deferral_asked(watched)
    await decide(watched, "同意")
    await watched.press("已经办成")
    assert (await watched.appeal(appeal_id)).status == Status.IN_PROGRESS


async def concluding(group: Group, *, reopens: int = 2) -> int:
    appeal_id = await group.claimed()
    async with group.database.writing() as session:
        (await session.get_one(type(await group.appeal(appeal_id)), appeal_id)).reopens = reopens
    await group.press_data(f"o.conclude:{appeal_id}")
    if reopens >= 2:
        await group.say("灯杆在私人院里", to=group.newest("查到的情况"))
        await group.say("城市道路照明规定", to=group.newest("依据哪条规定"))
        await group.say("到法院起诉邻居", to=group.newest("还可以找谁"))
    return appeal_id


async def test_a_conclusion_takes_two_supervisors_and_counts_as_unsolved(watched: Group):
    appeal_id = await concluding(watched)
    await decide(watched, "同意")
    assert (await watched.appeal(appeal_id)).status == Status.IN_PROGRESS
    assert watched.newest("申请终结", chat=BOSSES).text.endswith("王主任同意了,还要一位。")
    await decide(watched, "同意")
    assert watched.toasts[-1].startswith("您已经同意过了")
    await decide(watched, "同意", by=ZHAO)
    appeal = await watched.appeal(appeal_id)
    assert (appeal.status, appeal.citizen_outcome) == (Status.CLOSED, "unsolved")
    (said,) = told(watched, "不算解决")
    assert said.startswith("这件事已经办过3次,我们查到的情况是:\n灯杆在私人院里\n依据:城市道路照明规定\n")
    assert "您还可以:到法院起诉邻居" in said


async def test_what_was_not_reopened_twice_cannot_be_concluded(watched: Group):
    await concluding(watched, reopens=1)
    assert watched.toasts[-1].startswith("重办两次以上的")


async def test_a_yes_that_comes_after_the_limit_settles_the_wish_and_both_sides_read_so(watched: Group):
    await extension_asked(watched)
    watched.now += timedelta(days=15)
    await decide(watched, "同意")
    assert watched.toasts[-1].startswith("同意晚了")
    assert await approvals(watched) == ["lapsed"]
    left = watched.newest("【申请延期】", chat=BOSSES)
    assert (left.text.splitlines()[-1], left.buttons) == ("同意的时候已经晚了,申请作废(王主任)", {})
    assert watched.newest("申请作废").text == f"{NUMBER} 延期同意晚了,申请作废。期限不变:11月30日(周一)。"
    assert told(watched, "要多办几天") == []


async def test_a_yes_while_the_citizen_is_waited_for_may_be_given_again_later(watched: Group):
    appeal_id = await deferral_asked(watched)
    async with watched.database.writing() as session:
        (await session.get_one(Appeal, appeal_id)).status = Status.AWAITING_CITIZEN
    await decide(watched, "同意")
    assert await approvals(watched) == ["waiting"]
