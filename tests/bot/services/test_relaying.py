"""Words to the citizen: held, taken back, let go, or kept inside."""

from datetime import datetime

import pytest

from bot.services import relaying
from bot.services.relaying import Manner
from storage.domain.errors import NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events, outbox
from storage.tables import Utterance
from tests.support.handling import GROUP, Handling


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
