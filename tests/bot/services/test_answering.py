"""The answer: one colleague at a time writes it, it counts from the press, and only its last draft stands."""

from datetime import timedelta

import pytest

from bot.services import answering, attaching
from bot.services.answering import Outcome
from storage.domain.contents import Content, Kind
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import appeals, attachments, events
from storage.tables import Conversation, Staff, Utterance
from tests.support.handling import GROUP, Handling

MINUTE = timedelta(minutes=1)


async def may_answer(scene: Handling, staff: Staff) -> None:
    await answering.may_answer(
        scene.session,
        appeal=scene.appeal,
        person_id=staff.person_id,
        chat_id=GROUP,
        platform="telegram",
        bot=1,
        now=scene.now,
    )


async def draft(scene: Handling, text: str, staff: Staff | None = None) -> Utterance:
    return await answering.draft(
        scene.session,
        appeal=scene.appeal,
        staff=staff or scene.li,
        outcome=Outcome.SOLVED,
        text=text,
        source=(GROUP, 70),
        now=scene.now,
    )


async def hu_is_asked(scene: Handling, state: str, *, appeal: int, ago: timedelta = MINUTE) -> None:
    talk = Conversation(
        platform="telegram",
        bot=1,
        chat_id=GROUP,
        user_id=3004,
        state=state,
        memo={"appeal": appeal},
        updated_at=scene.now - ago,
    )
    scene.session.add(talk)
    await scene.session.flush()


@pytest.mark.parametrize("state", answering.WRITING)
async def test_while_a_colleague_writes_the_answer_nobody_else_begins_one(scene: Handling, state: str):
    await hu_is_asked(scene, state, appeal=scene.appeal.id)
    with pytest.raises(InputRefused, match="being_answered"):
        await may_answer(scene, scene.li)


async def test_ones_own_unfinished_answer_is_in_nobodys_way(scene: Handling):
    await hu_is_asked(scene, "office.answer", appeal=scene.appeal.id)
    await may_answer(scene, scene.hu)


async def test_a_colleague_who_left_the_answer_lying_is_not_waited_for(scene: Handling):
    await hu_is_asked(scene, "office.answer", appeal=scene.appeal.id, ago=timedelta(minutes=30))
    await may_answer(scene, scene.li)


async def test_a_colleague_busy_with_something_else_is_in_nobodys_way(scene: Handling):
    await hu_is_asked(scene, "office.answer", appeal=scene.appeal.id + 1)
    await may_answer(scene, scene.li)
    talk = await scene.session.get_one(Conversation, ("telegram", 1, GROUP, 3004, 0))
    talk.state, talk.memo = "office.phone", {"appeal": scene.appeal.id}
    await may_answer(scene, scene.li)


async def test_what_nobody_signed_for_is_not_answered(scene: Handling):
    scene.appeal.status = Status.DISPATCHED
    with pytest.raises(TransitionRefused):
        await may_answer(scene, scene.li)
    with pytest.raises(TransitionRefused):
        await draft(scene, "已修好。")


async def test_a_new_draft_drops_the_writers_older_one_and_no_colleagues(scene: Handling):
    hus = await draft(scene, "在修。", scene.hu)
    older, newer = await draft(scene, "修了。"), await draft(scene, "已修好。")
    assert [each.state for each in (hus, older, newer)] == ["held", "dropped", "held"]
    assert (newer.manner, newer.source_chat, newer.source_message) == ("solved", GROUP, 70)
    assert scene.appeal.answer_pressed_at is None


async def test_the_units_last_words_that_arrived_can_become_the_answer(scene: Handling):
    assert await answering.last_delivered(scene.session, scene.appeal) is None
    await scene.said("第一次", state="delivered")
    wanted = await scene.said("第二次", state="delivered")
    await scene.said("没送到的", state="undelivered")
    (await scene.said("别的单位说的", state="delivered")).department = "power"
    await scene.said("群众说的", state="delivered", direction="from_citizen")
    assert await answering.last_delivered(scene.session, scene.appeal) is wanted


async def test_a_new_answer_takes_the_place_of_one_that_did_not_arrive(scene: Handling):
    lost = await scene.said("已修好。", direction="answer", state="undelivered", manner="solved")
    note = await scene.said("没送到的话", state="undelivered")
    words = await draft(scene, "已修好,请查看。")
    later = scene.now + MINUTE
    await answering.send(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=later)
    assert (lost.state, note.state, words.state) == ("dropped", "undelivered", "queued")
    assert (scene.appeal.answer_pressed_at, scene.appeal.staff_outcome) == (later, "solved")
    assert (scene.appeal.status, scene.appeal.answered_at) == (Status.IN_PROGRESS, None)
    [event] = await events.of_appeal(scene.session, scene.appeal.id)
    assert (event.what, event.details) == ("answer", {"utterance_id": words.id, "outcome": "solved"})


async def test_a_dropped_draft_is_not_sent(scene: Handling):
    words = await draft(scene, "修了。")
    await draft(scene, "已修好。")
    with pytest.raises(TransitionRefused):
        await answering.send(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now)
    assert [each.state for each in await appeals.words(scene.session, scene.appeal.id)] == ["dropped", "held"]


async def test_an_answer_takes_its_pictures_over_from_an_earlier_draft(scene: Handling):
    photo = Content(Kind.PHOTO, file_id="p", unique_id="u")
    thing = await attaching.keep(scene.session, photo, person_id=scene.li.person_id, source=(GROUP, 69), now=scene.now)
    drafts = [
        await answering.draft(
            scene.session,
            appeal=scene.appeal,
            staff=scene.li,
            outcome=Outcome.SOLVED,
            text=text,
            files=[thing.id],
            source=(GROUP, 70),
            parts={"70": text},
            now=scene.now,
        )
        for text in ("换了", "换了灯头")
    ]
    held = [[each.id for each in await attachments.of_utterance(scene.session, said.id)] for said in drafts]
    assert (held, drafts[0].state, drafts[1].parts) == ([[], [thing.id]], "dropped", {"70": "换了灯头"})


async def test_the_last_reply_is_one_with_words(scene: Handling):
    said = await scene.said("明天去看。", state="delivered")
    await scene.said("", state="delivered")
    assert await answering.last_delivered(scene.session, scene.appeal) is said
