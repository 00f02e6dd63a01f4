"""Looks after drafts that nobody handed in: asks their citizens, then shows them to the dispatchers; each step once."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import care as cards
from bot.cards.card import send, send_to
from bot.delivery.say import PostBox, Say
from bot.house import House
from bot.jobs.repeating import repeat
from bot.services import caring, consenting, drafting
from bot.services.binding import Purpose
from bot.services.caring import Stage
from bot.texts.dates import day_ago
from storage.engine import Database
from storage.repositories import drafts, offices
from storage.tables import Draft, Person

_EVERY_SECONDS = 30
_AT_ONCE = 50


class Caring:
    """Looks twice a minute for drafts it is time to look after."""

    def __init__(
        self, *, database: Database, house: House, now: Callable[[], datetime], on_queued: Callable[[], None]
    ) -> None:
        self._database = database
        self._house = house
        self._box = PostBox(house.platform, house.bot)
        self._now = now
        self._on_queued = on_queued

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="unfinished drafts could not be looked after")

    async def once(self) -> int:
        """Look once; return how many messages it led to."""
        told, now = 0, self._now()
        while True:
            async with self._database.writing() as session:
                found = await self._due(session, now)
                for draft, person in found:
                    for say in await self._cared_for(session, draft, person, now):
                        await self._box.put(session, say, now=now)
                        told += 1
            if len(found) < _AT_ONCE:
                break
        if told:
            self._on_queued()
        return told

    async def _due(self, session: AsyncSession, now: datetime) -> list[tuple[Draft, Person]]:
        house = self._house
        return list(await drafts.to_care_for(session, platform=house.platform, bot=house.bot, now=now, limit=_AT_ONCE))

    async def _cared_for(self, session: AsyncSession, draft: Draft, person: Person, now: datetime) -> list[Say]:
        """Take the draft's next step, or put it off."""
        if not consenting.may_begin(person, servers_abroad=self._house.servers_abroad):
            caring.put_off(draft, now=now)
            return []
        calendar, last = self._house.calendar(now), await caring.last_word(session, draft, person)
        if not caring.is_due(draft, last, now=now, calendar=calendar):
            return []
        when = day_ago(last, now, calendar)
        say = await self._step(session, draft, person, when)
        if say is None:
            caring.put_off(draft, now=now)
            return []
        caring.advance(draft, now=now, calendar=calendar)
        return [say]

    async def _step(self, session: AsyncSession, draft: Draft, person: Person, when: str) -> Say | None:
        """Return what is said now; None where there are no dispatchers to say it to."""
        if draft.care != Stage.AGAIN:
            return Say(send(person.user_id, cards.reminder(draft, when=when)), once=True, role="notice")
        house = self._house
        office = await offices.of(session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)
        if office is None:
            return None
        drafting.alias_of(draft, house.draw)
        card = cards.unfinished(draft, when=when)
        return Say(send_to(office, card), key=f"unfinished:{draft.id}", role="unfinished")
