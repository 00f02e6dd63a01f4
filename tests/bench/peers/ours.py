"""Ours, to be measured: `lianxin run` as it is, or with the sender, or the classifier, left out where objects meet."""

import argparse
import asyncio
from typing import Any

from bot import wiring
from bot.cli import main as lianxin
from bot.services.guessing import Guess


class Unsent:
    """In the sender's place: what is owed stays in the outbox."""

    def __init__(self, **_parts: Any) -> None:
        self._stopped = asyncio.Event()

    def wake(self) -> None:
        """Sleep on."""

    def stop(self) -> None:
        """Return from `run`."""
        self._stopped.set()

    async def run(self) -> None:
        """Send nothing."""
        await self._stopped.wait()


class Thoughtless:
    """In the classifier's place: it has no opinion, and no process."""

    def __init__(self, **_parts: Any) -> None:
        self.is_there = True

    async def start(self) -> None:
        """There is nothing to load."""

    async def stop(self) -> None:
        """There is nothing to end."""

    async def guess(self, _text: str) -> Guess:
        """Leave it to people."""
        return Guess()


async def _not_hinted(_api: Any, _method: Any) -> None:
    """Let a button spin."""


def main() -> None:
    """Leave out what is to be left out, then run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mute", action="store_true", help="let no call but getUpdates go out")
    parser.add_argument("--thoughtless", action="store_true", help="do without the classifier")
    given = parser.parse_args()
    if given.mute:
        wiring.Sender, wiring._hinted = Unsent, _not_hinted  # type: ignore[misc,assignment]
    if given.thoughtless:
        wiring.Thinker = Thoughtless  # type: ignore[misc,assignment]
    lianxin(["run"])


if __name__ == "__main__":
    main()
