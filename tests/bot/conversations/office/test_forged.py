"""Every button there is, pressed by those who may not, and every button too old or made up: nothing happens."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.conversations.routes import dispatcher
from bot.services.leaving import dismiss
from storage.repositories import events, offices, people
from storage.tables import Appeal, AppealEvent, CannedReply, OutboxMessage, Staff, Utterance
from tests.bot.conversations.office.conftest import GROUP, HU, LI, OTHER_UNIT, STRANGER, UNIT, Group

CANARY = "13812345678"
ARGUMENTS = ("", "solved", "solved.1")
#: Who presses, and where: none of them may do anything with this appeal there.
INTRUDERS = ((STRANGER, GROUP), (OTHER_UNIT, -3001), (LI, LI))
_NONSENSE = ("", ":", ":::", "o.claim", "o.claim:", "o.claim:x", "o.claim:-1", "o.claim:99999999999999999999")
_MORE_NONSENSE = ("o.nosuch:1", "\N{FULLWIDTH DIGIT ONE}", "o.claim:\N{FULLWIDTH DIGIT ONE}", "a" * 64)


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
        claims = (await session.execute(select(Appeal.claimant_id))).all()
        said = (await session.execute(select(Utterance.id, Utterance.state, Utterance.direction))).all()
        happened = (await session.execute(select(AppealEvent.what))).all()
        working = (await session.execute(select(Staff.id, Staff.active))).all()
        kept = (await session.execute(select(CannedReply.name))).all()
        return [*appeals, *claims, *said, *happened, *working, *kept]


async def _press_everything(group: Group, number: int, *, by: int, chat: int = GROUP) -> None:
    for verb in verbs():
        for argument in ARGUMENTS:
            await group.press_data(f"{verb}:{number}:{argument}", by=by, chat=chat)


def test_there_are_verbs_to_forge():
    assert {"o.claim", "o.take", "o.todo", "o.phrase", "c.solved", "d.submit", "t.send", "a.bind", "a.dismiss"} <= set(
        verbs()
    )


@pytest.mark.parametrize(("who", "where"), INTRUDERS)
async def test_no_button_obeys_who_has_no_authority(group: Group, who: int, where: int):
    appeal_id = await group.claimed(phone=CANARY)
    await group.say(f"给他打 {CANARY}", to=group.wall[0])
    before = await books(group)
    await _press_everything(group, appeal_id, by=who, chat=where)
    assert await books(group) == before
    async with group.database.reading() as session:
        told = (await session.execute(select(OutboxMessage).where(OutboxMessage.chat_id == who))).scalars().all()
    assert not [row for row in told if CANARY in str(row.payload) or "路灯" in str(row.payload)]


async def test_no_button_obeys_who_worked_here_until_yesterday(group: Group):
    appeal_id = await group.claimed(phone=CANARY)
    await group.say("/t 甲 = 一句话")
    async with group.database.writing() as session:
        person = await people.find(session, platform="telegram", bot=1, user_id=LI)
        assert person is not None
        [staff] = await offices.roles(session, person.id)
        await dismiss(session, staff, now=group.now)
        events.take_fresh(session)
    before, shown = await books(group), len(group.toasts)
    await _press_everything(group, appeal_id, by=LI)
    assert await books(group) == before
    assert len(group.toasts) > shown
    assert not any(CANARY in each for each in group.toasts)


@pytest.mark.parametrize("data", [*_NONSENSE, *_MORE_NONSENSE])
async def test_a_made_up_button_is_answered_and_does_nothing(group: Group, data: str):
    await group.claimed()
    before = await books(group)
    await group.press_data(data)
    assert await books(group) == before
    assert group.toasts[-1].startswith("这个按钮过期了。")


async def test_no_button_of_an_appeal_that_is_not_there_does_anything(group: Group):
    await group.claimed()
    before = await books(group)
    await _press_everything(group, 999999, by=LI)
    assert await books(group) == before


async def test_buttons_on_messages_too_old_to_be_shown_work_and_are_answered(group: Group):
    appeal_id = await group.file()
    card = group.wall[0]
    too_old = {"message_id": card.message_id, "date": 0, "chat": {"id": GROUP, "type": "supergroup", "title": "群"}}
    for verb in [each for each in verbs() if each != "o.claim"]:
        query = {"id": "1", "from": group._user(STRANGER), "chat_instance": "1", "data": f"{verb}:{appeal_id}"}
        await group.update(callback_query=query | {"message": too_old})
    assert (await group.appeal(appeal_id)).status == "dispatched"
    query = {"id": "1", "from": group._user(HU), "chat_instance": "1", "data": card.buttons["签收"]}
    await group.update(callback_query=query | {"message": too_old})
    assert (await group.appeal(appeal_id)).status == "in_progress"
    assert "承办:老胡" in group.newest("答复办结").text


async def test_a_button_without_its_message_is_answered_too(group: Group):
    appeal_id = await group.file()
    for verb in verbs():
        query = {"id": "1", "from": group._user(LI), "chat_instance": "1", "data": f"{verb}:{appeal_id}"}
        await group.update(callback_query=query)
    assert (await group.appeal(appeal_id)).department == UNIT
    assert (await group.appeal(appeal_id)).status == "dispatched"
