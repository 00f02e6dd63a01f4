"""Limits: how often a bot may write, counted as Telegram counts."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True)
class Rate:
    """At most `count` within any `seconds`."""

    count: int
    seconds: float


BOT = (Rate(30, 1.0),)
PRIVATE = (Rate(3, 3.0),)
_LONGEST = 60.0
GROUP = (Rate(3, 3.0), Rate(20, 60.0))


class Limits:
    """The windows of all bots and chats; switched off, everything may pass."""

    def __init__(self, *, enabled: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._clock = clock
        self._sent: defaultdict[Hashable, deque[float]] = defaultdict(deque)

    def charge(self, bot: int, chat: str, *, group: bool, count: int = 1) -> int | None:
        """Count so many messages; if that is too many, count none and return the seconds to wait."""
        if not self.enabled:
            return None
        now = self._clock()
        windows: list[tuple[Hashable, Rate]] = [((bot,), rate) for rate in BOT]
        windows += [((bot, chat), rate) for rate in (GROUP if group else PRIVATE)]
        wait = max(self._wait(key, rate, count, now) for key, rate in windows)
        if wait > 0:
            return math.ceil(wait)
        for key in {key for key, _ in windows}:
            self._sent[key].extend([now] * count)
        return None

    def _wait(self, key: Hashable, rate: Rate, count: int, now: float) -> float:
        sent = self._sent[key]
        while sent and sent[0] <= now - _LONGEST:
            sent.popleft()
        recent = list(takewhile(lambda moment: moment > now - rate.seconds, reversed(sent)))[::-1]
        excess = len(recent) + min(count, rate.count) - rate.count
        return recent[excess - 1] + rate.seconds - now if excess > 0 else 0.0
