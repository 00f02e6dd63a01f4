"""The appeal, what happened to it, and what else is kept of it: help, dangers, numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime
from storage.tables.fields import json, json_list, key, ref, ref_or_none, when, when_or_none


class Appeal(SQLModel, table=True):
    """One accepted appeal.

    `asked_at`, `ask_until`: the clock is paused while the citizen is asked for more. `deferred_until`: when what was
    promised is to be done; `progress_due`: when the next word of it is owed. `stopped_at`: the answer reached nobody, a
    supervisor saw how it was tried, and no clock runs. `follow_up_at`: when the citizen is next asked how it went;
    `contact_confirmed`: their word on whether anybody spoke with them. `handling`: the class (办件类型) that staff set
    in place of the derived one. `level`: that of supervision (督办), 0 to 3. `ladder`: how far a late appeal was told
    of, 0 not, 1 yellow, 2 red, 3 supervisors, 4 the named leader; `ladder_at`: when that was last. `declined`: why it
    was not accepted (不予受理), who is in charge instead and how to reach them. `merged_into`: the appeal with which it
    is handled (并单); `joined`: it was made by joining that one (附议) and is no further accepted appeal; `others`: how
    many other people are told of this one's steps; `disputed`: two of them call its answer unsolved.
    """

    __table_args__ = (Index("ix_appeal_department_status", "department", "status"),)

    id: int = key()
    number: str = Field(unique=True)
    citizen_id: int = ref("person.id")
    alias: str
    status: str = Field(index=True)
    stage: int = 0
    version: int = 1
    kind: str
    urgency: str
    grade: str | None = None
    channel: str
    matter: str | None = None
    confidential: bool = False
    external_ref: str | None = None
    external_due: datetime | None = when_or_none()
    title: str
    text: str = Field(sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    town: str | None = None
    village: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    wish: str | None = Field(default=None, sa_type=Text)
    phone: str | None = None
    department: str | None = None
    guess: dict[str, Any] = json()
    files: dict[str, int] = json()
    alarm: dict[str, Any] = json()
    lead_named: bool = False
    transcript: str | None = None
    claimant_id: int | None = ref_or_none("staff.id")
    claimed_at: datetime | None = when_or_none()
    accepted_at: datetime = Field(sa_type=UtcDateTime, index=True)
    first_dispatched_at: datetime | None = when_or_none()
    dispatched_at: datetime | None = when_or_none()
    triage_due: datetime | None = when_or_none()
    sign_due: datetime | None = when_or_none()
    contact_due: datetime | None = when_or_none()
    answer_due: datetime | None = when_or_none()
    first_answer_due: datetime | None = when_or_none()
    contacted_at: datetime | None = when_or_none()
    answer_pressed_at: datetime | None = when_or_none()
    answered_at: datetime | None = when_or_none()
    answer: str | None = Field(default=None, sa_type=Text)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    staff_outcome: str | None = None
    citizen_outcome: str | None = None
    satisfaction: str | None = None
    last_reply: str | None = None
    returns: int = 0
    urges: int = 0
    urged_on: date | None = None
    reopens: int = 0
    asks: int = 0
    asked_at: datetime | None = when_or_none()
    ask_until: datetime | None = when_or_none()
    extensions: int = 0
    deferred_until: datetime | None = when_or_none()
    progress_due: datetime | None = when_or_none()
    promise: str | None = Field(default=None, sa_type=Text)
    escalated_to: str | None = None
    interim_due: datetime | None = when_or_none()
    told_by_phone: bool = False
    stopped_at: datetime | None = when_or_none()
    follow_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    follow_ups: int = 0
    contact_confirmed: bool | None = None
    may_publish: bool = False
    handling: str | None = None
    level: int = 0
    ladder: int = 0
    ladder_at: datetime | None = when_or_none()
    declined: dict[str, Any] = json()
    objection_due: datetime | None = when_or_none()
    merged_into: int | None = ref_or_none("appeal.id", index=True)
    joined: bool = False
    others: int = 0
    disputed: bool = False
    card_id: int | None = ref_or_none("outbox.id")
    status_card_id: int | None = ref_or_none("outbox.id")


class AppealEvent(SQLModel, table=True):
    """One thing that happened: timeline, audit, notices and reports all read these."""

    __tablename__ = "event"

    id: int = key()
    appeal_id: int | None = ref_or_none("appeal.id", index=True)
    what: str = Field(index=True)
    at: datetime = when()
    actor: str
    person_id: int | None = ref_or_none("person.id")
    details: dict[str, Any] = json()


class Assist(SQLModel, table=True):
    """What another unit is asked to do for an appeal (会办); it answers the lead, which stays answerable."""

    id: int = key()
    appeal_id: int = ref("appeal.id")
    department: str = Field(index=True)
    task: str = Field(sa_type=Text)
    state: str
    due: datetime = when()
    asked_by: int | None = ref_or_none("person.id")
    asked_at: datetime = when()
    claimant_id: int | None = ref_or_none("staff.id")
    answer: str | None = Field(default=None, sa_type=Text)
    settled_at: datetime | None = when_or_none()


class DangerCase(SQLModel, table=True):
    """Somebody who seems to be in danger, as the dispatchers have it before them; it outlives the draft it came from.

    `danger` is the kind last told of, `told` every kind the citizen was told what to do about, `words` what decided;
    `before` the urgency and the due times of an appeal as they were.
    """

    __tablename__ = "danger"

    id: int = key()
    person_id: int = ref("person.id")
    draft_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    appeal_id: int | None = ref_or_none("appeal.id", index=True)
    utterance_id: int | None = Field(default=None, sa_type=BigInteger)
    alias: str
    danger: str
    told: list[str] = json_list()
    words: list[str] = json_list()
    before: dict[str, Any] = json()
    state: str
    raised_at: datetime = when()
    safe_at: datetime | None = when_or_none()
    denied_at: datetime | None = when_or_none()
    followed_by: int | None = ref_or_none("person.id")
    settled_by: int | None = ref_or_none("person.id")


class Counter(SQLModel, table=True):
    """The last appeal number given out on a day."""

    day: date = Field(primary_key=True)
    last: int
