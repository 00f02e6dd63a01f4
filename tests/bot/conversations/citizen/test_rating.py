"""回访: three taps and a word in one message, what the supervisors hear of it, and that unsolved stays unsolved."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.services import rating
from bot.services.moving import find
from storage.domain.city import City
from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import people
from storage.tables import AppealEvent, ChatMessage, Concern, Draft, Utterance
from tests.support.desking import Front
from tests.support.screens import found, last, press, rows, screen
from tests.support.supervising import CITIZEN, NUMBER, SUPERVISION, appeal, into, to_the_unit, town

QUESTION = 1


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    made = await town(database, city, now, status=Status.ANSWERED, contacted_at=now)
    await made.press(CITIZEN, QUESTION, "c.gorate:1")
    return made


async def concerns(front: Front) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in await rows(front, Concern)]


async def test_three_taps_and_a_word_stand_in_one_message(front: Front):
    question = last(front)
    for label in ("联系过", "解决了", "满意", "好了"):
        await press(front, label)
    assert last(front).id == question.id
    assert last(front).text.startswith("谢谢您,记下了。")
    kept = await appeal(front)
    said = (kept.status, kept.contact_confirmed, kept.citizen_outcome, kept.satisfaction)
    assert said == ("closed", True, "solved", "satisfied")
    assert await concerns(front) == []


async def test_who_was_not_contacted_is_put_before_the_supervisors_and_reads_so(front: Front):
    owed = await press(front, "没联系")
    assert last(front).text == "答复说联系过您,您说没有。这一条我记下了,给监督员看。\n\n二、事情解决了吗?"
    [card] = into(owed, SUPERVISION)
    assert card.text.split("\n")[:2] == [f"【群众反映】{NUMBER} 城市管理局", "群众 7F3K说:没有人联系过我。"]
    assert (await concerns(front), (await appeal(front)).contact_confirmed) == ([("uncontacted", "")], False)
    assert to_the_unit(front) == []


async def test_where_the_unit_claims_no_contact_the_sentence_does_not_say_so(
    database: Database, city: City, now: datetime
):
    front = await town(database, city, now, status=Status.ANSWERED)
    await front.press(CITIZEN, QUESTION, "c.spoke:1:no")
    assert last(front).text.startswith("您说没人联系过您。这一条我记下了,给监督员看。")


async def test_solved_but_unhappy_is_closed_and_shown_to_the_supervisors_with_the_reason(front: Front):
    await press(front, "联系过")
    await press(front, "解决了")
    await press(front, "不满意")
    assert last(front).text == "事情办了,您还是不满意。是哪里不好?\n这话直接给监督员,城市管理局看不到是谁说的。"
    assert list(last(front).buttons) == ["太慢", "态度不好", "没说清楚", "别的,我来说"]
    await press(front, "态度不好")
    assert last(front).text == "还想说什么,直接发给我。没有就点「好了」。"
    await front.say(CITIZEN, "电话里吼我")
    card = found(front, "【群众反映】", SUPERVISION)
    assert "群众 7F3K说:事情办了,我不满意。\n态度不好\n电话里吼我" in card.text
    assert await concerns(front) == [("unhappy", "态度不好\n电话里吼我")]
    assert (await appeal(front)).status == "closed"


async def test_the_unit_does_not_read_who_is_unhappy_with_what_is_solved(front: Front):
    for label in ("联系过", "解决了", "不满意", "太慢"):
        await press(front, label)
    assert [each.text for each in to_the_unit(front) if "满意" in each.text or "太慢" in each.text] == []
    assert any("群众说解决了" in each.text for each in to_the_unit(front))


async def test_what_is_said_after_the_rating_goes_to_the_supervisors_only(front: Front):
    for label in ("联系过", "解决了", "满意"):
        await press(front, label)
    before = len(to_the_unit(front))
    await front.say(CITIZEN, "谢谢小李")
    assert last(front).text.startswith("这句话给监督员看。")
    card = found(front, "【群众评价】", SUPERVISION)
    assert card.text == f"【群众评价】{NUMBER} 城市管理局\n解决了、满意\n群众 7F3K说:谢谢小李\n承办单位看不到这条。"
    [words] = await rows(front, Utterance)
    assert (words.direction, words.manner, words.text) == ("to_supervisors", "rating", "谢谢小李")
    assert len(to_the_unit(front)) == before


async def test_a_reply_to_the_question_for_words_goes_there_too_hours_later(front: Front):
    for label in ("联系过", "解决了", "满意"):
        await press(front, label)
    question = last(front)
    async with front.database.writing() as session:
        await session.execute(
            update(ChatMessage).where(ChatMessage.message_id == question.id).values(role="rating_words")
        )
    front.now += timedelta(hours=5)
    await front.say(CITIZEN, "他们来晚了", reply_to=question.id)
    assert await concerns(front) == [("rating", "他们来晚了")]


async def test_what_is_said_much_later_is_a_new_matter(front: Front):
    for label in ("联系过", "解决了", "满意"):
        await press(front, label)
    front.now += timedelta(minutes=11)
    await front.say(CITIZEN, "菜市场缺斤短两")
    assert await concerns(front) == []


async def test_done_can_be_typed(front: Front):
    for label in ("联系过", "解决了", "满意"):
        await press(front, label)
    await front.say(CITIZEN, "好了")
    assert (last(front).text.split("\n")[0], await concerns(front)) == ("谢谢您,记下了。", [])


async def test_words_that_waited_for_a_decision_are_asked_about_again_afterwards(front: Front):
    await front.say(CITIZEN, "灯杆也歪了")
    await front.press(CITIZEN, QUESTION, "c.spoke:1:yes")
    await front.press(CITIZEN, QUESTION, "c.solved:1")
    await front.press(CITIZEN, QUESTION, "c.rate:1:fair")
    await front.press(CITIZEN, QUESTION, "c.done:1")
    await press(front, f"补充到 {NUMBER}")
    assert [each.text for each in await rows(front, Utterance)] == ["灯杆也歪了"]


async def test_a_form_that_was_open_comes_back_after_the_rating(front: Front):
    async with front.database.writing() as session:
        person = await people.find(session, platform="telegram", bot=1, user_id=CITIZEN)
        person.consent_version = 1
    await front.press(CITIZEN, QUESTION, "c.new:0")
    await front.say(CITIZEN, "菜市场缺斤短两")
    for data in ("c.solved:1", "c.rate:1:fair"):
        await front.press(CITIZEN, QUESTION, data)
    await front.press(CITIZEN, QUESTION, "c.done:1")
    assert "下一步" in screen(front)[QUESTION].buttons
    await front.say(CITIZEN, "在南门口")
    [draft] = await rows(front, Draft)
    assert draft.text == "菜市场缺斤短两\n在南门口"


# --- what a citizen calls unsolved


async def test_what_was_called_solved_and_then_unsolved_ends_as_unsolved(front: Front):
    for label in ("联系过", "解决了", "满意", "好了"):
        await press(front, label)
    await front.press(CITIZEN, QUESTION, "c.unsolved:1")
    await press(front, "算了,不办了")
    kept = await appeal(front)
    assert (kept.status, kept.citizen_outcome, kept.satisfaction) == ("closed", "unsolved", None)
    assert to_the_unit(front)[-1].text == f"{NUMBER} 已结案:群众说没解决。"


async def test_an_old_button_does_not_make_unsolved_solved(front: Front):
    await press(front, "联系过")
    old = last(front).buttons["解决了"]
    await press(front, "还没有")
    await press(front, "算了,不办了")
    await front.press(CITIZEN, QUESTION, old)
    assert (await appeal(front)).citizen_outcome == "unsolved"
    async with front.database.writing() as session:
        with pytest.raises(TransitionRefused):
            await rating.solved(session, appeal_id=1, person_id=(await appeal(front)).citizen_id, now=front.now)


async def test_late_words_rate_what_was_closed_without_any(front: Front):
    async with front.database.writing() as session:
        kept = await find(session, 1)
        kept.status, kept.closed_at = Status.CLOSED, front.now
    await front.press(CITIZEN, QUESTION, "c.spoke:1:yes")
    await front.press(CITIZEN, QUESTION, "c.solved:1")
    await front.press(CITIZEN, QUESTION, "c.rate:1:fair")
    kept = await appeal(front)
    assert (kept.status, kept.citizen_outcome, kept.satisfaction) == ("closed", "solved", "fair")
    assert [each.what for each in await rows(front, AppealEvent) if each.what.startswith("rate")] == ["rated_late"]


# --- the third time


async def test_the_third_reopening_is_the_supervisors_own_matter(front: Front):
    for times in (1, 2, 3):
        async with front.database.writing() as session:
            kept = await find(session, 1)
            kept.status, kept.answered_at = Status.ANSWERED, front.now
        owed = await front.press(CITIZEN, QUESTION, "c.reopen:1")
        kept = await appeal(front)
        assert (kept.reopens, kept.level) == (times, 3 if times == 3 else 0)
    told = [each.text for each in into(owed, CITIZEN) if "办了3次" in each.text]
    assert told == ["这件事办了3次还没办好,已经交给监督员亲自盯。\n最迟11月26日(周四)给您答复。"]
    lifted = [each.text for each in into(owed, SUPERVISION) if "提级督办" in each.text]
    assert lifted == [
        (
            f"【提级督办】{NUMBER} 城市管理局\n重办3次,群众还说没解决。请监督员亲自盯,找分管副局长过问。\n"
            "最迟 11月26日(周四)答复。"
        )
    ]
    assert any(each.text.startswith(f"【重办】{NUMBER} 第3次") for each in into(owed, -3002))
    events = [each for each in await rows(front, AppealEvent) if each.what == "supervise"]
    assert [(each.actor, each.details["level"]) for each in events] == [("system", 3)]


async def test_who_is_content_is_asked_whether_others_may_see_it_and_nothing_said_is_a_no(front: Front):
    for label in ("联系过", "解决了", "满意", "好了"):
        await press(front, label)
    asked = last(front)
    assert asked.text.endswith(
        "前又出问题,找到这一件点「还没解决」,接着办。\n\n这件事隐去您的信息,放到公示栏,让大家看看是怎么办的,可以吗?"
    )
    assert list(asked.buttons) == ["可以", "不要放"]
    assert not (await appeal(front)).may_publish
    await press(front, "可以")
    assert (last(front).id, last(front).buttons) == (asked.id, {})
    assert last(front).text.endswith("\n\n好。放上去的时候,会隐去您的信息。")
    assert (await appeal(front)).may_publish
    await front.press(CITIZEN, asked.id, asked.buttons["不要放"])
    assert last(front).text.endswith("好,不放。")
    assert not (await appeal(front)).may_publish
    said = [each.details["agreed"] for each in await rows(front, AppealEvent) if each.what == "publication_said"]
    assert said == [True, False]


@pytest.mark.parametrize("columns", [{"confidential": True}, {"kind": "report"}])
async def test_what_is_confidential_or_a_report_is_never_shown_and_not_asked_about(front: Front, columns: dict):
    async with front.database.writing() as session:
        for name, value in columns.items():
            setattr(await find(session, 1), name, value)
    for label in ("联系过", "解决了", "满意", "好了"):
        await press(front, label)
    assert (last(front).text.startswith("谢谢您,记下了。"), last(front).buttons) == (True, {})
    await front.press(CITIZEN, last(front).id, "c.publish:1:yes")
    assert not (await appeal(front)).may_publish


async def test_who_is_not_content_is_asked_whether_somebody_presses_them_which_the_supervisors_alone_read(front: Front):
    for label in ("联系过", "还没有", "算了,不办了", "不满意", "好了"):
        await press(front, label)
    assert last(front).text.endswith("\n\n有人让您改评价、撤诉求吗?告诉我,只有监督员看得到。")
    assert list(last(front).buttons) == ["有", "没有"]
    before = len(to_the_unit(front))
    owed = await press(front, "有")
    assert last(front).text.endswith("知道了。这句话只有监督员看得到。")
    assert into(owed, SUPERVISION)[0].text.startswith(f"【核查】{NUMBER}")
    assert len(to_the_unit(front)) == before


async def test_nobody_else_says_whether_it_may_be_shown(front: Front):
    for label in ("联系过", "解决了", "满意", "好了"):
        await press(front, label)
    await front.press(CITIZEN + 1, 1, "c.publish:1:yes")
    await front.press(CITIZEN + 1, 1, "c.pressed:1:yes")
    assert not (await appeal(front)).may_publish
    assert await concerns(front) == []
