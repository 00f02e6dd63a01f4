"""Marks in texts: HTML as Telegram reads it, and what clients mark by themselves."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.sandbox.entities import found_entities, marked, parse_html
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.utf16 import cut_utf16, utf16_length


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("请发 /start 吧", "bot_command", "/start"),
        ("/done@lianxin_bot", "bot_command", "/done@lianxin_bot"),
        ("😀 @chengguan_01 看", "mention", "@chengguan_01"),
        ("见https://a.b/c。完", "url", "https://a.b/c"),
        ("写信 a.b@c.cn", "email", "a.b@c.cn"),
        ("#路灯 坏了", "hashtag", "#路灯"),
    ],
)
def test_clients_mark_what_they_find(text: str, kind: str, part: str) -> None:
    [entity] = found_entities(text)
    assert entity["type"] == kind
    assert cut_utf16(text, entity["offset"], entity["length"]) == part


@pytest.mark.parametrize("text", ["1/2", "和/或", "a@b", "北王村3/4号"])
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    assert found_entities(text) == []


def test_html_is_read_with_nested_tags_links_and_escapes() -> None:
    text, entities = parse_html('<b>a<i>😀</i></b> &lt;<a href="https://x.y/?a=1&amp;b=2">z</a>')
    assert text == "a😀 <z"
    assert entities == [
        {"type": "italic", "offset": 1, "length": 2},
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "text_link", "offset": 5, "length": 1, "url": "https://x.y/?a=1&b=2"},
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("我<3你", 'Unsupported start tag "3你" at byte offset 3'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ],
)
def test_broken_html_is_refused_as_telegram_refuses_it(text: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(text)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(st.characters(codec="utf-8")))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.text(alphabet=" \n😀好a/"), st.integers(0, 9), st.integers(1, 9))
def test_given_entities_stay_within_the_stripped_text(text: str, offset: int, length: int) -> None:
    shown, entities = marked(text, entities=[{"type": "bold", "offset": offset, "length": length}])
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= utf16_length(shown) for one in entities)


def test_a_closing_tag_that_somebody_typed_is_no_command():
    assert found_entities("路灯<b>坏了</b>两盏") == []


def test_only_the_escapes_that_telegram_knows_are_read() -> None:
    assert parse_html("&lt;3 &amp&#x41;&#66; &copy; &nbsp;&#0;")[0] == "<3 &AB &copy; &nbsp;&#0;"


def test_code_that_fills_a_pre_tells_its_language() -> None:
    _, entities = parse_html('<pre><code class="language-python">x = 1</code></pre> <code class="language-c">y</code>')
    assert entities == [
        {"type": "pre", "offset": 0, "length": 5, "language": "python"},
        {"type": "code", "offset": 6, "length": 1},
    ]


def test_clients_mark_commands_in_bold_but_not_in_code() -> None:
    text, entities = marked("<b>发 /start</b> <code>/help</code>", parse_mode="HTML")
    assert [one["type"] for one in entities] == ["bold", "bot_command", "code"]
    assert cut_utf16(text, entities[1]["offset"], entities[1]["length"]) == "/start"


def test_control_characters_become_blanks() -> None:
    assert marked("路\x00灯\x1f坏\n了")[0] == "路 灯 坏\n了"
