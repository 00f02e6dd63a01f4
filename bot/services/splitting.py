"""Several matters in one message: offered to be split, told one after the other, each filed as an appeal of its own."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching
from bot.services.guessing import Guess, Matter
from storage.domain.words import Urgency
from storage.repositories import attachments, drafts
from storage.tables import Attachment, Draft

_SEVERAL = 2


def matters_of(draft: Draft) -> tuple[Matter, ...]:
    """Return the matters the draft seems to hold; none where it is one."""
    return Guess.from_json(draft.guess).matters


def is_asked(draft: Draft) -> bool:
    """Whether its citizen is asked to split it: once, and not where somebody may be in danger."""
    return draft.whole is None and draft.urgency != Urgency.EXTREME and len(matters_of(draft)) >= _SEVERAL


def keep_whole(draft: Draft) -> None:
    """Note that it is one matter."""
    draft.whole = True


def split(draft: Draft, *, now: datetime) -> None:
    """Leave the first matter in the draft, and let the others wait."""
    first, *others = matters_of(draft)
    draft.text, draft.guess, draft.whole, draft.updated_at = first.text, first.guess.to_json(), True, now
    draft.rest = [asdict(each) for each in others]


async def leave(session: AsyncSession, draft: Draft, things: Sequence[Attachment], *, now: datetime) -> Draft | None:
    """Forget a draft that was filed or given up; return the draft of the next matter that waited behind it, if any.

    It has the place, the telephone number and copies of `things` of the one before: who shows two matters in one
    picture showed both.
    """
    if not draft.rest:
        await drafts.drop(session, draft.person_id)
        return None
    (matter, *others), kept = draft.rest, [attaching.copied(each) for each in things]
    following = await drafts.begin(session, draft.person_id, text=str(matter["text"]), now=now)
    following.guess, following.rest, following.whole = matter["guess"], others, True
    following.place, following.town, following.village = draft.place, draft.town, draft.village
    following.latitude, following.longitude, following.phone = draft.latitude, draft.longitude, draft.phone
    for each in kept:
        await attachments.keep(session, each)
    await attaching.to_draft(session, following, [each.id for each in kept], now=now)
    return following
