"""What a card needs to know of an appeal, gathered once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.lifecycle import MOVES
from storage.repositories import events, offices, people
from storage.tables import Appeal, Person, Staff


@dataclass(frozen=True)
class AppealView:
    """An appeal with the names that belong to it, at one moment; `moves`: how often its unit changed."""

    appeal: Appeal
    citizen: Person
    claimant: Staff | None
    city: City
    calendar: Calendar
    now: datetime
    moves: int = 0

    @property
    def department(self) -> str:
        """The unit's name; empty while none is found."""
        unit = self.city.department(self.appeal.department or "")
        return unit.name if unit else ""

    @property
    def place(self) -> str:
        """Town, village and the citizen's own words for the place; empty where nothing was said."""
        return place_words(self.city, town=self.appeal.town, village=self.appeal.village, words=self.appeal.place)

    @property
    def days_left(self) -> int:
        """Working days until the answer is due; 0 when it is due today or late."""
        if self.appeal.answer_due is None or self.appeal.answer_due <= self.now:
            return 0
        return self.calendar.workdays_between(self.now, self.appeal.answer_due)


def place_words(city: City, *, town: str | None, village: str | None, words: str | None) -> str:
    """Write a place: 「桃园镇北王村,村小学东门」."""
    found = city.town(town or "")
    within = found.village(village or "") if found else None
    named = (found.name if found else "") + (within.name if within else "")
    rest = (words or "").strip()
    return ",".join(part for part in (named, rest) if part)


async def view(session: AsyncSession, appeal: Appeal, *, city: City, calendar: Calendar, now: datetime) -> AppealView:
    """Gather what the cards of an appeal show."""
    claimant = await offices.staff(session, appeal.claimant_id) if appeal.claimant_id else None
    citizen = await people.get(session, appeal.citizen_id)
    moves = await events.count(session, appeal.id, MOVES)
    return AppealView(
        appeal=appeal, citizen=citizen, claimant=claimant, city=city, calendar=calendar, now=now, moves=moves
    )
