"""What became of a call to the platform, and what that means for the appeal it was about."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import concerns, following_up, settling
from bot.services.asking import not_heard
from bot.services.attaching import BROUGHT
from bot.services.handling import HANDLER_UNREACHABLE
from bot.services.moving import Actor, find, move
from bot.services.placing import lose_chat
from storage.domain import lifecycle
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, events, people, recalls
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, OutboxMessage, Utterance

RELAYED = "relayed"
PHONE_NOT_SHOWN = "phone_not_shown"
REPLY_WITHDRAWN = "reply_withdrawn"
REPLY_STAYED = "reply_stayed"
THINGS_LOST = "things_lost"
CATCH_UP_KEY = "again:"
UNSENDING = "unsending"


async def arrived(session: AsyncSession, row: OutboxMessage, now: datetime) -> None:
    """Note that a call took effect: words meant for the citizen are delivered, an answer is given."""
    if row.role == UNSENDING:
        await _unsent(session, row, REPLY_WITHDRAWN, now)
    if row.utterance_id is None or row.appeal_id is None or not await _all_arrived(session, row):
        return
    appeal = await find(session, row.appeal_id)
    words = await appeals.utterance(session, row.utterance_id)
    if words is None or words.state == "delivered":
        return
    caught_up = (row.key or "").startswith(CATCH_UP_KEY)
    again = appeal.last_reply == "undelivered"
    words.state, appeal.last_reply = "delivered", "delivered"
    if _answers(words, appeal):
        appeal.answered_at, appeal.answer, appeal.stopped_at = now, words.text, None
        following_up.begin(appeal, now=now)
        await _happened(session, appeal, words, Event.DELIVERED, now, caught_up=caught_up, again=again)
    else:
        if words.direction == "answer" and appeal.told_by_phone and appeal.status == Status.ANSWERED:
            following_up.begin(appeal, now=now)
        await _said(session, appeal, words, RELAYED, now, caught_up=caught_up, again=again)
    contact = words.direction == "to_citizen" and lifecycle.may(Status(appeal.status), Event.CONTACT)
    if contact and appeal.contacted_at is None:
        appeal.contacted_at = now
        await _happened(session, appeal, words, Event.CONTACT, now)


async def _all_arrived(session: AsyncSession, row: OutboxMessage) -> bool:
    """Whether everything that goes with this call arrived too: words and pictures may take several."""
    together = await recalls.together(session, row)
    return all(each.state == OutboxState.SENT for each in together)


async def _unsent(session: AsyncSession, row: OutboxMessage, what: str, now: datetime) -> None:
    """Note whether a reply that was taken back is gone from the citizen's chat."""
    words = await appeals.utterance(session, int((row.key or "0").rpartition(":")[2]))
    if words is None or words.state != "withdrawing":
        return
    words.state = "withdrawn" if what == REPLY_WITHDRAWN else "delivered"
    await events.record(session, what, at=now, actor=Actor.SYSTEM, appeal_id=words.appeal_id, utterance_id=words.id)


def _answers(words: Utterance, appeal: Appeal) -> bool:
    """Whether these words, arriving now, are the answer: one of a unit that has the appeal no more is none."""
    theirs = words.direction == "answer" and words.department == appeal.department
    return theirs and lifecycle.may(Status(appeal.status), Event.DELIVERED)


async def not_arrived(
    session: AsyncSession, row: OutboxMessage, *, unreachable: bool, reason: str, now: datetime
) -> None:
    """Note that a call will never take effect; `unreachable`: the chat cannot be written to at all."""
    newly_lost = unreachable and await _lost(session, row, now)
    if row.appeal_id is None:
        return
    if row.utterance_id is not None:
        await _undelivered(session, row, unreachable=unreachable, reason=reason, now=now)
    elif row.role == UNSENDING:
        await _unsent(session, row, REPLY_STAYED, now)
    elif (row.key or "").startswith(BROUGHT) and not unreachable:
        await _things_lost(session, row, now)
    elif row.role == "phone":
        who = row.chat_id
        await events.record(session, PHONE_NOT_SHOWN, at=now, actor=Actor.SYSTEM, appeal_id=row.appeal_id, user_id=who)
    elif row.role == concerns.ANSWERS:
        await settling.not_delivered(session, int((row.key or ":0").rpartition(":")[2]), now=now)
    elif newly_lost and row.chat_id > 0:
        await _handler_missed(session, row, now)


async def _things_lost(session: AsyncSession, row: OutboxMessage, now: datetime) -> None:
    """Note that what a citizen sent did not get into the group: the platform did not take it."""
    words = int((row.key or "").split(":")[1])
    said = await appeals.utterance(session, words)
    if said is not None and said.direction == concerns.TO_SUPERVISORS:
        return  # whoever hears of lost things is not to hear of these
    details = {"appeal_id": row.appeal_id, "utterance_id": words}
    await events.record(session, THINGS_LOST, at=now, actor=Actor.SYSTEM, **details)


async def _undelivered(
    session: AsyncSession, row: OutboxMessage, *, unreachable: bool, reason: str, now: datetime
) -> None:
    appeal = await find(session, row.appeal_id or 0)
    words = await appeals.utterance(session, row.utterance_id or 0)
    if words is None or words.state in {"delivered", "undelivered"}:
        return
    words.state, appeal.last_reply = "undelivered", "undelivered"
    await not_heard(session, appeal, words, now=now)
    details = {"unreachable": unreachable, "reason": reason[:200]}
    if lifecycle.may(Status(appeal.status), Event.NOT_DELIVERED):
        await _happened(session, appeal, words, Event.NOT_DELIVERED, now, **details)
    else:
        await _said(session, appeal, words, Event.NOT_DELIVERED, now, **details)


async def _handler_missed(session: AsyncSession, row: OutboxMessage, now: datetime) -> None:
    """Note that whoever handles a confidential appeal cannot be written to; its citizen is none of them."""
    appeal = await session.get(Appeal, row.appeal_id)
    person = await people.find(session, platform=row.platform, bot=row.bot, user_id=row.chat_id)
    if appeal is None or person is None or not appeal.confidential or person.id == appeal.citizen_id:
        return
    await events.record(
        session, HANDLER_UNREACHABLE, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, user_id=row.chat_id
    )


async def _lost(session: AsyncSession, row: OutboxMessage, now: datetime) -> bool:
    """Remember a person who cannot be reached, return whether that is news; close a group that put the bot out."""
    if row.chat_id > 0:
        person = await people.find(session, platform=row.platform, bot=row.bot, user_id=row.chat_id)
        news = person is not None and person.unreachable_since is None
        if person is not None and news:
            person.unreachable_since = now
        return news
    # A group may forbid reactions or edits and still take messages.
    if row.method.startswith("send"):
        await lose_chat(session, platform=row.platform, bot=row.bot, chat_id=row.chat_id, now=now)
    return False


async def _happened(
    session: AsyncSession, appeal: Appeal, words: Utterance, event: Event, now: datetime, **details: object
) -> None:
    await move(
        session, appeal, event, actor=Actor.SYSTEM, person_id=words.person_id, now=now, utterance_id=words.id, **details
    )


async def _said(
    session: AsyncSession, appeal: Appeal, words: Utterance, what: str, now: datetime, **details: object
) -> None:
    await events.record(
        session,
        what,
        at=now,
        actor=Actor.SYSTEM,
        appeal_id=appeal.id,
        person_id=words.person_id,
        utterance_id=words.id,
        **details,
    )
