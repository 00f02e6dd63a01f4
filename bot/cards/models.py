"""The classifier's versions and weeks (/models)."""

from collections.abc import Sequence

from bot.cards.card import Card, data
from bot.services.drifting import Figures
from bot.texts import retraining as words
from storage.tables import Training


def versions(*, current: str, before: str | None, made: Sequence[Training], weeks: Sequence[Figures]) -> Card:
    """List the versions, the newest first, and the weeks; `before` (None: there is none) is one press away."""
    text = words.models(
        current=current,
        before=before,
        lines=[_version(each, current) for each in made],
        weeks=[_week(each) for each in weeks],
    )
    return Card(text, [[(words.BACK, data("a.model_back", 0))]] if before is not None else [])


def _version(training: Training, current: str) -> str:
    state = words.IN_USE if training.version == current else words.STATES[training.state]
    found = training.report.get("accuracy")
    return words.model_line(name=training.version, state=state, accuracy=tuple(found) if found else None)


def _week(each: Figures) -> str:
    return words.week(
        begins=each.begins,
        filed=each.filed,
        triage=each.triage,
        corrected=each.corrected,
        confidence=each.confidence,
    )
