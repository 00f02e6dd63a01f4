"""Groups, who works in them, and what they have at hand."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.fields import big, json, key, ref, ref_or_none, when, when_or_none


class Office(SQLModel, table=True):
    """A group chat (or one topic of it) where a department, the dispatchers or the supervisors work.

    `lost`: "chat" where the bot is out of the group, "topic" where the topic is gone and another is being made; what
    is said there waits meanwhile. `former`: the places it was before, as [chat, topic]. `listed_on`: the day of the
    last morning list.
    """

    __table_args__ = (UniqueConstraint("platform", "bot", "chat_id", "thread_id"),)

    id: int = key()
    platform: str
    bot: int = big()
    chat_id: int = big()
    thread_id: int = Field(default=0, sa_type=BigInteger)
    purpose: str
    department: str | None = Field(default=None, index=True)
    title: str = ""
    active: bool = True
    lost: str = ""
    former: list[list[int]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    listed_on: date | None = None
    bound_at: datetime = when()


class Staff(SQLModel, table=True):
    """A person working for a department, as dispatcher, as supervisor, or as administrator.

    `confidential`: the one who handles confidential appeals (专办人).
    """

    __table_args__ = (UniqueConstraint("person_id", "role", "department"),)

    id: int = key()
    person_id: int = ref("person.id")
    role: str
    department: str = ""
    name: str
    post: str | None = None
    badge: str | None = None
    confidential: bool = False
    active: bool = True
    since: datetime = when()
    until: datetime | None = when_or_none()


class Invitation(SQLModel, table=True):
    """A one-time code: only its digest is kept."""

    digest: str = Field(primary_key=True)
    purpose: str
    department: str = ""
    details: dict[str, Any] = json()
    created_at: datetime = when()
    expires_at: datetime = when()
    used_at: datetime | None = when_or_none()
    used_by: int | None = ref_or_none("person.id")


class Duty(SQLModel, table=True):
    """Who is on duty for a unit on a day (值班表); day and night where it is urgent."""

    department: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    staff_id: int = ref("staff.id")


class CannedReply(SQLModel, table=True):
    """A sentence a unit says often (常用语), called by its name."""

    __tablename__ = "canned_reply"
    __table_args__ = (UniqueConstraint("department", "name"),)

    id: int = key()
    department: str
    name: str
    text: str = Field(sa_type=Text)
    person_id: int | None = ref_or_none("person.id")
    at: datetime = when()
