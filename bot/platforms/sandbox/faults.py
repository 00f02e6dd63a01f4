"""Faults: the failures that a test orders for the next calls of a method."""

from collections import Counter
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Literal

from bot.platforms.sandbox.errors import ApiError

Drop = Literal["before", "after"]


@dataclass(frozen=True)
class Fault:
    """An order: the next `times` calls of `method` wait `delay` seconds, lose their connection or fail.

    `general` loses the topic instead: what was meant for one is silently posted into General.
    """

    method: str
    times: int = 1
    status: int | None = None
    retry_after: int | None = None
    delay: float = 0.0
    drop: Drop | None = None
    description: str | None = None
    general: bool = False

    def error(self) -> ApiError | None:
        """The error to answer with, if this fault is one."""
        if self.status is None:
            return None
        phrase = self.description or HTTPStatus(self.status).phrase
        if self.retry_after is None:
            return ApiError(self.status, phrase)
        return ApiError(self.status, f"{phrase}: retry after {self.retry_after}", retry_after=self.retry_after)


class Faults:
    """Orders in the sequence they came; the first that fits a call is used up by one."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add an order."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """Forget all orders."""
        self._ordered.clear()

    def left(self) -> dict[str, int]:
        """How many calls of each method are still to fail."""
        left: Counter[str] = Counter()
        for fault in self._ordered:
            left[fault.method] += fault.times
        return dict(left)

    def take(self, method: str) -> Fault | None:
        """Return the fault that strikes this call, or None."""
        for index, fault in enumerate(self._ordered):
            if fault.method in ("*", method.lower()):
                self._ordered[index : index + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None
