"""What the supervisors decide, hear and look into."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.fields import json, json_list, key, ref, ref_or_none, when, when_or_none


class Approval(SQLModel, table=True):
    """Something about an appeal that supervisors decide: an extension, a deferral, a conclusion and so on.

    `first_by` is the first of two supervisors where two must agree; `details` is what is asked for, as plain JSON.
    """

    id: int = key()
    appeal_id: int = ref("appeal.id")
    kind: str
    state: str = Field(index=True)
    asked_by: int | None = ref_or_none("person.id")
    asked_at: datetime = when()
    due: datetime | None = when_or_none()
    details: dict[str, Any] = json()
    first_by: int | None = ref_or_none("person.id")
    decided_by: int | None = ref_or_none("person.id")
    decided_at: datetime | None = when_or_none()
    reason: str = Field(default="", sa_type=Text)


class Concern(SQLModel, table=True):
    """A citizen's word to the supervisors (找监督员), which the unit never sees; `kind` says what made them say it."""

    id: int = key()
    appeal_id: int = ref("appeal.id")
    person_id: int = ref("person.id")
    kind: str
    text: str = Field(default="", sa_type=Text)
    state: str = Field(index=True)
    at: datetime = when()
    due: datetime | None = when_or_none()
    settled_by: int | None = ref_or_none("person.id")
    settled_at: datetime | None = when_or_none()
    answer: str = Field(default="", sa_type=Text)


class SpotCheck(SQLModel, table=True):
    """One closed appeal drawn to be asked about by telephone (抽查回访), and what was said there."""

    __tablename__ = "spot_check"
    __table_args__ = (UniqueConstraint("appeal_id", "day"),)

    id: int = key()
    appeal_id: int = ref("appeal.id")
    day: date = Field(index=True)
    state: str
    contacted: bool | None = None
    solved: bool | None = None
    satisfaction: str | None = None
    by: int | None = ref_or_none("person.id")
    at: datetime | None = when_or_none()


class HotTopic(SQLModel, table=True):
    """What many people reported lately (热点): the keys of its appeals, its words, how many people there are.

    `told`: with how many people the supervisors were last told of it, 0 if never, at `told_at`; `seen_at`: when it was
    last there; who dismissed it (不是一件事) hears no more of it, however it grows.
    """

    __tablename__ = "hot_topic"

    id: int = key()
    appeals: list[int] = json_list()
    words: list[str] = json_list()
    people: int
    told: int = 0
    told_at: datetime | None = when_or_none()
    seen_at: datetime = when()
    dismissed_by: int | None = ref_or_none("person.id")
    dismissed_at: datetime | None = when_or_none()
