"""The figures of a bot."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Work:
    """What was done, and the CPU seconds of the bot, alone and with what it started."""

    appeals: int
    updates: int
    cpu: float
    cpu_of_all: float


@dataclass(frozen=True)
class Waits:
    """How long citizens waited for an answer, in seconds, and how many messages and edits each appeal brought."""

    seconds: Sequence[float]
    appeals: int
    new_messages: int
    edits: int
    group_operations: int

    def at(self, share: float) -> float:
        """Return the wait that this share of all did not exceed."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


@dataclass(frozen=True)
class Survival:
    """What became of the appeals that were told to a bot that was killed."""

    kills: int
    told: int
    kept: int
    lost: int
    lost_after_submit: int
    doubled: int


@dataclass
class Figures:
    """All that was measured of one bot; `work` by (with sends, with classification).

    `life`: the most operations in groups that an act of a whole appeal led to.
    """

    work: dict[tuple[bool, bool], Work] = field(default_factory=dict)
    waits: Waits | None = None
    survival: Survival | None = None
    life: dict[str, int] = field(default_factory=dict)
