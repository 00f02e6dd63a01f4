"""Where an event is told to a unit: the group or the private chat it works in, the card there, what stands under it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import office as cards
from bot.cards.card import Card, Room, Rows, edit, send_to
from bot.cards.media import Where
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.notices.bringing import said_with_things, things_of
from bot.services import handling
from bot.services.binding import stands_in
from bot.services.handling import OPENED
from bot.texts.fitting import rest
from storage.domain.lifecycle import OPEN
from storage.domain.masking import mask
from storage.repositories import appeals, offices, outbox
from storage.tables import Appeal, AppealEvent, OutboxMessage, Utterance


@dataclass(frozen=True)
class Scene:
    """One event, the appeal it is about, and where the unit that has it works on it (None: nowhere yet).

    That is its group; for a confidential appeal the private chat of its handler, who opens it there.
    """

    session: AsyncSession
    house: House
    now: datetime
    event: AppealEvent
    appeal: Appeal
    office: Room | None

    async def view(self) -> AppealView:
        """Gather what a card shows."""
        house = self.house
        calendar = house.calendar(self.now)
        return await view(self.session, self.appeal, city=house.city, calendar=calendar, now=self.now)

    async def row(self, key: str) -> OutboxMessage | None:
        """Return the newest outbox row of that name."""
        house = self.house
        row_id = await outbox.named(self.session, platform=house.platform, bot=house.bot, key=key)
        return await outbox.get(self.session, row_id) if row_id is not None else None

    async def unit_card_row(self) -> OutboxMessage | None:
        """Return the row of the appeal's card, if it stands in the unit's group of today."""
        row = await self.row(f"card:{self.appeal.id}")
        return row if row and self.office and stands_in(row, self.office) else None

    @property
    def where(self) -> Where | None:
        """Where the unit works on it; None where it does nowhere yet."""
        return Where(self.office.chat_id, self.office.thread_id, protect=True) if self.office else None

    async def fresh_card(self, card: Card) -> list[Say]:
        """Put a new card there, under it what did not fit and what came with it; a confidential one if opened."""
        if self.office is None or self.where is None or not await self.is_open():
            return []
        office, appeal, key = self.office, self.appeal, f"card:{self.appeal.id}"
        left = rest(mask(appeal.text), cards.TEXT_LIMIT)
        says = [
            Say(send_to(office, card), key=key, appeal=appeal.id, role="card"),
            *(Say(send_to(office, Card(part)), reply_to=key, appeal=appeal.id, role="supplement") for part in left),
        ]
        words = await appeals.first_words(self.session, appeal.id)
        if words is not None:
            says += await things_of(self.session, appeal=appeal, words=words, where=self.where, under=key, now=self.now)
        return says

    async def citizens_words(self, said: Utterance, text: str, *, under: int | str | None) -> list[Say]:
        """Pass on what the citizen said and sent."""
        if self.where is None:
            return []
        return await said_with_things(
            self.session,
            appeal=self.appeal,
            words=said,
            text=text,
            where=self.where,
            under=under,
            role="supplement",
            now=self.now,
        )

    async def card_as_it_is(self) -> list[Say]:
        """Bring the card up to date; a lost one of an open appeal is put there anew."""
        row = await self.unit_card_row()
        card = cards.unit_card(await self.view())
        if row is not None:
            return [Say(edit(row.chat_id, card), edit=row.id, appeal=self.appeal.id, role="card")]
        return await self.fresh_card(card) if self.appeal.status in OPEN else []

    async def is_open(self) -> bool:
        """Whether the whole card may be shown there: a confidential one is, once its handler asked for it."""
        asked = self.event.what == OPENED or not self.appeal.confidential
        return asked or await self.unit_card_row() is not None

    async def under_card(self, card: Card, *, role: str = "notice", key: str | None = None) -> list[Say]:
        """Say something under the card."""
        if self.office is None:
            return []
        row = await self.unit_card_row()
        call = send_to(self.office, card)
        return [Say(call, key=key, reply_to=row.id if row else None, appeal=self.appeal.id, role=role)]

    async def utterance(self) -> Utterance | None:
        """Return the words the event is about."""
        found = self.event.details.get("utterance_id")
        return await appeals.utterance(self.session, found) if isinstance(found, int) else None

    async def changed(self, key: str, text: str, *, role: str = "prompt", rows: Rows = ()) -> list[Say]:
        """Put other words and buttons into the message of that name, if there is one."""
        row = await self.row(key)
        if row is None:
            return []
        return [Say(edit(row.chat_id, Card(text, rows)), edit=row.id, appeal=self.appeal.id, role=role)]


async def scene_of(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> Scene | None:
    """Return an event with the place where the unit works that has its appeal; None where no unit has it."""
    appeal = await session.get(Appeal, event.appeal_id) if event.appeal_id else None
    if appeal is None or appeal.department is None:
        return None
    return Scene(session, house, now, event, appeal, await room_of(session, house, appeal))


async def room_of(session: AsyncSession, house: House, appeal: Appeal) -> Room | None:
    """Return where the unit works on the appeal: its group, or the private chat of who handles what is confidential."""
    if appeal.confidential:
        return await handling.of_unit(session, appeal, platform=house.platform, bot=house.bot)
    return await offices.theirs(
        session, platform=house.platform, bot=house.bot, purpose="department", department=appeal.department
    )
