"""Bells: who waits for news of a chat, a person or a bot is woken at once."""

import asyncio
from collections import defaultdict
from collections.abc import Hashable


class Bells:
    """Any number of waiters by key; once hushed, nobody waits any more."""

    def __init__(self) -> None:
        self._waiting: defaultdict[Hashable, set[asyncio.Future[None]]] = defaultdict(set)
        self.hushed = False

    def ring(self, *keys: Hashable) -> None:
        """Wake all who wait at these keys."""
        for key in keys:
            for waiter in self._waiting.pop(key, ()):
                if not waiter.done():
                    waiter.set_result(None)

    def hush(self) -> None:
        """Wake everybody for good: the sandbox is closing."""
        self.hushed = True
        self.ring(*list(self._waiting))

    async def heard(self, key: Hashable, seconds: float) -> bool:
        """Wait until the bell rings, at most so many seconds; False if it stayed silent."""
        if self.hushed or seconds <= 0:
            return False
        waiter = asyncio.get_running_loop().create_future()
        self._waiting[key].add(waiter)
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting[key].discard(waiter)
            if not self._waiting[key]:
                del self._waiting[key]
        return not self.hushed
