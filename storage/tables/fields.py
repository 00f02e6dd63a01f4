"""The kinds of columns the tables are made of."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Column
from sqlmodel import Field

from storage.columns import BigId, UtcDateTime


def key() -> Any:
    """The table's own number."""
    return Field(default=None, primary_key=True, sa_type=BigId)


def big(*, index: bool = False) -> Any:
    """A number as platforms give them, over 32 bits."""
    return Field(sa_type=BigInteger, index=index)


def ref(target: str, *, index: bool = True) -> Any:
    """The key of a row of another table."""
    return Field(sa_type=BigInteger, foreign_key=target, index=index)


def ref_or_none(target: str, *, index: bool = False) -> Any:
    """The key of a row of another table, or none."""
    return Field(default=None, sa_type=BigInteger, foreign_key=target, index=index)


def when() -> Any:
    """A moment, in UTC."""
    return Field(sa_type=UtcDateTime)


def when_or_none() -> Any:
    """A moment, in UTC, or none yet."""
    return Field(default=None, sa_type=UtcDateTime)


def json() -> Any:
    """Named values, none to begin with."""
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def json_list() -> Any:
    """Values in a row, none to begin with."""
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))
