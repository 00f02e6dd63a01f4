"""Words after the submission: which appeal they belong to."""

from collections.abc import Sequence

from bot.cards.card import Card, data
from bot.texts.citizen import follow as words
from storage.tables import Appeal

_OFFERED = 3


def which(earlier: Sequence[Appeal]) -> Card:
    """Ask whether the words belong to one of the newest appeals, or are a new matter."""
    offered = earlier[:_OFFERED]
    rows = [[(words.add_to(number=each.number), data("c.add", each.id))] for each in offered]
    text = words.which(appeals=[(each.number, each.title) for each in offered])
    return Card(text, [*rows, [(words.NEW_APPEAL, data("c.new", 0))]])


def ask_words(appeal: Appeal) -> Card:
    """Ask for the words to add."""
    return Card(words.ask_words(number=appeal.number), [[(words.NOT_NOW, data("c.enough", appeal.id))]])
