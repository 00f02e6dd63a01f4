"""A draft that nobody handed in is looked after: its citizen is asked twice, then the dispatchers have it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import splitting
from bot.services.moving import Actor
from storage.domain import care
from storage.domain.calendar import Calendar
from storage.domain.errors import NotFound
from storage.repositories import attachments, drafts, events, people
from storage.tables import Draft, Person

LEFT: Final = "draft_left"
ASKED: Final = "draft_asked"


class Stage(StrEnum):
    """How far the care of a draft has come; kept as `Draft.care`."""

    TOLD = ""
    REMINDED = "reminded"
    AGAIN = "again"
    SHOWN = "shown"
    ASKED = "asked"


NEXT: Final[Mapping[Stage, Stage]] = {
    Stage.TOLD: Stage.REMINDED,
    Stage.REMINDED: Stage.AGAIN,
    Stage.AGAIN: Stage.SHOWN,
}
_DUE: Final = {
    Stage.TOLD: care.soon_after,
    Stage.REMINDED: care.next_morning,
    Stage.AGAIN: care.half_a_day_after,
}
_WITH_THE_DISPATCHERS: Final = frozenset({Stage.SHOWN, Stage.ASKED})
_LATER: Final = timedelta(minutes=10)


async def last_word(session: AsyncSession, draft: Draft, person: Person) -> datetime:
    """Return when the citizen last did anything in the conversation, or said anything in the draft."""
    talk = await people.conversation(
        session, platform=person.platform, bot=person.bot, chat_id=person.user_id, user_id=person.user_id
    )
    return max(draft.updated_at, talk.updated_at) if talk is not None else draft.updated_at


def is_due(draft: Draft, last: datetime, *, now: datetime, calendar: Calendar) -> bool:
    """Whether the next step is to be taken now; where words came in between, the wait begins anew with the last one."""
    due = _DUE[Stage(draft.care)](last, calendar)
    if due > now:
        draft.care_at = due
    return due <= now


def advance(draft: Draft, *, now: datetime, calendar: Calendar) -> None:
    """Note that the step was taken, and when the next one is to be thought of."""
    draft.care = NEXT[Stage(draft.care)]
    wait = _DUE.get(Stage(draft.care))
    draft.care_at = wait(now, calendar) if wait else None


def put_off(draft: Draft, *, now: datetime) -> None:
    """Think of it again later: the step cannot be taken just now."""
    draft.care_at = now + _LATER


async def shown(session: AsyncSession, draft_id: int) -> tuple[Draft, Person]:
    """Return a draft that is before the dispatchers, locked, and whose it is; raise NotFound."""
    draft = await drafts.locked(session, draft_id)
    if draft is None or draft.care not in _WITH_THE_DISPATCHERS:
        raise NotFound(f"no draft {draft_id} before the dispatchers")
    return draft, await people.get(session, draft.person_id)


async def ask_for_number(session: AsyncSession, draft: Draft, *, dispatcher_id: int, now: datetime) -> bool:
    """Note that the citizen was asked for a number; False where they were before."""
    if draft.care == Stage.ASKED:
        return False
    draft.care = Stage.ASKED
    await events.record(session, ASKED, at=now, actor=Actor.DISPATCHER, person_id=dispatcher_id, draft=draft.id)
    return True


async def leave(session: AsyncSession, draft: Draft, person: Person, *, dispatcher_id: int, now: datetime) -> None:
    """Forget a draft that nobody need look after (不用管); a matter that waits behind it is next."""
    await events.record(session, LEFT, at=now, actor=Actor.DISPATCHER, person_id=dispatcher_id, draft=draft.id)
    await splitting.leave(session, draft, await attachments.of_draft(session, draft.id), now=now)
    await people.end_conversation(session, person)
