"""What is doubted in an answer before it goes: it says too little, sounds unfinished, or tells others' numbers."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from storage.domain.private_numbers import find_private, plain_digits

FEWEST_LETTERS: Final = 15
_SENTENCE: Final = re.compile("[。;!?;!?\n]")
_COUNTRY: Final = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$)", re.ASCII)


class Check(StrEnum):
    """One look at an answer, in the order in which one looks."""

    SHORT = "short"
    UNFINISHED = "unfinished"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What one look found: `letters` of a short answer, the `phrase` that sounds unfinished."""

    check: Check
    letters: int = 0
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """Patterns: what is said of things that are not done yet, and what in the same sentence says that they are."""

    unfinished: re.Pattern[str]
    unless: re.Pattern[str]

    def phrase_in(self, text: str) -> str:
        """Return the first words that sound as if it were not done; empty where there are none."""
        for sentence in _SENTENCE.split(text):
            found = self.unfinished.search(sentence)
            if found is not None and not self.unless.search(sentence):
                return found[0]
        return ""


def doubts(text: str, rules: AnswerRules, *, has_files: bool, known_numbers: Collection[str]) -> list[Doubt]:
    """Return what is to be asked about before an answer goes.

    `known_numbers`: telephones that may stand in it, the citizen's own and those of offices.
    """
    letters = sum(each.isalnum() for each in text)
    found = [Doubt(Check.SHORT, letters=letters)] if letters < FEWEST_LETTERS and not has_files else []
    phrase = rules.phrase_in(text)
    found += [Doubt(Check.UNFINISHED, phrase=phrase)] if phrase else []
    return [*found, Doubt(Check.NUMBERS)] if tells_numbers(text, known_numbers) else found


def tells_numbers(text: str, known: Collection[str]) -> bool:
    """Whether private numbers stand in a text that are none of the known ones."""
    mine = set(_plain(known))
    return any(number not in mine for number in _plain(each.digits for each in find_private(text)))


def _plain(numbers: Iterable[str]) -> list[str]:
    """Return numbers as digits only, mobile ones without the country in front."""
    digits = ("".join(each for each in plain_digits(number) if each.isalnum()) for number in numbers)
    return [_COUNTRY.sub("", each).upper() for each in digits]
