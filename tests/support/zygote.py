"""Imports the bot once, then forks a `lianxin run` for each line on its input: a restart in a second, not in ten."""

import os
import signal
import sys

import bot.commands.running  # noqa: F401 - what takes so long
from bot.cli import main


def _live() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    main(["run"], standalone_mode=False)


def _fork_on_demand() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live()
            os._exit(0)
        sys.stdout.write(f"pid {pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _fork_on_demand()
