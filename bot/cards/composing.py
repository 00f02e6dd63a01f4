"""The small messages under a card while staff write: questions, previews, and what holds a reply back."""

from collections.abc import Mapping, Sequence

from bot.cards.card import Card, Rows, data
from bot.services.relaying import Manner
from bot.texts import assisting, confidential, plans, transfers
from bot.texts import office as words
from bot.texts.words import VERDICTS
from storage.domain.masking import mask
from storage.tables import Utterance


def held(utterance_id: int, *, seconds: float, private: bool = False) -> Card:
    """Return what a reply says of itself while it waits; `private`: it was written in a handler's own chat."""
    rows = [
        [
            (words.SEND_NOW, data("o.now", utterance_id)),
            (words.DO_NOT_SEND, data("o.dont", utterance_id)),
            (confidential.MAKE_A_NOTE if private else words.MAKE_A_NOTE, data("o.note", utterance_id)),
        ]
    ]
    return Card(words.held(seconds=seconds), rows)


def delivered_rows(said: Utterance) -> Rows:
    """Offer to take back a reply that has arrived; an answer stays, and so does a question."""
    stays = said.direction != "to_citizen" or said.manner == Manner.QUESTION
    return () if stays else [[(words.UNSEND, data("o.unsend", said.id))]]


def to_a_colleague(utterance_id: int, text: str) -> Card:
    """Ask whether words that seem meant for a colleague should go out."""
    rows = [[(words.SEND_ANYWAY, data("o.send", utterance_id)), (words.KEEP_INSIDE, data("o.note", utterance_id))]]
    return Card(text, rows)


def private_number(utterance_id: int) -> Card:
    """Ask what to do with words that hold a private number."""
    rows = [
        [
            (words.WITHOUT_NUMBERS, data("o.strip", utterance_id)),
            (words.AS_IT_IS, data("o.asis", utterance_id)),
            (words.DO_NOT_SEND, data("o.dont", utterance_id)),
        ]
    ]
    return Card(words.PRIVATE_NUMBER, rows)


def outcomes(appeal_id: int, *, number: str, user_id: int) -> Card:
    """Ask how it went."""
    plan = (words.OUTCOMES["planned"], data("o.defer", appeal_id))
    buttons = [
        plan if key == "planned" else (label, data("o.result", appeal_id, key)) for key, label in words.OUTCOMES.items()
    ]
    return Card(words.how_did_it_go(number=number), [buttons[:2], buttons[2:], _stop(appeal_id, user_id)])


def verdicts(appeal_id: int, *, number: str, user_id: int) -> Card:
    """Ask what becomes of a suggestion."""
    rows = [*_pairs("o.result", appeal_id, VERDICTS), _stop(appeal_id, user_id)]
    return Card(words.adopted_or_not(number=number), rows)


def write_answer(appeal_id: int, *, outcome: str, user_id: int, can_repeat: bool) -> Card:
    """Ask for the answer's text."""
    text = words.ask_for_answer(outcome)
    last = [(words.LAST_REPLY, data("o.last", appeal_id, outcome))] if can_repeat else []
    phrase = (words.USE_A_PHRASE, data("o.canned", appeal_id, outcome))
    return Card(text, [[*last, phrase], _stop(appeal_id, user_id)])


def choose_phrase(appeal_id: int, *, phrases: Sequence[tuple[int, str]], outcome: str, user_id: int) -> Card:
    """Offer the unit's sentences, each by its name."""
    buttons = [(name, data("o.phrase", appeal_id, f"{outcome}.{number}")) for number, name in phrases]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return Card(words.WHICH_PHRASE, [*rows, _stop(appeal_id, user_id)])


def write_relay(appeal_id: int, text: str, *, user_id: int) -> Card:
    """Ask for one sentence to the citizen."""
    return Card(text, [_stop(appeal_id, user_id)])


def preview(utterance_id: int, *, answer: str, files: str, has_number: bool) -> Card:
    """Show an answer as it will go; only the private numbers in it are starred here."""
    rows = [
        [
            (words.SEND, data("o.out", utterance_id)),
            (words.WRITE_AGAIN, data("o.redo", utterance_id)),
            (words.CANCEL, data("o.drop", utterance_id)),
        ]
    ]
    warning = words.PREVIEW_WARNING if has_number else ""
    return Card(words.preview(answer=mask(answer), files=files, warning=warning), rows)


def more(appeal_id: int, *, number: str, concludable: bool = False) -> Card:
    """Offer the rarer acts; `concludable`: it was reopened so often that an end may be asked for."""
    phone = (words.SEE_PHONE, data("o.phone", appeal_id, "here"))
    rows = [
        [
            (plans.EXTEND, data("o.extend", appeal_id)),
            (plans.DEFER, data("o.defer", appeal_id)),
            (assisting.ESCALATE, data("o.escalate", appeal_id)),
        ],
        [(transfers.HAND_OVER, data("o.hand", appeal_id)), phone, (words.CHANGE_KIND, data("o.kind", appeal_id))],
        [(transfers.OFFER, data("o.offer", appeal_id)), (assisting.CHANGE_CLASS, data("o.class", appeal_id))],
        *([[(plans.CONCLUDE, data("o.conclude", appeal_id))]] if concludable else []),
        [(words.OUTCOMES["impossible"], data("o.cannot", appeal_id)), (words.BACK, data("o.back", appeal_id))],
    ]
    return Card(words.more(number=number), rows)


def more_after(appeal_id: int, *, number: str, until: str, classes: bool) -> Card:
    """Say what is still possible once it is answered; `until`: the day to which words go, empty for no end."""
    change = [(assisting.CHANGE_CLASS, data("o.class", appeal_id))] if classes else []
    return Card(words.more_after(number=number, until=until), [[*change, (words.BACK, data("o.back", appeal_id))]])


def why_phone(appeal_id: int, *, user_id: int) -> Card:
    """Ask what the number is wanted for."""
    return Card(words.WHY_PHONE, [*_pairs("o.show", appeal_id, words.PHONE_REASONS), _stop(appeal_id, user_id)])


def _pairs(verb: str, appeal_id: int, labels: Mapping[str, str]) -> Rows:
    buttons = [(label, data(verb, appeal_id, key)) for key, label in labels.items()]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _stop(appeal_id: int, user_id: int) -> list[tuple[str, str]]:
    return [(words.CANCEL, data("o.stop", appeal_id, str(user_id)))]
