"""What is heard of help for the lead (会办): the other unit's card, and what the lead hears of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import assisting as cards
from bot.cards.card import Card, Room, edit, send_to
from bot.delivery.say import Say
from bot.house import House
from bot.notices.bringing import said_with_things
from bot.notices.scene import Scene, scene_of
from bot.services.assisting import LATE
from bot.services.deciding import name_of
from bot.services.handling import STAFF, Handler
from bot.services.moving import ASSIST_OFF
from bot.texts import assisting as words
from bot.texts.fitting import fit
from bot.texts.words import STATUSES
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.repositories import assists, handlers, offices, outbox
from storage.tables import AppealEvent, Assist

_ASSIST, _INSIDE = "assist", "inside"


@dataclass(frozen=True)
class _Help:
    """One event of what a unit is asked to do: the scene in the unit that leads, and who is asked what."""

    scene: Scene
    asked: Assist

    @property
    def number(self) -> str:
        return self.scene.appeal.number

    @property
    def unit(self) -> str:
        """The helping unit's name."""
        found = self.scene.house.city.department(self.asked.department)
        return found.name if found else ""

    async def who(self) -> str:
        """Return who acted, by name."""
        return await name_of(self.scene.session, self.scene.event.person_id)

    async def room(self) -> Room | None:
        """Return where the helping unit works on it: its group, or its handler's chat where it is confidential."""
        session, house, unit = self.scene.session, self.scene.house, self.asked.department
        if self.scene.appeal.confidential:
            named = await handlers.named(session, platform=house.platform, bot=house.bot, role=STAFF, department=unit)
            return Handler(named[0], named[1].user_id) if named is not None else None
        return await offices.theirs(
            session, platform=house.platform, bot=house.bot, purpose="department", department=unit
        )

    async def there(self, card: Card) -> list[Say]:
        """Put another card in the place of the helping unit's, wherever it stands."""
        house, key = self.scene.house, f"assist:{self.asked.id}"
        rows = await outbox.standing(self.scene.session, platform=house.platform, bot=house.bot, key=key)
        return [Say(edit(row.chat_id, card), edit=row.id, appeal=self.scene.appeal.id, role=_ASSIST) for row in rows]

    async def said_there(self, text: str) -> list[Say]:
        """Say something under the helping unit's card."""
        room, key = await self.room(), f"assist:{self.asked.id}"
        if room is None:
            return []
        return [Say(send_to(room, Card(text)), reply_to=key, appeal=self.scene.appeal.id, role=_ASSIST)]

    async def with_the_lead(self, text: str) -> list[Say]:
        """Put other words into what told the lead that the unit was asked."""
        return await self.scene.changed(f"invited:{self.asked.id}", text, role=_INSIDE)


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the lead and the helping unit hear of an event."""
    tell, number = _HEARD.get(event.what), str(event.details.get("assist") or "")
    if tell is None or not number.isdecimal():
        return []
    scene, asked = await scene_of(session, event, house, now=now), await assists.get(session, int(number))
    return await tell(_Help(scene, asked)) if scene is not None and asked is not None else []


async def _invited(help_: _Help) -> list[Say]:
    """Put the card before the helping unit."""
    room = await help_.room()
    if room is None:
        return []
    key, seen = f"assist:{help_.asked.id}", await help_.scene.view()
    card = cards.card(seen, help_.asked, department=help_.unit, staff="")
    return [Say(send_to(room, card), key=key, appeal=help_.scene.appeal.id, role=_ASSIST)]


async def _taken(help_: _Help) -> list[Say]:
    seen, staff = await help_.scene.view(), await help_.who()
    card = cards.card(seen, help_.asked, department=help_.unit, staff=staff)
    told_lead = words.taken(to=help_.unit, staff=staff, due=cards.due_words(seen, help_.asked.due))
    return [*await help_.there(card), *await help_.with_the_lead(told_lead)]


async def _declined(help_: _Help) -> list[Say]:
    reason = fit(str(help_.scene.event.details.get("words") or ""), 500)
    here = words.declined_here(number=help_.number, staff=await help_.who(), reason=reason)
    told_lead = words.declined(number=help_.number, to=help_.unit, reason=reason)
    return [
        *await help_.there(Card(here)),
        *await help_.with_the_lead(words.declined_there(to=help_.unit)),
        *await help_.scene.under_card(Card(told_lead), role=_INSIDE),
    ]


async def _answered(help_: _Help) -> list[Say]:
    here = words.settled(number=help_.number, staff=await help_.who())
    told_lead = words.answered(number=help_.number, to=help_.unit)
    return [
        *await help_.there(Card(here)),
        *await help_.with_the_lead(words.done_there(to=help_.unit)),
        *await help_.scene.under_card(Card(told_lead), role=_INSIDE),
    ]


async def _said(help_: _Help) -> list[Say]:
    """Show the lead what the helping unit says, with what it sent."""
    scene, said = help_.scene, await help_.scene.utterance()
    if said is None or scene.where is None:
        return []
    row = await scene.unit_card_row()
    text = words.said(number=help_.number, to=help_.unit, staff=await help_.who(), text=fit(mask(said.text)))
    return await said_with_things(
        scene.session,
        appeal=scene.appeal,
        words=said,
        text=text,
        where=scene.where,
        under=row.id if row else None,
        role=_INSIDE,
        now=scene.now,
    )


async def _late(help_: _Help) -> list[Say]:
    """Remind the helping unit, and let the lead know that it still waits."""
    due = cards.due_words(await help_.scene.view(), help_.asked.due)
    lead = (await help_.scene.view()).department
    return [
        *await help_.said_there(words.late(number=help_.number, lead=lead, due=due)),
        *await help_.scene.under_card(Card(words.late_to_lead(number=help_.number, to=help_.unit)), role=_INSIDE),
    ]


async def _off(help_: _Help) -> list[Say]:
    """Tell both that no help is wanted any more."""
    seen = await help_.scene.view()
    status = STATUSES[Status(help_.scene.appeal.status)]
    why = words.why_off(how=str(help_.scene.event.details.get("by")), lead=seen.department, status=status)
    text = words.off(number=help_.number, why=why)
    return [
        *await help_.there(Card(text)),
        *await help_.said_there(text),
        *await help_.with_the_lead(words.off_there(to=help_.unit)),
    ]


_HEARD: Mapping[str, Callable[[_Help], Awaitable[list[Say]]]] = {
    Event.INVITE: _invited,
    Event.ASSIST_TAKEN: _taken,
    Event.ASSIST_DECLINED: _declined,
    Event.ASSIST_ANSWERED: _answered,
    Event.NOTE: _said,
    ASSIST_OFF: _off,
    LATE: _late,
}
