"""Many messages judged at once, on all processors of the machine."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from typing import Final

from classifier.model import Judged, Model
from classifier.training import Watch, unwatched

AT_ONCE: Final = 500
WORTH_SHARING: Final = 4000
"""Fewer messages are judged sooner than other processes are begun."""


def judged(model: Model, texts: Sequence[str], *, watch: Watch = unwatched) -> Iterator[Judged]:
    """Yield what the model thinks of each message, in their order; many are shared out among processes."""
    parts = [texts[begin : begin + AT_ONCE] for begin in range(0, len(texts), AT_ONCE)]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    alone = len(texts) < WORTH_SHARING or processors == 1 or "fork" not in multiprocessing.get_all_start_methods()
    for at, part in enumerate(map(model.judge, parts) if alone else _shared(model, parts, processors)):
        yield from part
        watch((at + 1) / len(parts))


def _shared(model: Model, parts: Sequence[Sequence[str]], processors: int) -> Iterator[list[Judged]]:
    """Forked processes have the model at once, and only read it."""
    with multiprocessing.get_context("fork").Pool(processors, _take, (model,)) as pool:
        yield from pool.imap(_judge, parts)


_taken: list[Model] = []


def _take(model: Model) -> None:
    _taken[:] = [model]


def _judge(texts: Sequence[str]) -> list[Judged]:
    return _taken[0].judge(texts)
