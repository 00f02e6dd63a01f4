"""Where private numbers stand in a text: telephones, identity and card numbers, in digits or in Chinese characters.

The text is read through a plain copy of itself (full-width digits, odd dashes and spaces made plain, invisible marks
left out), in which each character remembers its place. Patterns are tried from the surest to the vaguest; what one
has found, the next does not see. In doubt a number is private.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# Chinese digits by their code points, in the order 0 to 9, with the forms of cheques and of speech (幺 for 1).
_CHINESE = (
    (0x3007, 0x96F6, 0x25CB),
    (0x4E00, 0x58F9, 0x5E7A),
    (0x4E8C, 0x8D30, 0x8CB3),
    (0x4E09, 0x53C1, 0x53C3),
    (0x56DB, 0x8086),
    (0x4E94, 0x4F0D),
    (0x516D, 0x9646, 0x9678),
    (0x4E03, 0x67D2),
    (0x516B, 0x634C),
    (0x4E5D, 0x7396),
)
_CHINESE_VALUES = {chr(point): value for value, points in enumerate(_CHINESE) for point in points}
_FIRST_MARK, _LAST_MARK = 0xE000, 0xF8FF  # private-use characters stand for Chinese digits in the plain copy
_SHORTEST_IDENTITY = 15
_BLANK = "\0"
_INVISIBLE = ("Cf", "Mn", "Me")  # marks that stand between or on digits without being seen as characters

_C = r"[\ue000-\ue009]"
_GAP = r"[ .\-()_/]{0,3}"
_PREFIX = r"(?:(?:\+|00)?86[ .\-]{0,2})?"
_AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,10})(?:\.\d{1,4})?"
# 元 (but not 元旦) 块 吨 斤 亩 度 平方 平米: units that may follow an amount
_UNIT = r"(?:\u5143(?!\u65e6)|\u5757|\u5428|\u65a4|\u4ea9|\u5ea6|\u5e73\u65b9|\u5e73\u7c73|RMB)"
_DATE8 = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.ASCII | re.IGNORECASE)


_YEARS_OR_DATES = _pattern(rf"(?:{_DATE8}|(?:19|20)\d\d)(?:[ \-]+(?:{_DATE8}|(?:19|20)\d\d))*")


def _is_long(found: str) -> bool:
    """Say whether groups of digits add up to an identity or card number, and are no list of dates."""
    length = sum(map(_is_part, found))
    return length >= _SHORTEST_IDENTITY and not _YEARS_OR_DATES.fullmatch(found)


def _always(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, whether what it finds is private or is kept, and a last question about it."""

    pattern: re.Pattern[str]
    private: bool = True
    holds: Callable[[str], bool] = _always


_RULES = (
    # the appeal's own number
    _Rule(_pattern(r"(?<![A-Z])LX[ \-]?20\d{6}[ \-]?\d{4,6}(?!\d)"), private=False),
    # a mobile number in one piece, or cut so that its end may look like a date
    _Rule(_pattern(rf"(?<!\d){_PREFIX}1[3-9]\d(?:[ \-]{{0,2}}\d{{4}}){{2}}(?!\d)")),
    # the same in its three groups, even where a house number is written right behind it
    _Rule(_pattern(rf"{_PREFIX}1[3-9]\d[ \-]{{1,2}}\d{{4}}[ \-]{{1,2}}\d{{4}}")),
    # an identity or card number in groups
    _Rule(_pattern(r"(?<!\d)\d{4,8}(?:[ \-]{1,2}\d{4,8})+(?:[ \-]{1,2}\d{1,3})?X?(?!\d)"), holds=_is_long),
    # dates, with 年 and 月 too
    _Rule(_pattern(r"(?<!\d)(?:19|20)\d\d[\-./\u5e74] ?\d{1,2}[\-./\u6708] ?\d{1,2}(?!\d)"), private=False),
    _Rule(_pattern(rf"(?<!\d){_DATE8}(?!\d)"), private=False),
    # amounts
    _Rule(_pattern(rf"[\u00a5$\u20ac\u00a3] ?{_AMOUNT}(?!,?\d)"), private=False),
    _Rule(_pattern(rf"(?<![\d.,]){_AMOUNT} ?{_UNIT}"), private=False),
    # any long run of digits: identity, card, account, telephone with its area code
    _Rule(_pattern(r"(?<!\d)(?:\d{17}X(?![A-Z])|\d{9,})")),
    # 400 and 800 numbers, landlines with area code and extension, a mobile number in groups
    _Rule(_pattern(r"(?<!\d)[48]00[ \-]{0,2}\d{3}(?:[ \-]?\d[ \-]?\d{3}|\d[ \-]\d{3})(?!\d)")),
    _Rule(_pattern(rf"(?<!\d){_PREFIX}\(?0\d{{2,3}}\)?[ \-]{{0,3}}[1-9]\d{{2,3}}[ \-]?\d{{4}}(?:-\d{{1,6}})?(?!\d)")),
    _Rule(_pattern(rf"(?<!\d){_PREFIX}\(?1[3-9]\d(?:{_GAP}\d){{8}}(?!\d)")),
    # a number abroad
    _Rule(_pattern(r"\+\d(?:[ \-]{0,2}\d){7,14}(?!\d)")),
    # digits one by one
    _Rule(_pattern(r"(?<!\d)\d(?:[ .\-]{1,3}\d){6,}(?!\d)")),
    # a landline without its area code
    _Rule(_pattern(r"(?<![\d.])[2-8]\d{6,7}(?!\d)")),
    # Chinese digits, alone or mixed with others
    _Rule(_pattern(rf"{_C}(?:[ \-]?{_C}){{6,}}")),
    _Rule(_pattern(rf"(?=[0-9]*{_C})(?:[0-9]|{_C}){{7,}}")),
)


@dataclass(frozen=True, slots=True)
class PrivateNumber:
    """A private number in a text: its place, its characters as written without separators, and its plain digits."""

    start: int
    end: int
    written: str
    digits: str


def find_private(text: str) -> list[PrivateNumber]:
    """Return the private numbers of a text in their order; they do not overlap."""
    places = [place for place, each in enumerate(text) if unicodedata.category(each) not in _INVISIBLE]
    plain = "".join(_plain(text[place]) for place in places)
    found = []
    for start, end in sorted(_spans(plain)):
        kept = [place for place in range(start, end) if _is_part(plain[place])]
        written = "".join(_written(text[places[place]], plain[place]) for place in kept)
        digits = "".join(_digit(plain[place]) for place in kept)
        found.append(PrivateNumber(places[start], places[end - 1] + 1, written, digits))
    return found


def plain_digits(text: str) -> str:
    """Return the text with every digit, Chinese ones too, written 0 to 9, and dashes and spaces made plain."""
    visible = (each for each in text if unicodedata.category(each) not in _INVISIBLE)
    return "".join(_digit(_plain(each)) for each in visible)


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the places of private numbers in the plain copy, rule by rule."""
    for rule in _RULES:
        found = [match for match in rule.pattern.finditer(plain) if rule.holds(match[0])]
        if rule.private:
            yield from (match.span() for match in found)
        for match in found:
            plain = plain[: match.start()] + _BLANK * len(match[0]) + plain[match.end() :]


@lru_cache(maxsize=4096)
def _plain(each: str) -> str:
    """Return the one plain character that stands for this one."""
    if each in _CHINESE_VALUES:
        return chr(_FIRST_MARK + _CHINESE_VALUES[each])
    if _FIRST_MARK <= ord(each) <= _LAST_MARK or each == _BLANK:
        return "?"
    value = unicodedata.digit(each, None)
    if value is not None:
        return str(value)
    return {"Pd": "-", "Zs": " "}.get(unicodedata.category(each)) or _compatible(each)


def _compatible(each: str) -> str:
    """Return the ordinary form of a full-width letter or sign, if it is one character."""
    if each in "\t\u2212":
        return " " if each == "\t" else "-"
    ordinary = unicodedata.normalize("NFKC", each)
    return ordinary if len(ordinary) == 1 else each


def _is_part(plain: str) -> bool:
    """Say whether a plain character is part of a number: a digit, a Chinese digit, or the X of an identity number."""
    return plain.isdecimal() or plain in "Xx" or _FIRST_MARK <= ord(plain) <= _LAST_MARK


def _digit(plain: str) -> str:
    """Return the digit for a plain character; what is none stays as it is."""
    return str(ord(plain) - _FIRST_MARK) if _FIRST_MARK <= ord(plain) <= _LAST_MARK else plain


def _written(original: str, plain: str) -> str:
    """Return how a character of a number is shown: Chinese ones as written, all others plain."""
    return original if original in _CHINESE_VALUES else plain
