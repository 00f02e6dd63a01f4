"""A bar that shows on a terminal how far a command is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

_STEPS: Final = 1000


@contextmanager
def bar(label: str) -> Iterator[Callable[[float], None]]:
    """Give what is told how far it is, from 0 to 1."""
    with click.progressbar(length=_STEPS, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as shown:
        yield lambda done: shown.update(int(done * _STEPS) - shown.pos)
