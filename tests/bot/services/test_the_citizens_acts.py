"""What a citizen does to a draft and to an appeal of their own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching, consenting, drafting, rating
from bot.services.guessing import Guess, Likely
from bot.services.reopening import may_reopen, reopen, reopen_until
from bot.services.submitting import submit, title_of
from bot.services.supplementing import may_supplement, supplement
from bot.services.withdrawing import Reason, withdraw
from storage.city.calendar import calendar_around
from storage.domain.city import City
from storage.domain.contents import Content, Kind
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import drafts, people
from storage.tables import Appeal, AppealEvent, Draft, Office, Person, Utterance

SURE = Guess((Likely("urban_management", 0.97),), auto=True, kind="help").to_json()
WRITING = "村小学东门的路灯坏了半个月"


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.writing() as opened:
        yield opened


@pytest.fixture
async def citizen(session: AsyncSession, now: datetime) -> Person:
    session.add(
        Office(
            platform="telegram",
            bot=1,
            chat_id=-2001,
            purpose="department",
            department="urban_management",
            bound_at=now,
        )
    )
    return await people.meet(session, platform="telegram", bot=1, user_id=1001, username=None, now=now)


async def file(session: AsyncSession, citizen: Person, city: City, now: datetime, **fields: Any) -> Appeal:
    draft = await drafting.hear(session, person_id=citizen.id, text=fields.pop("text", WRITING), now=now)
    draft.guess = SURE
    for name, value in fields.items():
        setattr(draft, name, value)
    return await submit(
        session,
        person=citizen,
        draft=draft,
        now=now,
        city=city,
        calendar=calendar_around(city, now.date()),
        platform="telegram",
        bot=1,
        draw=lambda n: n - 1,
        untitled="",
    )


async def answered(session: AsyncSession, citizen: Person, city: City, now: datetime) -> Appeal:
    appeal = await file(session, citizen, city, now)
    appeal.status, appeal.answered_at, appeal.staff_outcome = Status.ANSWERED, now, "solved"
    return appeal


async def whats(session: AsyncSession) -> list[str]:
    rows = (await session.execute(select(AppealEvent).order_by(AppealEvent.id))).scalars().all()
    return [row.what for row in rows]


async def test_a_sure_appeal_is_dispatched_with_its_clocks(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await file(session, citizen, city, now, phone="13812345678")
    assert (appeal.number, appeal.alias, appeal.status) == ("LX-20261123-0001", "YYYY", "dispatched")
    assert appeal.answer_due == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert appeal.first_answer_due == appeal.answer_due
    assert appeal.triage_due is None
    assert await whats(session) == ["submit_sure"]
    (words,) = (await session.execute(select(Utterance))).scalars().all()
    assert (words.text, words.direction, words.appeal_id) == (appeal.text, "from_citizen", appeal.id)


@pytest.mark.parametrize("fields", [{"department": ""}, {"department": "market"}, {"guess": {}}])
async def test_without_a_sure_unit_that_has_a_group_it_waits_for_the_dispatchers(
    session: AsyncSession, citizen: Person, city: City, now: datetime, fields: dict[str, Any]
):
    appeal = await file(session, citizen, city, now, **fields)
    assert (appeal.status, appeal.department, appeal.answer_due) == ("pending_triage", None, None)
    assert appeal.triage_due is not None
    assert await whats(session) == ["submit_unsure"]


def test_a_guess_of_the_town_goes_to_the_town_of_the_place(city: City):
    draft = Draft(person_id=1, town="taoyuan", guess=Guess((Likely("@town", 0.9),), auto=True).to_json())
    assert drafting.chosen_unit(draft, city) == city.towns[3].department_code
    draft.town = None
    assert drafting.chosen_unit(draft, city) is None


async def test_numbers_of_a_day_follow_each_other_across_midnight_in_the_city(
    session: AsyncSession, citizen: Person, city: City
):
    late = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
    first = await file(session, citizen, city, late)
    second = await file(session, citizen, city, late)
    third = await file(session, citizen, city, late + timedelta(minutes=1))
    assert [each.number for each in (first, second, third)] == [
        "LX-20261123-0001",
        "LX-20261123-0002",
        "LX-20261124-0001",
    ]


async def test_praise_is_closed_at_once_and_cannot_be_reopened(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await file(session, citizen, city, now, kind="praise")
    assert (appeal.status, appeal.department, appeal.answer_due) == ("closed", "urban_management", None)
    assert reopen_until(appeal) is None
    with pytest.raises(TransitionRefused):
        await again(session, appeal, citizen, city, now)


async def test_nothing_is_filed_without_words(session: AsyncSession, citizen: Person, city: City, now: datetime):
    with pytest.raises(InputRefused, match="nothing_said"):
        await file(session, citizen, city, now, text=" ")


def test_a_title_is_one_short_line():
    assert title_of("路灯\n坏了") == "路灯 坏了"
    assert title_of("路灯坏了。") == "路灯坏了"
    assert title_of("灯" * 21) == "灯" * 19 + "…"


def test_a_title_does_not_begin_a_private_number():
    assert title_of("请给我打电话,我的号码是 13812345678") == "请给我打电话,我的号码是 138***…"


async def test_what_is_too_long_is_refused(session: AsyncSession, citizen: Person, now: datetime):
    with pytest.raises(InputRefused, match="too_long"):
        await drafting.hear(session, person_id=citizen.id, text="长" * 20_001, now=now)


@pytest.mark.parametrize(
    ("said", "town", "village", "rest"),
    [
        ("桃园镇北王村,村小学东门", "taoyuan", "beiwang", "村小学东门"),
        ("我家在桃园镇北王村小学东门", "taoyuan", "beiwang", "小学东门"),
        ("连心市桃园镇桃园小区3号楼", "taoyuan", None, "桃园小区3号楼"),
        ("桃园镇", "taoyuan", None, None),
        ("新华书店对面", None, None, "新华书店对面"),
        ("从学校出门往南走五百米到桃园镇界", "taoyuan", None, "从学校出门往南走五百米到桃园镇界"),
    ],
)
def test_a_place_in_words_is_parted_from_town_and_village(
    city: City, now: datetime, said: str, town: str | None, village: str | None, rest: str | None
):
    draft = Draft(person_id=1, latitude=1.0, longitude=1.0)
    drafting.put_place(draft, said, city, now=now)
    assert (draft.town, draft.village, draft.place, draft.latitude) == (town, village, rest, None)


def test_a_town_or_village_that_does_not_exist_is_refused(city: City, now: datetime):
    draft = Draft(person_id=1)
    with pytest.raises(InputRefused):
        drafting.put_town(draft, "atlantis", city, now=now)
    with pytest.raises(InputRefused):
        drafting.put_village(draft, "atlantis", city, now=now)


async def test_words_are_added_to_ones_own_appeal_only(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await file(session, citizen, city, now)
    _, words = await supplement(session, appeal_id=appeal.id, person_id=citizen.id, text="又坏了", now=now)
    assert (words.direction, words.state, words.department) == ("from_citizen", "kept", "urban_management")
    with pytest.raises(NotFound):
        await supplement(session, appeal_id=appeal.id, person_id=citizen.id + 1, text="又坏了", now=now)
    with pytest.raises(NotFound):
        await supplement(session, appeal_id=appeal.id + 1, person_id=citizen.id, text="又坏了", now=now)


async def test_words_reach_the_unit_until_thirty_days_after_the_closing(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await answered(session, citizen, city, now)
    await rating.solved(session, appeal_id=appeal.id, person_id=citizen.id, now=now)
    assert may_supplement(appeal, now=now + timedelta(days=30))
    late = now + timedelta(days=30, seconds=1)
    assert not may_supplement(appeal, now=late)
    with pytest.raises(InputRefused, match="closed_too_long"):
        await supplement(session, appeal_id=appeal.id, person_id=citizen.id, text="又坏了", now=late)


async def test_what_was_called_unsolved_is_never_counted_as_solved(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await answered(session, citizen, city, now)
    mine = {"appeal_id": appeal.id, "person_id": citizen.id, "now": now}
    await rating.said_unsolved(session, **mine)
    await rating.said_unsolved(session, **mine)
    await rating.left_unsolved(session, **mine)
    with pytest.raises(TransitionRefused):
        await rating.solved(session, **mine)
    assert (appeal.status, appeal.citizen_outcome, appeal.closed_at) == ("closed", "unsolved", now)
    assert await whats(session) == ["submit_sure", "said_unsolved", "rate_unsolved"]


async def test_nothing_unanswered_is_rated(session: AsyncSession, citizen: Person, city: City, now: datetime):
    appeal = await file(session, citizen, city, now)
    mine = {"appeal_id": appeal.id, "person_id": citizen.id, "now": now}
    with pytest.raises(TransitionRefused):
        await rating.solved(session, **mine)
    with pytest.raises(TransitionRefused):
        await rating.satisfied(session, satisfaction=rating.Satisfaction.FAIR, **mine)
    assert (await rating.said_unsolved(session, **mine)).citizen_outcome is None


async def test_the_first_word_on_satisfaction_stays(session: AsyncSession, citizen: Person, city: City, now: datetime):
    appeal = await answered(session, citizen, city, now)
    mine = {"appeal_id": appeal.id, "person_id": citizen.id, "now": now}
    await rating.solved(session, **mine)
    await rating.satisfied(session, satisfaction=rating.Satisfaction.FAIR, **mine)
    await rating.satisfied(session, satisfaction=rating.Satisfaction.SATISFIED, **mine)
    assert appeal.satisfaction == "fair"
    assert await whats(session) == ["submit_sure", "rate_solved", "satisfaction"]


async def again(session: AsyncSession, appeal: Appeal, citizen: Person, city: City, now: datetime) -> Appeal:
    return await reopen(
        session,
        appeal_id=appeal.id,
        person_id=citizen.id,
        now=now,
        city=city,
        calendar=calendar_around(city, now.date()),
        words="只修了一盏",
    )


async def test_reopening_counts_shortens_the_limit_and_keeps_the_unit(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await answered(session, citizen, city, now)
    await rating.solved(session, appeal_id=appeal.id, person_id=citizen.id, now=now)
    assert may_reopen(appeal, now=now + timedelta(days=30))
    await again(session, appeal, citizen, city, now)
    assert (appeal.status, appeal.reopens, appeal.department) == ("in_progress", 1, "urban_management")
    assert appeal.answer_due == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    assert (appeal.closed_at, appeal.citizen_outcome, appeal.staff_outcome) == (None, None, None)
    event = (await session.execute(select(AppealEvent).order_by(AppealEvent.id.desc()))).scalars().first()
    assert event is not None
    words = (await session.execute(select(Utterance).order_by(Utterance.id.desc()))).scalars().first()
    assert words is not None
    assert words.text == "只修了一盏"
    assert event.details == {"utterance_id": words.id, "times": 1, "staff_outcome": "solved"}


async def test_what_is_closed_too_long_is_not_reopened(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await answered(session, citizen, city, now)
    await rating.solved(session, appeal_id=appeal.id, person_id=citizen.id, now=now)
    with pytest.raises(InputRefused, match="reopen_too_late"):
        await again(session, appeal, citizen, city, now + timedelta(days=31))


async def test_only_open_appeals_are_taken_back(session: AsyncSession, citizen: Person, city: City, now: datetime):
    appeal = await file(session, citizen, city, now)
    calendar = calendar_around(city, now.date())
    mine = {"appeal_id": appeal.id, "person_id": citizen.id, "now": now, "calendar": calendar}
    await withdraw(session, reason=Reason.SOLVED, **mine)
    assert appeal.status == "withdrawn"
    with pytest.raises(TransitionRefused):
        await withdraw(session, reason=Reason.SOLVED, **mine)


async def test_each_answer_about_privacy_is_kept_and_a_no_forgets_the_draft(
    session: AsyncSession, citizen: Person, now: datetime
):
    consenting.agree(session, citizen, now=now)
    assert consenting.may_begin(citizen, servers_abroad=False)
    assert not consenting.may_begin(citizen, servers_abroad=True)
    consenting.agree_abroad(session, citizen, now=now)
    assert consenting.may_begin(citizen, servers_abroad=True)
    await drafting.hear(session, person_id=citizen.id, text=WRITING, now=now)
    await consenting.refuse(session, citizen, what=consenting.PRIVACY, now=now)
    assert not consenting.may_begin(citizen, servers_abroad=False)
    assert await drafts.of_person(session, citizen.id) is None


async def test_what_is_missing_may_be_shown_by_a_picture_alone(
    session: AsyncSession, citizen: Person, city: City, now: datetime
):
    appeal = await answered(session, citizen, city, now)
    photo = Content(Kind.PHOTO, file_id="p", unique_id="u")
    thing = await attaching.keep(session, photo, person_id=citizen.id, source=(1001, 9), now=now)
    calendar = calendar_around(city, now.date())
    given = {"appeal_id": appeal.id, "person_id": citizen.id, "now": now, "city": city, "calendar": calendar}
    await reopen(session, **given, files=[thing.id])
    event = (await session.execute(select(AppealEvent).where(AppealEvent.what == "reopen"))).scalar_one()
    assert event.details["utterance_id"] == thing.utterance_id
