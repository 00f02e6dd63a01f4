"""并到旧件 on the dispatchers' card: the number of the other one, the question whether it is the same, and then one."""

from datetime import datetime

import pytest

from storage.domain.city import City
from storage.engine import Database
from tests.support.declining import appeal_of, filed, write
from tests.support.desking import Front
from tests.support.screens import CITIZEN, DISPATCHER, TRIAGE, found, last, press, screen


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(["urban_management"])
    return front


async def test_by_the_button_and_a_number_two_become_one_and_the_card_loses_its_buttons(front: Front):
    await filed(front)
    card = await filed(front, "校门口的灯不亮")
    lead, other = await appeal_of(front, 1), await appeal_of(front, 2)
    await press(front, "并到旧件", TRIAGE, by=DISPATCHER)
    await write(front, "没有这个编号", to="并到哪一件?")
    assert last(front, TRIAGE).text == "没查到这个编号。请看看有没有打错。"
    await write(front, lead.number, to="并到哪一件?")
    await press(front, "是,并过去", TRIAGE, by=DISPATCHER)
    assert (await appeal_of(front, other.id)).merged_into == lead.id
    assert screen(front, TRIAGE)[card.id or 0].buttons == {}
    assert list(found(front, "合在一起办").buttons) == ["不是同一件事", "看进度"]
    assert found(front, "合在一起办").chat == CITIZEN


async def test_what_is_not_the_same_stays_two(front: Front):
    await filed(front)
    await filed(front, "校门口的灯不亮")
    lead = await appeal_of(front, 1)
    await press(front, "并到旧件", TRIAGE, by=DISPATCHER)
    await write(front, lead.number, to="并到哪一件?")
    await press(front, "不是", TRIAGE, by=DISPATCHER)
    assert (await appeal_of(front, 2)).status == "pending_triage"
