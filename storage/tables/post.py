"""The two post boxes, and which message is which."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.fields import big, json, key, when, when_or_none


class InboxUpdate(SQLModel, table=True):
    """A raw update as the platform sent it, kept before it is acknowledged."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("platform", "bot", "update_id"),
        Index("ix_inbox_state_id", "state", "id"),
    )

    id: int = key()
    platform: str
    bot: int = big()
    update_id: int = big()
    chat_id: int = big()
    raw: str = Field(sa_type=Text)
    state: str
    tries: int = 0
    next_try_at: datetime | None = when_or_none()
    error: str | None = Field(default=None, sa_type=Text)
    received_at: datetime = when()
    done_at: datetime | None = when_or_none()


class OutboxMessage(SQLModel, table=True):
    """One call to the platform that is owed, with what became of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_id", "state", "id"),
        Index("ix_outbox_key", "platform", "bot", "key"),
    )

    id: int = key()
    platform: str
    bot: int = big()
    chat_id: int = big()
    thread_id: int = Field(default=0, sa_type=BigInteger)
    method: str
    payload: dict[str, Any] = json()
    key: str | None = None
    edit_of: int | None = Field(default=None, sa_type=BigInteger, index=True)
    reply_to: int | None = Field(default=None, sa_type=BigInteger)
    once: bool = False
    appeal_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    utterance_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    role: str = ""
    state: str
    send_after: datetime | None = when_or_none()
    tries: int = 0
    next_try_at: datetime | None = when_or_none()
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = when()
    settled_at: datetime | None = when_or_none()


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
    at: datetime = when()
