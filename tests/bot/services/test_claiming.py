"""Who may act for a unit, and who signs first."""

import asyncio
from datetime import datetime

import pytest

from bot.services import claiming
from bot.services.moving import find
from storage.domain.errors import AlreadyClaimed, NotFound, NotYours, TransitionRefused
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import events
from storage.tables import Office, Staff
from tests.support.handling import UNIT, at_the_unit


async def test_staff_act_in_their_units_own_group_only(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        appeal, staff = await claiming.in_charge(
            session, appeal_id=scene.appeal.id, office=scene.office, roles=[scene.li]
        )
        assert (appeal.id, staff.id) == (scene.appeal.id, scene.li.id)
        elsewhere = Office(
            platform="telegram", bot=1, chat_id=-1, purpose="department", department="power", bound_at=now
        )
        triage = Office(platform="telegram", bot=1, chat_id=-2, purpose="triage", department=UNIT, bound_at=now)
        for office, roles in ((None, [scene.li]), (elsewhere, [scene.li]), (triage, [scene.li]), (scene.office, [])):
            with pytest.raises(NotYours):
                await claiming.in_charge(session, appeal_id=scene.appeal.id, office=office, roles=roles)


@pytest.mark.parametrize(("role", "unit"), [("supervisor", ""), ("admin", ""), ("staff", "power"), ("dispatcher", "")])
async def test_no_other_office_makes_one_staff(database: Database, now: datetime, role: str, unit: str):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        other = Staff(person_id=scene.citizen.id, role=role, department=unit, name="某某", since=now)
        with pytest.raises(NotYours):
            await claiming.in_charge(session, appeal_id=scene.appeal.id, office=scene.office, roles=[other])


async def test_an_appeal_without_a_unit_is_nobodys(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.PENDING_TRIAGE, department=None)
        with pytest.raises(NotYours):
            await claiming.in_charge(session, appeal_id=scene.appeal.id, office=scene.office, roles=[scene.li])
        with pytest.raises(NotFound):
            await claiming.in_charge(session, appeal_id=999_999, office=scene.office, roles=[scene.li])


async def test_of_two_who_sign_together_one_wins_and_the_other_hears_who(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)

    async def sign(staff: Staff) -> str:
        async with database.writing() as session:
            appeal = await find(session, scene.appeal.id)
            await claiming.claim(session, appeal=appeal, staff=staff, now=now)
            return staff.name

    results = await asyncio.gather(sign(scene.li), sign(scene.hu), return_exceptions=True)
    (winner,) = [each for each in results if isinstance(each, str)]
    (refused,) = [each for each in results if isinstance(each, AlreadyClaimed)]
    assert (refused.name, refused.at, refused.number) == (winner, now, "LX-20261123-0001")
    async with database.reading() as session:
        told = [each.what for each in await events.of_appeal(session, scene.appeal.id)]
    assert told == ["claim"]


async def test_what_is_withdrawn_cannot_be_signed_for(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.WITHDRAWN)
        with pytest.raises(TransitionRefused):
            await claiming.claim(session, appeal=scene.appeal, staff=scene.li, now=now)
        assert scene.appeal.claimant_id is None


async def test_who_looked_at_the_number_is_kept_with_the_reason_and_without_the_number(
    database: Database, now: datetime
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, phone="13812345678")
        await claiming.note_phone_seen(session, appeal=scene.appeal, staff=scene.li, reason="call", now=now)
        [seen] = await events.of_appeal(session, scene.appeal.id)
        assert (seen.what, seen.person_id, seen.at) == ("contact_seen", scene.li.person_id, now)
        assert seen.details == {"reason": "call"}
