"""What a citizen does next, by what the bot shows: the same for every bot, as all of them ask the same things."""

from collections.abc import Sequence
from dataclasses import dataclass

PLACE = "北王村村小学东门"
FILED = "交上去了"
_ASKS_WHERE = "这件事在什么地方"
_PRESSED = ("提交", "不用保密", "不留,在这里联系", "下一步", "就这些,下一步")


@dataclass(frozen=True)
class Move:
    """Words that are said, or the label of a button that is pressed."""

    words: str = ""
    label: str = ""


def first_words(n: int) -> Move:
    """What citizen `n` says: nobody else says the same."""
    return Move(words=f"第{n:04d}号院子门口,路灯坏了很多天,请派人来修")


def next_move(text: str, labels: Sequence[str]) -> Move | None:
    """Return what the citizen does about this message; None where nothing is asked."""
    pressed = next((label for label in _PRESSED if label in labels), "")
    if pressed:
        return Move(label=pressed)
    return Move(words=PLACE) if _ASKS_WHERE in text else None
