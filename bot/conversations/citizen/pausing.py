"""A question that comes in between: what was being asked before is remembered and asked again afterwards."""

from datetime import datetime, timedelta
from typing import Final

from aiogram.filters import BaseFilter

from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.taking import Heard
from bot.conversations.turn import Turn

FOLLOW: Final = "follow"
SUPPLEMENT: Final = "supplement"
CONCERN: Final = "concern"
RATING: Final = "rating"
"""Listening for words to the supervisors; to them, after a rating."""
SUPPLIED: Final = "supplied"
_LISTENED_FOR: Final = timedelta(hours=1)
_LISTENED_ON: Final = timedelta(minutes=10)


def ask_for_words(turn: Turn, appeal_id: int, *, to: str = SUPPLEMENT) -> None:
    """Listen for words about an appeal, for an hour; what is being asked, or waits for a decision, is remembered.

    After a rating only for some minutes: what comes later is rather a new matter.
    """
    before = turn.talk.memo.get("before")
    if steps.step_of(turn) or (turn.talk.state == FOLLOW and to != SUPPLEMENT):
        before = [turn.talk.state, turn.talk.memo]
    until = (turn.now + (_LISTENED_ON if to == RATING else _LISTENED_FOR)).isoformat()
    turn.talk.ask(to, appeal=appeal_id, until=until, **({"before": before} if before else {}))


class Listening(BaseFilter):
    """The citizen was asked for words about an appeal, and not so long ago that they mean something else by now."""

    def __init__(self, to: str) -> None:
        self._to = to

    async def __call__(self, _event: object, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal on as `appeal_id`."""
        memo = turn.talk.memo
        if turn.talk.state != self._to or turn.now > datetime.fromisoformat(memo["until"]):
            return False
        return {"appeal_id": int(memo["appeal"])}


def listen_on(turn: Turn, appeal_id: int) -> None:
    """Take what comes in the next minutes for more of what was asked for, unless something else is being asked."""
    if turn.talk.state in {"", SUPPLIED}:
        turn.talk.ask(SUPPLIED, appeal=appeal_id, until=(turn.now + _LISTENED_ON).isoformat())


def listened_for(turn: Turn) -> int | None:
    """Return the appeal for which what comes now is taken for more of what was asked for."""
    memo = turn.talk.memo
    if turn.talk.state != SUPPLIED or turn.now > datetime.fromisoformat(memo["until"]):
        return None
    return int(memo["appeal"])


def resume(turn: Turn) -> None:
    """Go back to what was being asked before."""
    before = turn.talk.memo.get("before")
    if before:
        turn.talk.ask(before[0], **before[1])
    else:
        turn.talk.end()


def kept_words(turn: Turn) -> Heard:
    """Return what the citizen said or sent before the bot asked where it belongs; empty where nothing waits."""
    return Heard.from_memo(turn.talk.memo) if turn.talk.state == FOLLOW else Heard()


async def and_the_form(turn: Turn, card: Card) -> Card:
    """Return the card, followed by the step of the form that is still open."""
    draft = await steps.running(turn) if steps.step_of(turn) else None
    if draft is None:
        return card
    form = steps.card_of(turn, draft)
    return Card(f"{card.text}\n\n{form.text}", form.rows)
