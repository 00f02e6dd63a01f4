"""How the bot logs: one line a fact on standard error, never a token."""

import logging
import re
import sys
from typing import Final

_TOKEN: Final = re.compile(r"(?<!\d)\d{1,20}:[A-Za-z0-9_-]{6,}\b")
_STARRED: Final = "<token>"


class WithoutTokens(logging.Formatter):
    """Stars out whatever looks like a bot token, in messages and in tracebacks alike."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line."""
        return _TOKEN.sub(_STARRED, super().format(record))


def set_up(level: str) -> None:
    """Log to standard error from `level` on; libraries only from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutTokens("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for package in ("bot", "storage", "classifier"):
        logging.getLogger(package).setLevel(level.upper())
