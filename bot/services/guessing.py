"""The classifier's opinion in the office's terms: units by code, and whether it is sure enough to dispatch."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from classifier.model import Model
from storage.domain.city import City
from storage.domain.words import Kind

TOWN = "@town"
_KEPT = 5
_REMEMBERED = 2000


@dataclass(frozen=True)
class Likely:
    """One unit the classifier thinks of, with its probability and the words that decided."""

    department: str
    p: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """The likeliest units, best first (`@town`: the town of the place), `auto` when sure, and the likeliest kind."""

    likely: tuple[Likely, ...] = ()
    auto: bool = False
    kind: str = Kind.HELP
    nobody: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, as kept with a draft and an appeal."""
        return asdict(self)

    @staticmethod
    def from_json(kept: dict[str, Any]) -> "Guess":
        """Read what `to_json` wrote; an empty value is no opinion."""
        likely = tuple(Likely(each["department"], each["p"], tuple(each["words"])) for each in kept.get("likely", ()))
        return Guess(likely, bool(kept.get("auto")), kept.get("kind") or Kind.HELP, bool(kept.get("nobody")))

    def at(self, city: City, town: str | None) -> "Guess":
        """Return the same opinion with `@town` resolved to the unit of that town; without one it is nobody's guess."""
        place = city.town(town or "")
        unit = place.department_code if place else None
        likely = [
            Likely(unit, each.p, each.words) if each.department == TOWN and unit else each for each in self.likely
        ]
        sure = self.auto and bool(likely) and likely[0].department != TOWN
        known = tuple(each for each in likely if each.department != TOWN)
        return Guess(known, sure, self.kind, self.nobody)

    @property
    def department(self) -> str | None:
        """The unit to dispatch to without asking anybody; None where a dispatcher decides."""
        return self.likely[0].department if self.auto and self.likely else None


class Opinion:
    """The classifier with its labels in the office's terms; safe to ask from any thread.

    A label that is neither a unit's name nor the model's word for nobody stands for the unit of whichever town it is.
    """

    def __init__(self, model: Model, city: City) -> None:
        self._model = model
        self._codes = {unit.name: unit.code for unit in city.departments}
        self._asked = lru_cache(maxsize=_REMEMBERED)(self._ask)

    def __call__(self, text: str) -> Guess:
        """Return what the classifier thinks of a text; the same text is thought about once."""
        return self._asked(text)

    def _ask(self, text: str) -> Guess:
        found = self._model.guess(text)
        nobody = self._model.nobody
        likely = [
            Likely(self._codes.get(each.label, TOWN), each.p, each.words)
            for each in found.ranked
            if each.label != nobody
        ]
        for_nobody = found.ranked[0].label == nobody
        return Guess(tuple(likely[:_KEPT]), found.auto and not for_nobody, found.kind or Kind.HELP, for_nobody)
