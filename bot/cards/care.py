"""A draft that was not handed in: what its citizen is asked, and what the dispatchers see."""

from bot.cards.card import Card, data
from bot.services import secrecy
from bot.services.caring import Stage
from bot.services.submitting import title_of
from bot.texts import triage as group_words
from bot.texts.citizen import callback
from bot.texts.citizen import care as words
from bot.texts.fitting import fit
from bot.texts.words import files_words
from storage.domain.masking import mask
from storage.tables import Draft

FINISH, GO_ON, QUIT = "d.finish", "d.goon", "d.quit"
_TEXT_LIMIT = 2500


def reminder(draft: Draft, *, when: str) -> Card:
    """Ask whether to hand it in: soon after the last word, and once more the day after (`when`: in words)."""
    if draft.care == Stage.TOLD:
        return Card(words.SOON, _answers(draft, words.SUBMIT))
    return Card(words.next_day(when=when, title=title_of(draft.text)), _answers(draft, words.SUBMIT_NOW))


def labels(draft: Draft) -> dict[str, str]:
    """Return the verbs of a reminder's buttons by their labels, for those who type."""
    submit = words.SUBMIT if draft.care == Stage.REMINDED else words.SUBMIT_NOW
    return {submit: FINISH, words.GO_ON: GO_ON, words.LEAVE: QUIT}


def unfinished(draft: Draft, *, when: str) -> Card:
    """Put it before the dispatchers (【没交完】); what is confidential shows no words."""
    told = "" if secrecy.is_confidential(draft) else told_in(draft)
    text = group_words.unfinished(alias=draft.alias or "", when=when, text=told)
    rows = [
        [(group_words.SUBMIT_FOR, data("t.finish", draft.id)), (group_words.ASK_BY_PHONE, data("t.ask", draft.id))],
        [(group_words.NEVER_MIND, data("t.leave", draft.id))],
    ]
    return Card(text, rows)


def told_in(draft: Draft) -> str:
    """Write what a draft holds, for a group to read."""
    return "\n".join(each for each in (fit(mask(draft.text), _TEXT_LIMIT), files_words(draft.files)) if each)


def left(draft: Draft) -> Card:
    """Tell the citizen that nothing was filed."""
    return Card(words.left(title=title_of(draft.text)))


def wants_to_call(draft: Draft) -> Card:
    """Ask somebody who left no number whether they want to be called."""
    call = (callback.CALL_ME, data("c.callme", 0))
    return Card(words.wants_to_call(title=title_of(draft.text)), [[call, (words.SUBMIT, data(FINISH, draft.id))]])


def _answers(draft: Draft, submit: str) -> list[list[tuple[str, str]]]:
    later = [(words.GO_ON, data(GO_ON, draft.id)), (words.LEAVE, data(QUIT, draft.id))]
    return [[(submit, data(FINISH, draft.id)), *later]]
