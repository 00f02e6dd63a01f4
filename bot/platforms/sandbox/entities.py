"""Entities: the marked parts of a text (bold, links, commands), placed in UTF-16 units as Telegram counts them."""

import re
import sys

from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.markdown import parse_markdown, parse_markdown_v2, unreadable
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.utf16 import utf16_length

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"'()\u3000-\u303f\uff00-\uffef\u201c\u201d]+)"
    r"|(?P<email>(?<![\w.+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_]))"
    r"|(?P<hashtag>(?<![\w#])#\w{1,256})"
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[^\s>/]*)(?P<attributes>[^>]*)>?")
_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}

_SURROGATES = (0xD800, 0xDFFF)
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)], " ")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:#(?P<number>\d{1,7})|#x(?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>lt|gt|amp|quot));?")


def found_entities(text: str) -> list[Json]:
    """Return what any client marks by itself: commands, mentions, links, addresses, hashtags."""
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]


def marked(text: str, *, parse_mode: str | None = None, entities: list[Json] | None = None) -> tuple[str, list[Json]]:
    """Return the text as it is shown and its entities, given ones first; raise ApiError for markup that is none."""
    given = list(entities or [])
    if parse_mode and not given:
        if parse_mode.lower() not in _PARSERS:
            raise ApiError(400, "Bad Request: unsupported parse_mode")
        text, given = _PARSERS[parse_mode.lower()](text)
    stripped, given = _stripped(text.translate(_CONTROLS), given)
    found = [entity for entity in found_entities(stripped) if not any(_bars(one, entity) for one in given)]
    return stripped, sorted(given + found, key=lambda entity: (entity["offset"], -entity["length"]))


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Take Telegram's HTML apart; raise ApiError "can't parse entities" as Telegram words it."""
    plain = ""
    open_tags: list[tuple[str, int, Json]] = []
    entities: list[Json] = []
    position = 0
    for match in _TAG.finditer(text):
        if match.start() < position:
            continue
        plain += _unescaped(text[position : match.start()])
        position = match.end()
        at = utf16_length(plain)
        where = len(text[: match.start()].encode())
        if not match["close"]:
            open_tags.append((match["name"].lower(), at, _opened(match, where)))
            continue
        name, offset, entity = _closed(match["name"].lower(), open_tags, where)
        if at > offset and entity:
            entities.append({"type": _TAGS[name], "offset": offset, "length": at - offset, **entity})
    if open_tags:
        raise unreadable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return plain + _unescaped(text[position:]), _with_languages([_tidy(entity) for entity in entities])


def _with_languages(entities: list[Json]) -> list[Json]:
    """Make a code that fills a pre the language of that; elsewhere code has no language."""
    coded = {(one["offset"], one["length"]): one.get("language") for one in entities if one["type"] == "code"}
    pres = {(one["offset"], one["length"]) for one in entities if one["type"] == "pre"}
    kept: list[Json] = []
    for entity in entities:
        place = (entity["offset"], entity["length"])
        if entity["type"] == "pre" and coded.get(place):
            kept.append({**entity, "language": coded[place]})
        elif entity["type"] != "code" or place not in pres:
            kept.append({key: value for key, value in entity.items() if key != "language"})
    return kept


_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}


def _unescaped(text: str) -> str:
    """Return the text with the four named escapes that Telegram knows, and the numeric ones, replaced."""
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return _NAMED[match["name"]]
    code = int(match["number"]) if match["number"] else int(match["hex"], 16)
    is_character = 0 < code <= sys.maxunicode and not _SURROGATES[0] <= code <= _SURROGATES[1]
    return chr(code) if is_character else match[0]


def _opened(match: re.Match[str], where: int) -> Json:
    name = match["name"].lower()
    if name not in _TAGS or not match.group().endswith(">"):
        raise unreadable(f'Unsupported start tag "{name}" at byte offset {where}')
    attributes = {
        key.lower(): _unescaped(value)
        for key, value in re.findall(r"([\w-]+)\s*=\s*[\"']?([^\"'>]*)[\"']?", match["attributes"])
    }
    if name == "a":
        return {"url": attributes["href"]} if attributes.get("href") else {}
    if name == "code" and attributes.get("class", "").startswith("language-"):
        return {"language": attributes["class"].removeprefix("language-")}
    if name == "tg-emoji":
        return {"custom_emoji_id": attributes.get("emoji-id", "")}
    if name == "blockquote" and "expandable" in match["attributes"]:
        return {"type": "expandable_blockquote"}
    return {"": ""}


def _closed(name: str, open_tags: list[tuple[str, int, Json]], where: int) -> tuple[str, int, Json]:
    if not open_tags:
        raise unreadable(f"Unexpected end tag at byte offset {where}")
    expected = open_tags[-1][0]
    if name not in ("", expected):
        raise unreadable(f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{name}>"')
    return open_tags.pop()


def _tidy(entity: Json) -> Json:
    return {key: value for key, value in entity.items() if key}


def _stripped(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    stripped = text.strip()
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    moved: list[Json] = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] - shift + entity["length"], end)
        if start < stop:
            moved.append({**entity, "offset": start, "length": stop - start})
    return stripped, moved


def _bars(given: Json, found: Json) -> bool:
    """Tell whether a given entity keeps a client from marking this one: in code and links nothing is marked."""
    begins, ends = given["offset"], given["offset"] + given["length"]
    is_apart = bool(ends <= found["offset"] or found["offset"] + found["length"] <= begins)
    holds = bool(begins <= found["offset"] and found["offset"] + found["length"] <= ends)
    return not is_apart and (not holds or given["type"] in _CLOSED)
