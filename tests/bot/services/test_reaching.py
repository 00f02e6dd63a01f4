"""An answer that arrived nowhere is answered only by somebody's own word of a call; the clock is stopped by others."""

from datetime import timedelta

import pytest

from bot.services import reaching
from bot.services.petitioning import Wish
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events, figures
from storage.tables import Utterance
from tests.support.handling import UNIT, Handling

CALL = "上午十点打的,说知道了,13812345678"


async def lost(scene: Handling, **columns: object) -> Utterance:
    return await scene.said(
        "灯换好了。", **{"direction": "answer", "manner": "solved", "state": "undelivered", **columns}
    )


async def told(scene: Handling, text: str = CALL) -> None:
    await reaching.told_by_phone(scene.session, appeal=scene.appeal, staff=scene.li, text=text, now=scene.now)


async def test_a_call_is_the_contact_and_the_answer(scene: Handling):
    answer = await lost(scene)
    await told(scene)
    history = await events.of_appeal(scene.session, scene.appeal.id)
    assert [each.what for each in history] == ["contact", "told_by_phone"]
    assert history[-1].details == {"utterance_id": answer.id, "words": "上午十点打的,说知道了,138****5678"}
    assert (scene.appeal.status, scene.appeal.answer, scene.appeal.told_by_phone) == (
        Status.ANSWERED,
        "灯换好了。",
        True,
    )
    assert answer.state == "undelivered"


async def test_a_contact_that_was_stays_the_first(scene: Handling):
    await lost(scene)
    first = scene.now - timedelta(days=1)
    scene.appeal.contacted_at = first
    await told(scene)
    assert scene.appeal.contacted_at == first


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "delivered"},
        {"state": "queued"},
        {"state": "held"},
        {"state": "dropped"},
        {"department": "education"},
        {"direction": "to_citizen", "manner": "plain"},
    ],
)
async def test_only_an_undelivered_answer_of_this_unit_can_be_told(scene: Handling, columns: dict[str, str]):
    await lost(scene, **columns)
    with pytest.raises(InputRefused, match="nothing_undelivered"):
        await told(scene)
    with pytest.raises(InputRefused, match="nothing_undelivered"):
        await reaching.want(scene.session, appeal=scene.appeal, staff=scene.li, text=CALL, now=scene.now)
    assert (scene.appeal.status, scene.appeal.told_by_phone) == (Status.IN_PROGRESS, False)


async def test_an_answer_that_is_being_written_does_not_hide_the_lost_one(scene: Handling):
    answer = await lost(scene)
    await scene.said("新的答复", direction="answer", manner="solved", state="held")
    assert await reaching.tellable(scene.session, scene.appeal) == answer


@pytest.mark.parametrize("status", set(Status) - {Status.IN_PROGRESS})
async def test_only_what_is_in_hand_can_be_told_or_given_up(scene: Handling, status: Status):
    await lost(scene)
    scene.appeal.status = status
    with pytest.raises(TransitionRefused):
        await told(scene)
    with pytest.raises(TransitionRefused):
        await reaching.unreachable(scene.session, scene.appeal)


@pytest.mark.parametrize("text", ["", "打了", "打过了。"])
async def test_a_word_that_says_neither_when_nor_what_is_refused(scene: Handling, text: str):
    await lost(scene)
    with pytest.raises(InputRefused, match="say_when_and_what"):
        await told(scene, text)
    with pytest.raises(InputRefused, match="say_when_and_what"):
        await reaching.want(scene.session, appeal=scene.appeal, staff=scene.li, text=text, now=scene.now)
    assert scene.appeal.status == Status.IN_PROGRESS


async def test_a_granted_wish_stops_the_clock_and_answers_nothing(scene: Handling, city: City, calendar: Calendar):
    await lost(scene)
    wish = await reaching.want(scene.session, appeal=scene.appeal, staff=scene.li, text=CALL, now=scene.now)
    assert (wish.kind, wish.details["words"]) == (Wish.UNREACHABLE, "上午十点打的,说知道了,138****5678")
    due = scene.appeal.answer_due
    await reaching.granted(scene.session, scene.appeal, wish, now=scene.now, city=city, calendar=calendar)
    assert (scene.appeal.status, scene.appeal.stopped_at) == (Status.IN_PROGRESS, scene.now)
    assert (scene.appeal.answered_at, scene.appeal.answer_due) == (None, due)
    with pytest.raises(InputRefused, match="stopped_already"):
        await reaching.granted(scene.session, scene.appeal, wish, now=scene.now, city=city, calendar=calendar)


async def test_an_answer_that_came_through_meanwhile_stops_no_clock(scene: Handling, city: City, calendar: Calendar):
    answer = await lost(scene)
    wish = await reaching.want(scene.session, appeal=scene.appeal, staff=scene.li, text=CALL, now=scene.now)
    answer.state = "delivered"
    with pytest.raises(InputRefused, match="nothing_undelivered"):
        await reaching.granted(scene.session, scene.appeal, wish, now=scene.now, city=city, calendar=calendar)
    assert scene.appeal.stopped_at is None


async def test_what_reached_nobody_is_overdue_until_the_clock_is_stopped(
    scene: Handling, city: City, calendar: Calendar
):
    await lost(scene)
    given = {"since": scene.now, "now": scene.now + timedelta(days=9)}
    assert (await figures.of_department(scene.session, UNIT, **given)).overdue == 1
    wish = await reaching.want(scene.session, appeal=scene.appeal, staff=scene.li, text=CALL, now=scene.now)
    await reaching.granted(scene.session, scene.appeal, wish, now=scene.now, city=city, calendar=calendar)
    assert (await figures.of_department(scene.session, UNIT, **given)).overdue == 0
