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
    """One accepted appeal.

    `asked_at`, `ask_until`: the clock is paused while the citizen is asked for more. `deferred_until`: when what was
    promised is to be done; `progress_due`: when the next word of it is owed. `stopped_at`: the answer reached nobody, a
    supervisor saw how it was tried, and no clock runs. `follow_up_at`: when the citizen is next asked how it went;
    `contact_confirmed`: their word on whether anybody spoke with them. `handling`: the class (办件类型) that staff set
    in place of the derived one. `level`: that of supervision (督办), 0 to 3. `ladder`: how far a late appeal was told
    of, 0 not, 1 yellow, 2 red, 3 supervisors, 4 the named leader; `ladder_at`: when that was last. `declined`: why it
    was not accepted (不予受理), who is in charge instead and how to reach them.
    """

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
    asked_at: datetime | None = _when_or_none()
    ask_until: datetime | None = _when_or_none()
    extensions: int = 0
    deferred_until: datetime | None = _when_or_none()
    progress_due: datetime | None = _when_or_none()
    promise: str | None = Field(default=None, sa_type=Text)
    escalated_to: str | None = None
    interim_due: datetime | None = _when_or_none()
    told_by_phone: bool = False
    stopped_at: datetime | None = _when_or_none()
    follow_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    follow_ups: int = 0
    contact_confirmed: bool | None = None
    handling: str | None = None
    level: int = 0
    ladder: int = 0
    ladder_at: datetime | None = _when_or_none()
    declined: dict[str, Any] = _json()
    objection_due: datetime | None = _when_or_none()
    card_id: int | None = _ref_or_none("outbox.id")
    status_card_id: int | None = _ref_or_none("outbox.id")


class Approval(SQLModel, table=True):
    """Something about an appeal that supervisors decide: an extension, a deferral, a conclusion and so on.

    `first_by` is the first of two supervisors where two must agree; `details` is what is asked for, as plain JSON.
    """

    id: int = _key()
    appeal_id: int = _ref("appeal.id")
    kind: str
    state: str = Field(index=True)
    asked_by: int | None = _ref_or_none("person.id")
    asked_at: datetime = _when()
    due: datetime | None = _when_or_none()
    details: dict[str, Any] = _json()
    first_by: int | None = _ref_or_none("person.id")
    decided_by: int | None = _ref_or_none("person.id")
    decided_at: datetime | None = _when_or_none()
    reason: str = Field(default="", sa_type=Text)


class Assist(SQLModel, table=True):
    """What another unit is asked to do for an appeal (会办); it answers the lead, which stays answerable."""

    id: int = _key()
    appeal_id: int = _ref("appeal.id")
    department: str = Field(index=True)
    task: str = Field(sa_type=Text)
    state: str
    due: datetime = _when()
    asked_by: int | None = _ref_or_none("person.id")
    asked_at: datetime = _when()
    claimant_id: int | None = _ref_or_none("staff.id")
    answer: str | None = Field(default=None, sa_type=Text)
    settled_at: datetime | None = _when_or_none()


class Concern(SQLModel, table=True):
    """A citizen's word to the supervisors (找监督员), which the unit never sees; `kind` says what made them say it."""

    id: int = _key()
    appeal_id: int = _ref("appeal.id")
    person_id: int = _ref("person.id")
    kind: str
    text: str = Field(default="", sa_type=Text)
    state: str = Field(index=True)
    at: datetime = _when()
    due: datetime | None = _when_or_none()
    settled_by: int | None = _ref_or_none("person.id")
    settled_at: datetime | None = _when_or_none()
    answer: str = Field(default="", sa_type=Text)


class SpotCheck(SQLModel, table=True):
    """One closed appeal drawn to be asked about by telephone (抽查回访), and what was said there."""

    __tablename__ = "spot_check"
    __table_args__ = (UniqueConstraint("appeal_id", "day"),)

    id: int = _key()
    appeal_id: int = _ref("appeal.id")
    day: date = Field(index=True)
    state: str
    contacted: bool | None = None
    solved: bool | None = None
    satisfaction: str | None = None
    by: int | None = _ref_or_none("person.id")
    at: datetime | None = _when_or_none()


class Duty(SQLModel, table=True):
    """Who is on duty for a unit on a day (值班表); day and night where it is urgent."""

    department: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    staff_id: int = _ref("staff.id")


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
