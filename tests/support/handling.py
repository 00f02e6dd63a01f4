"""A unit with its staff and one appeal at it: what the services of the group are tried on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Role, employ
from storage.domain.statuses import Status
from storage.repositories import people
from storage.tables import Appeal, Office, OutboxMessage, Person, Staff, Utterance

UNIT, GROUP, CITIZEN = "urban_management", -3002, 1001


@dataclass
class Handling:
    """城市管理局 and an appeal that waits there."""

    session: AsyncSession
    now: datetime
    office: Office
    citizen: Person
    li: Staff
    hu: Staff
    appeal: Appeal

    async def row(self, said: Utterance | None, *, chat: int = CITIZEN, **columns: Any) -> OutboxMessage:
        """Return an outbox row as the sender hands it on."""
        row = OutboxMessage(
            platform="telegram",
            bot=1,
            chat_id=chat,
            method="sendMessage",
            appeal_id=self.appeal.id,
            utterance_id=said.id if said else None,
            **{"state": "sent", "created_at": self.now, **columns},
        )
        self.session.add(row)
        await self.session.flush()
        return row

    async def said(self, text: str = "明天去看。", **columns: Any) -> Utterance:
        """Keep words for the citizen."""
        given = {"direction": "to_citizen", "state": "held", "manner": "plain", "department": UNIT, **columns}
        words = Utterance(appeal_id=self.appeal.id, person_id=self.li.person_id, text=text, at=self.now, **given)
        self.session.add(words)
        await self.session.flush()
        return words


async def at_the_unit(session: AsyncSession, now: datetime, **columns: Any) -> Handling:
    """Set the scene."""
    office = Office(
        platform="telegram", bot=1, chat_id=GROUP, purpose="department", department=UNIT, title=UNIT, bound_at=now
    )
    citizen = await _person(session, CITIZEN, now)
    staff = [await _staff(session, user_id, name, now) for user_id, name in ((3003, "小李"), (3004, "老胡"))]
    given = {"status": Status.DISPATCHED, "department": UNIT, "answer_due": now + timedelta(days=7)}
    given |= {"first_dispatched_at": now, **columns}
    appeal = Appeal(
        number="LX-20261123-0001",
        citizen_id=citizen.id,
        alias="7F3K",
        kind="help",
        urgency="normal",
        channel="telegram",
        title="路灯坏了",
        text="路灯坏了半个月",
        accepted_at=now,
        **given,
    )
    session.add_all([office, appeal])
    await session.flush()
    return Handling(session, now, office, citizen, *staff, appeal)


async def _person(session: AsyncSession, user_id: int, now: datetime) -> Person:
    return await people.meet(session, platform="telegram", bot=1, user_id=user_id, username=None, now=now)


async def _staff(session: AsyncSession, user_id: int, name: str, now: datetime) -> Staff:
    person = await _person(session, user_id, now)
    return await employ(session, person_id=person.id, role=Role.STAFF, department=UNIT, name=name, now=now)


async def other_unit(
    session: AsyncSession, now: datetime, code: str = "power", *, chat: int = -3009, user_id: int = 3017
) -> tuple[Office, Staff]:
    """Bind another unit's group, with one member of staff."""
    office = Office(
        platform="telegram", bot=1, chat_id=chat, purpose="department", department=code, title=code, bound_at=now
    )
    session.add(office)
    person = await _person(session, user_id, now)
    staff = await employ(session, person_id=person.id, role=Role.STAFF, department=code, name="小周", now=now)
    return office, staff
