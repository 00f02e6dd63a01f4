"""What is asked before an answer goes."""

from bot.cards.card import Card, Rows, data
from bot.texts import checking as words
from storage.domain.answers import Check, Doubt
from storage.domain.masking import mask
from storage.tables import Utterance


def doubtful(said: Utterance, found: Doubt) -> Card:
    """Ask about what was doubted in a drafted answer, with the ways to go on."""
    match found.check:
        case Check.SHORT:
            return Card(words.short(letters=found.letters), [[_again(said), _anyway(said, found, words.SEND_AS_IT_IS)]])
        case Check.UNFINISHED:
            return Card(words.unfinished(phrase=mask(found.phrase)), _unfinished(said, found))
        case Check.NUMBERS:
            without = (words.WITHOUT_NUMBERS, data("o.cut", said.id))
            return Card(words.OTHERS_NUMBER, [[without, _anyway(said, found, words.WITH_NUMBERS), _again(said)]])


def sent_back(said: Utterance, text: str) -> Card:
    """Return an answer that a supervisor wants mended."""
    return Card(text, [[_again(said)]])


def _unfinished(said: Utterance, found: Doubt) -> Rows:
    return [
        [
            (words.CONTACT_FIRST, data("o.contact", said.appeal_id)),
            (words.PLAN, data("o.defer", said.appeal_id)),
        ],
        [_anyway(said, found, words.DONE_SEND), _again(said)],
    ]


def _again(said: Utterance) -> tuple[str, str]:
    return words.WRITE_AGAIN, data("o.redo", said.id)


def _anyway(said: Utterance, found: Doubt, label: str) -> tuple[str, str]:
    return label, data("o.anyway", said.id, found.check.value)
