"""An edit puts other words in the place of the old ones, exactly there, and the old ones are kept."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.services import attaching, supplementing
from bot.services.rewording import edited_by_citizen, retold
from storage.domain.contents import Content, Kind
from storage.domain.errors import NotFound
from storage.domain.statuses import Status
from storage.repositories import events
from storage.tables import Attachment, Utterance, UtteranceVersion
from tests.support.handling import CITIZEN, Handling

parts = st.lists(st.text(alphabet="灯坏了ab\n").map(str.strip).filter(bool), min_size=1, max_size=6)


@settings(deadline=None)
@given(parts, st.data(), st.text(alphabet="灯坏了xy"))
def test_one_part_is_put_otherwise_and_the_others_stay(said: list[str], data: st.DataObject, new: str):
    place = data.draw(st.integers(0, len(said) - 1))
    named = {str(n): part for n, part in enumerate(said)}
    expected = "\n".join([*said[:place], new, *said[place + 1 :]])
    assert retold("\n".join(said), named, str(place), new) == expected


def test_a_part_that_is_new_goes_last_and_one_that_is_gone_is_not_guessed():
    assert retold("一", {"1": "一"}, "2", "二") == "一\n二"
    assert retold("", {}, "2", "二") == "二"
    assert retold("别的", {"1": "一"}, "1", "二") is None


async def said(scene: Handling, text: str = "路灯坏了", more: str = "灯") -> Utterance:
    named = {"5": text, "6": more}
    return await supplementing.say_for(scene.session, scene.appeal, text=f"{text}\n{more}", parts=named, now=scene.now)


async def edit(scene: Handling, message: int, text: str) -> None:
    await edited_by_citizen(
        scene.session,
        appeal_id=scene.appeal.id,
        source=(CITIZEN, message),
        text=text,
        person_id=scene.citizen.id,
        now=scene.now,
    )


async def versions(scene: Handling) -> list[str]:
    return list((await scene.session.execute(select(UtteranceVersion.text))).scalars())


async def whats(scene: Handling) -> list[str]:
    return [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)]


async def test_the_new_words_count_and_the_old_ones_are_kept(scene: Handling):
    words = await said(scene)
    await edit(scene, 6, "灯杆也歪了")
    assert words.text == scene.appeal.text == "路灯坏了\n灯杆也歪了"
    assert (await versions(scene), await whats(scene)) == (["路灯坏了\n灯"], ["reworded"])
    await edit(scene, 6, "灯杆倒了")
    assert (words.text, len(await versions(scene))) == ("路灯坏了\n灯杆倒了", 2)


async def test_an_edit_that_changes_nothing_is_no_event(scene: Handling):
    await said(scene)
    await edit(scene, 5, "路灯坏了")
    assert (await versions(scene), await whats(scene)) == ([], [])


async def test_an_edit_of_a_supplement_leaves_the_appeals_own_words(scene: Handling):
    await said(scene)
    more = await supplementing.say_for(scene.session, scene.appeal, text="东门", parts={"9": "东门"}, now=scene.now)
    before = scene.appeal.text
    await edit(scene, 9, "西门")
    assert (more.text, scene.appeal.text) == ("西门", before)


async def photo(scene: Handling, words: Utterance, *, title: str | None) -> Attachment:
    thing = await attaching.keep(
        scene.session,
        Content(Kind.PHOTO, file_id="p", unique_id="u", title=title),
        person_id=scene.citizen.id,
        source=(CITIZEN, 8),
        now=scene.now,
    )
    await attaching.to_words(scene.session, scene.appeal, words, [thing])
    return thing


async def test_words_put_under_a_picture_afterwards_are_added(scene: Handling):
    words = await said(scene)
    await photo(scene, words, title=None)
    await edit(scene, 8, "就是这盏")
    assert words.text == "路灯坏了\n灯\n就是这盏"


async def test_words_under_a_later_part_are_changed_there_too(scene: Handling):
    words = await said(scene)
    words.text, words.parts = f"{words.text}\n东门", {**words.parts, "8": "东门"}
    thing = await photo(scene, words, title="东门")
    await edit(scene, 8, "西门")
    assert (words.text, thing.title) == ("路灯坏了\n灯\n西门", "西门")


async def test_a_message_that_brought_nothing_is_not_found(scene: Handling):
    await said(scene)
    with pytest.raises(NotFound):
        await edit(scene, 4711, "什么")


async def test_what_was_put_otherwise_since_is_not_found(scene: Handling):
    words = await said(scene)
    words.text = "听写的话"
    with pytest.raises(NotFound):
        await edit(scene, 5, "什么")


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.CLOSED])
async def test_words_of_an_appeal_that_takes_none_any_more_stay(scene: Handling, status: Status):
    words = await said(scene)
    scene.appeal.status, scene.appeal.closed_at = status, scene.now - timedelta(days=31)
    with pytest.raises(NotFound):
        await edit(scene, 5, "什么")
    assert words.text == "路灯坏了\n灯"


async def test_nobody_edits_words_of_somebody_else(scene: Handling):
    await said(scene)
    with pytest.raises(NotFound):
        await edited_by_citizen(
            scene.session,
            appeal_id=scene.appeal.id,
            source=(CITIZEN, 5),
            text="什么",
            person_id=scene.li.person_id,
            now=scene.now,
        )
