"""What a card needs to know of an appeal, gathered once."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.duty import OnDuty, on_duty
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.lifecycle import MOVES
from storage.domain.statuses import Status
from storage.repositories import events, offices, people, rulings
from storage.repositories.rulings import Ruling
from storage.tables import Appeal, Person, Staff


@dataclass(frozen=True)
class AppealView:
    """An appeal with the names that belong to it, at one moment; `moves`: how often its unit changed.

    `duty`: who is on duty in the unit today, looked up while nobody has signed for the appeal. `ruling`: what a
    supervisor last ruled about its matter, looked up where it is decided whose it is. `lead`: the appeal with which it
    is handled, where it is merged.
    """

    appeal: Appeal
    citizen: Person
    claimant: Staff | None
    city: City
    calendar: Calendar
    now: datetime
    moves: int = 0
    duty: OnDuty | None = None
    ruling: Ruling | None = None
    lead: "AppealView | None" = None

    @property
    def stands_with_own(self) -> bool:
        """Whether it is handled with another appeal of the same person, who hears of that one."""
        return self.lead is not None and self.lead.appeal.citizen_id == self.appeal.citizen_id

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
    merged = appeal.status == Status.MERGED and appeal.merged_into is not None
    leads = await session.get(Appeal, appeal.merged_into) if merged else None
    lead = await view(session, leads, city=city, calendar=calendar, now=now) if leads is not None else None
    claimant = await offices.staff(session, appeal.claimant_id) if appeal.claimant_id else None
    citizen = await people.get(session, appeal.citizen_id)
    moves = await events.count(session, appeal.id, MOVES)
    waits = appeal.status == Status.DISPATCHED and appeal.department is not None
    duty = await on_duty(session, appeal.department or "", now=now, calendar=calendar) if waits else None
    return AppealView(
        appeal=appeal,
        citizen=citizen,
        claimant=claimant,
        city=city,
        calendar=calendar,
        now=now,
        moves=moves,
        duty=duty,
        lead=lead,
    )


async def view_to_decide(
    session: AsyncSession, appeal: Appeal, *, city: City, calendar: Calendar, now: datetime
) -> AppealView:
    """Gather what the cards show on which it is decided whose an appeal is: the newest ruling about its matter too."""
    seen = await view(session, appeal, city=city, calendar=calendar, now=now)
    return replace(seen, ruling=await rulings.newest(session, appeal.matter))
