"""Markdown is read as Telegram reads it, the new and the old."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.sandbox.entities import marked
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.utf16 import cut_utf16


def _parts(text: str, mode: str) -> tuple[str, list[tuple[str, str]]]:
    plain, entities = marked(text, parse_mode=mode)
    return plain, [(entity["type"], cut_utf16(plain, entity["offset"], entity["length"])) for entity in entities]


@pytest.mark.parametrize(
    ("text", "plain", "parts"),
    [
        ("*粗* _斜_", "粗 斜", [("bold", "粗"), ("italic", "斜")]),
        ("😀*粗_斜_*", "😀粗斜", [("bold", "粗斜"), ("italic", "斜")]),
        ("__下__ ~删~ ||藏||", "下 删 藏", [("underline", "下"), ("strikethrough", "删"), ("spoiler", "藏")]),
        ("`a*b` 1\\.5", "a*b 1.5", [("code", "a*b")]),
        ("```python\nx = [1]\n```", "x = [1]", [("pre", "x = [1]")]),
        ("[市长](https://a.b/?c=\\))", "市长", [("text_link", "市长")]),
        ("![👍](tg://emoji?id=5)", "👍", [("custom_emoji", "👍")]),
        (">一\n>二\n三", "一\n二\n三", [("blockquote", "一\n二")]),
        (">一\n>二||", "一\n二", [("expandable_blockquote", "一\n二")]),
        ("[没有地址]", "没有地址", []),
    ],
)
def test_markdown_v2_is_read(text: str, plain: str, parts: list[tuple[str, str]]) -> None:
    assert _parts(text, "MarkdownV2") == (plain, parts)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("<3 > 2", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("路*灯", "Can't find end of Bold entity at byte offset 3"),
        ("*a _b* c_", "Can't find end of Italic entity at byte offset 8"),
        ("[a", "Can't find end of TextUrl entity at byte offset 0"),
        ("]", "Character ']' is reserved and must be escaped with the preceding '\\'"),
    ],
)
def test_markdown_v2_that_is_none_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ApiError) as told:
        marked(text, parse_mode="MarkdownV2")
    assert told.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("text", "plain", "parts"),
    [
        ("*粗* _斜_ `码`", "粗 斜 码", [("bold", "粗"), ("italic", "斜"), ("code", "码")]),
        ("1.5 - 2!", "1.5 - 2!", []),
        ("[市长](https://a.b/) a\\_b", "市长 a_b", [("text_link", "市长")]),
        ("```\nx\n```", "x", [("pre", "x")]),
    ],
)
def test_the_old_markdown_is_read(text: str, plain: str, parts: list[tuple[str, str]]) -> None:
    assert _parts(text, "Markdown") == (plain, parts)


def test_an_old_entity_without_end_and_a_mode_that_is_none_are_refused() -> None:
    for text, mode, reason in (
        ("a *b", "Markdown", "can't parse entities: Can't find end of the entity starting at byte offset 2"),
        ("a", "Word", "unsupported parse_mode"),
    ):
        with pytest.raises(ApiError) as told:
            marked(text, parse_mode=mode)
        assert told.value.description == f"Bad Request: {reason}"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n")))
def test_any_text_that_is_escaped_arrives_as_it_was(text: str) -> None:
    escaped = "".join(f"\\{one}" if one in "\\_*[]()~`>#+-=|{}.!" else one for one in text)
    plain, entities = marked(escaped, parse_mode="MarkdownV2")
    found: list[Any] = [entity for entity in entities if entity["type"] in ("bold", "italic", "code", "text_link")]
    assert (plain, found) == (text.strip(), [])


@given(st.text(alphabet="*_`~|[](){}>!\\\n\ra1路😀.", max_size=30))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    for mode in ("MarkdownV2", "Markdown", "HTML"):
        try:
            plain, entities = marked(text, parse_mode=mode)
        except ApiError:
            continue
        assert all(0 <= entity["offset"] < entity["offset"] + entity["length"] for entity in entities)
        assert len(plain) <= len(text)
