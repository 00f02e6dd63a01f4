"""Spot checks by telephone (抽查回访): the list in the supervisors' group, the questions in one supervisor's chat."""

from collections.abc import Sequence
from datetime import date

from bot.cards.card import Card, Rows, data
from bot.cards.duty import as_number
from bot.cards.lists import title_line
from bot.services.spot_checks import CheckState, Question
from bot.texts import spot_checks as words
from storage.domain.masking import mask
from storage.tables import Appeal, SpotCheck


def drawn(day: date, appeals: Sequence[Appeal]) -> Card:
    """List what was drawn, without a number to ring."""
    rows = [[(words.START, data("s.check", as_number(day)))]]
    return Card(words.drawn(lines=[title_line(each) for each in appeals]), rows)


def question(check: SpotCheck, appeal: Appeal, asked: Question) -> Card:
    """Ask the next question; the citizen's number stands there, for this one person."""
    text = words.question(
        number=appeal.number, title=mask(appeal.title), phone=appeal.phone or "", question=words.QUESTIONS[asked]
    )
    answers = [(label, data("s.said", check.id, f"{asked}.{said}")) for label, said in words.ANSWERS[asked]]
    unheard = (words.NO_ANSWER, data("s.noanswer", check.id))
    rows: Rows = [[*answers, unheard]] if asked is Question.CONTACTED else [answers, [unheard]]
    return Card(text, rows)


def done(check: SpotCheck, appeal: Appeal) -> Card:
    """Show what was said; the number is gone."""
    if check.state == CheckState.NO_ANSWER:
        said = [words.NO_ANSWER]
    else:
        given = {
            Question.CONTACTED: "yes" if check.contacted else "no",
            Question.SOLVED: "yes" if check.solved else "no",
            Question.SATISFIED: check.satisfaction or "",
        }
        said = [label for asked, value in given.items() for label, known in words.ANSWERS[asked] if known == value]
    return Card(words.done(number=appeal.number, title=mask(appeal.title), said=said))
