"""Every message of a citizen is looked at for danger: where there is some, what to do is said before anything else."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import Message, TelegramObject

from bot.cards import citizen as cards
from bot.cards import danger as danger_cards
from bot.cards.card import Card, send_to
from bot.conversations.citizen.following import passed_on
from bot.conversations.citizen.pausing import FOLLOW, kept_words, resume
from bot.conversations.citizen.speaking import say
from bot.conversations.citizen.starting import begin
from bot.conversations.citizen.taking import Heard, note_parts
from bot.conversations.contents import words_of
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import alarming, drafting
from bot.services.binding import Purpose
from bot.services.concerns import MORE
from bot.services.guessing import OpinionNeeded
from bot.services.moving import Actor
from bot.services.supplementing import may_supplement
from bot.texts import triage as words
from bot.texts.fitting import fit
from storage.domain.dangers import Alarm, Danger
from storage.domain.errors import InputRefused, Refused
from storage.domain.lifecycle import OPEN
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.repositories import drafts, events, offices
from storage.tables import Appeal, AppealEvent, DangerCase, Draft

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[list[Spoken]]]


async def danger_looked_for(handler: Handler, event: TelegramObject, given: dict[str, Any]) -> list[Spoken]:
    """Let the handler keep the words where they belong; where they tell of danger, say something else than it does.

    The classifier is not waited for then: what it is needed for is asked again later.
    """
    turn: Turn = given["turn"]
    text = words_of(event) if isinstance(event, Message) else ""
    alarm = turn.house.find_danger(text) if text else None
    if alarm is None or not isinstance(event, Message):
        return [*await handler(event, given), *await _said_on(turn, text)]
    needed: OpinionNeeded | None = None
    spoken: list[Spoken] = []
    try:
        spoken = await handler(event, given)
    except OpinionNeeded as missing:
        needed = missing
    except Refused:
        pass  # the words are kept below; what to do in danger matters more than why they were not taken
    kept = await _kept(turn, text)
    case = await _raised(turn, kept or await _draft_with(turn, text, event.message_id), alarm)
    if case is not None:
        return [*await _at_once(turn, case), *await _said_on(turn, text, again=len(case.told) > 1)]
    if needed is not None:
        raise needed
    return [*spoken, *await _said_on(turn, text)]


async def _kept(turn: Turn, text: str) -> AppealEvent | Draft | None:
    """Return what the words were taken to by the handler; words that wait for a decision wait no longer."""
    if event := _happened(turn):
        return event
    if turn.talk.state == FOLLOW:
        case = await alarming.running(turn.session, turn.person.id, now=turn.now)
        appeal = await turn.session.get(Appeal, case.appeal_id) if case and case.appeal_id else None
        if appeal is not None and may_supplement(appeal, now=turn.now):
            waiting = kept_words(turn)
            resume(turn)
            await passed_on(turn, appeal.id, waiting)
            return _happened(turn)
        await begin(turn)
    draft = await drafts.of_person(turn.session, turn.person.id)
    return draft if draft is not None and text in draft.text else None


async def _draft_with(turn: Turn, text: str, message_id: int) -> Draft:
    """Add the words to the draft, whatever was being asked; a draft that is full is a draft all the same."""
    try:
        draft = await drafting.hear(turn.session, person_id=turn.person.id, text=text, now=turn.now)
    except InputRefused:
        return await drafts.of_person(turn.session, turn.person.id) or await drafts.begin(
            turn.session, turn.person.id, text=text[: drafting.LONGEST_TEXT], now=turn.now
        )
    note_parts(turn, Heard(text, (), {str(message_id): text}))
    turn.talk.changed = turn.talk.changed or bool(turn.talk.state)
    return draft


async def _raised(turn: Turn, kept: AppealEvent | Draft, alarm: Alarm) -> DangerCase | None:
    session, now = turn.session, turn.now
    if isinstance(kept, Draft):
        return await alarming.raise_for_draft(session, draft=kept, alarm=alarm, draw=turn.house.draw, now=now)
    if kept.what in {Event.CONCERN, MORE}:
        words = {"appeal_id": kept.appeal_id or 0, "utterance_id": int(kept.details.get("utterance_id", 0))}
        return await alarming.raise_for_words(session, **words, alarm=alarm, now=now)
    return await alarming.raise_for_appeal(
        session,
        appeal_id=kept.appeal_id or 0,
        utterance_id=kept.details.get("utterance_id"),
        alarm=alarm,
        now=now,
        city=turn.city,
    )


async def _at_once(turn: Turn, case: DangerCase) -> list[Spoken]:
    """Say what to do; of an open appeal, that it is an emergency from now on."""
    told = say(turn, danger_cards.sentence(case.id, Danger(case.danger), turn.city))
    appeal = await turn.session.get(Appeal, case.appeal_id) if case.appeal_id else None
    if appeal is None or appeal.status not in OPEN:
        return [told]
    return [told, say(turn, cards.registered(appeal), appeal=appeal.id, role="notice")]


async def _said_on(turn: Turn, text: str, *, again: bool = True) -> list[Say]:
    """Pass on to the dispatchers what somebody in danger says in the next hour."""
    case = await alarming.running(turn.session, turn.person.id, now=turn.now) if text and again else None
    office = None
    if case is not None and not await _is_theirs_anyway(turn, case):
        house = turn.house
        office = await offices.theirs(turn.session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)
    if case is None or office is None:
        return []
    card = Card(words.said_on(alias=case.alias, text=fit(mask(text))))
    return [Say(send_to(office, card), reply_to=f"danger:{case.id}", appeal=case.appeal_id, role="danger")]


async def _is_theirs_anyway(turn: Turn, case: DangerCase) -> bool:
    """Whether the dispatchers hear the words in another way, or may not read them in the group."""
    draft = await drafts.get(turn.session, case.draft_id) if case.draft_id else None
    appeal = await alarming.appeal_of(turn.session, case)
    if (draft and draft.confidential) or (appeal and appeal.confidential):
        return True
    event = _happened(turn)
    return appeal is not None and event is not None and appeal.status == Status.PENDING_TRIAGE


def _happened(turn: Turn) -> AppealEvent | None:
    """Return what the handler recorded of an appeal of this citizen."""
    mine = (
        each
        for each in events.fresh(turn.session)
        if each.appeal_id and each.actor == Actor.CITIZEN and each.person_id == turn.person.id
    )
    return next(mine, None)
