"""Each claim, shown with each library; and the page that says so."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.bot.platforms.sandbox.conformance.claims import CHAPTERS
from tests.bot.platforms.sandbox.conformance.clients import LIBRARIES
from tests.bot.platforms.sandbox.conformance.scene import CLAIMS, Claim, shown

PAGE = Path(__file__).parents[5] / "docs/conformance.md"


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.__name__)
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.words.replace(" ", "_"))
async def test_it_is_so_with_either_library(claim: Claim, library: Any) -> None:
    await shown(claim, library)


def test_the_page_names_exactly_the_claims_there_are_and_marks_none_as_failed() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!claim \|)(.+?) \| (.) \| (.) \|$", text, re.MULTILINE)
    assert [words for words, *_ in rows] == [claim.words for claims in CHAPTERS.values() for claim in claims]
    assert {mark for _, *marks in rows for mark in marks} == {"✓"}


def test_no_claim_is_made_twice_or_left_out_of_the_chapters() -> None:
    assert len({claim.words for claim in CLAIMS}) == len(CLAIMS) == sum(len(claims) for claims in CHAPTERS.values())
