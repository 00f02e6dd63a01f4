"""Who they are, what they agreed to, where a conversation stands, and what is not handed in yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime
from storage.tables.fields import big, json, json_list, key, ref, ref_or_none, when, when_or_none


class Person(SQLModel, table=True):
    """Somebody on a platform: a citizen, a member of staff, or both."""

    __table_args__ = (UniqueConstraint("platform", "bot", "user_id"),)

    id: int = key()
    platform: str
    bot: int = big()
    user_id: int = big()
    username: str | None = None
    consent_version: int | None = None
    abroad_consent_version: int | None = None
    unreachable_since: datetime | None = when_or_none()
    created_at: datetime = when()


class Consent(SQLModel, table=True):
    """One answer to a privacy question: to which version of it, when, yes or no."""

    id: int = key()
    person_id: int = ref("person.id")
    what: str
    version: int
    given: bool
    at: datetime = when()


class Conversation(SQLModel, table=True):
    """What one person is being asked in one chat or topic, and what must be remembered for the next step."""

    platform: str = Field(primary_key=True)
    bot: int = Field(primary_key=True, sa_type=BigInteger)
    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    user_id: int = Field(primary_key=True, sa_type=BigInteger)
    thread_id: int = Field(default=0, primary_key=True, sa_type=BigInteger)
    state: str
    memo: dict[str, Any] = json()
    updated_at: datetime = when()


class Draft(SQLModel, table=True):
    """An appeal being told; one a person. Ids are never used again: an old form's buttons carry them.

    `whole`: it is known to be one matter; `rest`: those that were split off and wait for a form of their own.
    """

    __table_args__ = {"sqlite_autoincrement": True}

    id: int = key()
    person_id: int = Field(sa_type=BigInteger, foreign_key="person.id", unique=True)
    text: str = Field(default="", sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    town: str | None = None
    village: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    wish: str | None = Field(default=None, sa_type=Text)
    phone: str | None = None
    department: str | None = None
    kind: str | None = None
    guess: dict[str, Any] = json()
    files: dict[str, int] = json()
    urgency: str | None = None
    alarm: dict[str, Any] = json()
    confidential: bool | None = None
    alias: str | None = None
    whole: bool | None = None
    rest: list[dict[str, Any]] = json_list()
    care: str = ""
    care_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    created_at: datetime = when()
    updated_at: datetime = when()


class CallbackRequest(SQLModel, table=True):
    """Somebody asks to be telephoned (请打电话给我); what it is about is a draft, an appeal, or not said."""

    __tablename__ = "callback"

    id: int = key()
    person_id: int = ref("person.id")
    draft_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    appeal_id: int | None = ref_or_none("appeal.id")
    alias: str
    phone: str
    wish: str | None = None
    state: str = Field(index=True)
    asked_at: datetime = when()
    settled_at: datetime | None = when_or_none()
    settled_by: int | None = ref_or_none("person.id")
