"""Every button there is, pressed by those who may not: nothing happens, and no word leaks."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.conversations.routes import dispatcher
from storage.tables import Appeal, AppealEvent, OutboxMessage, Utterance
from tests.bot.conversations.office.conftest import GROUP, LI, OTHER_UNIT, STRANGER, Group

CANARY = "13812345678"
ARGUMENTS = ("", "solved")
#: Who presses, and where: none of them may do anything with this appeal there.
INTRUDERS = ((STRANGER, GROUP), (OTHER_UNIT, -3001), (LI, LI))


def verbs() -> list[str]:
    """Return the verbs of all buttons that any handler listens for."""
    found: set[str] = set()
    for router in dispatcher().chain_tail:
        for handler in router.callback_query.handlers:
            for each in handler.filters or ():
                found |= getattr(each.callback, "_verbs", frozenset())
    return sorted(found)


async def books(group: Group) -> list[Any]:
    async with group.database.reading() as session:
        appeals = (await session.execute(select(Appeal.status, Appeal.department, Appeal.version))).all()
        said = (await session.execute(select(Utterance.id, Utterance.state, Utterance.direction))).all()
        happened = (await session.execute(select(AppealEvent.what))).all()
        return [*appeals, *said, *happened]


def test_there_are_verbs_to_forge():
    assert {"o.claim", "c.solved", "d.submit", "t.send", "a.bind"} <= set(verbs())


@pytest.mark.parametrize(("who", "where"), INTRUDERS)
async def test_no_button_obeys_who_has_no_authority(group: Group, who: int, where: int):
    appeal_id = await group.claimed(phone=CANARY)
    await group.say(f"给他打 {CANARY}", to=group.wall[0])
    before = await books(group)
    for verb in verbs():
        for argument in ARGUMENTS:
            await group.press_data(f"{verb}:{appeal_id}:{argument}", by=who, chat=where)
    assert await books(group) == before
    async with group.database.reading() as session:
        told = (await session.execute(select(OutboxMessage).where(OutboxMessage.chat_id == who))).scalars().all()
    assert not [row for row in told if CANARY in str(row.payload) or "路灯" in str(row.payload)]
