"""An appeal that waits in triage before a front with groups, and the steps by which a dispatcher declines it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import submitting
from bot.services.guessing import Guess, Likely
from storage.city.calendar import calendar_around
from storage.repositories import drafts, events, people
from storage.tables import Appeal
from tests.support.desking import Front, Owed
from tests.support.screens import CITIZEN, DISPATCHER, TRIAGE, found, press

SUPERVISION, SUPERVISOR, SECOND = -8100, 8101, 8102
LAMP = Guess((Likely("urban_management", 0.62, ("路灯",)), Likely("power", 0.21, ("灯",))))


async def filed(front: Front, text: str = "村小学东门的路灯坏了", guess: Guess = LAMP, **columns: Any) -> Owed:
    """File an appeal that nobody is sure of; return the first of what the dispatchers get."""

    async def submit(session: AsyncSession) -> None:
        person = await people.meet(session, platform="telegram", bot=1, user_id=CITIZEN, username=None, now=front.now)
        draft = await drafts.begin(session, person.id, text=text, now=front.now)
        draft.town, draft.guess = "taoyuan", guess.to_json()
        for name, value in columns.items():
            setattr(draft, name, value)
        await submitting.submit(
            session,
            person=person,
            draft=draft,
            now=front.now,
            city=front.city,
            calendar=calendar_around(front.city, front.now.date()),
            platform="telegram",
            bot=1,
            draw=front.house.draw,
            untitled="",
        )

    return next(each for each in await front.happen(submit) if each.chat == TRIAGE)


async def appeal_of(front: Front, appeal_id: int = 1) -> Appeal:
    """Return the appeal as it is kept."""
    async with front.database.reading() as session:
        return await session.get_one(Appeal, appeal_id)


async def history_of(front: Front, appeal_id: int = 1) -> list[str]:
    """Return what happened to the appeal."""
    async with front.database.reading() as session:
        return [each.what for each in await events.of_appeal(session, appeal_id)]


async def choose(front: Front, reason: str) -> None:
    """Let the dispatcher press 不予受理 and a reason."""
    await press(front, "不予受理", TRIAGE, by=DISPATCHER)
    await press(front, reason, TRIAGE, by=DISPATCHER)


async def declined(front: Front, reason: str = "举报公职人员") -> list[Owed]:
    """Decline it for a reason that needs nothing to be written."""
    await choose(front, reason)
    return await press(front, "发出", TRIAGE, by=DISPATCHER)


async def write(front: Front, words: str, *, to: str) -> list[Owed]:
    """Let the dispatcher reply to the newest message with these words in it."""
    return await front.say(TRIAGE, words, by=DISPATCHER, reply_to=found(front, to, TRIAGE).id)
