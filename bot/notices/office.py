"""What a unit's group hears of an event: cards, and what the citizen did."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiogram.methods import SetMessageReaction
from aiogram.types import ReactionTypeEmoji
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import office as cards
from bot.cards.card import Card, edit, send_to
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.services.receipts import PHONE_NOT_SHOWN, RELAYED
from bot.texts import office as words
from bot.texts.fitting import fit, rest
from bot.texts.triage import RETURN_REFUSALS
from storage.domain.lifecycle import OPEN
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.repositories import appeals, offices, outbox, people
from storage.tables import Appeal, AppealEvent, Office, OutboxMessage, Utterance

_THUMB = "\N{THUMBS UP SIGN}"


@dataclass(frozen=True)
class Scene:
    """One event, the appeal it is about, and the group of the unit that has it now (None: it has no group)."""

    session: AsyncSession
    house: House
    now: datetime
    event: AppealEvent
    appeal: Appeal
    office: Office | None

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
        return row if row and self.office and row.chat_id == self.office.chat_id else None

    def fresh_card(self, card: Card) -> list[Say]:
        """Put a new card into the group, and under it what did not fit on it."""
        if self.office is None:
            return []
        office, appeal_id, key = self.office, self.appeal.id, f"card:{self.appeal.id}"
        left = rest(mask(self.appeal.text), cards.TEXT_LIMIT)
        return [
            Say(send_to(office, card), key=key, appeal=appeal_id, role="card"),
            *(Say(send_to(office, Card(part)), reply_to=key, appeal=appeal_id, role="supplement") for part in left),
        ]

    async def card_as_it_is(self) -> list[Say]:
        """Bring the card up to date; a lost one of an open appeal is put there anew."""
        row = await self.unit_card_row()
        card = cards.unit_card(await self.view())
        if row is not None:
            return [Say(edit(row.chat_id, card), edit=row.id, appeal=self.appeal.id, role="card")]
        return self.fresh_card(card) if self.appeal.status in OPEN else []

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

    async def changed(self, key: str, text: str, *, role: str = "prompt") -> list[Say]:
        """Put other words, and no buttons, into the message of that name, if there is one."""
        row = await self.row(key)
        if row is None:
            return []
        return [Say(edit(row.chat_id, Card(text)), edit=row.id, appeal=self.appeal.id, role=role)]


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the unit's group hears of an event."""
    tell = _HEARD.get(event.what)
    appeal = await session.get(Appeal, event.appeal_id) if tell and event.appeal_id else None
    if tell is None or appeal is None or appeal.department is None:
        return []
    office = await offices.of(
        session, platform=house.platform, bot=house.bot, purpose="department", department=appeal.department
    )
    return await tell(Scene(session, house, now, event, appeal, office))


async def _dispatched(scene: Scene) -> list[Say]:
    return scene.fresh_card(cards.unit_card(await scene.view()))


async def _claimed(scene: Scene) -> list[Say]:
    return await scene.card_as_it_is()


async def _praised(scene: Scene) -> list[Say]:
    return scene.fresh_card(cards.praise_card(await scene.view()))


async def _supplemented(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    text = fit(mask(said.text)) if said else ""
    return await scene.under_card(Card(words.supplement(number=scene.appeal.number, text=text)), role="supplement")


async def _relayed(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    if said is None:
        return []
    says = await scene.changed(f"hold:{said.id}", words.DELIVERED)
    if said.source_chat and said.source_message and said.direction == "to_citizen":
        reaction = SetMessageReaction(
            chat_id=said.source_chat, message_id=said.source_message, reaction=[ReactionTypeEmoji(emoji=_THUMB)]
        )
        says.append(Say(reaction))
    if scene.event.details.get("again"):
        says += await scene.card_as_it_is()
    return says + await _caught_up(scene)


async def _answer_arrived(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    text = words.answered(number=scene.appeal.number)
    if scene.event.details.get("caught_up"):
        return await scene.card_as_it_is() + await _caught_up(scene)
    writer = await people.get(scene.session, said.person_id) if said and said.person_id else None
    changed = await scene.changed(f"compose:{scene.appeal.id}:{writer.user_id}", text) if writer else []
    return (changed or await scene.under_card(Card(text))) + await scene.card_as_it_is()


async def _caught_up(scene: Scene) -> list[Say]:
    if not scene.event.details.get("caught_up"):
        return []
    return await scene.under_card(Card(words.caught_up(number=scene.appeal.number)))


async def _not_arrived(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    left = bool(scene.event.details.get("unreachable"))
    says = await scene.under_card(cards.undelivered_card(await scene.view(), left=left))
    if said is not None and said.direction == "answer":
        writer = await people.get(scene.session, said.person_id) if said.person_id else None
        says += await scene.changed(f"compose:{scene.appeal.id}:{writer.user_id}", words.UNDELIVERED) if writer else []
    elif said is not None:
        says += await scene.changed(f"hold:{said.id}", words.UNDELIVERED)
    return says + await scene.card_as_it_is()


async def _rated(scene: Scene) -> list[Say]:
    notice = await scene.under_card(Card(await _verdict(scene)), key=f"rated:{scene.appeal.id}")
    return notice + await scene.card_as_it_is()


async def _satisfied(scene: Scene) -> list[Say]:
    return await scene.changed(f"rated:{scene.appeal.id}", await _verdict(scene), role="notice")


async def _verdict(scene: Scene) -> str:
    appeal = scene.appeal
    solved = {"solved": True, "unsolved": False}.get(appeal.citizen_outcome or "")
    outcome = words.outcome(solved=solved, satisfaction=appeal.satisfaction)
    claimant = (await scene.view()).claimant
    staff = claimant.name if claimant else ""
    return words.rated(number=appeal.number, outcome=outcome, staff=staff, solved=solved is not False)


async def _reopened(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    words_said = said.text if said else str(scene.event.details.get("words") or "")
    return scene.fresh_card(cards.reopened_card(await scene.view(), words_said))


async def _withdrawn(scene: Scene) -> list[Say]:
    notice = await scene.under_card(Card(words.withdrawn(number=scene.appeal.number)))
    return notice + await scene.card_as_it_is()


async def _returned(scene: Scene) -> list[Say]:
    """Close the old unit's card with a word where it went, and give the new unit its own."""
    old = await scene.row(f"card:{scene.appeal.id}")
    unit = scene.house.city.department(scene.appeal.department or "")
    gone = words.return_agreed(number=scene.appeal.number, new=unit.name if unit else "")
    closing = [Say(edit(old.chat_id, Card(gone)), edit=old.id, appeal=scene.appeal.id, role="card")] if old else []
    return closing + await _dispatched(scene)


async def _return_refused(scene: Scene) -> list[Say]:
    seen = await scene.view()
    reason = RETURN_REFUSALS.get(str(scene.event.details.get("reason")), "")
    number, department, due = scene.appeal.number, seen.department, cards.due_day(seen)
    text = words.return_refused(number=number, department=department, reason=reason, due=due)
    return await scene.under_card(Card(text))


async def _phone_not_shown(scene: Scene) -> list[Say]:
    house, details = scene.house, scene.event.details
    user_id = int(details.get("user_id") or 0)
    person = await people.find(scene.session, platform=house.platform, bot=house.bot, user_id=user_id)
    roles = await offices.roles(scene.session, person.id) if person else ()
    name = next((each.name for each in roles if each.department == scene.appeal.department), "")
    return await scene.under_card(Card(words.phone_not_shown(staff=name)))


_HEARD: Mapping[str, Callable[[Scene], Awaitable[list[Say]]]] = {
    Event.SUBMIT_SURE: _dispatched,
    Event.ASSIGN: _dispatched,
    "card_wanted": _dispatched,
    Event.RETURN_AGREED: _returned,
    "return_refused": _return_refused,
    Event.SUBMIT_PRAISE: _praised,
    Event.CLAIM: _claimed,
    Event.SUPPLEMENT: _supplemented,
    RELAYED: _relayed,
    Event.DELIVERED: _answer_arrived,
    Event.NOT_DELIVERED: _not_arrived,
    Event.RATE_SOLVED: _rated,
    Event.RATE_UNSOLVED: _rated,
    "satisfaction": _satisfied,
    Event.REOPEN: _reopened,
    Event.WITHDRAW: _withdrawn,
    PHONE_NOT_SHOWN: _phone_not_shown,
}
