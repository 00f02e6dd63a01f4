"""What is told the supervisors is kept apart from the appeal's words, and settled once."""

from datetime import timedelta

import pytest

from bot.services import concerns, reopening, settling, urging
from bot.services.binding import Role, employ
from bot.services.concerns import ConcernKind, ConcernState
from bot.services.moving import Actor
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import ConcernSettled, InputRefused, NotFound, NotYours, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import appeals, events, people
from storage.repositories import concerns as kept
from storage.tables import Concern
from tests.support.handling import Handling


async def complaint(scene: Handling, calendar: Calendar) -> Concern:
    said = {"text": "骂我", "parts": {"7": "骂我"}}
    return await concerns.complain(scene.session, scene.appeal, **said, now=scene.now, calendar=calendar)


async def supervisor(scene: Handling) -> int:
    person = await people.meet(scene.session, platform="telegram", bot=1, user_id=8101, username=None, now=scene.now)
    await employ(scene.session, person_id=person.id, role=Role.SUPERVISOR, department=None, name="小方", now=scene.now)
    return person.id


async def test_a_complaint_is_answered_within_two_working_days(scene: Handling, calendar: Calendar):
    concern = await complaint(scene, calendar)
    assert concern.due == calendar.add_workdays(scene.now, 2)
    assert calendar.workdays_between(scene.now, concern.due) == 2


async def test_no_kind_but_a_complaint_was_promised_an_answer(scene: Handling):
    for kind in set(ConcernKind) - {ConcernKind.COMPLAINT}:
        assert (await concerns.tell(scene.session, scene.appeal, kind, now=scene.now)).due is None


@pytest.mark.parametrize("kind", [ConcernKind.FORCED, ConcernKind.UNCONTACTED, ConcernKind.UNHAPPY])
async def test_what_a_press_says_is_there_once_until_it_is_settled(scene: Handling, kind: ConcernKind):
    first = await concerns.tell(scene.session, scene.appeal, kind, now=scene.now)
    assert (await concerns.tell(scene.session, scene.appeal, kind, now=scene.now)).id == first.id
    by = {"actor": Actor.SUPERVISOR, "person_id": scene.li.person_id, "now": scene.now}
    await settling.settle(scene.session, first, ConcernState.RECORDED, **by)
    assert (await concerns.tell(scene.session, scene.appeal, kind, now=scene.now)).id != first.id


async def test_the_words_are_none_of_the_appeals_own(scene: Handling, calendar: Calendar):
    await complaint(scene, calendar)
    [words] = await appeals.words(scene.session, scene.appeal.id)
    assert words.direction == "to_supervisors"
    assert await appeals.first_words(scene.session, scene.appeal.id) is None
    [event] = await events.of_appeal(scene.session, scene.appeal.id)
    assert "骂我" not in str(event.details)


async def test_the_second_to_settle_it_is_told_who_was_first(scene: Handling, calendar: Calendar):
    concern, one = await complaint(scene, calendar), await supervisor(scene)
    _, locked = await settling.undecided(scene.session, concern.id, person_id=one)
    by = {"actor": Actor.SUPERVISOR, "person_id": one, "now": scene.now}
    await settling.settle(scene.session, locked, ConcernState.ANSWERED, **by, answer="在查")
    with pytest.raises(ConcernSettled) as refused:
        await settling.undecided(scene.session, concern.id, person_id=scene.hu.person_id)
    assert refused.value.name == "小方"


async def test_nobody_settles_what_they_said_themselves_or_what_is_not_there(scene: Handling, calendar: Calendar):
    concern = await complaint(scene, calendar)
    with pytest.raises(NotYours):
        await settling.undecided(scene.session, concern.id, person_id=scene.citizen.id)
    with pytest.raises(NotFound):
        await settling.undecided(scene.session, concern.id + 1, person_id=scene.li.person_id)


async def test_an_answer_that_never_arrived_waits_again_and_only_that_one(scene: Handling, calendar: Calendar):
    concern, one = await complaint(scene, calendar), await supervisor(scene)
    await settling.not_delivered(scene.session, concern.id, now=scene.now)
    await settling.not_delivered(scene.session, concern.id + 1, now=scene.now)
    assert [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)] == ["concern"]
    by = {"actor": Actor.SUPERVISOR, "person_id": one, "now": scene.now}
    await settling.settle(scene.session, concern, ConcernState.ANSWERED, **by, answer="在查")
    await settling.not_delivered(scene.session, concern.id, now=scene.now)
    assert (concern.state, concern.answer, concern.settled_by) == ("open", "", None)
    assert [each.id for each in await kept.unsettled(scene.session)] == [concern.id]


async def test_what_is_confidential_is_not_asked_about_by_telephone(scene: Handling, calendar: Calendar):
    concern = await complaint(scene, calendar)
    scene.appeal.confidential, scene.appeal.phone = True, "13800001111"
    by = {"actor": Actor.SUPERVISOR, "person_id": scene.li.person_id, "now": scene.now, "calendar": calendar}
    with pytest.raises(InputRefused, match="check_confidential"):
        await settling.draw(scene.session, scene.appeal, concern, **by)


async def test_a_later_part_of_an_album_without_its_concern_is_left_alone(scene: Handling):
    words = await scene.said("…", direction="to_supervisors", state="kept")
    await concerns.join(scene.session, scene.appeal, words, text="", files=[], now=scene.now)
    assert await events.of_appeal(scene.session, scene.appeal.id) == []


async def test_praise_is_never_handled_again(scene: Handling, city: City, calendar: Calendar):
    scene.appeal.kind, scene.appeal.status = "praise", Status.CLOSED
    by = {"actor": Actor.SUPERVISOR, "person_id": scene.li.person_id, "now": scene.now}
    with pytest.raises(TransitionRefused):
        await reopening.reopen_for_supervisor(scene.session, scene.appeal, **by, city=city, calendar=calendar)


async def test_urging_twice_in_a_working_day_is_refused_and_changes_nothing(scene: Handling, calendar: Calendar):
    mine = {"appeal_id": scene.appeal.id, "person_id": scene.citizen.id, "calendar": calendar}
    await urging.urge(scene.session, **mine, now=scene.now)
    with pytest.raises(InputRefused, match="urged_today"):
        await urging.urge(scene.session, **mine, now=scene.now + timedelta(hours=13))
    assert scene.appeal.urges == 1


async def test_without_a_unit_nobody_can_be_urged(scene: Handling, calendar: Calendar):
    scene.appeal.department = None
    with pytest.raises(TransitionRefused):
        await urging.urge(
            scene.session,
            appeal_id=scene.appeal.id,
            person_id=scene.citizen.id,
            now=scene.now,
            calendar=calendar,
        )
