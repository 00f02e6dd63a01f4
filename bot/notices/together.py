"""What citizens hear of a matter that several tell: who joins, is merged or owns it now; and each step, all of them."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import citizen as citizen_cards
from bot.cards import together as cards
from bot.cards.card import Card, edit, send
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.notices.citizen import SEEN_ON_THE_CARD
from bot.notices.sending import answer_as_read, signature, to_citizen
from bot.services import gathering
from bot.services.judging import DISPUTED
from bot.services.rating import Outcome
from bot.services.receipts import CATCH_UP_KEY
from bot.texts import dates
from bot.texts.citizen import progress, relayed
from bot.texts.citizen import together as words
from bot.texts.words import STATUSES
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, outbox, people
from storage.tables import Appeal, AppealEvent

#: What happens to one appeal and is told to its citizen, or to who was its citizen.
_OF_ONE: Final = frozenset({Event.JOIN, Event.MERGE, Event.UNMERGE, Event.SPLIT_OFF, Event.OWNER_LEFT})
_COUNTED: Final = frozenset({Event.TAKE_IN, gathering.LET_GO})
_ANSWERED: Final = frozenset({Event.DELIVERED, Event.TOLD_BY_PHONE})
#: What is told to all who stand with the appeal it happens to.
_OF_ALL: Final = frozenset({*SEEN_ON_THE_CARD, *_COUNTED, Event.NOT_DELIVERED, Event.DECLINE, DISPUTED})


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what citizens hear of an event that concerns others' appeals too."""
    if event.appeal_id is None or event.what not in _OF_ONE | _OF_ALL:
        return []
    appeal = await session.get_one(Appeal, event.appeal_id)
    calendar = house.calendar(now)

    async def shown(each: Appeal) -> AppealView:
        return await view(session, each, city=house.city, calendar=calendar, now=now)

    says = await _to_one(session, event, house, await shown(appeal)) if event.what in _OF_ONE | _COUNTED else []
    if event.what in _OF_ALL and appeal.others:
        for each in await gathering.followers(session, appeal):
            says += await _to_follower(session, event, house, await shown(each))
    return says


async def _to_one(session: AsyncSession, event: AppealEvent, house: House, seen: AppealView) -> list[Say]:
    appeal = seen.appeal
    match event.what:
        case Event.JOIN:
            return [_new(seen, cards.joined(seen), role="status", key=f"status:{appeal.id}")]
        case Event.MERGE:
            return [_new(seen, cards.merged(seen)), _live(seen)]
        case Event.UNMERGE:
            return [_new(seen, Card(words.apart_again(number=appeal.number, triage_due=_soon(seen)))), _live(seen)]
        case Event.SPLIT_OFF:
            old = str(event.details["whole"])
            text = words.split_off(old=old, number=appeal.number, title=appeal.title, triage_due=_soon(seen))
            card = Card(text, citizen_cards.progress(seen).rows)
            return [_new(seen, card, role="status", key=f"status:{appeal.id}")]
        case Event.OWNER_LEFT:
            return await _owner_left(session, event, house, seen)
        case _:
            return [_live(seen)]


async def _owner_left(session: AsyncSession, event: AppealEvent, house: House, seen: AppealView) -> list[Say]:
    """Close the card of who left, and give the new owner one; an answer that was on its way goes to them."""
    appeal, key = seen.appeal, f"status:{seen.appeal.id}"
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=key)
    former = await people.get(session, event.person_id or 0)
    left = Card(progress.stands(number=appeal.number, title=appeal.title, status=STATUSES[Status.WITHDRAWN]))
    closed = [Say(edit(former.user_id, left), edit=row_id, role="status")] if row_id is not None else []
    heir = await session.get_one(Appeal, event.details["heir"])
    says = [
        *closed,
        _new(seen, cards.now_yours(seen, number=heir.number)),
        _new(seen, citizen_cards.progress(seen), role="status", key=key),
        _live(await view(session, heir, city=house.city, calendar=seen.calendar, now=seen.now)),
    ]
    answer = await appeals.utterance(session, int(event.details["answer"] or 0))
    if answer is None:
        return says
    return [*says, *await to_citizen(session, house.city, appeal, answer, key=f"{CATCH_UP_KEY}{answer.id}")]


async def _to_follower(session: AsyncSession, event: AppealEvent, house: House, seen: AppealView) -> list[Say]:
    """Bring the card of one who stands with an appeal up to date; the answer, and what ends it, is a new message."""
    appeal, lead = seen.appeal, seen.lead
    if lead is None or event.details.get("told") == appeal.id:
        return []
    news: list[Say] = []
    if event.what in _ANSWERED or event.what == Event.NOT_DELIVERED:
        news = await _answer(session, event, house, seen, lead)
    if event.what in _ANSWERED:
        news.append(_new(seen, cards.ask_solved(appeal), role="rating"))
    elif event.what == Event.REOPEN and event.person_id != appeal.citizen_id:
        news.append(_new(seen, cards.goes_on(lead, appeal)))
    elif event.what == Event.DECLINE:
        reason = mask(str(lead.appeal.declined.get("text") or ""))
        news.append(_new(seen, Card(words.declined(number=appeal.number, reason=reason))))
    elif event.what == DISPUTED:
        return _asked_with_the_second(event, seen)
    return [*news, *([] if event.what == Event.NOT_DELIVERED else [_live(seen)])]


def _asked_with_the_second(event: AppealEvent, seen: AppealView) -> list[Say]:
    """Ask whoever called it unsolved first whether it goes on, now that they are enough."""
    mine = seen.appeal.citizen_outcome == Outcome.UNSOLVED and event.person_id != seen.appeal.citizen_id
    n = int(event.details.get("unsolved") or 0)
    return [_new(seen, cards.ask_go_on(seen.appeal, n=n, again=True), role="rating")] if mine else []


async def _answer(
    session: AsyncSession, event: AppealEvent, house: House, seen: AppealView, lead: AppealView
) -> list[Say]:
    """Send the answer, once, without what came with it."""
    appeal, said = seen.appeal, await appeals.utterance(session, int(event.details.get("utterance_id") or 0))
    if said is None or said.direction != "answer":
        return []
    key = f"answered:{appeal.id}:{said.id}"
    if await outbox.named(session, platform=house.platform, bot=house.bot, key=key) is not None:
        return []
    text = relayed.answer(
        department=lead.department,
        text=mask(answer_as_read(said)),
        signature=await signature(session, said),
        title=appeal.title,
        number=appeal.number,
    )
    return [_new(seen, Card(text), role="answer", key=key)]


def _soon(seen: AppealView) -> str:
    due = seen.appeal.triage_due
    return dates.clock_near(due, seen.now, seen.calendar) if due else ""


def _live(seen: AppealView) -> Say:
    appeal = seen.appeal
    method = edit(seen.citizen.user_id, citizen_cards.progress(seen))
    return Say(method, edit=f"status:{appeal.id}", appeal=appeal.id, role="status")


def _new(seen: AppealView, card: Card, *, role: str = "notice", key: str | None = None) -> Say:
    return Say(send(seen.citizen.user_id, card), key=key, appeal=seen.appeal.id, role=role)
