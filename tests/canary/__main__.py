"""`python -m tests.canary`: fly every path, print the ledger, and return 1 where a canary was heard."""

import asyncio
import sys

from tests.canary.flying import aviary
from tests.canary.paths import NOT_THERE_YET, PATHS


async def _fly() -> int:
    async with aviary() as birds:
        for name in PATHS:
            await birds.fly(name)
        print("\n".join(birds.lines()))
        print(f"{len(PATHS)} paths, {len(birds.watch.log)} lines of log; not there yet: {', '.join(NOT_THERE_YET)}")
        return int(any(any(heard.values()) for heard in birds.ledger.values()))


if __name__ == "__main__":
    sys.exit(asyncio.run(_fly()))
