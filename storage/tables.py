"""Every table: people, drafts, appeals and their events, groups and staff, and the two post boxes.

Keys of people, chats and messages are (platform, bot, integer). Texts of enums are plain strings here; the rules
about them stand in `storage.domain`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import BigId, UtcDateTime


def _key() -> Any:
    return Field(default=None, primary_key=True, sa_type=BigId)


def _big(*, index: bool = False) -> Any:
    return Field(sa_type=BigInteger, index=index)


def _ref(target: str, *, index: bool = True) -> Any:
    return Field(sa_type=BigInteger, foreign_key=target, index=index)


def _ref_or_none(target: str, *, index: bool = False) -> Any:
    return Field(default=None, sa_type=BigInteger, foreign_key=target, index=index)


def _when() -> Any:
    return Field(sa_type=UtcDateTime)


def _when_or_none() -> Any:
    return Field(default=None, sa_type=UtcDateTime)


def _json() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def _json_list() -> Any:
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Person(SQLModel, table=True):
    """Somebody on a platform: a citizen, a member of staff, or both."""

    __table_args__ = (UniqueConstraint("platform", "bot", "user_id"),)

    id: int = _key()
    platform: str
    bot: int = _big()
    user_id: int = _big()
    username: str | None = None
    consent_version: int | None = None
    abroad_consent_version: int | None = None
    unreachable_since: datetime | None = _when_or_none()
    created_at: datetime = _when()


class Consent(SQLModel, table=True):
    """One answer to a privacy question: to which version of it, when, yes or no."""

    id: int = _key()
    person_id: int = _ref("person.id")
    what: str
    version: int
    given: bool
    at: datetime = _when()


class Conversation(SQLModel, table=True):
    """What one person is being asked in one chat or topic, and what must be remembered for the next step."""

    platform: str = Field(primary_key=True)
    bot: int = Field(primary_key=True, sa_type=BigInteger)
    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    user_id: int = Field(primary_key=True, sa_type=BigInteger)
    thread_id: int = Field(default=0, primary_key=True, sa_type=BigInteger)
    state: str
    memo: dict[str, Any] = _json()
    updated_at: datetime = _when()


class Draft(SQLModel, table=True):
    """An appeal being told; one a person. Ids are never used again: an old form's buttons carry them.

    `whole`: it is known to be one matter; `rest`: those that were split off and wait for a form of their own.
    """

    __table_args__ = {"sqlite_autoincrement": True}

    id: int = _key()
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
    guess: dict[str, Any] = _json()
    files: dict[str, int] = _json()
    urgency: str | None = None
    alarm: dict[str, Any] = _json()
    confidential: bool | None = None
    alias: str | None = None
    whole: bool | None = None
    rest: list[dict[str, Any]] = _json_list()
    care: str = ""
    care_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    created_at: datetime = _when()
    updated_at: datetime = _when()


class Appeal(SQLModel, table=True):
    """One accepted appeal."""

    __table_args__ = (Index("ix_appeal_department_status", "department", "status"),)

    id: int = _key()
    number: str = Field(unique=True)
    citizen_id: int = _ref("person.id")
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
    external_due: datetime | None = _when_or_none()
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
    guess: dict[str, Any] = _json()
    files: dict[str, int] = _json()
    alarm: dict[str, Any] = _json()
    lead_named: bool = False
    transcript: str | None = None
    claimant_id: int | None = _ref_or_none("staff.id")
    claimed_at: datetime | None = _when_or_none()
    accepted_at: datetime = _when()
    first_dispatched_at: datetime | None = _when_or_none()
    dispatched_at: datetime | None = _when_or_none()
    triage_due: datetime | None = _when_or_none()
    sign_due: datetime | None = _when_or_none()
    contact_due: datetime | None = _when_or_none()
    answer_due: datetime | None = _when_or_none()
    first_answer_due: datetime | None = _when_or_none()
    contacted_at: datetime | None = _when_or_none()
    answer_pressed_at: datetime | None = _when_or_none()
    answered_at: datetime | None = _when_or_none()
    answer: str | None = Field(default=None, sa_type=Text)
    closed_at: datetime | None = _when_or_none()
    staff_outcome: str | None = None
    citizen_outcome: str | None = None
    satisfaction: str | None = None
    last_reply: str | None = None
    returns: int = 0
    urges: int = 0
    reopens: int = 0
    card_id: int | None = _ref_or_none("outbox.id")
    status_card_id: int | None = _ref_or_none("outbox.id")


class AppealEvent(SQLModel, table=True):
    """One thing that happened: timeline, audit, notices and reports all read these."""

    __tablename__ = "event"

    id: int = _key()
    appeal_id: int | None = _ref_or_none("appeal.id", index=True)
    what: str = Field(index=True)
    at: datetime = _when()
    actor: str
    person_id: int | None = _ref_or_none("person.id")
    details: dict[str, Any] = _json()


class Utterance(SQLModel, table=True):
    """Words of an appeal: said by the citizen, relayed to them, kept as a note, or the answer itself.

    `parts`: which of the sender's messages (by id, as text) brought which part of the words.
    """

    id: int = _key()
    appeal_id: int = _ref("appeal.id")
    direction: str
    person_id: int | None = _ref_or_none("person.id")
    department: str | None = None
    text: str = Field(sa_type=Text)
    at: datetime = _when()
    state: str
    manner: str | None = None
    source_chat: int | None = Field(default=None, sa_type=BigInteger)
    source_message: int | None = Field(default=None, sa_type=BigInteger)
    parts: dict[str, str] = _json()


class UtteranceVersion(SQLModel, table=True):
    """What an utterance said before it was edited; the newest words stand in the utterance itself."""

    __tablename__ = "utterance_version"

    id: int = _key()
    utterance_id: int = _ref("utterance.id")
    text: str = Field(sa_type=Text)
    at: datetime = _when()


class Attachment(SQLModel, table=True):
    """Something sent that is not text: known by the platform's file id, kept with a draft, then with an utterance.

    `name` is how the sender called it and is shown to nobody; `size` in bytes, `duration` in seconds, `album` the
    platform's id of the album it came in.
    """

    id: int = _key()
    person_id: int = _ref("person.id")
    draft_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    appeal_id: int | None = _ref_or_none("appeal.id", index=True)
    utterance_id: int | None = _ref_or_none("utterance.id", index=True)
    kind: str
    file_id: str = ""
    unique_id: str = ""
    name: str | None = None
    mime: str | None = None
    size: int | None = Field(default=None, sa_type=BigInteger)
    duration: int | None = None
    album: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    title: str | None = Field(default=None, sa_type=Text)
    source_chat: int | None = Field(default=None, sa_type=BigInteger)
    source_message: int | None = Field(default=None, sa_type=BigInteger)
    at: datetime = _when()


class DangerCase(SQLModel, table=True):
    """Somebody who seems to be in danger, as the dispatchers have it before them; it outlives the draft it came from.

    `danger` is the kind last told of, `told` every kind the citizen was told what to do about, `words` what decided;
    `before` the urgency and the due times of an appeal as they were.
    """

    __tablename__ = "danger"

    id: int = _key()
    person_id: int = _ref("person.id")
    draft_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    appeal_id: int | None = _ref_or_none("appeal.id", index=True)
    utterance_id: int | None = Field(default=None, sa_type=BigInteger)
    alias: str
    danger: str
    told: list[str] = _json_list()
    words: list[str] = _json_list()
    before: dict[str, Any] = _json()
    state: str
    raised_at: datetime = _when()
    safe_at: datetime | None = _when_or_none()
    denied_at: datetime | None = _when_or_none()
    followed_by: int | None = _ref_or_none("person.id")
    settled_by: int | None = _ref_or_none("person.id")


class CallbackRequest(SQLModel, table=True):
    """Somebody asks to be telephoned (请打电话给我); what it is about is a draft, an appeal, or not said."""

    __tablename__ = "callback"

    id: int = _key()
    person_id: int = _ref("person.id")
    draft_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    appeal_id: int | None = _ref_or_none("appeal.id")
    alias: str
    phone: str
    wish: str | None = None
    state: str = Field(index=True)
    asked_at: datetime = _when()
    settled_at: datetime | None = _when_or_none()
    settled_by: int | None = _ref_or_none("person.id")


class CannedReply(SQLModel, table=True):
    """A sentence a unit says often (常用语), called by its name."""

    __tablename__ = "canned_reply"
    __table_args__ = (UniqueConstraint("department", "name"),)

    id: int = _key()
    department: str
    name: str
    text: str = Field(sa_type=Text)
    person_id: int | None = _ref_or_none("person.id")
    at: datetime = _when()


class Office(SQLModel, table=True):
    """A group chat (or one topic of it) where a department, the dispatchers or the supervisors work.

    `lost`: "chat" where the bot is out of the group, "topic" where the topic is gone and another is being made; what
    is said there waits meanwhile. `former`: the places it was before, as [chat, topic]. `listed_on`: the day of the
    last morning list.
    """

    __table_args__ = (UniqueConstraint("platform", "bot", "chat_id", "thread_id"),)

    id: int = _key()
    platform: str
    bot: int = _big()
    chat_id: int = _big()
    thread_id: int = Field(default=0, sa_type=BigInteger)
    purpose: str
    department: str | None = Field(default=None, index=True)
    title: str = ""
    active: bool = True
    lost: str = ""
    former: list[list[int]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    listed_on: date | None = None
    bound_at: datetime = _when()


class Staff(SQLModel, table=True):
    """A person working for a department, as dispatcher, as supervisor, or as administrator.

    `confidential`: the one who handles confidential appeals (专办人).
    """

    __table_args__ = (UniqueConstraint("person_id", "role", "department"),)

    id: int = _key()
    person_id: int = _ref("person.id")
    role: str
    department: str = ""
    name: str
    post: str | None = None
    badge: str | None = None
    confidential: bool = False
    active: bool = True
    since: datetime = _when()
    until: datetime | None = _when_or_none()


class Invitation(SQLModel, table=True):
    """A one-time code: only its digest is kept."""

    digest: str = Field(primary_key=True)
    purpose: str
    department: str = ""
    details: dict[str, Any] = _json()
    created_at: datetime = _when()
    expires_at: datetime = _when()
    used_at: datetime | None = _when_or_none()
    used_by: int | None = _ref_or_none("person.id")


class Counter(SQLModel, table=True):
    """The last appeal number given out on a day."""

    day: date = Field(primary_key=True)
    last: int


class InboxUpdate(SQLModel, table=True):
    """A raw update as the platform sent it, kept before it is acknowledged."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("platform", "bot", "update_id"),
        Index("ix_inbox_state_id", "state", "id"),
    )

    id: int = _key()
    platform: str
    bot: int = _big()
    update_id: int = _big()
    chat_id: int = _big()
    raw: str = Field(sa_type=Text)
    state: str
    tries: int = 0
    next_try_at: datetime | None = _when_or_none()
    error: str | None = Field(default=None, sa_type=Text)
    received_at: datetime = _when()
    done_at: datetime | None = _when_or_none()


class OutboxMessage(SQLModel, table=True):
    """One call to the platform that is owed, with what became of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_id", "state", "id"),
        Index("ix_outbox_key", "platform", "bot", "key"),
    )

    id: int = _key()
    platform: str
    bot: int = _big()
    chat_id: int = _big()
    thread_id: int = Field(default=0, sa_type=BigInteger)
    method: str
    payload: dict[str, Any] = _json()
    key: str | None = None
    edit_of: int | None = Field(default=None, sa_type=BigInteger, index=True)
    reply_to: int | None = Field(default=None, sa_type=BigInteger)
    once: bool = False
    appeal_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    utterance_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    role: str = ""
    state: str
    send_after: datetime | None = _when_or_none()
    tries: int = 0
    next_try_at: datetime | None = _when_or_none()
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = _when()
    settled_at: datetime | None = _when_or_none()


class ChatMessage(SQLModel, table=True):
    """Which appeal a message in a chat is about; never read from rendered text."""

    __tablename__ = "messages"

    platform: str = Field(primary_key=True)
    bot: int = Field(primary_key=True, sa_type=BigInteger)
    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    message_id: int = Field(primary_key=True, sa_type=BigInteger)
    thread_id: int = Field(default=0, sa_type=BigInteger)
    appeal_id: int = Field(sa_type=BigInteger, index=True)
    role: str
    outbox_id: int | None = Field(default=None, sa_type=BigInteger)
    at: datetime = _when()
