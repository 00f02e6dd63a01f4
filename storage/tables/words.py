"""What was said and sent about an appeal, with every version of it."""

from datetime import datetime

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

from storage.tables.fields import json, key, ref, ref_or_none, when


class Utterance(SQLModel, table=True):
    """Words of an appeal: said by the citizen, relayed to them, kept as a note, or the answer itself.

    `parts`: which of the sender's messages (by id, as text) brought which part of the words.
    """

    id: int = key()
    appeal_id: int = ref("appeal.id")
    direction: str
    person_id: int | None = ref_or_none("person.id")
    department: str | None = None
    text: str = Field(sa_type=Text)
    at: datetime = when()
    state: str
    manner: str | None = None
    source_chat: int | None = Field(default=None, sa_type=BigInteger)
    source_message: int | None = Field(default=None, sa_type=BigInteger)
    parts: dict[str, str] = json()


class UtteranceVersion(SQLModel, table=True):
    """What an utterance said before it was edited; the newest words stand in the utterance itself."""

    __tablename__ = "utterance_version"

    id: int = key()
    utterance_id: int = ref("utterance.id")
    text: str = Field(sa_type=Text)
    at: datetime = when()


class Attachment(SQLModel, table=True):
    """Something sent that is not text: known by the platform's file id, kept with a draft, then with an utterance.

    `name` is how the sender called it and is shown to nobody; `size` in bytes, `duration` in seconds, `album` the
    platform's id of the album it came in.
    """

    id: int = key()
    person_id: int = ref("person.id")
    draft_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    appeal_id: int | None = ref_or_none("appeal.id", index=True)
    utterance_id: int | None = ref_or_none("utterance.id", index=True)
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
    at: datetime = when()
