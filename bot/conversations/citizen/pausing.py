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
_LISTENED_FOR: Final = timedelta(hours=1)


def ask_for_words(turn: Turn, appeal_id: int) -> None:
    """Listen for words to an appeal, for an hour; remember the step of the form, if one is being filled in."""
    before = turn.talk.memo.get("before")
    if steps.step_of(turn):
        before = [turn.talk.state, turn.talk.memo]
    until = (turn.now + _LISTENED_FOR).isoformat()
    turn.talk.ask(SUPPLEMENT, appeal=appeal_id, until=until, **({"before": before} if before else {}))


class Supplementing(BaseFilter):
    """The citizen was asked for words to an appeal, and not so long ago that they mean something else by now."""

    async def __call__(self, _event: object, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal on as `appeal_id`."""
        memo = turn.talk.memo
        if turn.talk.state != SUPPLEMENT or turn.now > datetime.fromisoformat(memo["until"]):
            return False
        return {"appeal_id": int(memo["appeal"])}


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
