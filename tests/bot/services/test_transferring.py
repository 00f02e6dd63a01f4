"""An appeal changes its unit: nothing of the former unit goes out any more, and the promise never moves."""

import asyncio
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import claiming, handing, naming, offering, returning, triaging
from bot.services.lapsing import lapse
from bot.services.moving import Actor
from bot.services.returning import ReturnReason
from bot.services.transferring import transfer
from storage.city.calendar import calendar_around
from storage.city.loading import load_city
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, MovedOn, NotYours, Refused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import events, outbox, people
from storage.tables import Conversation, Office, Staff
from tests.support import databases
from tests.support.handling import GROUP, UNIT, Handling, at_the_unit, other_unit


async def taken_over(scene: Handling, city: City, calendar: Calendar, to: str = "power") -> None:
    await transfer(
        scene.session,
        scene.appeal,
        Event.TAKE_OVER,
        to,
        actor=Actor.STAFF,
        person_id=scene.li.person_id,
        now=scene.now,
        city=city,
        calendar=calendar,
    )


async def last_details(scene: Handling) -> dict[str, object]:
    return dict((await events.of_appeal(scene.session, scene.appeal.id))[-1].details)


async def test_a_held_reply_of_the_former_unit_is_taken_back(scene: Handling, city: City, calendar: Calendar):
    said = await scene.said()
    row = await scene.row(said, state="queued", tries=0, send_after=scene.now + timedelta(seconds=15))
    await taken_over(scene, city, calendar)
    found = await outbox.get(scene.session, row.id)
    assert found is not None
    assert (said.state, found.state, found.payload) == ("dropped", "cancelled", {})
    assert await last_details(scene) == {"old": UNIT, "new": "power", "recalled": [said.id]}


@pytest.mark.parametrize("direction", ["to_citizen", "answer"])
async def test_words_that_were_let_go_but_not_yet_sent_are_taken_back_too(
    scene: Handling, city: City, calendar: Calendar, direction: str
):
    said = await scene.said(direction=direction, state="queued")
    await scene.row(said, state="queued", tries=0)
    await taken_over(scene, city, calendar)
    assert said.state == "dropped"


async def test_words_nobody_had_let_go_are_dropped(scene: Handling, city: City, calendar: Calendar):
    asked_about = await scene.said("打13812345678")
    preview = await scene.said("修好了。", direction="answer", manner="solved")
    await taken_over(scene, city, calendar)
    assert (asked_about.state, preview.state) == ("dropped", "dropped")


@pytest.mark.parametrize(("state", "tries"), [("sending", 0), ("queued", 1), ("sent", 1)])
async def test_what_may_have_gone_is_not_called_back(
    scene: Handling, city: City, calendar: Calendar, state: str, tries: int
):
    said = await scene.said(state="queued")
    await scene.row(said, state=state, tries=tries)
    await taken_over(scene, city, calendar)
    assert said.state == "queued"
    assert "recalled" not in await last_details(scene)


async def test_a_transfer_ends_what_the_former_units_staff_were_being_asked_about_it(
    scene: Handling, city: City, calendar: Calendar
):
    key = {"platform": "telegram", "bot": 1, "chat_id": GROUP, "updated_at": scene.now}
    about = Conversation(**key, user_id=3003, state="office.answer", memo={"appeal": scene.appeal.id})
    another = Conversation(**key, user_id=3004, state="office.answer", memo={"appeal": 999})
    scene.session.add_all([about, another])
    await scene.session.flush()
    await taken_over(scene, city, calendar)
    await scene.session.flush()
    asked = [
        await people.conversation(scene.session, platform="telegram", bot=1, chat_id=GROUP, user_id=user_id)
        for user_id in (3003, 3004)
    ]
    assert asked == [None, another]


async def test_it_goes_to_another_unit_of_the_city_or_nowhere(scene: Handling, city: City, calendar: Calendar):
    for nowhere in ("atlantis", UNIT):
        with pytest.raises(InputRefused, match="no_such_department"):
            await taken_over(scene, city, calendar, nowhere)
    assert scene.appeal.department == UNIT


async def test_what_is_over_stays_where_it_is_and_no_word_is_taken_back(
    scene: Handling, city: City, calendar: Calendar
):
    said = await scene.said()
    scene.appeal.status = Status.ANSWERED
    with pytest.raises(TransitionRefused):
        await taken_over(scene, city, calendar)
    assert (scene.appeal.department, said.state) == (UNIT, "held")


async def test_the_former_units_staff_hear_where_it_went_and_strangers_only_whose_it_is(
    scene: Handling, city: City, calendar: Calendar
):
    office, zhou = await other_unit(scene.session, scene.now, "gas")
    await taken_over(scene, city, calendar)

    async def act(office: Office, roles: list[Staff]) -> None:
        await claiming.in_charge(scene.session, appeal_id=scene.appeal.id, office=office, roles=roles)

    with pytest.raises(MovedOn) as moved:
        await act(scene.office, [scene.li])
    assert (moved.value.number, moved.value.department) == (scene.appeal.number, "power")
    for somewhere, roles in ((office, [zhou]), (scene.office, [zhou]), (scene.office, [])):
        with pytest.raises(NotYours) as refused:
            await act(somewhere, roles)
        assert not isinstance(refused.value, MovedOn)


async def test_of_what_is_confidential_only_the_former_handler_hears_in_private_where_it_went(
    scene: Handling, city: City, calendar: Calendar
):
    await taken_over(scene, city, calendar)
    scene.appeal.confidential = scene.li.confidential = True
    formerly = {"appeal": scene.appeal, "roles": [scene.li]}
    assert await claiming.formerly_in_charge(scene.session, office=scene.office, **formerly) is None
    assert await claiming.formerly_in_charge(scene.session, office=None, private=True, **formerly) is scene.li
    with pytest.raises(MovedOn):
        await claiming.in_charge(scene.session, appeal_id=scene.appeal.id, office=None, roles=[scene.li], private=True)


ACTS = ("claim", "ask", "agree", "refuse", "raise", "name", "keep", "offer", "take", "unoffer", "hand", "lapse")
UNITS = (UNIT, "power", "gas")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1)), min_size=1, max_size=14))
def test_no_sequence_of_moves_ever_moves_the_promise(steps: list[tuple[str, int]]):
    asyncio.run(_played(steps))


async def _played(steps: list[tuple[str, int]]) -> None:
    city, now = load_city(), datetime.fromisoformat("2026-11-23T02:00:00+00:00")
    with tempfile.TemporaryDirectory() as folder:
        async with (
            databases.sqlite(Path(folder)) as url,
            databases.opened(url) as database,
            database.writing() as session,
        ):
            play = await _Play.begin(session, city, now)
            promised = play.scene.appeal.answer_due
            for act, other in steps:
                await play.step(act, other)
                assert play.scene.appeal.answer_due == promised


class _Play:
    """Three units, an appeal, and acts that may be refused but never move what was promised."""

    def __init__(self, scene: Handling, units: dict[str, tuple[Office, Staff]], city: City) -> None:
        self.scene, self.units, self.city = scene, units, city
        self.calendar = calendar_around(city, scene.now.date())
        self.now = scene.now
        self.offer_id = 0

    @staticmethod
    async def begin(session: AsyncSession, city: City, now: datetime) -> "_Play":
        scene = await at_the_unit(session, now)
        power = await other_unit(session, now)
        gas = await other_unit(session, now, "gas", chat=-3010, user_id=3019)
        return _Play(scene, {UNIT: (scene.office, scene.li), "power": power, "gas": gas}, city)

    async def step(self, act: str, other: int) -> None:
        self.now += timedelta(minutes=30)
        try:
            await getattr(self, f"_{act}")(other)
        except Refused:
            return

    @property
    def _staff(self) -> Staff:
        return self.units[self.scene.appeal.department or ""][1]

    def _to(self, other: int) -> str:
        return [code for code in UNITS if code != self.scene.appeal.department][other]

    @property
    def _who(self) -> dict[str, int]:
        return {"appeal_id": self.scene.appeal.id, "person_id": self._staff.person_id}

    @property
    def _when(self) -> dict[str, object]:
        return {"now": self.now, "city": self.city, "calendar": self.calendar}

    async def _claim(self, _other: int) -> None:
        await claiming.claim(self.scene.session, appeal=self.scene.appeal, staff=self._staff, now=self.now)

    async def _ask(self, other: int) -> None:
        appeal, staff, to = self.scene.appeal, self._staff, self._to(other)
        words = {"reason": ReturnReason.DUTY, "suggested": to, "words": "不归我们"}
        await returning.ask_return(self.scene.session, appeal=appeal, staff=staff, now=self.now, **words)

    async def _agree(self, other: int) -> None:
        await triaging.send_to(self.scene.session, department=self._to(other), **self._who, **self._when)

    async def _refuse(self, _other: int) -> None:
        await triaging.refuse_return(self.scene.session, reason="duty", now=self.now, **self._who)

    async def _raise(self, _other: int) -> None:
        await triaging.want_lead(self.scene.session, now=self.now, **self._who)

    async def _name(self, other: int) -> None:
        who = {"department": self._to(other), "actor": Actor.SUPERVISOR}
        await naming.name_lead(self.scene.session, **who, **self._who, **self._when)

    async def _keep(self, _other: int) -> None:
        who = {"department": self.scene.appeal.department or "", "actor": Actor.SUPERVISOR}
        await naming.name_lead(self.scene.session, **who, **self._who, **self._when)

    async def _offer(self, other: int) -> None:
        appeal, staff, to = self.scene.appeal, self._staff, self._to(other)
        offered = await offering.offer(
            self.scene.session, appeal=appeal, staff=staff, to=to, words="归他们", now=self.now, city=self.city
        )
        self.offer_id = offered.id

    async def _take(self, other: int) -> None:
        office, staff = self.units[self._to(other)]
        mine = {"offer_id": self.offer_id, "office": office, "roles": [staff]}
        await offering.take_over(self.scene.session, **mine, **self._when)

    async def _unoffer(self, _other: int) -> None:
        appeal, staff = self.scene.appeal, self._staff
        await offering.withdraw_offer(
            self.scene.session, appeal=appeal, offer_id=self.offer_id, staff=staff, now=self.now
        )

    async def _hand(self, _other: int) -> None:
        appeal, hu = self.scene.appeal, self.scene.hu
        had = appeal.claimant_id or 0
        await handing.hand_over(
            self.scene.session, appeal=appeal, staff=self._staff, to=hu.id, claimant=had, now=self.now
        )

    async def _lapse(self, _other: int) -> None:
        self.now += timedelta(hours=5)
        await lapse(self.scene.session, self.scene.appeal.id, **self._when)
