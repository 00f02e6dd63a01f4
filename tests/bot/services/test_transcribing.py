"""A voice is written down once, read back, and put right by the citizen only."""

import pytest

from bot.services import transcribing
from bot.services.moving import Actor
from bot.services.supplementing import say_for
from bot.services.transcribing import Transcript
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events
from storage.tables import Appeal, Draft, Utterance
from tests.support.handling import Handling


async def voice(scene: Handling) -> Utterance:
    scene.appeal.status, scene.appeal.transcript = Status.PENDING_TRIAGE, Transcript.WANTED
    scene.appeal.text, scene.appeal.title = "", "语音1段"
    return await say_for(scene.session, scene.appeal, text="", parts={}, now=scene.now)


async def write(scene: Handling, text: str = "路灯坏了") -> Appeal:
    return await transcribing.write_down(
        scene.session,
        appeal_id=scene.appeal.id,
        text=text,
        title=text,
        person_id=scene.hu.person_id,
        actor=Actor.DISPATCHER,
        now=scene.now,
    )


async def confirm(scene: Handling) -> None:
    await transcribing.confirm(scene.session, appeal_id=scene.appeal.id, person_id=scene.citizen.id, now=scene.now)


async def correct(scene: Handling, text: str = "是西门的灯") -> Appeal:
    appeal, _ = await transcribing.correct(
        scene.session,
        appeal_id=scene.appeal.id,
        text=text,
        title=text,
        person_id=scene.citizen.id,
        now=scene.now,
    )
    return appeal


async def whats(scene: Handling) -> list[str]:
    return [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)]


@pytest.mark.parametrize(
    ("text", "files", "only"),
    [("", {"voice": 1, "seconds": 5}, True), (" \n", {"voice": 1}, True), ("灯", {"voice": 1}, False), ("", {}, False)],
)
def test_only_a_voice_without_a_word_wants_writing_down(text: str, files: dict[str, int], *, only: bool):
    assert transcribing.is_only_voice(Draft(person_id=1, text=text, files=files)) is only


async def test_what_is_written_down_are_the_appeals_words(scene: Handling):
    words = await voice(scene)
    appeal = await write(scene)
    assert (words.text, appeal.text, appeal.title, appeal.transcript) == ("路灯坏了",) * 3 + (Transcript.WRITTEN,)
    assert await whats(scene) == ["transcribed"]


async def test_the_second_dispatcher_comes_too_late(scene: Handling):
    words = await voice(scene)
    await write(scene)
    with pytest.raises(TransitionRefused):
        await write(scene, "别的话")
    with pytest.raises(TransitionRefused):
        await unheard(scene)
    assert words.text == "路灯坏了"


async def test_nothing_is_not_written_down(scene: Handling):
    await voice(scene)
    with pytest.raises(InputRefused, match="nothing_said"):
        await write(scene, "")


async def test_a_voice_that_was_withdrawn_meanwhile_is_not_written_down(scene: Handling):
    await voice(scene)
    scene.appeal.status = Status.WITHDRAWN
    assert not transcribing.waits(scene.appeal)
    with pytest.raises(TransitionRefused):
        await write(scene)


async def test_an_appeal_without_words_has_none_to_put_otherwise(scene: Handling):
    scene.appeal.transcript = Transcript.WANTED
    with pytest.raises(NotFound):
        await write(scene)


async def unheard(scene: Handling) -> None:
    await transcribing.not_heard(scene.session, appeal_id=scene.appeal.id, person_id=scene.hu.person_id, now=scene.now)


async def test_a_voice_nobody_made_out_still_waits(scene: Handling):
    await voice(scene)
    await unheard(scene)
    assert (transcribing.waits(scene.appeal), await whats(scene)) == (True, ["voice_unheard"])


async def test_it_is_confirmed_once(scene: Handling):
    await voice(scene)
    await write(scene)
    for _ in range(2):
        await confirm(scene)
    assert scene.appeal.transcript == Transcript.CONFIRMED
    assert await whats(scene) == ["transcribed", "transcript_confirmed"]


async def test_the_citizens_own_words_take_the_place_of_what_was_written_down(scene: Handling):
    words = await voice(scene)
    await write(scene)
    appeal = await correct(scene)
    assert (words.text, appeal.text, appeal.transcript) == ("是西门的灯", "是西门的灯", Transcript.CONFIRMED)
    assert await whats(scene) == ["transcribed", "reworded"]


async def test_nobody_else_confirms(scene: Handling):
    await voice(scene)
    with pytest.raises(NotFound):
        await transcribing.confirm(
            scene.session, appeal_id=scene.appeal.id, person_id=scene.li.person_id, now=scene.now
        )
