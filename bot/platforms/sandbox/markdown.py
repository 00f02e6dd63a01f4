"""Markdown as bots may write it: MarkdownV2, and the old one in which nothing nests."""

import re
from dataclasses import dataclass, field

from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.utf16 import utf16_length

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {
    "```": "pre",
    "`": "code",
    "||": "spoiler",
    "__": "underline",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
}
_RAW = ("```", "`")
_ADDRESS = re.compile(r"\(((?:[^)\\]|\\.)*)\)")
_LANGUAGE = re.compile(r"([^\s`]+)\n")
_LAST_ESCAPED = "\u007e"
_OLD = re.compile(
    r"\\(?P<escaped>[_*`\[])|```(?:(?P<language>[^\s`]+)\n)?(?P<pre>.*?)```|`(?P<code>[^`]*)`"
    r"|\*(?P<bold>[^*]*)\*|_(?P<italic>[^_]*)_|\[(?P<words>[^\]]*)\](?:\((?P<url>[^)]*)\))?|(?P<open>[*_`\[])",
    re.DOTALL,
)


@dataclass
class _Mark:
    sign: str
    at: int
    byte: int
    more: Json = field(default_factory=dict)


class _Reader:
    """Reads MarkdownV2 from left to right; marks that are open lie on a pile."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r", "")
        self.plain = ""
        self.entities: list[Json] = []
        self.pile: list[_Mark] = []
        self.place = 0

    def read(self) -> tuple[str, list[Json]]:
        while self.place < len(self.text):
            self._step()
        self._end_quote()
        if self.pile:
            mark = self.pile[-1]
            name = {"[": "TextUrl", ">": "BlockQuote"}.get(mark.sign) or _MARKS.get(mark.sign, "CustomEmoji").title()
            raise unreadable(f"Can't find end of {name} entity at byte offset {mark.byte}")
        return self.plain, self.entities

    def _step(self) -> None:
        sign = self.text[self.place]
        following = self.text[self.place + 1 : self.place + 2]
        if sign == "\\" and following and following <= _LAST_ESCAPED:
            self._write(following, 2)
        elif self.pile and self.pile[-1].sign in _RAW:
            self._raw(self.pile[-1].sign)
        elif sign == "\n":
            self._new_line(following)
        elif sign not in _RESERVED:
            self._write(sign, 1)
        else:
            self._special(sign)

    def _write(self, words: str, length: int) -> None:
        self.plain += words
        self.place += length

    def _raw(self, sign: str) -> None:
        if self.text.startswith(sign, self.place):
            self._close(len(sign))
        else:
            self._write(self.text[self.place], 1)

    def _new_line(self, following: str) -> None:
        if following != ">":
            self._end_quote()
        self._write("\n", 1)

    def _end_quote(self) -> None:
        kind = "blockquote"
        if len(self.pile) > 1 and (self.pile[-1].sign, self.pile[-1].at) == ("||", utf16_length(self.plain)):
            self.pile.pop()
            kind = "expandable_blockquote"
        if self.pile and self.pile[-1].sign == ">":
            self._close(0, kind=kind)

    def _special(self, sign: str) -> None:
        mark = next((one for one in _MARKS if self.text.startswith(one, self.place)), None)
        if mark and self.pile and self.pile[-1].sign == mark:
            self._close(len(mark))
        elif mark:
            self._open(mark)
        elif sign == "[" or self.text.startswith("![", self.place):
            self._open("[" if sign == "[" else "![")
        elif sign == "]" and self.pile and self.pile[-1].sign in ("[", "!["):
            self._close_link()
        elif sign == ">" and self.plain[-1:] in ("", "\n"):
            self._quote()
        else:
            raise unreadable(f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")

    def _open(self, sign: str) -> None:
        mark = _Mark(sign, utf16_length(self.plain), len(self.text[: self.place].encode()))
        self.pile.append(mark)
        self.place += len(sign)
        language = _LANGUAGE.match(self.text, self.place) if sign == "```" else None
        if language:
            mark.more["language"] = language[1]
        if sign == "```":
            self.place = language.end() if language else self.place + self.text.startswith("\n", self.place)

    def _quote(self) -> None:
        if all(one.sign != ">" for one in self.pile):
            self._open(">")
        else:
            self.place += 1

    def _close_link(self) -> None:
        address = _ADDRESS.match(self.text, self.place + 1)
        url = re.sub(r"\\(.)", r"\1", address[1]) if address else ""
        mark = self.pile[-1]
        if mark.sign == "![":
            mark.more["custom_emoji_id"] = url.rpartition("id=")[2]
        else:
            mark.more["url"] = url
        self._close(len(address[0]) + 1 if address else 1, kind="custom_emoji" if mark.sign == "![" else "text_link")

    def _close(self, length: int, *, kind: str | None = None) -> None:
        mark = self.pile.pop()
        self.place += length
        end = utf16_length(self.plain)
        if end > mark.at and mark.more.get("url") != "":
            self.entities.append(
                {"type": kind or _MARKS[mark.sign], "offset": mark.at, "length": end - mark.at, **mark.more}
            )


def parse_markdown_v2(text: str) -> tuple[str, list[Json]]:
    """Take MarkdownV2 apart; raise ApiError "can't parse entities" as Telegram words it."""
    return _Reader(text).read()


def parse_markdown(text: str) -> tuple[str, list[Json]]:
    """Take the old Markdown apart; raise ApiError for an entity that does not end."""
    plain, place = "", 0
    entities: list[Json] = []
    for match in _OLD.finditer(text):
        plain += text[place : match.start()]
        place = match.end()
        if match["open"]:
            at = len(text[: match.start()].encode())
            raise unreadable(f"Can't find end of the entity starting at byte offset {at}")
        kind, words = _old_entity(match)
        if kind and words:
            more = {"url": match["url"]} if kind == "text_link" else {}
            more |= {"language": match["language"]} if match["language"] else {}
            entities.append({"type": kind, "offset": utf16_length(plain), "length": utf16_length(words), **more})
        plain += words
    return plain + text[place:], entities


def _old_entity(match: re.Match[str]) -> tuple[str | None, str]:
    if match["escaped"]:
        return None, match["escaped"]
    if match["words"] is not None:
        return ("text_link" if match["url"] else None), match["words"]
    kind = next(one for one in ("pre", "code", "bold", "italic") if match[one] is not None)
    return kind, match[kind]


def unreadable(reason: str) -> ApiError:
    """Return Telegram's refusal of markup that is none."""
    return ApiError(400, f"Bad Request: can't parse entities: {reason}")
