"""The matters of the city (事项) as a list of two levels: who leads each, who assists, on what basis, until when."""

from dataclasses import dataclass
from typing import Final

TOWN: Final = "@town"
"""The lead of what each town or street handles for its own place."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One line of the list by which appeals are dispatched (派单目录).

    `lead`, `assisting`: codes of units, or TOWN; `basis`: by what rule it is theirs; `words`: what people say who mean
    it; `days`: its own limit in working days, where it differs from that of the appeal's kind.
    """

    code: str
    name: str
    field: str
    lead: str
    assisting: tuple[str, ...]
    basis: str
    words: tuple[str, ...]
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All matters in their order; a city may have none."""

    matters: tuple[Matter, ...] = ()

    def get(self, code: str | None) -> Matter | None:
        """Return the matter with that code, or None."""
        return next((matter for matter in self.matters if matter.code == code), None)

    def number(self, code: str) -> int | None:
        """Return the place of that matter in the list, from 1, as a letter cites it; None where there is none."""
        return next((place for place, matter in enumerate(self.matters, 1) if matter.code == code), None)

    def led_by(self, lead: str) -> tuple[Matter, ...]:
        """Return the matters that a unit leads, by its code; those of the towns by TOWN."""
        return tuple(matter for matter in self.matters if matter.lead == lead)

    def find(self, text: str) -> tuple[Matter, ...]:
        """Return the matters whose words stand in a text, the one best told of first; what stands first where equal."""
        told = [(_weight(matter, text), matter) for matter in self.matters]
        return tuple(matter for weight, matter in sorted(told, key=lambda pair: -pair[0]) if weight)

    def best(self, text: str, *, lead: str | None = None) -> Matter | None:
        """Return the matter a text tells of: one that this unit leads, else any; None where no word of one is said."""
        found = self.find(text)
        return next((matter for matter in found if matter.lead == lead), found[0] if found else None)


def _weight(matter: Matter, text: str) -> int:
    """Return how much of a text speaks of a matter: long words tell more than many short ones."""
    return sum(len(word) ** 2 for word in matter.words if word in text)
