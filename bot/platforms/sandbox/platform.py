"""The platform: all parts of one sandbox put together, as both faces use them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.platforms.sandbox.bells import Bells
from bot.platforms.sandbox.cast import Cast
from bot.platforms.sandbox.events import Events
from bot.platforms.sandbox.faults import Faults
from bot.platforms.sandbox.files import Files
from bot.platforms.sandbox.journal import Journal
from bot.platforms.sandbox.limits import Limits
from bot.platforms.sandbox.metrics import Metrics
from bot.platforms.sandbox.post_office import PostOffice
from bot.platforms.sandbox.presses import Presses
from bot.platforms.sandbox.seats import Seats
from bot.platforms.sandbox.store import Store
from bot.platforms.sandbox.topics import Topics
from bot.platforms.sandbox.updates import Updates
from bot.platforms.sandbox.webhooks import Webhooks
from bot.platforms.sandbox.world import World

AdvanceClock = Callable[[timedelta], Awaitable[None]]


class Platform:
    """One world and everything around it; lives from the sandbox's start to its stop."""

    def __init__(self, *, limits: bool, state: Path | None, cast: Cast) -> None:
        self.store = Store(Journal(state) if state else None)
        self.files = Files(self.store, state.with_name(state.name + ".files") if state else None)
        self.bells = Bells()
        self.metrics = Metrics()
        self.faults = Faults()
        self.limits = Limits(enabled=limits)
        self.world = World(self.store, cast)
        self.events = Events(self.bells)
        self.updates = Updates(self.store, self.world, self.bells, self.metrics)
        self.webhooks = Webhooks(self.world, self.updates, self.bells)
        self.office = PostOffice(self.world, self.events, self.updates)
        self.seats = Seats(self.world, self.updates)
        self.topics = Topics(self.store, self.world, self.office)
        self.presses = Presses(self.store, self.world, self.updates)
        self.advance_clock: AdvanceClock | None = None

    def hush(self) -> None:
        """Let everybody go who waits for something."""
        self.bells.hush()
        self.presses.give_up()
