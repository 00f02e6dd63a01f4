"""All that is said to groups and to handlers of what is confidential is protected: nobody can forward it."""

from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.notices import confidential, office
from bot.services import submitting
from bot.services.guessing import Guess, Likely
from bot.services.moving import Actor
from storage.city.calendar import calendar_around
from storage.domain.city import City
from storage.domain.statuses import Event
from storage.engine import Database
from storage.repositories import appeals, drafts, events, people
from storage.tables import Appeal, Approval
from tests.support.desking import Front

SURE = Guess((Likely("urban_management", 0.97),), auto=True)
WORKING = frozenset({3003, 8001})
EVENTS = sorted(
    {*Event, *office._HEARD, *confidential._CHANGES, "return_asked", "return_refused", "triage_card_wanted"}
)


async def _filed(front: Front, *, kept: bool) -> Appeal:
    filed: list[Appeal] = []

    async def submit(session: AsyncSession) -> None:
        person = await people.meet(session, platform="telegram", bot=1, user_id=1001, username=None, now=front.now)
        draft = await drafts.begin(session, person.id, text="有人收黑钱," * 600, now=front.now)
        draft.kind, draft.confidential, draft.guess = "report", kept, SURE.to_json()
        filed.append(
            await submitting.submit(
                session,
                person=person,
                draft=draft,
                now=front.now,
                city=front.city,
                calendar=calendar_around(front.city, front.now.date()),
                platform="telegram",
                bot=1,
                draw=lambda n: n // 2,
                untitled="没写标题",
            )
        )

    await front.happen(submit)
    return filed[0]


@pytest.mark.parametrize("kept", [False, True], ids=["open", "confidential"])
async def test_every_event_is_told_in_protected_messages(
    database: Database,
    city: City,
    now: datetime,
    kept: bool,  # noqa: FBT001 - pytest hands parameters over by position
):
    front = Front(database, city, now)
    await front.bind_cast(["urban_management", "power"])
    appeal = await _filed(front, kept=kept)
    async with database.reading() as session:
        said = (await appeals.words(session, appeal.id))[0].id
    due = now.isoformat()
    asked = Approval(appeal_id=appeal.id, kind="conclusion", state="waiting", asked_at=now)
    asked.details = {"facts": "查过了", "basis": "规定", "way": "起诉", "reason": "订货", "utterance_id": said}
    asked.details |= {"old_due": due, "new_due": due}
    async with database.writing() as session:
        session.add(asked)
    given = {"appeal_id": appeal.id, "utterance_id": said, "reason": "duty", "words": "不归我们管"}
    given |= {"old": "power", "new": "urban_management", "to": "power"}
    given |= {"approval_id": asked.id, "old_due": due, "level": 1}
    given |= {"heir": appeal.id, "answer": None, "whole": appeal.number, "alias": appeal.alias}
    given |= {"told": appeal.id, "lead": appeal.number}
    for role in ("staff", "dispatcher"):
        for what in EVENTS:
            await front.happen(
                lambda session, what=what, role=role: events.record(
                    session, what, at=now, actor=Actor.SYSTEM, person_id=appeal.citizen_id, role=role, **given
                )
            )
    sent = [each for each in front.calls if each.method.startswith(("send", "copy"))]
    inside = [each for each in sent if each.chat < 0 or each.chat in WORKING]
    assert len(inside) > 20
    assert [each.text for each in inside if not each.payload.get("protect_content")] == []
