"""Starts the model's process, or one that trains, so that it ends with its parent, even while it is still loading."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from typing import Final

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux; elsewhere the process ends when its input does

parent = os.getppid()
with suppress(OSError, AttributeError):
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
if os.getppid() != parent:
    sys.exit(0)

# What takes seconds to import comes after.
if "--train" in sys.argv:
    from bot.thinking.trainee import main
else:
    from bot.thinking.child import main

main()
