"""How what people write is made plain before words of danger are looked for in it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEFT_OUT = "_"  # stands for what was taken out
_ENDS = re.compile(r"[\u3002!?;\n\r\u2026]+")
_COMMAS = re.compile(r"[,:\u3001]+")
_BLANKS = re.compile(r"(?:[^\w\n,]|_)+")
_ALONE = re.compile(r"(?<![^\n,])([^\n,])[\n,]+(?=[^\n,](?:[\n,]|\Z))")


@dataclass(frozen=True, slots=True)
class Folding:
    """How a text is made plain: sentences end with a line, commas stay, other signs and spaces are gone.

    A sentence also ends where somebody turns from one matter to another.
    """

    letters: Mapping[int, str]
    emoji: Sequence[tuple[str, str]]
    spellings: Sequence[tuple[str, str]]
    turns: re.Pattern[str]
    harmless: re.Pattern[str]

    def fold(self, text: str) -> str:
        """Return the plain text, names and manners of speaking taken out."""
        plain = _replaced(self._lettered(text), self.emoji)
        plain = _BLANKS.sub("", _COMMAS.sub(",", _ENDS.sub("\n", plain)))
        plain = self.turns.sub("\n", _replaced(_ALONE.sub(r"\1", plain), self.spellings))
        return self.harmless.sub(LEFT_OUT, plain)

    def _lettered(self, text: str) -> str:
        """Return the text in plain letters; most texts are, but for their signs, and need no second look."""
        simple = text.translate(self.letters)
        plain = unicodedata.normalize("NFKC", simple).casefold()
        return plain if plain == simple else plain.translate(self.letters)


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text
