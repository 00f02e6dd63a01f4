"""Events: what happened, for the eyes of the people in the chat it happened in."""

import time
from collections import deque
from dataclasses import dataclass

from bot.platforms.sandbox.bells import Bells
from bot.platforms.sandbox.chats import Chat, present
from bot.platforms.sandbox.store import Json

_KEPT = 20_000


@dataclass(frozen=True)
class Event:
    """Something that happened, and who may know."""

    seq: int
    viewers: frozenset[int]
    body: Json


class Events:
    """The last events of the world; their numbers begin with the clock, so that they grow over restarts too."""

    def __init__(self, bells: Bells) -> None:
        self._bells = bells
        self._kept: deque[Event] = deque(maxlen=_KEPT)
        self.seq = int(time.time() * 1000)
        self._first = self.seq

    def happened(self, kind: str, chat: Chat, **body: object) -> None:
        """Tell everybody in the chat."""
        self.seq += 1
        viewers = frozenset(present(chat["members"]))
        chat_id = chat["key"] if "@" in chat["key"] else chat["id"]
        shown = {"seq": self.seq, "type": kind, "chat_id": chat_id, **body}
        self._kept.append(Event(self.seq, viewers, shown))
        self._bells.ring(("chat", chat["key"]), *(("person", viewer) for viewer in viewers))

    def since(self, seq: int, person_id: int) -> list[Json]:
        """What a person may know of all that happened after `seq`."""
        recent: list[Json] = []
        for event in reversed(self._kept):
            if event.seq <= seq:
                break
            if person_id in event.viewers:
                recent.append(event.body)
        return recent[::-1]

    def forgotten(self, seq: int) -> bool:
        """Tell whether events after `seq` are no longer known: who asks should read the chats anew."""
        oldest = self._kept[0].seq if self._kept else self.seq + 1
        return seq < oldest - 1 and (seq < self._first or len(self._kept) == _KEPT)
