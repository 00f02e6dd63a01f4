"""What is heard of a question to the citizen (请补充): the question, what came of it, and that the clock runs."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, edit, send
from bot.cards.office import due_day
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import Scene, scene_of
from bot.notices.sending import as_read, to_citizen
from bot.services import asking
from bot.services.asking import Lack
from bot.services.relaying import row_key
from bot.texts import asking as words
from bot.texts import tidings
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.repositories import attachments
from storage.repositories.outbox import OutboxState
from storage.tables import AppealEvent


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the citizen and the unit hear of an event; the citizen's live card is changed elsewhere."""
    tell = _HEARD.get(event.what)
    scene = await scene_of(session, event, house, now=now) if tell else None
    return await tell(scene) if tell and scene else []


async def _asked(scene: Scene) -> list[Say]:
    """Bring the question to the citizen; the unit's card says for whom it is to act."""
    said, calendar = await scene.utterance(), scene.house.calendar(scene.now)
    if said is None:
        return []
    calls = await to_citizen(scene.session, scene.house.city, scene.appeal, said, calendar=calendar)
    return [*calls, *await scene.card_as_it_is()]


async def _supplied(scene: Scene) -> list[Say]:
    """Show the unit what came, with the day the answer is due now."""
    said, row = await scene.utterance(), await scene.unit_card_row()
    if said is None:
        return []
    lines = [
        tidings.supplement(number=scene.appeal.number, text=mask(said.text)),
        words.supplied_to_unit(due=due_day(await scene.view()) or ""),
    ]
    came = await scene.citizens_words(said, "\n".join(each for each in lines if each), under=row.id if row else None)
    return [*came, *await scene.card_as_it_is(), *await _no_longer_asked(scene)]


async def _cannot(scene: Scene) -> list[Say]:
    due, given = due_day(await scene.view()) or "", scene.event.details.get("reason") == Lack.GIVEN
    text = words.cannot(number=scene.appeal.number, given=given, due=due)
    return [*await scene.under_card(Card(text)), *await scene.card_as_it_is(), *await _no_longer_asked(scene)]


async def _lapsed(scene: Scene) -> list[Say]:
    """Tell both that nobody waits any more; of a question that never arrived, its own notice tells."""
    if scene.event.details.get("undelivered"):
        return []
    seen = await scene.view()
    due = due_day(seen) or ""
    text = words.citizen_lapsed(department=seen.department, due=due)
    citizen = Say(send(seen.citizen.user_id, Card(text)), appeal=scene.appeal.id, role="notice")
    unit = await scene.under_card(Card(words.lapsed(number=scene.appeal.number, due=due)))
    return [citizen, *unit, *await scene.card_as_it_is(), *await _no_longer_asked(scene)]


async def _withdrawn(scene: Scene) -> list[Say]:
    """Take the buttons off a question that was still waited for."""
    return await _no_longer_asked(scene) if scene.appeal.asked_at is not None else []


async def _no_longer_asked(scene: Scene) -> list[Say]:
    """Take the buttons off the question, which stands in the citizen's chat."""
    said = await asking.question(scene.session, scene.appeal)
    row = await scene.row(row_key(said.id)) if said is not None else None
    if said is None or row is None or row.state == OutboxState.FAILED:
        return []
    things = await attachments.of_utterance(scene.session, said.id)
    card = await as_read(scene.session, scene.house.city, scene.appeal, said, things)
    return [Say(edit(row.chat_id, card), edit=row.id, appeal=scene.appeal.id, role="relay")]


_HEARD: Mapping[str, Callable[[Scene], Awaitable[list[Say]]]] = {
    Event.ASK: _asked,
    Event.SUPPLY: _supplied,
    Event.CANNOT_SUPPLY: _cannot,
    Event.ASK_LAPSED: _lapsed,
    Event.WITHDRAW: _withdrawn,
}
