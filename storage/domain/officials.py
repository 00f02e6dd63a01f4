"""Whether somebody complains of a person in office, told from their words: who it is, and what they do."""

import re
from dataclasses import dataclass

_NEAR = 30  # so many characters may stand between the one in office and what they are said to do


@dataclass(frozen=True, slots=True)
class OfficialRules:
    """Patterns: people in office, what such people must not do, and titles that are no office (班主任)."""

    people: re.Pattern[str]
    misconduct: re.Pattern[str]
    unless: re.Pattern[str]

    def complained_of(self, text: str) -> bool:
        """Whether the text says of somebody in office, in one breath, what they must not do; in doubt it does."""
        plain = self.unless.sub("_", "".join(text.split()))
        deeds = [match.span() for match in self.misconduct.finditer(plain)]
        return any(_near(match.span(), deed) for match in self.people.finditer(plain) for deed in deeds)


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= _NEAR
