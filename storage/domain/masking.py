"""What is done to texts before others see them: private numbers starred or cut out, invisible tricks removed."""

import re
import unicodedata
from collections.abc import Callable

from storage.domain.private_numbers import PrivateNumber, find_private, plain_digits

_PREFIXED_MOBILE = re.compile(r"(?:00)?(?:86)?(1[3-9]\d{9})", re.ASCII)
_LANDLINE = re.compile(r"(?:(?:00)?86)?(0(?:10|2\d|[3-9]\d\d|\d00))([1-9]\d{6,7})", re.ASCII)
_LOCAL = re.compile(r"[2-8]\d{6,7}", re.ASCII)

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_VARIATION = "\ufe0f"
_INVISIBLE_LETTERS = "\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5"


def mask(text: str) -> str:
    """Return the text with private numbers starred: 138****5678, others with three digits before and two after."""
    return _replaced(text, _starred_number)


def has_private_number(text: str) -> bool:
    """Say whether the text has a telephone, identity or card number in it."""
    return bool(find_private(text))


def strip_numbers(text: str) -> str:
    """Return the text without its private numbers; again if what was left and right of one makes another."""
    while has_private_number(text):
        text = _replaced(text, lambda _: "")
    return text


def mask_phone(phone: str) -> str:
    """Return a telephone number as it may be shown to others than the one in charge."""
    digits = "".join(each for each in plain_digits(phone) if each.isdecimal())
    return _starred(digits, digits)


def parse_phone(text: str) -> str | None:
    """Return the one telephone number somebody typed, or None if there is none or more than one.

    A mobile number comes back as 13812345678, a landline as 0538-8765432, or 8765432 without its area code.
    """
    phones = {phone for number in find_private(text) if (phone := _phone(number.digits))}
    return phones.pop() if len(phones) == 1 else None


def clean_text(text: str) -> str:
    """Return the text without NUL and other controls, lone surrogates, direction and zero-width marks.

    Every kind of line end becomes a newline; tabs stay; a joiner stays only between two emoji.
    """
    text = _NEWLINES.sub("\n", text)
    visible = "".join(each for each in text if _is_visible(each))
    return "".join(each for place, each in enumerate(visible) if each != _JOINER or _joins_emoji(visible, place))


def _replaced(text: str, replacement: Callable[[PrivateNumber], str]) -> str:
    done, parts = 0, []
    for number in find_private(text):
        parts += [text[done : number.start], replacement(number)]
        done = number.end
    return "".join([*parts, text[done:]])


def _starred_number(number: PrivateNumber) -> str:
    return _starred(number.digits, number.written)


def _starred(digits: str, written: str) -> str:
    """Return the stars for a number; `written` has the same characters as `digits`, Chinese ones as they stood."""
    mobile = _PREFIXED_MOBILE.fullmatch(digits)
    if mobile and written == digits:
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    hidden = len(written) - 5
    return f"{written[:3]}{'*' * hidden}{written[-2:]}" if hidden > 0 else "*" * len(written)


def _phone(typed: str) -> str | None:
    """Return one typed run of digits as a telephone number, or None if it is none."""
    if mobile := _PREFIXED_MOBILE.fullmatch(typed):
        return mobile[1]
    if landline := _LANDLINE.fullmatch(typed):
        return f"{landline[1]}-{landline[2]}"
    return typed if _LOCAL.fullmatch(typed) else None


def _is_visible(each: str) -> bool:
    """Say whether a character may stay; the joiner is judged later, by its neighbours."""
    if each in "\n\t" or each == _JOINER:
        return True
    return unicodedata.category(each) not in ("Cc", "Cf", "Cs") and each not in _INVISIBLE_LETTERS


def _joins_emoji(text: str, place: int) -> bool:
    """Say whether the joiner at that place stands between two emoji (skin tones and variation signs counted in)."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    joined = before == _VARIATION or before in map(chr, _SKIN_TONES) or unicodedata.category(before or " ") == "So"
    return joined and unicodedata.category(after or " ") == "So"
