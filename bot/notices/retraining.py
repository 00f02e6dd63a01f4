"""What administrators hear of trainings and of the models that are used."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import retraining as cards
from bot.cards.card import Card, edit, send
from bot.delivery.say import Say
from bot.house import House
from bot.services.drifting import DRIFTED
from bot.services.retraining import NOT_TRAINED, PROMOTED, ROLLED_BACK, TRAINED, UNUSABLE
from bot.texts import retraining as words
from storage.repositories import offices, people, trainings
from storage.tables import AppealEvent, Person, Training


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:  # noqa: ARG001 - as every audience
    """Return what this event gives whoever asked for a training, or every administrator, to hear."""
    if event.what in {TRAINED, NOT_TRAINED}:
        training = await session.get_one(Training, int(event.details["training"]))
        return await _ended(session, training, house, made=event.what == TRAINED)
    text = await _news(session, event, house)
    if not text:
        return []
    everybody = await _administrators(session, house)
    return [Say(send(each.user_id, Card(text)), role="notice") for each in everybody if each.id != event.person_id]


async def _ended(session: AsyncSession, training: Training, house: House, *, made: bool) -> list[Say]:
    """Close the message that showed how far it was, and give the report card: to all, where nobody asked."""
    if not training.by_bot:
        return []
    if training.person_id is None:
        everybody = await _administrators(session, house) if made else []
        return [Say(send(each.user_id, cards.report(training)), role="report") for each in everybody]
    asker = await people.get(session, training.person_id)
    says = [Say(edit(asker.user_id, cards.over(training)), edit=cards.key(training.id))]
    return [*says, *([Say(send(asker.user_id, cards.report(training)), role="report")] if made else [])]


async def _news(session: AsyncSession, event: AppealEvent, house: House) -> str:
    details = event.details
    match event.what:
        case value if value == UNUSABLE:
            return words.unusable(name=str(details["version"]))
        case value if value == PROMOTED:
            return words.promoted(name=str(details["version"]), old=str(details["old"]))
        case value if value == ROLLED_BACK:
            return words.rolled_back(day=await day_of(session, str(details["version"]), house))
        case value if value == DRIFTED:
            band = {name: float(details[name]) for name in ("value", "low", "high")}
            begins = date.fromisoformat(str(details["week"]))
            return words.drifted(measure=str(details["measure"]), begins=begins, **band)
        case _:
            return ""


async def day_of(session: AsyncSession, version: str, house: House) -> str:
    """Return the day on which a version was trained, in words; empty for the model that came first."""
    made = await trainings.of_version(session, version) if version else None
    if made is None:
        return ""
    day = house.calendar(made.asked_at).local(made.asked_at)
    return words.day(day.date())


async def _administrators(session: AsyncSession, house: House) -> Sequence[Person]:
    everybody = await offices.administrators(session)
    return [each for each in everybody if (each.platform, each.bot) == (house.platform, house.bot)]
