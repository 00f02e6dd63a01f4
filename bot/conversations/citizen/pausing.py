"""A question that comes in between: what was being asked before is remembered and asked again afterwards."""

from typing import Any, Final

from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.turn import Turn

FOLLOW: Final = "follow"
SUPPLEMENT: Final = "supplement"


def ask_in_between(turn: Turn, state: str, **memo: Any) -> None:
    """Go on at `state`; remember the step of the form, if one is being filled in."""
    before = turn.talk.memo.get("before")
    if steps.step_of(turn):
        before = [turn.talk.state, turn.talk.memo]
    turn.talk.ask(state, **memo, **({"before": before} if before else {}))


def resume(turn: Turn) -> None:
    """Go back to what was being asked before."""
    before = turn.talk.memo.get("before")
    if before:
        turn.talk.ask(before[0], **before[1])
    else:
        turn.talk.end()


def kept_words(turn: Turn) -> str:
    """Return what the citizen said before the bot asked where it belongs; empty where nothing waits."""
    return str(turn.talk.memo.get("text", "")) if turn.talk.state == FOLLOW else ""


async def and_the_form(turn: Turn, card: Card) -> Card:
    """Return the card, followed by the step of the form that is still open."""
    draft = await steps.running(turn) if steps.step_of(turn) else None
    if draft is None:
        return card
    form = steps.card_of(turn, draft)
    return Card(f"{card.text}\n\n{form.text}", form.rows)
