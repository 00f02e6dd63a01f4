"""Before the submission: is it what somebody else has told already? Then one may join them (我也遇到了)."""

from bot.cards import together as cards
from bot.cards.card import Card
from bot.cards.view import AppealView, view
from bot.conversations.citizen.steps import Step, parts_of
from bot.conversations.citizen.taking import remember
from bot.conversations.turn import Turn
from bot.services.joining import join, may_join, offered
from bot.services.moving import find
from bot.services.submitting import Filing
from bot.texts.words import files_words
from storage.domain.errors import NotFound
from storage.repositories import attachments
from storage.tables import Appeal, Draft


async def alike(turn: Turn, draft: Draft) -> AppealView | None:
    """Return the open appeal that a draft seems to tell once more, where its person may join it."""
    found = await turn.house.find_alike(turn.session, draft) if draft.text.strip() else ()
    lead = await offered(turn.session, draft, found)
    return await _seen(turn, lead) if lead is not None else None


def ask(turn: Turn, draft: Draft, seen: AppealView) -> Card:
    """Ask whether it is the same matter; what was asked is kept with the conversation."""
    text = cards.offer_words(seen)
    turn.talk.ask(Step.ALIKE, parts=parts_of(turn), alike=seen.appeal.id, offer=text)
    return cards.offer(draft, text)


async def joined(turn: Turn, draft: Draft) -> bool:
    """Let the draft join what was offered; False where that takes nobody in any more."""
    lead = await _offered_before(turn)
    if lead is None or not await may_join(turn.session, lead, draft):
        return False
    parts = parts_of(turn)
    house = turn.house
    filing = Filing(turn.now, turn.city, turn.calendar, house.platform, house.draw, files_words(draft.files))
    appeal = await join(turn.session, person=turn.person, draft=draft, lead_id=lead.id, filing=filing, parts=parts)
    things = await attachments.of_appeal(turn.session, appeal.id)
    await remember(turn, appeal, parts, [each.id for each in things])
    return True


async def _offered_before(turn: Turn) -> Appeal | None:
    try:
        return await find(turn.session, int(turn.talk.memo.get("alike") or 0))
    except NotFound:
        return None


async def _seen(turn: Turn, appeal: Appeal) -> AppealView:
    return await view(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)
