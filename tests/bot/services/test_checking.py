"""An answer is looked at before it goes, overrides are kept, and a no takes a second pair of eyes."""

from datetime import timedelta

import pytest

from bot.services import answering, approving, attaching, checking
from bot.services.answering import Outcome
from bot.services.moving import Actor, move
from storage.domain.answers import Check
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.contents import Content, Kind
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import approvals, events
from storage.tables import Approval, Utterance
from tests.support.handling import GROUP, Handling

WHOLE = "11月25日下午去看过,是灯头坏了,当晚换了新的。"
NO = "按照供电规定,私人院内线路由产权人自己维修,您可以找物业。"
HOUR = timedelta(hours=1)


async def draft(scene: Handling, text: str, outcome: Outcome = Outcome.SOLVED) -> Utterance:
    return await answering.draft(
        scene.session,
        appeal=scene.appeal,
        staff=scene.li,
        outcome=outcome,
        text=text,
        source=(GROUP, 70),
        now=scene.now,
    )


async def doubted(scene: Handling, words: Utterance, city: City) -> str | None:
    found = await checking.doubt(scene.session, appeal=scene.appeal, words=words, city=city)
    return found.check if found else None


async def override(scene: Handling, words: Utterance, check: str) -> None:
    await checking.override(scene.session, appeal=scene.appeal, staff=scene.hu, words=words, check=check, now=scene.now)


async def test_each_doubt_is_waved_through_by_itself_and_who_did_is_kept(scene: Handling, city: City):
    words = await draft(scene, "正在处理")
    assert await doubted(scene, words, city) == Check.SHORT
    await override(scene, words, "short")
    assert await doubted(scene, words, city) == Check.UNFINISHED
    await override(scene, words, "unfinished")
    assert await doubted(scene, words, city) is None
    kept = [each for each in await events.of_appeal(scene.session, scene.appeal.id) if each.what == "answer_override"]
    assert [(each.details, each.person_id) for each in kept] == [
        ({"utterance_id": words.id, "check": check}, scene.hu.person_id) for check in ("short", "unfinished")
    ]


async def test_another_draft_is_doubted_anew(scene: Handling, city: City):
    await override(scene, await draft(scene, "修好了"), "short")
    assert await doubted(scene, await draft(scene, "修好了"), city) == Check.SHORT


async def test_a_picture_says_enough(scene: Handling, city: City):
    photo = Content(Kind.PHOTO, file_id="p", unique_id="u")
    thing = await attaching.keep(scene.session, photo, person_id=scene.li.person_id, source=(GROUP, 69), now=scene.now)
    words = await draft(scene, "修好了")
    await attaching.to_words(scene.session, scene.appeal, words, [thing])
    assert await doubted(scene, words, city) is None


async def test_the_citizens_number_and_offices_ones_are_no_third_persons(scene: Handling, city: City):
    scene.appeal.phone = "13812345678"
    power = city.department("power")
    assert power is not None
    own = f"{WHOLE}打过您的13812345678,再坏请打{power.phone}或{power.phone.rpartition('-')[2]}。"
    assert await doubted(scene, await draft(scene, own), city) is None
    assert await doubted(scene, await draft(scene, f"{own}找13912345678。"), city) == Check.NUMBERS


async def test_what_went_or_is_no_check_is_not_waved_through(scene: Handling):
    words = await draft(scene, "修好了")
    with pytest.raises(InputRefused, match="no_such_reason"):
        await override(scene, words, "everything")
    await answering.send(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now)
    with pytest.raises(TransitionRefused):
        await override(scene, words, "short")


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("suggestion", Outcome.SOLVED), ("suggestion", Outcome.IMPOSSIBLE), ("help", Outcome.ADOPTED)],
)
async def test_each_kind_is_answered_with_its_own_outcomes(scene: Handling, kind: str, outcome: Outcome):
    scene.appeal.kind = kind
    with pytest.raises(InputRefused, match="no_such_reason"):
        await draft(scene, WHOLE, outcome)


async def test_an_answer_to_what_is_of_another_kind_by_now_does_not_go(scene: Handling):
    words = await draft(scene, WHOLE)
    scene.appeal.kind = "suggestion"
    with pytest.raises(InputRefused, match="no_such_reason"):
        await answering.send(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now)


async def a_no(scene: Handling) -> tuple[Utterance, Approval]:
    words = await draft(scene, NO, Outcome.IMPOSSIBLE)
    asked = await answering.ask_for_a_look(
        scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now
    )
    return words, asked


async def test_only_a_no_takes_two(scene: Handling):
    assert answering.takes_two(await draft(scene, NO, Outcome.IMPOSSIBLE))
    assert not answering.takes_two(await draft(scene, NO, Outcome.EXPLAINED))


async def test_while_it_is_looked_at_nothing_has_gone_and_no_other_is_written(scene: Handling):
    words, asked = await a_no(scene)
    assert (words.state, asked.details) == ("waiting", {"utterance_id": words.id, "answer": NO})
    assert scene.appeal.answer_pressed_at is None
    other = await draft(scene, WHOLE)
    for act in (
        answering.send(scene.session, appeal=scene.appeal, staff=scene.hu, words=other, now=scene.now),
        answering.may_answer(
            scene.session,
            appeal=scene.appeal,
            person_id=scene.hu.person_id,
            chat_id=GROUP,
            platform="telegram",
            bot=1,
            now=scene.now,
        ),
    ):
        with pytest.raises(InputRefused, match="answer_waits"):
            await act


async def test_agreed_to_it_goes_and_counts_from_the_units_own_press(scene: Handling, city: City, calendar: Calendar):
    words, asked = await a_no(scene)
    await approving.agree(
        scene.session, asked.id, person_id=scene.hu.person_id, now=scene.now + HOUR, city=city, calendar=calendar
    )
    assert (words.state, scene.appeal.staff_outcome) == ("queued", "impossible")
    assert scene.appeal.answer_pressed_at == scene.now
    sent = [each for each in await events.of_appeal(scene.session, scene.appeal.id) if each.what == Event.ANSWER]
    assert [each.details for each in sent] == [
        {"utterance_id": words.id, "outcome": "impossible", "approval_id": asked.id}
    ]


async def test_sent_back_it_is_a_draft_again(scene: Handling):
    words, asked = await a_no(scene)
    await approving.refuse(scene.session, asked.id, person_id=scene.hu.person_id, now=scene.now)
    assert (words.state, scene.appeal.answer_pressed_at) == ("held", None)
    assert not await approvals.waiting_of(scene.session, scene.appeal.id)


async def test_what_was_withdrawn_meanwhile_is_not_agreed_to(scene: Handling, city: City, calendar: Calendar):
    _, asked = await a_no(scene)
    await move(scene.session, scene.appeal, Event.WITHDRAW, actor=Actor.CITIZEN, person_id=None, now=scene.now)
    with pytest.raises(InputRefused, match="approval_settled"):
        await approving.agree(
            scene.session, asked.id, person_id=scene.hu.person_id, now=scene.now, city=city, calendar=calendar
        )
    assert scene.appeal.status == Status.WITHDRAWN


async def test_an_answer_that_waited_in_vain_is_in_no_later_ones_way(scene: Handling):
    await a_no(scene)
    for event in (Event.CONCLUDE, Event.REOPEN):
        await move(scene.session, scene.appeal, event, actor=Actor.SYSTEM, person_id=None, now=scene.now)
    words = await draft(scene, WHOLE)
    await answering.send(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now)
    assert words.state == "queued"
