"""What becomes of an answer that supervisors looked at: it goes to the citizen, or back to its writer."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import checking as cards
from bot.cards.card import Card
from bot.cards.office import due_day
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import Scene, scene_of
from bot.notices.sending import to_citizen
from bot.services.petitioning import Wish
from bot.texts import checking as words
from bot.texts import office
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.repositories import appeals, people
from storage.tables import AppealEvent, Approval, Utterance


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return the calls that bring an answer out which was agreed to, and what its writer hears."""
    approval_id = event.details.get("approval_id")
    refused = event.what == Event.APPROVAL_REFUSED and event.details.get("wish") == Wish.ANSWER
    if approval_id is None or not (refused or event.what == Event.ANSWER):
        return []
    scene = await scene_of(session, event, house, now=now)
    approval = await session.get_one(Approval, approval_id)
    said = await appeals.utterance(session, int(approval.details["utterance_id"]))
    if scene is None or said is None:
        return []
    return await _sent_back(scene, said, approval.reason) if refused else await _out(scene, said)


async def _out(scene: Scene, said: Utterance) -> list[Say]:
    house = scene.house
    calls = await to_citizen(scene.session, house.city, scene.appeal, said, calendar=house.calendar(scene.now))
    return [*calls, *await scene.changed(await _compose_key(scene, said), office.SENDING, role="compose")]


async def _sent_back(scene: Scene, said: Utterance, reason: str) -> list[Say]:
    """Give the writer the answer back, to mend it as the supervisor says."""
    due = due_day(await scene.view())
    text = words.sent_back(number=scene.appeal.number, reason=mask(reason), due=due)
    card = cards.sent_back(said, text)
    left = await scene.changed(await _compose_key(scene, said), office.NOT_SENT, role="compose")
    return [*left, *await scene.under_card(Card(card.text, card.rows), role="compose")]


async def _compose_key(scene: Scene, said: Utterance) -> str:
    writer = await people.get(scene.session, said.person_id) if said.person_id else None
    return f"compose:{scene.appeal.id}:{writer.user_id if writer else 0}"
