"""The words of unfinished work become a rule of the domain: unfinished.toml, read once."""

import re
from functools import lru_cache
from pathlib import Path

from storage.city.reading import Table, read_toml
from storage.domain.answers import AnswerRules

WORDS = Path(__file__).parent / "unfinished.toml"


@lru_cache(maxsize=1)
def load_answer_rules() -> AnswerRules:
    """Return the rules of unfinished.toml; raise CityError with a sentence where it is wrong."""
    file = read_toml(WORDS)
    rules = AnswerRules(_any_of(file, "unfinished"), _any_of(file, "unless"))
    file.finish()
    return rules


def _any_of(file: Table, key: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(file.texts(key)))
    except re.error as fault:
        raise file.error(key, f"holds a pattern that cannot be read ({fault})") from None
