"""The classifier's opinion in the office's terms: units by code, and whether it is sure enough to dispatch."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from storage.domain.city import City
from storage.domain.words import Kind

TOWN = "@town"


class NoOpinionYet(Exception):  # noqa: N818 - a state, not a fault
    """The classifier is being started; ask again in a moment."""


class OpinionNeeded(Exception):  # noqa: N818 - a wish, not a fault
    """A handler cannot go on without the classifier's opinion of `text`, which was not asked for before."""

    def __init__(self, text: str) -> None:
        super().__init__("an opinion is needed")
        self.text = text


class ThoughtNeeded(Exception):  # noqa: N818 - a wish, not a fault
    """A handler cannot go on before something was thought about: `think` does it, before the transaction."""

    def __init__(self, think: Callable[[], Awaitable[None]]) -> None:
        super().__init__("a thought is needed")
        self.think = think


@dataclass(frozen=True)
class Likely:
    """One unit the classifier thinks of, with its probability and the words that decided."""

    department: str
    p: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matter:
    """One of several matters in a message: its words, and what the classifier thinks of them alone."""

    text: str
    guess: "Guess"


@dataclass(frozen=True)
class Guess:
    """The likeliest units, best first (`@town`: the town of the place), `auto` when sure, and the likeliest kind.

    `matters`: the parts of a message that seems to hold several matters, in their order; else empty. `new`: the
    classifier learnt nothing like it, so it is not `auto`.
    """

    likely: tuple[Likely, ...] = ()
    auto: bool = False
    kind: str = Kind.HELP
    nobody: bool = False
    matters: tuple[Matter, ...] = ()
    new: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, as kept with a draft and an appeal."""
        return asdict(self)

    @staticmethod
    def from_json(kept: dict[str, Any]) -> "Guess":
        """Read what `to_json` wrote; an empty value is no opinion."""
        likely = tuple(Likely(each["department"], each["p"], tuple(each["words"])) for each in kept.get("likely", ()))
        matters = tuple(Matter(each["text"], Guess.from_json(each["guess"])) for each in kept.get("matters", ()))
        return Guess(
            likely,
            bool(kept.get("auto")),
            kept.get("kind") or Kind.HELP,
            bool(kept.get("nobody")),
            matters,
            bool(kept.get("new")),
        )

    def at(self, city: City, town: str | None) -> "Guess":
        """Return the same opinion with `@town` resolved to the unit of that town; without one it is nobody's guess."""
        place = city.town(town or "")
        unit = place.department_code if place else None
        likely = [
            Likely(unit, each.p, each.words) if each.department == TOWN and unit else each for each in self.likely
        ]
        sure = self.auto and bool(likely) and likely[0].department != TOWN
        known = tuple(each for each in likely if each.department != TOWN)
        return Guess(known, sure, self.kind, self.nobody, new=self.new)

    @property
    def department(self) -> str | None:
        """The unit to dispatch to without asking anybody; None where a dispatcher decides."""
        return self.likely[0].department if self.auto and self.likely else None
