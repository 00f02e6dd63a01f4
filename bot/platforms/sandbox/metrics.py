"""Metrics: what the sandbox counts for tests and for the curious."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Metrics:
    """Counts since the sandbox was started."""

    queued: int = 0
    delivered: int = 0
    confirmed: int = 0
    too_many_requests: int = 0
    calls: Counter[str] = field(default_factory=Counter)
