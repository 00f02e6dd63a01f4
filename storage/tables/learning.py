"""How the classifier is trained anew: each training, what was imported for it, and the pictures made."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from storage.tables.fields import json, key, ref_or_none, when, when_or_none


class Training(SQLModel, table=True):
    """One training, and the model it made: `version` names its folder under the var folder.

    `under_way` is true while it waits or runs, else none: the database lets one be under way. `by_bot`: the bot runs
    it, not a command; `beat_at`: when it last said that it lives. `against`: the version it was compared with, empty
    for the model that came first. `report`: figures and reasons as plain JSON, without anybody's words but in
    `surprises` and `suspects`.
    """

    id: int = key()
    version: str = Field(default="", index=True)
    state: str = Field(index=True)
    under_way: bool | None = Field(default=None, unique=True)
    by_bot: bool = True
    person_id: int | None = ref_or_none("person.id")
    asked_at: datetime = when()
    beat_at: datetime = when()
    ended_at: datetime | None = when_or_none()
    against: str = ""
    report: dict[str, Any] = json()
    picture_id: int | None = ref_or_none("blob.id")


class ImportedLabel(SQLModel, table=True):
    """A labelled message that somebody brought from a file: `name` of the file, `row` as it is called there."""

    __tablename__ = "imported_label"

    id: int = key()
    name: str = Field(index=True)
    row: str
    text: str = Field(sa_type=Text)
    label: str
    kind: str = ""
    at: datetime = when()


class Blob(SQLModel, table=True):
    """A file that the bot made and sends."""

    id: int = key()
    name: str
    content: bytes = Field(sa_type=LargeBinary)
    at: datetime = when()
