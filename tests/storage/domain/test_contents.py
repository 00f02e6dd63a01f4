from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.contents import (
    LARGEST_ALBUM,
    LARGEST_COPY,
    Content,
    Kind,
    bundles,
    count,
    is_too_big,
    needs_copy,
    neutral_name,
)

MEGABYTE = 1024 * 1024
SORTS = {Kind.PHOTO: "seen", Kind.VIDEO: "seen", Kind.DOCUMENT: "read", Kind.AUDIO: "heard"}
NAMES = st.sampled_from([None, "合同.pdf", "VID_20260102_101112.mp4"])
things = st.lists(
    st.builds(
        Content,
        kind=st.sampled_from(Kind),
        size=st.none() | st.integers(0, 60 * MEGABYTE),
        name=NAMES,
        file_id=st.uuids().map(str),
    ),
    max_size=40,
)


@given(things)
def test_bundling_loses_nothing_doubles_nothing_and_keeps_the_order(sent: list[Content]):
    assert [each for part in bundles(sent) for each in part] == sent


@given(things)
def test_a_bundle_is_an_album_the_platform_takes(sent: list[Content]):
    for part in bundles(sent):
        assert 1 <= len(part) <= LARGEST_ALBUM
        if len(part) > 1:
            assert len({SORTS[each.kind] for each in part}) == 1
            assert sum(each.size or 0 for each in part if needs_copy(each)) <= 45 * MEGABYTE


@given(st.integers(0, 60))
def test_pictures_need_as_few_calls_as_can_be(n: int):
    assert len(bundles([Content(Kind.PHOTO)] * n)) == -(-n // LARGEST_ALBUM)


@pytest.mark.parametrize(
    ("kind", "name", "copied"),
    [
        (Kind.DOCUMENT, None, True),
        (Kind.AUDIO, "1.mp3", True),
        (Kind.VIDEO, "王小二.mp4", True),
        (Kind.VIDEO, "13800138000.mp4", True),
        (Kind.VIDEO, "wang.mp4", True),
        (Kind.ANIMATION, "王小二.gif", True),
        (Kind.VIDEO, None, False),
        (Kind.VIDEO, "IMG_1234.MOV", False),
        (Kind.VIDEO, "mmexport1700000000000.mp4", False),
        (Kind.ANIMATION, "20260102.mp4", False),
        (Kind.PHOTO, "王小二.jpg", False),
        (Kind.VOICE, "王小二.ogg", False),
        (Kind.VIDEO_NOTE, None, False),
    ],
)
def test_what_may_say_who_somebody_is_goes_as_a_copy(kind: Kind, name: str | None, copied: bool):  # noqa: FBT001 - a case
    assert needs_copy(Content(kind, name=name)) is copied


@pytest.mark.parametrize(
    ("kind", "name", "size", "too_big"),
    [
        (Kind.DOCUMENT, "a.pdf", LARGEST_COPY, False),
        (Kind.DOCUMENT, "a.pdf", LARGEST_COPY + 1, True),
        (Kind.DOCUMENT, "a.pdf", None, False),
        (Kind.VIDEO, "VID_1.mp4", 10 * LARGEST_COPY, False),
        (Kind.VIDEO, "王小二.mp4", LARGEST_COPY + 1, True),
        (Kind.PHOTO, None, 10 * LARGEST_COPY, False),
    ],
)
def test_only_what_needs_a_copy_can_be_too_big(kind: Kind, name: str, size: int | None, too_big: bool):  # noqa: FBT001
    assert is_too_big(Content(kind, name=name, size=size)) is too_big


@given(st.text(), st.none() | st.text(max_size=20))
def test_a_neutral_name_says_the_number_and_an_ending_and_nothing_else(name: str, mime: str | None):
    called = neutral_name("LX-20261123-0007", 2, name=name, mime=mime)
    start, _, ending = called.rpartition(".")
    assert start == "LX-20261123-0007-2"
    assert 1 <= len(ending) <= 5
    assert ending.isascii()
    assert ending.isalnum()
    assert ending == ending.lower()


@pytest.mark.parametrize(
    ("name", "mime", "ending"),
    [
        ("王小二13800138000.PDF", None, "pdf"),
        ("no ending", "application/pdf", "pdf"),
        (None, "image/png", "png"),
        (None, "application/x-unheard-of", "bin"),
        (None, None, "bin"),
    ],
)
def test_the_ending_is_that_of_the_file_or_of_its_kind(name: str | None, mime: str | None, ending: str):
    assert neutral_name("N", 1, name=name, mime=mime) == f"N-1.{ending}"


@dataclass
class Counted:
    kind: str


@given(st.lists(st.sampled_from(Kind)))
def test_kinds_are_counted_in_the_order_of_the_first(kinds: list[Kind]):
    found = count(Counted(kind) for kind in kinds)
    assert list(found) == list(dict.fromkeys(kinds))
    assert sum(found.values()) == len(kinds)
