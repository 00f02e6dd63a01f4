"""Servers abroad are asked about apart."""

from typing import Any

import pytest

from storage.tables import Consent, Draft


@pytest.fixture
def servers_abroad() -> bool:
    return True


async def test_the_second_question_comes_before_the_form(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    assert phone.last.text.startswith("还有一件事要您点头:")
    await phone.press("同意")
    assert phone.last.text.startswith("这件事在什么地方?")
    assert {each.what for each in await phone.rows(Consent)} == {"privacy", "abroad"}


async def test_who_refuses_it_is_told_the_other_ways(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    await phone.press("不同意,改打电话")
    assert "0000-12345" in phone.last.text
    assert await phone.rows(Draft) == []
