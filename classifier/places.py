"""Which place a message is about: the districts and the names (小区, 路, 学校 …) in it, and whether two agree."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from typing import Final

from classifier.grams import columns_of, folded, weights

READ: Final = 600
"""Characters of a message in which a place is looked for."""

_LONGEST_NAME: Final = 7
_RUN: Final = 3


class Agreement(IntEnum):
    """How the places of two messages stand to each other."""

    OTHER = 0
    UNKNOWN = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Districts, towns or whatever the city goes by (`areas`), and names without what they end with (`spots`)."""

    areas: frozenset[str] = frozenset()
    spots: frozenset[str] = frozenset()

    def agrees(self, other: "Place") -> Agreement:
        """Compare two places: names decide where both have some, else districts can only tell them apart.

        Two names are the same where one stands in the other, or they share a run of three characters.
        """
        if self.areas and other.areas and not self.areas & other.areas:
            return Agreement.OTHER
        if not self.spots or not other.spots:
            return Agreement.UNKNOWN
        alike = any(_alike(one, two) for one in self.spots for two in other.spots)
        return Agreement.SAME if alike else Agreement.OTHER


def place_of(text: str, *, areas: Iterable[str] = (), spots: Iterable[str] = ()) -> Place:
    """Read the place out of a message; `areas` and `spots` are what is known besides: its town, its village's name."""
    rules = _rules()
    plain = folded(text[:READ])
    found = frozenset(rules.area.findall(plain))
    known = frozenset(_without_ending(folded(name), rules) for name in spots)
    return Place(found | frozenset(areas), known | {name for name, _ in _named(plain, rules)})


def names_in(text: str) -> frozenset[str]:
    """Return the names of places in a message, each with what it ends with."""
    rules = _rules()
    return frozenset(name + ending for name, ending in _named(folded(text[:READ]), rules))


@dataclass(frozen=True, slots=True)
class _Rules:
    area: re.Pattern[str]
    ending: re.Pattern[str]
    before: re.Pattern[str]
    no_name: frozenset[str]


def _named(plain: str, rules: _Rules) -> Iterable[tuple[str, str]]:
    """Yield each name and its ending: what stands before an ending, as far as the one before."""
    for run in rules.before.sub(" ", rules.area.sub(" ", plain)).split():
        begin = 0
        for ending in rules.ending.finditer(run):
            name = run[max(begin, ending.start() - _LONGEST_NAME) : ending.start()]
            begin = ending.end()
            if len(name) > 1 and name not in rules.no_name and _is_rare(name):
                yield name, ending.group()


def _without_ending(name: str, rules: _Rules) -> str:
    last = [ending.start() for ending in rules.ending.finditer(name) if ending.end() == len(name)]
    return name[: last[0]] if last and last[0] > 0 else name


def _is_rare(name: str) -> bool:
    """Whether something in it is not common speech: half a sentence before an ending is no name."""
    return bool(weights()[columns_of(name)[: len(name) - 1]].max() >= 1)


def _alike(one: str, two: str) -> bool:
    if one in two or two in one:
        return True
    runs = {one[at : at + _RUN] for at in range(len(one) - _RUN + 1)}
    return any(two[at : at + _RUN] in runs for at in range(len(two) - _RUN + 1))


@cache
def _rules() -> _Rules:
    read = tomllib.loads(resources.files("classifier").joinpath("data/places.toml").read_text(encoding="utf-8"))
    endings = sorted(read["endings"].split(), key=len, reverse=True) + read["short_endings"].split()
    before = sorted(read["before"].split(), key=len, reverse=True)
    return _Rules(
        area=re.compile(read["area"], re.VERBOSE),
        ending=re.compile("|".join(endings)),
        before=re.compile("|".join([read["counted"], *before])),
        no_name=frozenset(read["no_name"].split()),
    )
