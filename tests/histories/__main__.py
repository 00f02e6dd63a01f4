"""`make histories`: random histories of an appeal through the real services, held against what must always be true."""

import argparse
import asyncio
import sys

from bot.commands.bars import bar
from tests.histories.acts import ACTS
from tests.histories.history import STATS, BrokenError
from tests.histories.walking import walk


async def play(*, first: int, count: int, steps: int) -> list[str]:
    """Play the histories of so many seeds; return how each that broke a rule reads."""
    broken = []
    with bar("playing") as watch:
        for seed in range(first, first + count):
            try:
                await walk(seed, steps=steps)
            except BrokenError as error:
                broken.append(str(error))
            watch((seed - first + 1) / count)
    return broken


def main() -> int:
    """Play, and say how much; return 1 where a rule was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="how many histories")
    parser.add_argument("--steps", type=int, default=50, help="how many steps each has")
    parser.add_argument("--first", type=int, default=1, help="the seed of the first; the others follow")
    given = parser.parse_args()
    broken = asyncio.run(play(first=given.first, count=given.count, steps=given.steps))
    refused = sum(STATS.refused.values())
    print(f"{STATS.histories} histories, {STATS.steps} steps, {refused} refused, {len(broken)} broke a rule")
    print("never done: " + (", ".join(sorted(set(ACTS) - set(STATS.done))) or "nothing"))
    print("\n\n".join(broken) or "every rule held")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
