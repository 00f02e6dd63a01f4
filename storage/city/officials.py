"""The words for people in office and their misconduct become a rule of the domain: officials.toml, read once."""

import re
from functools import lru_cache
from pathlib import Path

from storage.city.reading import Table, read_toml
from storage.domain.officials import OfficialRules

WORDS = Path(__file__).parent / "officials.toml"


@lru_cache(maxsize=1)
def load_officials() -> OfficialRules:
    """Return the rules of officials.toml; raise CityError with a sentence where it is wrong."""
    file = read_toml(WORDS)
    rules = OfficialRules(*(_any_of(file, key) for key in ("people", "misconduct", "unless")))
    file.finish()
    return rules


def _any_of(file: Table, key: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(file.texts(key)))
    except re.error as fault:
        raise file.error(key, f"holds a pattern that cannot be read ({fault})") from None
