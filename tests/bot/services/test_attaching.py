"""What people send beside words: kept once, put where it belongs, and never more than can be handled."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.services import attaching, drafting, relaying, supplementing
from storage.domain.contents import LARGEST_COPY, MOST, Content, Kind
from storage.domain.errors import InputRefused, NotFound
from storage.domain.statuses import Status
from storage.repositories import appeals, attachments, drafts
from storage.tables import Attachment, Draft, Utterance
from tests.support.handling import CITIZEN, GROUP, Handling

PHOTO = Content(Kind.PHOTO, file_id="p1", unique_id="u1")


async def sent(scene: Handling, content: Content = PHOTO, *, message: int = 7) -> Attachment:
    source = (CITIZEN, message)
    return await attaching.keep(scene.session, content, person_id=scene.citizen.id, source=source, now=scene.now)


async def begun(scene: Handling, *things: Attachment) -> Draft:
    draft = await drafting.hear(scene.session, person_id=scene.citizen.id, text="路灯坏了半个月", now=scene.now)
    await attaching.to_draft(scene.session, draft, [each.id for each in things], now=scene.now)
    return draft


async def first_words(scene: Handling, text: str = "路灯坏了半个月") -> Utterance:
    return await supplementing.say_for(scene.session, scene.appeal, text=text, parts={"5": text}, now=scene.now)


async def test_a_document_too_large_for_a_copy_is_not_kept(scene: Handling):
    with pytest.raises(InputRefused, match="file_too_big"):
        await sent(scene, Content(Kind.DOCUMENT, file_id="d", size=LARGEST_COPY + 1))
    assert (await scene.session.execute(select(Attachment))).all() == []


async def test_a_draft_counts_what_it_holds_and_how_long_its_voices_are(scene: Handling):
    voices = [await sent(scene, Content(Kind.VOICE, file_id=f"v{n}", duration=n)) for n in (5, 7)]
    draft = await begun(scene, await sent(scene), *voices)
    assert draft.files == {"photo": 1, "voice": 2, "seconds": 12}
    await attaching.to_draft(scene.session, draft, [voices[0].id], now=scene.now)
    assert draft.files["voice"] == 2


async def test_the_sixty_first_is_refused_and_the_sixty_stay(scene: Handling):
    draft = await begun(scene, *[await sent(scene, message=n) for n in range(MOST)])
    with pytest.raises(InputRefused, match="too_many_files"):
        await attaching.to_draft(scene.session, draft, [(await sent(scene)).id], now=scene.now)
    assert draft.files == {"photo": MOST}


async def test_words_hold_sixty_too(scene: Handling):
    words = await first_words(scene)
    await attaching.to_words(scene.session, scene.appeal, words, [await sent(scene) for _ in range(MOST)])
    with pytest.raises(InputRefused, match="too_many_files"):
        await attaching.to_words(scene.session, scene.appeal, words, [await sent(scene)])


async def test_what_a_draft_held_belongs_to_the_appeal_it_became(scene: Handling):
    draft = await begun(scene, await sent(scene))
    words = await first_words(scene)
    await attaching.filed(scene.session, scene.appeal, words, draft)
    [thing] = await attachments.of_appeal(scene.session, scene.appeal.id)
    assert (thing.draft_id, thing.utterance_id, scene.appeal.files) == (None, words.id, {"photo": 1})


async def test_what_a_cancelled_draft_held_is_forgotten(scene: Handling):
    draft = await begun(scene, await sent(scene))
    await drafts.drop(scene.session, scene.citizen.id)
    assert await attachments.of_draft(scene.session, draft.id) == []


async def test_another_file_takes_the_place_of_one_in_a_draft(scene: Handling):
    thing = await sent(scene)
    draft = await begun(scene, thing)
    await attaching.replace(
        scene.session, thing, Content(Kind.VIDEO, file_id="v", unique_id="u2", name="1.mp4", size=9)
    )
    assert (thing.kind, thing.file_id, thing.size, draft.files) == ("video", "v", 9, {"video": 1})


async def test_another_file_takes_the_place_of_one_that_waits_for_where_it_belongs(scene: Handling):
    thing = await sent(scene)
    await attaching.replace(scene.session, thing, Content(Kind.PHOTO, file_id="p2", unique_id="u2"))
    assert thing.file_id == "p2"


async def test_a_file_too_large_does_not_take_the_place_of_another(scene: Handling):
    thing = await sent(scene)
    with pytest.raises(InputRefused, match="file_too_big"):
        await attaching.replace(scene.session, thing, Content(Kind.DOCUMENT, size=LARGEST_COPY + 1))
    assert thing.kind == "photo"


async def test_no_ids_move_nothing_and_name_nothing(scene: Handling):
    await attachments.move(scene.session, [], draft_id=1)
    assert await attachments.named(scene.session, []) == []


async def test_a_later_part_joins_the_words_of_the_first_with_what_stands_under_it(scene: Handling):
    words = await first_words(scene)
    late = await sent(scene, message=9)
    await join(scene, words, late, "在东门")
    assert (words.text, words.parts) == ("路灯坏了半个月\n在东门", {"5": "路灯坏了半个月", "9": "在东门"})
    assert (scene.appeal.text, late.title, late.utterance_id) == (words.text, "在东门", words.id)


async def test_a_later_part_of_a_supplement_leaves_the_appeals_own_words(scene: Handling):
    await first_words(scene)
    more = await supplementing.say_for(scene.session, scene.appeal, text="", parts={}, now=scene.now)
    before = scene.appeal.text
    await join(scene, more, await sent(scene, message=9), "在东门")
    assert (more.text, more.parts, scene.appeal.text) == ("在东门", {"9": "在东门"}, before)


async def test_a_later_part_without_words_changes_none(scene: Handling):
    words = await first_words(scene)
    late = await sent(scene, message=9)
    await join(scene, words, late, "")
    assert (words.text, words.parts, late.title) == ("路灯坏了半个月", {"5": "路灯坏了半个月"}, None)


async def join(scene: Handling, words: Utterance, late: Attachment, text: str) -> None:
    await supplementing.join(
        scene.session,
        appeal_id=scene.appeal.id,
        utterance_id=words.id,
        text=text,
        files=[late.id],
        person_id=scene.citizen.id,
        now=scene.now,
    )


async def test_a_part_cannot_join_words_that_are_not_there(scene: Handling):
    with pytest.raises(NotFound):
        await supplementing.join(
            scene.session,
            appeal_id=scene.appeal.id,
            utterance_id=4711,
            text="",
            files=[],
            person_id=scene.citizen.id,
            now=scene.now,
        )


async def test_what_staff_send_goes_with_their_words(scene: Handling):
    thing = await attaching.keep(scene.session, PHOTO, person_id=scene.li.person_id, source=(GROUP, 70), now=scene.now)
    said = await relaying.keep(
        scene.session,
        appeal=scene.appeal,
        staff=scene.li,
        text="",
        files=[thing.id],
        manner=relaying.Manner.PLAIN,
        source=(GROUP, 70),
        now=scene.now,
    )
    assert [each.id for each in await attachments.of_utterance(scene.session, said.id)] == [thing.id]


async def test_the_newest_thing_of_a_message_counts(scene: Handling):
    await sent(scene)
    newer = await sent(scene, Content(Kind.PHOTO, file_id="p2", unique_id="u2"))
    found = await attachments.in_message(scene.session, chat_id=CITIZEN, message_id=7)
    assert found is not None
    assert found.id == newer.id
    assert await attachments.in_message(scene.session, chat_id=GROUP, message_id=7) is None


async def test_a_supplement_after_the_closing_still_takes_its_pictures_along(scene: Handling, now: datetime):
    scene.appeal.status, scene.appeal.closed_at = Status.CLOSED, now - timedelta(days=1)
    thing = await sent(scene)
    _, words = await supplementing.supplement(
        scene.session,
        appeal_id=scene.appeal.id,
        person_id=scene.citizen.id,
        text="又坏了",
        files=[thing.id],
        parts={"7": "又坏了"},
        now=now,
    )
    assert thing.utterance_id == words.id
    assert [each.text for each in await appeals.words(scene.session, scene.appeal.id)] == ["又坏了"]
