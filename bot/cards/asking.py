"""请补充 as words and buttons: what staff write it with, and what the citizen answers it by."""

from bot.cards.card import Card, Rows, data
from bot.texts import asking as words
from bot.texts import office
from bot.texts.citizen import relayed
from storage.domain.deadlines import LONGEST_PAUSE
from storage.domain.masking import mask

_ALL = range(len(words.CHECKLIST))


def question(appeal_id: int, *, department: str, text: str, files: str, until: str) -> Card:
    """Return a unit's question as the citizen reads it; `until`: the day it is waited for, empty where it is not."""
    asked = relayed.question(department=department, text=text, files=files, until=until)
    rows = _of_a_list(appeal_id) if words.is_list(text) else [[*_cannot(appeal_id), _unclear(appeal_id)]]
    return Card(asked, rows if until else ())


def lacks(appeal_id: int) -> tuple[str, str]:
    """Return the button with which a citizen says that they have nothing to give."""
    return words.NOT_MINE, data("c.lack", appeal_id, "none")


def what_is_missing(appeal_id: int, *, user_id: int) -> Card:
    """Ask what the citizen is to add."""
    own = (words.MY_OWN, data("o.askown", appeal_id))
    rows = [[(words.FROM_LIST, data("o.asklist", appeal_id, "0")), own, _stop(appeal_id, user_id)]]
    return Card(words.what_is_missing(days=LONGEST_PAUSE), rows)


def too_late(appeal_id: int, *, text: str, user_id: int) -> Card:
    """Say that a supervisor must agree now, and offer to ask one."""
    return Card(text, [[(words.ASK_SUPERVISOR, data("o.askown", appeal_id)), _stop(appeal_id, user_id)]])


def in_words(appeal_id: int, *, user_id: int) -> Card:
    """Ask for the question's words."""
    return Card(words.ASK_IN_WORDS, [[_stop(appeal_id, user_id)]])


def checklist(appeal_id: int, *, picked: int, user_id: int) -> Card:
    """Offer what is often missing; `picked` has a bit for each that is chosen."""
    buttons = [
        (
            words.picked_label(place, on=bool(picked >> place & 1)),
            data("o.asklist", appeal_id, str(picked ^ 1 << place)),
        )
        for place in _ALL
    ]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    done = (words.PICKED, data("o.askset", appeal_id, str(picked)))
    return Card(words.PICK, [*rows, [done, _stop(appeal_id, user_id)]])


def picked_words(picked: int) -> str:
    """Write what was chosen as a question; empty where nothing was."""
    places = [place for place in _ALL if picked >> place & 1]
    return words.list_of(places) if places else ""


def preview(utterance_id: int, *, text: str, files: str, has_number: bool, late: bool) -> Card:
    """Show a question as it will go; `late`: it goes to a supervisor first."""
    out = (words.ASK_SUPERVISOR, "o.askwant") if late else (office.SEND, "o.askout")
    again, quits = (office.WRITE_AGAIN, "o.askredo"), (office.CANCEL, "o.askdrop")
    rows = [[(label, data(verb, utterance_id)) for label, verb in (out, again, quits)]]
    warning = office.PREVIEW_WARNING if has_number else ""
    return Card(words.preview(question=mask(text), files=files, warning=warning, days=LONGEST_PAUSE), rows)


def _of_a_list(appeal_id: int) -> Rows:
    """What can be said to a list of papers: one may have brought them, or be unable to get them."""
    done = (words.ALL_SENT, data("c.allsent", appeal_id))
    for_me = (words.DO_IT_FOR_ME, data("c.forme", appeal_id))
    return [[done, lacks(appeal_id)], [for_me, _unclear(appeal_id)]]


def _unclear(appeal_id: int) -> tuple[str, str]:
    return words.UNCLEAR, data("c.unclear", appeal_id)


def _cannot(appeal_id: int) -> list[tuple[str, str]]:
    return [lacks(appeal_id), (words.GIVEN, data("c.lack", appeal_id, "given"))]


def _stop(appeal_id: int, user_id: int) -> tuple[str, str]:
    return office.CANCEL, data("o.stop", appeal_id, str(user_id))
