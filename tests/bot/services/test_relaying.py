"""Words to the citizen: held, taken back, let go, or kept inside."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import attaching, relaying
from bot.services.relaying import Manner
from storage.domain.contents import Content, Kind
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events, messages, outbox
from storage.tables import OutboxMessage, Utterance, UtteranceVersion
from tests.support.handling import CITIZEN, GROUP, Handling


async def keep(scene: Handling, text: str = "明天去看。", *, message: int = 70) -> Utterance:
    return await relaying.keep(
        scene.session,
        appeal=scene.appeal,
        staff=scene.li,
        text=text,
        manner=Manner.PLAIN,
        source=(GROUP, message),
        now=scene.now,
    )


async def note(scene: Handling, text: str = "问过物业了", *, message: int = 71) -> Utterance:
    return await relaying.note(
        scene.session, appeal=scene.appeal, staff=scene.li, text=text, source=(GROUP, message), now=scene.now
    )


async def whats(scene: Handling) -> list[str]:
    return [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)]


async def test_kept_words_wait_and_nothing_has_happened_yet(scene: Handling):
    words = await keep(scene)
    assert (words.direction, words.state, words.manner) == ("to_citizen", "held", "plain")
    assert await whats(scene) == []


async def test_nothing_is_kept_for_a_citizen_who_withdrew(scene: Handling):
    scene.appeal.status = Status.WITHDRAWN
    with pytest.raises(TransitionRefused):
        await keep(scene)
    assert await relaying.said_in(scene.session, scene.appeal.id, chat_id=GROUP, message_id=70) is None


async def test_a_note_stays_in_the_group_and_in_the_history(scene: Handling):
    words = await note(scene)
    assert (words.direction, words.state) == ("note", "kept")
    [event] = await events.of_appeal(scene.session, scene.appeal.id)
    assert (event.what, event.details) == ("note", {"utterance_id": words.id})


async def test_a_note_on_a_withdrawn_appeal_is_kept_without_an_event(scene: Handling):
    scene.appeal.status = Status.WITHDRAWN
    assert (await note(scene)).state == "kept"
    assert await whats(scene) == []


async def test_words_are_found_by_the_message_they_were_written_in(scene: Handling):
    await keep(scene, message=70)
    first, again = await keep(scene, message=71), await keep(scene, "后天去看。", message=71)
    assert first.id < again.id
    assert await relaying.said_in(scene.session, scene.appeal.id, chat_id=GROUP, message_id=71) is again
    assert await relaying.said_in(scene.session, scene.appeal.id, chat_id=GROUP - 1, message_id=71) is None


async def test_words_nobody_wrote_are_not_found(scene: Handling):
    words = await keep(scene)
    assert await relaying.utterance(scene.session, words.id) is words
    with pytest.raises(NotFound):
        await relaying.utterance(scene.session, words.id + 1)


async def test_whoever_writes_first_has_signed_for_the_appeal(scene: Handling, now: datetime):
    scene.appeal.status = Status.DISPATCHED
    words = await keep(scene)
    await relaying.set_out(scene.session, appeal=scene.appeal, staff=scene.hu, words=words, now=now)
    assert (scene.appeal.claimant_id, scene.appeal.claimed_at) == (scene.hu.id, now)
    assert await whats(scene) == ["claim"]


async def test_a_colleagues_words_leave_the_appeal_with_its_claimant(scene: Handling, now: datetime):
    scene.appeal.claimant_id, scene.appeal.claimed_at = scene.li.id, now
    words = await keep(scene)
    words.state = "dropped"
    await relaying.set_out(scene.session, appeal=scene.appeal, staff=scene.hu, words=words, now=now)
    assert (words.state, scene.appeal.claimant_id, await whats(scene)) == ("held", scene.li.id, [])


async def test_what_sets_out_after_a_withdrawal_goes_nowhere(scene: Handling, now: datetime):
    words = await keep(scene)
    scene.appeal.status = Status.WITHDRAWN
    with pytest.raises(TransitionRefused):
        await relaying.set_out(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=now)


@pytest.mark.parametrize("state", ["queued", "delivered", "dropped", "undelivered"])
async def test_only_held_words_are_taken_back(scene: Handling, now: datetime, state: str):
    words = await scene.said(state=state)
    assert not await relaying.take_back(scene.session, words, now=now)


async def test_words_that_never_came_into_the_outbox_are_back_at_once(scene: Handling, now: datetime):
    assert await relaying.take_back(scene.session, await keep(scene), now=now)


async def test_words_being_sent_cannot_be_taken_back(scene: Handling, now: datetime):
    words = await keep(scene)
    await scene.row(words, state="sending", key=relaying.row_key(words.id), send_after=now)
    assert not await relaying.take_back(scene.session, words, now=now)


async def test_words_let_go_are_due_at_once_and_cannot_be_let_go_twice(scene: Handling, now: datetime):
    words = await keep(scene)
    row = await scene.row(words, state="queued", key=relaying.row_key(words.id), send_after=now)
    assert await relaying.let_go(scene.session, words)
    kept = await outbox.get(scene.session, row.id)
    assert kept is not None
    assert (words.state, kept.send_after) == ("queued", None)
    assert not await relaying.let_go(scene.session, words)


async def test_words_without_a_call_are_not_let_go(scene: Handling):
    words = await keep(scene)
    assert not await relaying.let_go(scene.session, words)
    assert words.state == "held"


async def test_words_that_are_dropped_stay_in_the_history(scene: Handling):
    words = await keep(scene)
    await relaying.drop(scene.session, words)
    found = await relaying.utterance(scene.session, words.id, scene.appeal.id)
    assert (found.state, found.direction) == ("dropped", "to_citizen")


async def test_words_kept_inside_become_a_note(scene: Handling, now: datetime):
    words = await keep(scene)
    await relaying.keep_inside(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=now)
    assert (words.direction, words.state, await whats(scene)) == ("note", "kept", ["note"])


async def test_who_sent_private_numbers_on_is_kept_without_the_numbers(scene: Handling, now: datetime):
    words = await keep(scene, "师傅电话 13812345678")
    await relaying.note_numbers_sent(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=now)
    [event] = await events.of_appeal(scene.session, scene.appeal.id)
    assert (event.what, event.person_id) == ("numbers_sent", scene.li.person_id)
    assert event.details == {"utterance_id": words.id}


async def queued(scene: Handling, words: Utterance, *, calls: int = 2, **columns: Any) -> list[OutboxMessage]:
    key = relaying.row_key(words.id)
    keys = [f"{key}:{n}" if n else key for n in range(calls)]
    given = {"state": "queued", "send_after": scene.now, **columns}
    return [await scene.row(words, key=each, **given) for each in keys]


async def states(scene: Handling, rows: list[OutboxMessage]) -> list[str]:
    return [found.state for each in rows if (found := await outbox.get(scene.session, each.id))]


async def test_words_and_pictures_are_taken_back_together(scene: Handling, now: datetime):
    words = await keep(scene)
    rows = await queued(scene, words, calls=3)
    assert await relaying.waits(scene.session, words)
    assert await relaying.take_back(scene.session, words, now=now)
    assert await states(scene, rows) == ["cancelled"] * 3
    assert not await relaying.waits(scene.session, words)


async def test_nothing_is_taken_back_where_a_part_is_on_its_way(scene: Handling, now: datetime):
    words = await keep(scene)
    first, second = await queued(scene, words)
    await outbox.change(scene.session, [first.id], state="sending")
    assert not await relaying.take_back(scene.session, words, now=now)
    assert await states(scene, [second]) == ["queued"]


async def test_words_and_pictures_are_let_go_together(scene: Handling):
    words = await keep(scene)
    rows = await queued(scene, words)
    assert await relaying.let_go(scene.session, words)
    kept = [await outbox.get(scene.session, each.id) for each in rows]
    assert [each.send_after for each in kept if each] == [None, None]


async def arrived(scene: Handling, *, ago: timedelta = timedelta(), **columns: Any) -> Utterance:
    words = await scene.said(state="delivered", **columns)
    settled = scene.now - ago
    for number, row in enumerate(await queued(scene, words, state="sent", send_after=None, settled_at=settled)):
        for message_id in (500 + 10 * number, 501 + 10 * number):
            await messages.remember(scene.session, row, message_id=message_id, now=settled)
    return words


async def test_all_messages_that_brought_a_reply_are_taken_from_the_citizen(scene: Handling, now: datetime):
    words = await arrived(scene)
    assert await relaying.take_from_citizen(scene.session, words, now=now) == (CITIZEN, [500, 501, 510, 511])
    assert words.state == "withdrawing"


async def test_what_is_taken_away_already_is_not_taken_away_again(scene: Handling, now: datetime):
    words = await arrived(scene)
    await relaying.take_from_citizen(scene.session, words, now=now)
    with pytest.raises(InputRefused, match="unsend_too_late"):
        await relaying.take_from_citizen(scene.session, words, now=now)


async def test_after_two_days_a_reply_stays(scene: Handling, now: datetime):
    words = await arrived(scene, ago=timedelta(hours=48))
    with pytest.raises(InputRefused, match="unsend_too_late"):
        await relaying.take_from_citizen(scene.session, words, now=now)
    assert words.state == "delivered"


async def test_an_answer_is_not_taken_away(scene: Handling, now: datetime):
    words = await arrived(scene, direction="answer")
    with pytest.raises(InputRefused, match="unsend_answer"):
        await relaying.take_from_citizen(scene.session, words, now=now)


async def test_words_that_went_out_read_otherwise_and_the_old_ones_are_kept(scene: Handling, now: datetime):
    words = await arrived(scene)
    await relaying.edit_out(scene.session, words, "后天去看。", now=now)
    [version] = (await scene.session.execute(select(UtteranceVersion))).scalars()
    assert (words.text, version.text, scene.appeal.answer) == ("后天去看。", "明天去看。", None)


async def test_an_edited_answer_is_the_appeals_answer(scene: Handling, now: datetime):
    words = await arrived(scene, direction="answer")
    scene.appeal.answer = words.text
    await relaying.edit_out(scene.session, words, "换好了。", now=now)
    assert scene.appeal.answer == "换好了。"


async def test_a_later_part_brings_its_picture_and_its_words(scene: Handling):
    words = await keep(scene, "灯头换了", message=70)
    await relaying.join(scene.session, appeal=scene.appeal, words=words, files=[], text="灯杆也换了", message_id=71)
    await relaying.join(scene.session, appeal=scene.appeal, words=words, files=[], text="", message_id=72)
    assert (words.text, words.parts) == ("灯头换了\n灯杆也换了", {"70": "灯头换了", "71": "灯杆也换了"})


async def test_the_first_words_may_come_with_a_later_part(scene: Handling):
    words = await keep(scene, "", message=70)
    await relaying.join(scene.session, appeal=scene.appeal, words=words, files=[], text="换了", message_id=71)
    assert (words.text, words.parts) == ("换了", {"71": "换了"})


async def test_words_are_found_by_a_later_part_of_their_album(scene: Handling, now: datetime):
    words = await keep(scene)
    photo = Content(Kind.PHOTO, file_id="p", unique_id="u")
    part = await attaching.keep(scene.session, photo, person_id=scene.li.person_id, source=(GROUP, 71), now=now)
    await attaching.to_words(scene.session, scene.appeal, words, [part])
    assert await relaying.said_in(scene.session, scene.appeal.id, chat_id=GROUP, message_id=71) is words
