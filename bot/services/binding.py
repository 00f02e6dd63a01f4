"""A group becomes the office of a unit, of the dispatchers or of the supervisors, and people become its staff."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from bot.services.returning import undecided
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.repositories import appeals, bindings, concerns, events, offices, outbox, people, rerouting
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, Office, OutboxMessage, Person, Staff


class Purpose(StrEnum):
    """What a group is for."""

    DEPARTMENT = "department"
    TRIAGE = "triage"
    SUPERVISION = "supervision"


class Role(StrEnum):
    """What a person works as."""

    STAFF = "staff"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


ROLE_IN = {
    Purpose.DEPARTMENT: Role.STAFF,
    Purpose.TRIAGE: Role.DISPATCHER,
    Purpose.SUPERVISION: Role.SUPERVISOR,
}
ADMINISTRATOR = 9001
_WANTED = {
    Purpose.DEPARTMENT: "card_wanted",
    Purpose.TRIAGE: "triage_card_wanted",
    Purpose.SUPERVISION: "lead_card_wanted",
}
OBJECTION_WANTED = "objection_card_wanted"
_ARRIVING = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENT, OutboxState.UNCERTAIN)


class CastPerson(Protocol):
    """Somebody of the sandbox's cast."""

    @property
    def id(self) -> int: ...  # noqa: D102 - the names speak
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def username(self) -> str | None: ...  # noqa: D102
    @property
    def post(self) -> str | None: ...  # noqa: D102
    @property
    def badge(self) -> str | None: ...  # noqa: D102


class CastGroup(Protocol):
    """A group of the sandbox's cast; `members` are ids of people."""

    @property
    def id(self) -> int: ...  # noqa: D102 - the names speak
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def members(self) -> Sequence[int]: ...  # noqa: D102
    @property
    def department(self) -> str | None: ...  # noqa: D102
    @property
    def purpose(self) -> str | None: ...  # noqa: D102


class Place(Protocol):
    """Where somebody works: a bound group or a topic of it, or a handler's private chat."""

    @property
    def chat_id(self) -> int: ...  # noqa: D102 - the names speak
    @property
    def thread_id(self) -> int: ...  # noqa: D102


class Cast(Protocol):
    """The people and groups a sandbox starts with."""

    @property
    def people(self) -> Iterable[CastPerson]: ...  # noqa: D102 - the names speak
    @property
    def groups(self) -> Iterable[CastGroup]: ...  # noqa: D102


async def bind(
    session: AsyncSession,
    *,
    platform: str,
    bot: int,
    chat_id: int,
    thread_id: int = 0,
    purpose: str,
    department: str | None = None,
    title: str,
    now: datetime,
    person_id: int | None = None,
) -> Office:
    """Make a chat, or one topic of it, the one office of a unit or purpose.

    An older one is retired, and what was held for it goes to the new one; a chat bound before is rebound. Appeals
    that wait there without a card get an event each (`card_wanted`, `triage_card_wanted`, `lead_card_wanted`), so that
    the new group sees them.
    """
    if (purpose == Purpose.DEPARTMENT) != bool(department):
        raise InputRefused("no_such_department")
    older = await offices.theirs(session, platform=platform, bot=bot, purpose=purpose, department=department)
    office = await bindings.office_in(session, platform=platform, bot=bot, chat_id=chat_id, thread_id=thread_id)
    if office is None:
        office = Office(platform=platform, bot=bot, chat_id=chat_id, thread_id=thread_id, purpose=purpose, bound_at=now)
        session.add(office)
    office.purpose, office.department, office.title = purpose, department, title
    office.active, office.lost, office.bound_at = True, "", now
    await session.flush()
    if older is not None and older is not office:
        await _retire(session, older, office, now=now)
    await _bound(session, office, person_id=person_id, now=now)
    return office


async def _retire(session: AsyncSession, older: Office, office: Office, *, now: datetime) -> None:
    """Close the older office of a unit; what it could not be told while it was lost is said in the new one."""
    held, older.active, older.lost = older.lost, False, ""
    await session.flush()
    if held:
        remaining = await offices.in_chat(session, platform=older.platform, bot=older.bot, chat_id=older.chat_id)
        await rerouting.to_other_group(
            session,
            platform=older.platform,
            bot=older.bot,
            old=(older.chat_id, older.thread_id),
            new=(office.chat_id, office.thread_id),
            last=not remaining,
            now=now,
        )


async def _bound(session: AsyncSession, office: Office, *, person_id: int | None, now: datetime) -> None:
    await events.record(
        session,
        "office_bound",
        at=now,
        actor=Actor.ADMINISTRATOR,
        person_id=person_id,
        purpose=office.purpose,
        department=office.department,
        office=office.id,
    )
    await want_cards(session, office, now=now)


async def want_cards(session: AsyncSession, office: Office, *, now: datetime) -> None:
    """Record that the appeals which wait in this office without a card there want one."""
    what = _WANTED[Purpose(office.purpose)]
    for appeal in await without_card(session, office):
        await events.record(
            session, what, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, department=office.department
        )
    if office.purpose == Purpose.SUPERVISION:
        for each in await concerns.unsettled(session):
            if not await _shown(session, office, f"concern:{each.id}"):
                appeal_id, what = each.appeal_id, "concern_card_wanted"
                await events.record(session, what, at=now, actor=Actor.SYSTEM, appeal_id=appeal_id, concern=each.id)
        for appeal in await appeals.objected_to(session):
            if not await _shown(session, office, f"objection:{appeal.id}"):
                await events.record(session, OBJECTION_WANTED, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id)


async def without_card(session: AsyncSession, office: Office) -> list[Appeal]:
    """Return the appeals that wait in this office and whose newest card is not in its chat, the oldest first."""
    if office.purpose == Purpose.DEPARTMENT:
        waiting, key = await appeals.open_of_department(session, office.department or ""), "card"
    elif office.purpose == Purpose.TRIAGE:
        returned = await undecided(session, for_supervisors=False)
        waiting, key = [*await appeals.pending_triage(session), *returned], "triage"
    else:
        waiting, key = await undecided(session, for_supervisors=True), "lead"
    return [each for each in waiting if not await _shown(session, office, _card_key(each, key))]


def _card_key(appeal: Appeal, key: str) -> str:
    """Name the card that stands in the group: of a confidential appeal it is one without its text."""
    if not appeal.confidential or key == "lead":
        return f"{key}:{appeal.id}"
    return f"secret:{appeal.id}" if key == "card" else f"secret-{key}:{appeal.id}"


async def _shown(session: AsyncSession, office: Office, key: str) -> bool:
    row_id = await outbox.named(session, platform=office.platform, bot=office.bot, key=key)
    row = await outbox.get(session, row_id) if row_id else None
    return row is not None and stands_in(row, office) and row.state in _ARRIVING


def stands_in(row: OutboxMessage, office: Place | None) -> bool:
    """Whether a message went, or is to go, to the place where this office works today."""
    return office is not None and (row.chat_id, row.thread_id) == (office.chat_id, office.thread_id)


async def speak_for(session: AsyncSession, office: Office, group: Person, *, name: str, now: datetime) -> Staff:
    """Let an administrator who hides behind the group act in its office; nobody knows, or counts, which one it is."""
    purpose = Purpose(office.purpose)
    department = office.department or "" if purpose is Purpose.DEPARTMENT else ""
    return await employ(session, person_id=group.id, role=ROLE_IN[purpose], department=department, name=name, now=now)


async def employ(
    session: AsyncSession,
    *,
    person_id: int,
    role: str,
    department: str = "",
    name: str,
    post: str | None = None,
    badge: str | None = None,
    now: datetime,
) -> Staff:
    """Let a person work in a role from now on; somebody who held it before takes it up again."""
    row = await bindings.staff_row(session, person_id=person_id, role=role, department=department)
    if row is None:
        row = Staff(person_id=person_id, role=role, department=department, name=name, active=False, since=now)
        session.add(row)
    row.name, row.post, row.badge = name, post or row.post, badge or row.badge
    if row.active:
        return row
    row.active, row.since, row.until = True, now, None
    await session.flush()
    await events.record(
        session, "staff_joined", at=now, actor=Actor.SYSTEM, person_id=person_id, role=role, department=department
    )
    return row


async def bind_cast(session: AsyncSession, cast: Cast, *, platform: str, bot: int, city: City, now: datetime) -> None:
    """Bind every group of the sandbox's cast and employ its people; the first of each handles what is confidential.

    The caller has seen that nobody is bound yet.
    """
    known = {each.id: each for each in cast.people}
    for group in cast.groups:
        purpose = Purpose(group.purpose or Purpose.DEPARTMENT)
        department = group.department if purpose is Purpose.DEPARTMENT else None
        if department is not None and city.department(department) is None:
            continue
        await bind(
            session,
            platform=platform,
            bot=bot,
            chat_id=group.id,
            purpose=purpose,
            department=department,
            title=group.title,
            now=now,
        )
        for place, member in enumerate(group.members):
            role = Role.ADMIN if member == ADMINISTRATOR else ROLE_IN[purpose]
            row = await _employ_cast(session, known[member], role, department, platform=platform, bot=bot, now=now)
            row.confidential = place == 0 and role in {Role.STAFF, Role.DISPATCHER}


async def _employ_cast(
    session: AsyncSession,
    somebody: CastPerson,
    role: Role,
    department: str | None,
    *,
    platform: str,
    bot: int,
    now: datetime,
) -> Staff:
    person = await people.meet(
        session, platform=platform, bot=bot, user_id=somebody.id, username=somebody.username, now=now
    )
    return await employ(
        session,
        person_id=person.id,
        role=role,
        department="" if role is not Role.STAFF else department or "",
        name=somebody.name,
        post=somebody.post,
        badge=somebody.badge,
        now=now,
    )
