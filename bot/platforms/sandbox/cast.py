"""The cast: the people and groups that a sandbox starts with, read from TOML."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).with_name("sandbox.toml")


class CastError(Exception):
    """The file names a person or a group in a way that cannot be played."""


@dataclass(frozen=True)
class Person:
    """Somebody with a phone in hand; `post` and `badge` are of interest to the office only."""

    id: int
    name: str
    username: str | None = None
    post: str | None = None
    badge: str | None = None


@dataclass(frozen=True)
class Group:
    """A group with bot 1 in it; `department` or `purpose` say what the office uses it for."""

    id: int
    title: str
    members: tuple[int, ...] = ()
    department: str | None = None
    purpose: str | None = None
    privacy: bool = True


@dataclass(frozen=True)
class Cast:
    """Everybody who is there when the curtain rises, and the name that bot 1 goes by."""

    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    bot_name: str = "Lianxin"


def load_cast(path: Path | None = None) -> Cast:
    """Read a cast, the sample city's when no path is given; raise CastError with the entry that is wrong."""
    source = path or SAMPLE
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise CastError(f"{source}: {reason}") from reason
    people = tuple(_person(entry, source) for entry in table.get("people", []))
    known = {person.id for person in people}
    groups = tuple(_group(entry, source, known) for entry in table.get("groups", []))
    return Cast(people, groups, str(table.get("bot", {}).get("name", Cast.bot_name)))


def _person(entry: dict[str, Any], source: Path) -> Person:
    fields = {key: entry[key] for key in ("id", "name", "username", "post", "badge") if key in entry}
    if not isinstance(fields.get("id"), int) or fields["id"] <= 0 or not fields.get("name"):
        raise CastError(f"{source}: a person needs a positive id and a name, not {entry!r}.")
    return Person(**fields)


def _group(entry: dict[str, Any], source: Path, known: set[int]) -> Group:
    fields = {key: entry[key] for key in ("id", "title", "department", "purpose", "privacy") if key in entry}
    if not isinstance(fields.get("id"), int) or fields["id"] >= 0 or not fields.get("title"):
        raise CastError(f"{source}: a group needs a negative id and a title, not {entry!r}.")
    members = tuple(entry.get("members", ()))
    strangers = [member for member in members if member not in known]
    if strangers:
        raise CastError(f"{source}: the group {fields['title']} has members who are not among the people: {strangers}.")
    return Group(members=members, **fields)
