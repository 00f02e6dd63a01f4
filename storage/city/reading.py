"""Reading TOML with care: what is missing, misspelt or of the wrong form is told in one sentence with file and key."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_CODE = re.compile(r"[a-z][a-z0-9_]{0,19}")


class CityError(ValueError):
    """The city's files cannot be used; the message is a sentence that names the file and the key."""


@dataclass(slots=True)
class Table:
    """One table of a TOML file that knows where it stands, and which of its keys were asked for."""

    file: str
    where: str
    content: dict[str, Any]
    asked: set[str] = field(default_factory=set)

    def error(self, key: str, complaint: str) -> CityError:
        """Return the error that says what is wrong with that key."""
        return CityError(f"{self.file}: {self.where}{key} {complaint}.")

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, "must be a text, and not an empty one")
        return value.strip()

    def code(self, key: str) -> str:
        """Return a code: small ascii letters, digits and underscores, at most 20."""
        value = self.text(key)
        if not _CODE.fullmatch(value):
            raise self.error(key, f"is {value!r}, but a code is 1 to 20 of a-z, 0-9 and _, beginning with a letter")
        return value

    def whole(self, key: str) -> int:
        """Return a whole number of at least 1."""
        value = self._value(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.error(key, "must be a whole number, 1 or more")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers, 1 or more each, at least one of them."""
        value = self._value(key)
        if not isinstance(value, list) or not value or not all(type(each) is int and each > 0 for each in value):
            raise self.error(key, "must be a list of whole numbers, 1 or more")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """Return true or false; what is not said is false."""
        value = self._value(key, default=False)
        if not isinstance(value, bool):
            raise self.error(key, "must be true or false")
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Return a list of texts, none of them empty; an optional one may be missing."""
        value = self._value(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            raise self.error(key, "must be a list of texts, none of them empty")
        if not value and not optional:
            raise self.error(key, "must name at least one")
        return tuple(each.strip() for each in value)

    def table(self, key: str) -> "Table":
        """Return the table under that key."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise self.error(key, "must be a table")
        return Table(self.file, f"{self.where}{key}.", value)

    def tables(self, key: str) -> list["Table"]:
        """Return the list of tables under that key, at least one; each is called by its number from 1."""
        value = self._value(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            raise self.error(key, "must be a list of tables, at least one")
        return [Table(self.file, f"{self.where}{key}[{number}].", each) for number, each in enumerate(value, 1)]

    def finish(self) -> None:
        """Raise if there are keys that nobody asked for: most often a misspelt one."""
        strange = sorted(set(self.content) - self.asked)
        if strange:
            raise self.error(strange[0], "is a key that means nothing here; is it misspelt?")

    def _value(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        value = self.content.get(key, default)
        if value is None:
            raise self.error(key, "is missing")
        return value


def read_toml(path: Path) -> Table:
    """Return the whole file as a table; raise CityError if it is missing or no TOML."""
    try:
        return Table(path.name, "", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        raise CityError(f"{path.name}: the file is missing in {path.parent}.") from None
    except UnicodeDecodeError:
        raise CityError(f"{path.name}: the file is not written in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise CityError(f"{path.name}: the file is no valid TOML: {error}.") from None
