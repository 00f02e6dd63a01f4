"""How fast the platform may be written to: 30 calls a second a bot, about 1 a second a person, 20 a minute a group.

Source: the limits Telegram's bot FAQ states; what is counted is what `is_counted` says.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic

_BOT = (28, 1.0)
_CHAT = (3, 3.3)
_GROUP = (19, 61.0)
_REMEMBERED_CHATS = 10_000
_FREE = frozenset({"setMessageReaction", "answerCallbackQuery", "sendChatAction"})


def is_counted(method: str) -> bool:
    """Whether the platform counts this call against a chat's limit."""
    return method not in _FREE


class Pacer:
    """Says which chats must wait; remembers what went out and what the platform asked to wait for."""

    def __init__(self, *, enabled: bool = True, clock: Callable[[], float] = monotonic) -> None:
        self._enabled = enabled
        self._clock = clock
        self._sent: dict[int, deque[float]] = {}
        self._sent_by_bot: deque[float] = deque()
        self._parked: dict[int | None, float] = {}

    def wait(self, chat_id: int, method: str, weight: int = 1) -> float:
        """Seconds until this call, which counts for `weight` messages, may go; 0 when it may go now."""
        now = self._clock()
        parked = max(self._parked.get(chat_id, 0.0), self._parked.get(None, 0.0)) - now
        if not self._enabled:
            return max(parked, 0.0)
        waits = [parked, _room(self._sent_by_bot, *_BOT, now, weight)]
        if is_counted(method) and chat_id in self._sent:
            waits += [_room(self._sent[chat_id], *limit, now, weight) for limit in _limits(chat_id)]
        return max(*waits, 0.0)

    def went(self, chat_id: int, method: str, weight: int = 1) -> None:
        """Note that a call goes out now."""
        now = self._clock()
        self._sent_by_bot.extend([now] * weight)
        if is_counted(method):
            self._sent.setdefault(chat_id, deque()).extend([now] * weight)
        if len(self._sent) > _REMEMBERED_CHATS:
            self._forget_the_quiet(now)

    def park(self, chat_id: int | None, seconds: float) -> None:
        """Let a chat (None: every chat) rest, as the platform asked."""
        self._parked[chat_id] = max(self._parked.get(chat_id, 0.0), self._clock() + seconds)

    def _forget_the_quiet(self, now: float) -> None:
        self._sent = {chat: times for chat, times in self._sent.items() if times and now - times[-1] < _GROUP[1]}
        self._parked = {chat: until for chat, until in self._parked.items() if until > now}


def _limits(chat_id: int) -> tuple[tuple[int, float], ...]:
    return (_CHAT, _GROUP) if chat_id < 0 else (_CHAT,)


def _room(times: deque[float], most: int, seconds: float, now: float, weight: int) -> float:
    """Seconds until `weight` more (as many as ever fit) make at most `most` times within the last `seconds`."""
    while times and times[0] + _GROUP[1] <= now:
        times.popleft()
    room = max(most - weight, 0)
    if len(times) <= room:
        return 0.0
    return max(times[-room - 1] + seconds - now, 0.0)
