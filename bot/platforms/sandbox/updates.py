"""Updates: what a bot has not yet confirmed, in the order it happened."""

from itertools import islice
from typing import Any

from bot.platforms.sandbox.bells import Bells
from bot.platforms.sandbox.metrics import Metrics
from bot.platforms.sandbox.store import Json, Store
from bot.platforms.sandbox.world import World

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_LARGEST = 2**31


class Updates:
    """The queue of every bot; an update leaves it only when the bot confirms it."""

    def __init__(self, store: Store, world: World, bells: Bells, metrics: Metrics) -> None:
        self._store = store
        self._world = world
        self._bells = bells
        self._metrics = metrics
        self._delivered: dict[int, int] = {}

    def queue(self, bot_id: int, kind: str, payload: Json) -> None:
        """Queue an update, if the bot wants to hear of its kind."""
        allowed = self._world.bot(bot_id)["allowed"]
        if kind not in allowed if allowed else kind in NOT_BY_DEFAULT:
            return
        number = self._store.count(f"updates {bot_id}")
        self._keep(bot_id, number, {"update_id": number, kind: payload})

    def push(self, bot_id: int, update: Any) -> int:
        """Queue a raw update as it is and return the number it is queued by; one without update_id is given it.

        An update_id that is older than the queue, or no number, cannot be confirmed by an offset: such an update is
        let go at the first offset that comes after its delivery.
        """
        self._world.bot(bot_id)
        number = self._store.count(f"updates {bot_id}")
        if not isinstance(update, dict):
            self._keep(bot_id, number, {"as_is": update})
            return number
        claimed = update.setdefault("update_id", number)
        in_order = isinstance(claimed, int) and not isinstance(claimed, bool) and number <= claimed < _LARGEST
        if in_order:
            self._store.raise_counter(f"updates {bot_id}", claimed)
        self._keep(bot_id, claimed if in_order else number, update if in_order else {"as_is": update})
        return claimed if in_order else number

    def _keep(self, bot_id: int, number: int, update: Json) -> None:
        self._store.put(self._table(bot_id), number, update)
        self._metrics.queued += 1
        self._bells.ring(("bot", bot_id))

    def confirm(self, bot_id: int, offset: int) -> None:
        """Forget all that lies before `offset`; a negative one keeps only so many of the last."""
        numbers: list[Any] = list(self._store.table(self._table(bot_id)))
        if offset < 0:
            offset = numbers[offset] if len(numbers) >= -offset else 0
        for number in numbers:
            shown_as_is = "as_is" in self._store.table(self._table(bot_id))[number] and number <= self._last(bot_id)
            if number < offset or (offset > 0 and shown_as_is):
                self._store.drop(self._table(bot_id), number)
                self._metrics.confirmed += 1
            elif number > self._last(bot_id):
                break

    def pending(self, bot_id: int, limit: int = 100) -> list[Any]:
        """The oldest unconfirmed updates, which count as delivered from now on."""
        waiting: list[tuple[Any, Json]] = list(islice(self._store.table(self._table(bot_id)).items(), limit))
        fresh = [number for number, _ in waiting if number > self._last(bot_id)]
        if fresh:
            self._delivered[bot_id] = fresh[-1]
            self._metrics.delivered += len(fresh)
        return [update.get("as_is", update) for _, update in waiting]

    def first(self, bot_id: int) -> tuple[int, Any] | None:
        """The oldest unconfirmed update and the number it is queued by, or None; it counts as delivered from now on."""
        shown = self.pending(bot_id, 1)
        if not shown:
            return None
        number: Any = next(iter(self._store.table(self._table(bot_id))))
        return number, shown[0]

    def taken(self, bot_id: int, number: int) -> None:
        """Forget one update, which a webhook has taken."""
        if number in self._store.table(self._table(bot_id)):
            self._store.drop(self._table(bot_id), number)
            self._metrics.confirmed += 1

    def waiting(self, bot_id: int) -> int:
        """How many updates are unconfirmed."""
        return len(self._store.table(self._table(bot_id)))

    def waiting_for_all(self) -> int:
        """How many updates are unconfirmed, over all bots."""
        bots: list[Any] = list(self._store.table("bots"))
        return sum(self.waiting(bot_id) for bot_id in bots)

    def clear(self, bot_id: int) -> None:
        """Drop all that is pending, as drop_pending_updates asks."""
        for number in list(self._store.table(self._table(bot_id))):
            self._store.drop(self._table(bot_id), number)

    def _last(self, bot_id: int) -> int:
        return self._delivered.get(bot_id, -1)

    @staticmethod
    def _table(bot_id: int) -> str:
        return f"pending {bot_id}"
