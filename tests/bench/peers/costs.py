"""What work costs a bot, in CPU seconds of its process; several rounds, of which the middle one counts."""

from collections.abc import Awaitable, Callable
from typing import Final

from tests.bench.peers.contenders import Contender
from tests.bench.peers.figures import Work

ROUNDS: Final = 3


async def measured(contender: Contender, work: Callable[[], Awaitable[tuple[int, int]]]) -> Work:
    """Return what some work cost; it tells how many appeals and how many updates it was."""
    alone, everything = contender.cpu(), contender.cpu_of_all()
    appeals, updates = await work()
    return Work(appeals, updates, contender.cpu() - alone, contender.cpu_of_all() - everything)


def middle(rounds: list[Work]) -> Work:
    """Return the round that is neither the fastest nor the slowest."""
    return sorted(rounds, key=lambda work: work.cpu / work.updates)[len(rounds) // 2]
