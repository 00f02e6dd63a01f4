"""找监督员: what a citizen tells the supervisors, what they do about it, and that the unit hears nothing of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import receipts
from bot.services.binding import Purpose, bind
from bot.services.moving import find
from bot.services.placing import lose_chat
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import offices, outbox
from storage.repositories.events import record
from storage.tables import AppealEvent, Concern, DangerCase, Person, SpotCheck, Utterance
from tests.support.desking import Front, Owed
from tests.support.handling import GROUP as UNIT
from tests.support.screens import last, rows, toasts
from tests.support.supervising import (
    CITIZEN,
    DISPATCHER,
    LI,
    NUMBER,
    SECOND,
    SUPERVISION,
    SUPERVISOR,
    TRIAGE,
    appeal,
    complained,
    into,
    to_the_unit,
    town,
)

SAID = "办事的人骂我,打13812345678"


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    return await town(database, city, now, phone="13800001111")


async def press(front: Front, card: Owed, label: str, *, by: int = SUPERVISOR, chat: int = SUPERVISION) -> list[Owed]:
    return await front.press(chat, card.id or 0, card.buttons[label], by=by)


async def concern(front: Front) -> Concern:
    return (await rows(front, Concern))[-1]


async def set_columns(front: Front, **columns: Any) -> None:
    async with front.database.writing() as session:
        found = await find(session, 1)
        for name, value in columns.items():
            setattr(found, name, value)


async def test_the_citizen_is_asked_and_told_until_when_a_supervisor_answers(front: Front):
    owed = await front.press(CITIZEN, 1, "c.boss:1")
    [asked] = into(owed, CITIZEN)
    assert asked.text == "您想跟监督员说什么?直接说。\n这些话城市管理局看不到。"
    assert list(asked.buttons) == ["取消"]
    await front.say(CITIZEN, SAID)
    assert last(front).text == "监督员收到了,最迟11月25日(周三)答复您。"
    kept = await concern(front)
    assert (kept.kind, kept.text, kept.state) == ("complaint", SAID, "open")


async def test_the_supervisors_read_it_with_numbers_starred_and_three_things_to_do(front: Front):
    await set_columns(front, status=Status.ANSWERED)
    card = await complained(front)
    assert card.text == (
        f"【群众反映】{NUMBER} 城市管理局\n群众 7F3K说:办事的人骂我,打138****5678\n"
        "最迟 11月25日(周三)答复群众。\n承办单位看不到这条。"
    )
    assert list(card.buttons) == ["回复群众", "要求重办", "抽查"]
    assert card.payload["protect_content"] is True


async def test_the_event_holds_none_of_the_words(front: Front):
    await complained(front)
    [event] = [each for each in await rows(front, AppealEvent) if each.what == "concern"]
    assert set(event.details) == {"concern", "kind", "utterance_id"}
    [words] = await rows(front, Utterance)
    assert (words.direction, words.text) == ("to_supervisors", SAID)


@pytest.mark.parametrize("status", list(Status))
async def test_it_is_heard_whatever_became_of_the_appeal(front: Front, status: Status):
    await set_columns(front, status=status)
    assert (await complained(front)).text.startswith("【群众反映】")


async def test_thinking_better_of_it_tells_nobody(front: Front):
    await front.press(CITIZEN, 1, "c.boss:1")
    await front.press(CITIZEN, 1, "c.nothing:1")
    await front.press(CITIZEN, 1, "c.boss:1")
    await front.say(CITIZEN, "取消")
    assert last(front).text == "好,没有告诉监督员。想说的时候,再点「找监督员」。"
    assert await rows(front, Concern) == []


async def test_nobody_complains_about_somebody_elses_appeal(front: Front):
    await front.press(1002, 1, "c.boss:1")
    await front.say(1002, SAID)
    assert await rows(front, Concern) == []


async def test_a_reply_to_the_card_goes_to_the_citizen_as_the_supervisors(front: Front):
    card = await complained(front)
    owed = await front.say(SUPERVISION, "已经批评了他。", by=SUPERVISOR, reply_to=card.id)
    [told] = into(owed, CITIZEN)
    assert told.text == (
        f"监督员答复您:\n\n已经批评了他。\n\n您反映的是:路灯坏了({NUMBER})\n直接回复这条,只有监督员看得到。"
    )
    [edited] = [each for each in into(owed, SUPERVISION) if each.id == card.id]
    assert (edited.buttons, edited.text.split("\n")[-1]) == ({}, "小方已回复:已经批评了他。")
    kept = await concern(front)
    assert (kept.state, kept.answer) == ("answered", "已经批评了他。")


async def test_the_citizens_reply_to_an_answer_goes_to_the_supervisors_again(front: Front):
    card = await complained(front)
    owed = await front.say(SUPERVISION, "已经批评了他。", by=SUPERVISOR, reply_to=card.id)
    [told] = into(owed, CITIZEN)
    owed = await front.say(CITIZEN, "他又来了", reply_to=told.id)
    assert "群众 7F3K说:他又来了" in into(owed, SUPERVISION)[0].text
    assert to_the_unit(front) == []


async def test_a_note_stays_among_the_supervisors(front: Front):
    card = await complained(front)
    owed = await front.say(SUPERVISION, "//老王你跟一下", by=SUPERVISOR, reply_to=card.id)
    assert (owed, (await concern(front)).state) == ([], "open")


@pytest.mark.parametrize("text", ["@xiaowang 你跟一下", "打13812345678找他"])
async def test_what_may_not_be_meant_for_the_citizen_is_asked_about(front: Front, text: str):
    card = await complained(front)
    owed = await front.say(SUPERVISION, text, by=SUPERVISOR, reply_to=card.id)
    [asked] = owed
    assert list(asked.buttons) == ["发给群众", "不发了"]
    refused = await press(front, asked, "发给群众", by=SECOND)
    assert into(refused, CITIZEN) == []
    await press(front, asked, "不发了")
    assert (await concern(front)).state == "open"
    [asked] = await front.say(SUPERVISION, text, by=SUPERVISOR, reply_to=card.id)
    [told] = into(await press(front, asked, "发给群众"), CITIZEN)
    assert text in told.text


async def test_a_reply_that_waits_can_be_taken_back_and_then_the_concern_waits_again(front: Front):
    card = await complained(front)
    owed = await front.say(SUPERVISION, "已经批评了他。", by=SUPERVISOR, reply_to=card.id)
    [prompt] = [each for each in into(owed, SUPERVISION) if "不发了" in each.buttons]
    assert toasts(await press(front, prompt, "不发了")) == ["这条已经发出去了,收不回来。"]
    async with front.database.writing() as session:
        row = await outbox.named(session, platform="telegram", bot=1, key="concern_answer:1")
        await outbox.change(session, [row], state="queued", message_id=None)
    owed = await press(front, prompt, "不发了")
    assert [each.text for each in owed if each.id == prompt.id] == ["没有发给群众。要回复,请再回复那张卡。"]
    [edited] = [each for each in owed if each.id == card.id]
    assert (list(edited.buttons), (await concern(front)).state) == (["回复群众", "抽查"], "open")


async def test_an_answer_that_does_not_arrive_settles_nothing_and_only_the_supervisors_hear_so(front: Front):
    card = await complained(front)
    await front.say(SUPERVISION, "已经批评了他。", by=SUPERVISOR, reply_to=card.id)

    async def fail(session: AsyncSession) -> None:
        named = await outbox.named(session, platform="telegram", bot=1, key="concern_answer:1")
        row = await outbox.get(session, named)
        await receipts.not_arrived(session, row, unreachable=True, reason="blocked", now=front.now)

    owed = await front.happen(fail)
    assert {each.chat for each in owed} == {SUPERVISION}
    assert any("没有送到" in each.text for each in owed)
    assert (await concern(front)).state == "open"


async def test_of_two_supervisors_the_second_hears_who_was_first(front: Front):
    card = await complained(front)
    await front.say(SUPERVISION, "已经批评了他。", by=SUPERVISOR, reply_to=card.id)
    [refused] = await front.say(SUPERVISION, "我也说一句", by=SECOND, reply_to=card.id)
    assert refused.text == f"{NUMBER}这条已经由小方办了,请看卡片。"
    assert toasts(await press(front, card, "回复群众", by=SECOND)) == [f"{NUMBER}这条已经由小方办了,请看卡片。"]


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLOSED])
async def test_a_supervisor_has_it_handled_again_and_the_unit_reads_no_why(front: Front, status: Status):
    await set_columns(front, status=status, closed_at=front.now - timedelta(days=90))
    card = await complained(front)
    owed = await press(front, card, "要求重办")
    found = await appeal(front)
    assert (found.status, found.reopens, found.citizen_outcome) == ("in_progress", 1, None)
    assert found.answer_due == datetime.fromisoformat("2026-11-26T09:30:00+00:00")
    [again] = into(owed, UNIT)
    assert again.text.startswith(f"【重办】{NUMBER} 第1次\n监督员要求重办。\n最迟 11月26日(周四)再答复。")
    assert "群众说还没解决" not in again.text
    [told] = [each for each in into(owed, CITIZEN) if "重办" in each.text]
    assert told.text == (
        f"监督员看过了,{NUMBER}要重办。已经交回城市管理局,最迟11月26日(周四)再答复您。\n还差什么没办,点「补充」说一句。"
    )
    assert (await concern(front)).state == "reopened"


async def test_what_is_in_hand_is_not_handled_again(front: Front):
    await complained(front)
    owed = await front.press(SUPERVISION, 1, "s.credo:1", by=SUPERVISOR)
    assert toasts(owed)[0].startswith("这件还在办")
    assert ((await appeal(front)).reopens, (await concern(front)).state) == (0, "open")


async def test_a_spot_check_is_drawn_for_today_once(front: Front):
    card = await complained(front)
    owed = await press(front, card, "抽查")
    assert into(owed, SUPERVISION)[0].text == f"{NUMBER} 小方列入了今天的抽查回访。"
    assert toasts(await press(front, card, "抽查")) == ["这件今天已经列入抽查了。"]
    [check] = await rows(front, SpotCheck)
    assert (check.appeal_id, str(check.day), check.state) == (1, "2026-11-23", "drawn")
    assert (await concern(front)).state == "open"


async def test_without_a_number_there_is_nobody_to_call(front: Front):
    await set_columns(front, phone=None)
    card = await complained(front)
    assert toasts(await press(front, card, "抽查"))[0].startswith("群众没有留电话")
    assert await rows(front, SpotCheck) == []


@pytest.mark.parametrize(("who", "where"), [(LI, UNIT), (LI, SUPERVISION), (DISPATCHER, TRIAGE), (SUPERVISOR, TRIAGE)])
async def test_only_supervisors_in_their_group_may_press_or_answer(front: Front, who: int, where: int):
    await set_columns(front, status=Status.ANSWERED)
    card = await complained(front)
    for data in card.buttons.values():
        await front.press(where, card.id or 0, data, by=who)
    await front.say(where, "我来答复", by=who, reply_to=card.id)
    assert (await concern(front)).state == "open"
    assert (await appeal(front)).status == "answered"
    assert await rows(front, SpotCheck) == []


async def test_a_supervisor_does_not_decide_what_they_complained_of_themselves(front: Front):
    card = await complained(front)
    async with front.database.writing() as session:
        found = await session.get_one(Concern, 1)
        supervisor = next(each for each in await rows(front, Person) if each.user_id == SUPERVISOR)
        found.person_id = supervisor.id
    owed = await front.say(SUPERVISION, "没事了", by=SUPERVISOR, reply_to=card.id)
    assert (into(owed, CITIZEN), (await concern(front)).state) == ([], "open")


async def test_a_confidential_one_shows_nothing_in_the_group_and_is_read_in_private(front: Front):
    await set_columns(front, confidential=True)
    card = await complained(front)
    assert card.text == (
        f"【群众反映】{NUMBER} 城市管理局\n保密件,内容不在群里显示。\n"
        "最迟 11月25日(周三)答复群众。\n承办单位看不到这条。"
    )
    owed = await press(front, card, "我来看")
    [private] = into(owed, SUPERVISOR)
    assert (SAID in private.text, private.payload["protect_content"]) == (True, True)
    assert any(each.what == "concern_opened" for each in await rows(front, AppealEvent))
    owed = await front.say(SUPERVISION, "已经批评了他。", by=SUPERVISOR, reply_to=card.id)
    assert not any("批评" in each.text for each in into(owed, SUPERVISION))


async def test_without_a_supervisors_group_the_dispatchers_have_it_and_a_new_group_takes_it_over(front: Front):
    async def put_out(session: AsyncSession) -> None:
        office = await offices.of(session, platform="telegram", bot=1, purpose=Purpose.SUPERVISION)
        await lose_chat(session, platform="telegram", bot=1, chat_id=office.chat_id, now=front.now)

    async def rebind(session: AsyncSession) -> None:
        group = {"chat_id": -99, "purpose": Purpose.SUPERVISION, "title": "新群"}
        await bind(session, platform="telegram", bot=1, now=front.now, **group)

    await front.happen(put_out)
    await front.press(CITIZEN, 1, "c.boss:1")
    owed = await front.say(CITIZEN, SAID)
    assert into(owed, TRIAGE)[0].text.startswith("【群众反映】")
    [card] = into(await front.happen(rebind), -99)
    owed = await front.say(-99, "已经批评了他。", by=SUPERVISOR, reply_to=card.id)
    assert "监督员答复您" in into(owed, CITIZEN)[0].text


# --- nothing of it may reach the unit


async def photo(front: Front, number: int, caption: str = "", *, reply_to: int | None = None) -> list[Owed]:
    """Send one part of an album."""
    size = {"file_id": f"p{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9, "file_size": 9}
    message = front._message(CITIZEN, CITIZEN, "", 900 + number) | {"photo": [size], "media_group_id": "album"}
    del message["text"]
    more = {"caption": caption} if caption else {}
    if reply_to is not None:
        more["reply_to_message"] = front._message(CITIZEN, 1, "…", reply_to)
    return await front.feed(message=message | more)


async def test_pictures_go_to_the_supervisors_and_later_parts_of_their_album_too(front: Front):
    await front.press(CITIZEN, 1, "c.boss:1")
    first = await photo(front, 1, "看他写的条子")
    second = await photo(front, 2)
    assert [each.method for each in into(first + second, SUPERVISION) if each.method != "editMessageText"][-1] in {
        "sendPhoto",
        "sendMediaGroup",
    }
    assert "p2" in str([each.payload for each in into(second, SUPERVISION)])
    assert to_the_unit(front) == []


async def test_the_citizens_own_words_to_them_quoted_later_go_there_again(front: Front):
    await front.press(CITIZEN, 1, "c.boss:1")
    await photo(front, 1, "看他写的条子")
    await photo(front, 2, reply_to=901)
    await front.say(CITIZEN, "还有这张", reply_to=901)
    assert to_the_unit(front) == []
    assert "还有这张" in [each.text for each in await rows(front, Concern)][-1]


async def test_an_edit_of_words_to_the_supervisors_reaches_nobody_else(front: Front):
    await front.press(CITIZEN, 1, "c.boss:1")
    await photo(front, 1, "看他写的条子")
    size = {"file_id": "p9", "file_unique_id": "u9", "width": 9, "height": 9, "file_size": 9}
    changed = front._message(CITIZEN, CITIZEN, "", 901) | {"photo": [size], "caption": "看他打我", "edit_date": 1}
    del changed["text"]
    await front.feed(edited_message=changed)
    assert to_the_unit(front) == []


async def test_things_of_theirs_that_did_not_come_through_are_nobody_elses_business(front: Front):
    await front.press(CITIZEN, 1, "c.boss:1")
    await photo(front, 1, "看他写的条子")

    async def fail(session: AsyncSession) -> None:
        named = await outbox.named(session, platform="telegram", bot=1, key=f"things:1:{SUPERVISION}")
        row = await outbox.get(session, named)
        await receipts.not_arrived(session, row, unreachable=False, reason="too big", now=front.now)

    assert await front.happen(fail) == []


async def test_danger_told_to_the_supervisors_reaches_the_dispatchers_and_never_the_unit(front: Front):
    before = await appeal(front)
    await front.press(CITIZEN, 1, "c.boss:1")
    owed = await front.say(CITIZEN, "办事的人又打我")
    assert any(each.text.startswith("【请马上看】") for each in into(owed, TRIAGE))
    assert any("110" in each.text for each in into(owed, CITIZEN))
    assert to_the_unit(front) == []
    after = await appeal(front)
    assert (after.urgency, after.answer_due) == (before.urgency, before.answer_due)
    [case] = await rows(front, DangerCase)
    assert case.appeal_id is None


async def test_a_later_unit_gets_none_of_it_with_the_card(front: Front):
    await complained(front)

    async def move(session: AsyncSession) -> None:
        found = await find(session, 1)
        found.status, found.department = Status.DISPATCHED, "power"
        await record(session, "card_wanted", at=front.now, actor="system", appeal_id=1)

    owed = await front.happen(move)
    assert owed
    assert not any("骂我" in str(each.payload) for each in owed)


@pytest.mark.parametrize("confidential", [False, True])
async def test_no_group_but_the_supervisors_reads_a_trace_of_any_concern(front: Front, *, confidential: bool):
    await set_columns(front, confidential=confidential)
    await complained(front, "甲乙丙丁一")
    assert to_the_unit(front) == []
    await front.happen(lambda session: record(session, "card_wanted", at=front.now, actor="system", appeal_id=1))
    before = len(to_the_unit(front))
    card = last(front, SUPERVISION)
    await front.say(SUPERVISION, "甲乙丙丁二", by=SUPERVISOR, reply_to=card.id)
    await front.press(CITIZEN, 1, "c.forced:1")
    await set_columns(front, status=Status.ANSWERED, answered_at=front.now)
    await front.press(CITIZEN, 1, "c.spoke:1:no")
    kept = [each for each in to_the_unit(front)[before:] if each.method != "editMessageText"]
    assert kept == []
    await front.press(CITIZEN, 1, "c.solved:1")
    await front.press(CITIZEN, 1, "c.rate:1:dissatisfied")
    await front.press(CITIZEN, 1, "c.why:1:manners")
    await front.say(CITIZEN, "甲乙丙丁三")
    told = [each for each in front.calls if each.chat not in {CITIZEN, SUPERVISION}]
    traces = ("甲乙丙丁", "监督", "不满意", "态度", "没联系", "有人让", "反映", "核查")
    assert [each.text for each in told if any(word in str(each.payload) for word in traces)] == []
    assert len(await rows(front, Concern)) == 4
