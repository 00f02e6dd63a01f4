"""The numbers people read out: the appeal's number, the alias of a citizen, the code of an invitation."""

import re
import unicodedata
from datetime import date

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V where one of a pair suffices: nobody can misread what is left.
ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
ALIASES = len(ALPHABET) ** 4
CODES = len(ALPHABET) ** 8

_WITH_LETTERS = re.compile(r"LX[ \-]*(\d{8})(?:[ \-]*(\d{4,12})|[ \-]+(\d{1,12}))(?!\d)", re.ASCII)
_DIGITS_ONLY = re.compile(r"(\d{8})(?:[ \-]*(\d{4,12})|[ \-]+(\d{1,12}))", re.ASCII)


def appeal_number(day: date, n: int) -> str:
    """Return the number of the nth appeal (from 1) of that local day: LX-20261123-0007."""
    if n < 1:
        raise ValueError("appeals of a day are counted from 1")
    return f"LX-{day:%Y%m%d}-{n:04d}"


def parse_number(text: str) -> str | None:
    """Return the first appeal number in the text in its proper form, however it was typed, or None.

    The letters may be missing only if the text is nothing but the number.
    """
    plain = _plain(text)
    found = _WITH_LETTERS.search(plain) or _DIGITS_ONLY.fullmatch(plain.strip())
    if not found:
        return None
    day, close, apart = found.groups()
    try:
        return appeal_number(date.fromisoformat(day), int(close or apart))
    except ValueError:
        return None


def alias(index: int) -> str:
    """Return the four characters of the alias for an index drawn at random below ALIASES."""
    return _spelled(index, 4)


def code(index: int) -> str:
    """Return the eight characters of an invitation code for an index drawn at random below CODES."""
    return _spelled(index, 8)


def parse_code(text: str) -> str | None:
    """Return the invitation code that somebody typed, with whatever spaces, dashes and small letters, or None."""
    typed = re.sub(r"[\s\-]", "", _plain(text))
    return typed if len(typed) == len(code(0)) and set(typed) <= set(ALPHABET) else None


def _plain(text: str) -> str:
    """Return the text in upper case, its full-width characters and its many dashes made plain."""
    upper = unicodedata.normalize("NFKC", text).upper()
    return "".join("-" if unicodedata.category(each) == "Pd" else each for each in upper)


def _spelled(index: int, length: int) -> str:
    """Return the index written in the alphabet, with exactly that many characters."""
    if not 0 <= index < len(ALPHABET) ** length:
        raise ValueError(f"an index for {length} characters lies between 0 and {len(ALPHABET) ** length - 1}")
    spelled = ""
    for _ in range(length):
        index, place = divmod(index, len(ALPHABET))
        spelled = ALPHABET[place] + spelled
    return spelled
