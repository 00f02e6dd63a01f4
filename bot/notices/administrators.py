"""What alarms the administrators hear in private."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, send
from bot.delivery.say import Say
from bot.house import House
from bot.services.leaving import STAFF_LEFT
from bot.services.placing import OFFICE_BACK, OFFICE_LOST, OFFICE_MOVED, TOPIC_SETTLED
from bot.services.rights import RIGHTS_MISSING, Right
from bot.texts import admin as words
from storage.repositories import offices
from storage.tables import AppealEvent, Office


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:  # noqa: ARG001 - as every audience
    """Return what this event gives the administrators to hear."""
    text = await _alarm(session, event, house)
    if not text:
        return []
    everybody = await offices.administrators(session)
    mine = [each for each in everybody if (each.platform, each.bot) == (house.platform, house.bot)]
    return [Say(send(admin.user_id, Card(text)), role="notice") for admin in mine]


async def _alarm(session: AsyncSession, event: AppealEvent, house: House) -> str:
    if event.what == STAFF_LEFT:
        return await _handler_left(session, event, house)
    write = _WORDS.get(event.what)
    if write is None:
        return _PLAIN.get(event.what, "")
    return write(event, await _names(session, event, house))


async def _handler_left(session: AsyncSession, event: AppealEvent, house: House) -> str:
    """Ask for another handler of what is confidential, where the one who left was it."""
    staff = await offices.staff(session, int(event.details["staff"])) if event.details.get("handled") else None
    if staff is None:
        return ""
    unit = house.city.department(staff.department)
    return words.handler_left(name=staff.name, office=unit.name if unit else words.GROUPS["triage"])


def _topic_settled(event: AppealEvent, names: Sequence[str]) -> str:
    return words.topic_settled(how=str(event.details["how"]), names=names)


def _rights_missing(event: AppealEvent, names: Sequence[str]) -> str:
    """Tell them only where the group itself cannot be told."""
    return words.cannot_write(names=names) if Right.WRITE in event.details["missing"] else ""


_PLAIN: Final[Mapping[str, str]] = {"dead_update": words.DEAD_UPDATE, "quarantined": words.QUARANTINED}
_WORDS: Final[Mapping[str, Callable[[AppealEvent, Sequence[str]], str]]] = {
    OFFICE_LOST: lambda _event, names: words.office_lost(names=names),
    OFFICE_BACK: lambda _event, names: words.office_back(names=names),
    OFFICE_MOVED: lambda _event, names: words.office_moved(names=names),
    TOPIC_SETTLED: _topic_settled,
    RIGHTS_MISSING: _rights_missing,
}


async def _names(session: AsyncSession, event: AppealEvent, house: House) -> list[str]:
    found = [await session.get(Office, number) for number in event.details.get("offices", ())]
    return [words.office_name(each.purpose, house.city.department(each.department or "")) for each in found if each]
