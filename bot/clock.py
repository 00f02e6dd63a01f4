"""The one clock of the bot; time is handed on from here as a value."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The time now, in UTC; `advance` moves it on in the demo and in tests."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the time now, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, by: timedelta) -> None:
        """Move the clock on; it never goes back."""
        self._ahead += max(by, timedelta())
