"""What a citizen tells the supervisors: asked for in private, shown in the supervisors' group, answered from there."""

from dataclasses import dataclass

from bot.cards.card import Card, Rows, data
from bot.cards.view import AppealView
from bot.services.concerns import ConcernKind, ConcernState
from bot.texts import concerns as words
from bot.texts import dates
from bot.texts import office as office_words
from bot.texts.citizen import progress
from bot.texts.fitting import fit
from storage.domain.masking import mask
from storage.domain.statuses import Status
from storage.tables import Appeal, Concern

TEXT_LIMIT, _ANSWER_LIMIT = 2500, 600
_REDOABLE = frozenset({Status.ANSWERED, Status.CLOSED})


@dataclass(frozen=True)
class ConcernView:
    """A concern with its appeal; `files` names what came with it, `settler` who settled it."""

    concern: Concern
    seen: AppealView
    files: str = ""
    settler: str = ""

    @property
    def said(self) -> str:
        """What the citizen said; numbers in it starred, for a group reads it."""
        return mask(said_in(self.concern))


def said_in(concern: Concern) -> str:
    """Return what a citizen said, by words or by a press."""
    pressed = words.SAID.get(concern.kind, "")
    return "\n".join(each for each in (pressed, concern.text) if each)


def ask(seen: AppealView) -> Card:
    """Ask the citizen what the supervisors are to hear."""
    text = words.ask(department=seen.department)
    return Card(text, [[(words.CANCEL, data("c.nothing", seen.appeal.id))]])


def urged_already(appeal: Appeal, *, again: str) -> Card:
    """Tell the citizen that the unit was urged today."""
    boss = (words.FIND_SUPERVISOR, data("c.boss", appeal.id))
    return Card(words.urged_already(again=again), [[boss]])


def for_supervisors(about: ConcernView) -> Card:
    """The card in the supervisors' group: with its buttons while nobody settled it, else with what became of it."""
    concern = about.concern
    if concern.state == ConcernState.OPEN:
        return Card(_opening(about), _rows(about))
    answer = "" if about.seen.appeal.confidential else fit(mask(concern.answer), _ANSWER_LIMIT)
    done = words.settled(state=concern.state, name=about.settler, answer=answer)
    return Card(f"{_opening(about)}\n{done}")


def held(concern_id: int, *, seconds: float) -> Card:
    """What a supervisor's reply says of itself while it waits."""
    return Card(words.held(seconds=seconds), [[(words.DO_NOT_SEND, data("s.cstop", concern_id))]])


def ask_first(concern_id: int) -> Card:
    """Ask whether a reply goes that may not be meant to."""
    send = (words.SEND, data("s.csend", concern_id))
    return Card(words.ASK_FIRST, [[send, (words.DO_NOT_SEND, data("s.cdrop", concern_id))]])


def _opening(about: ConcernView) -> str:
    concern, appeal, number = about.concern, about.seen.appeal, about.seen.appeal.number
    unit, due = about.seen.department, dates.day(concern.due, about.seen.calendar) if concern.due else ""
    if concern.kind == ConcernKind.FORCED:
        return words.forced_card(number=number, department=unit)
    if appeal.confidential:
        return words.hidden_card(number=number, department=unit, due=due)
    alias, text = office_words.alias(appeal.alias), fit(about.said, TEXT_LIMIT)
    if concern.kind == ConcernKind.RATING:
        verdict = _verdict(appeal)
        return words.rated_card(number=number, department=unit, alias=alias, text=text, verdict=verdict)
    return words.card(number=number, department=unit, alias=alias, text=text, files=about.files, due=due)


def _verdict(appeal: Appeal) -> str:
    said = [
        progress.OUTCOMES.get(appeal.citizen_outcome or "", ""),
        progress.SATISFACTIONS.get(appeal.satisfaction or ""),
    ]
    return "、".join(each for each in said if each)


def _rows(about: ConcernView) -> Rows:
    concern, appeal = about.concern, about.seen.appeal
    if concern.kind == ConcernKind.FORCED:
        contact = (words.CONTACT, data("s.ccontact", concern.id))
        return [[contact, (words.RECORD, data("s.crecord", concern.id))]]
    row = [(words.REPLY, data("s.creply", concern.id))]
    row += [(words.REDO, data("s.credo", concern.id))] if appeal.status in _REDOABLE else []
    row += [] if appeal.confidential else [(words.CHECK, data("s.ccheck", concern.id))]
    last = [(words.RECORD, data("s.crecord", concern.id))] if concern.due is None else []
    read = [(words.READ, data("s.cread", concern.id))] if appeal.confidential else []
    return [each for each in (read, row, last) if each]
