"""The office's two lists of words that decide the clock: what kind of appeal it is, and how urgent."""

from enum import StrEnum


class Kind(StrEnum):
    """What the citizen wants of the office."""

    CONSULTATION = "consultation"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class Urgency(StrEnum):
    """How fast the clock runs; the extreme one runs day and night."""

    EXTREME = "extreme"
    URGENT = "urgent"
    NORMAL = "normal"
