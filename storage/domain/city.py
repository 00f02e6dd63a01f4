"""The city as a value: its units, towns, villages, telephones and limits, and how they are found by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from storage.domain.deadlines import Limits
from storage.domain.matters import TOWN, Catalogue, Matter
from storage.domain.topics import TopicRule


class DepartmentKind(StrEnum):
    """What sort of unit it is."""

    BUREAU = "bureau"
    COMPANY = "company"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Village:
    """A village or a community; its code is unique in the whole city."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town or a street as a place; `department_code` names the unit of the same place."""

    code: str
    name: str
    department_code: str
    villages: tuple[Village, ...]
    also: tuple[str, ...] = ()

    def village(self, code: str) -> Village | None:
        """Return the village of this town with that code, or None."""
        return next((village for village in self.villages if village.code == code), None)


@dataclass(frozen=True, slots=True)
class Department:
    """A unit that answers appeals: a bureau, a company, a town or a street; `leader`: who is asked when it is late."""

    code: str
    name: str
    kind: DepartmentKind
    duties: str
    matters: tuple[str, ...]
    phone: str
    posts: tuple[str, ...]
    also: tuple[str, ...] = ()
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """When the office calls back, in words, and the number it calls from."""

    number: str
    time: str


@dataclass(frozen=True, slots=True)
class Phones:
    """The telephone numbers of the emergency sentences."""

    gas: str
    power: str
    sms_police: str


@dataclass(frozen=True, slots=True)
class Retraining:
    """Whether the classifier is trained by night, and whether such a model, if it is no worse, is used unasked."""

    nightly: bool = False
    promotes: bool = False


@dataclass(frozen=True, slots=True)
class City:
    """Everything a municipality configures; towns are among the departments too."""

    name: str
    hotline: str
    hall: str
    time_zone: str
    holidays_country: str
    office_hours: tuple[tuple[time, time], ...]
    privacy_years: int
    callback: Callback
    phones: Phones
    limits: Limits
    departments: tuple[Department, ...]
    towns: tuple[Town, ...]
    catalogue: Catalogue = field(default_factory=Catalogue)
    topics: TopicRule = field(default_factory=TopicRule)
    retraining: Retraining = field(default_factory=Retraining)

    def department(self, code: str) -> Department | None:
        """Return the unit with that code, or None."""
        return next((department for department in self.departments if department.code == code), None)

    def department_named(self, name: str) -> Department | None:
        """Return the unit that bears that name, official or usual, or None; an official name goes first."""
        name = name.strip()
        official = (department for department in self.departments if department.name == name)
        usual = (department for department in self.departments if name in department.also)
        return next(official, None) or next(usual, None)

    def find_departments(self, words: str) -> tuple[Department, ...]:
        """Return the units in which every one of the (space-separated) words occurs, those found by name first."""
        wanted = words.split()
        if not wanted:
            return ()
        by_name = [unit for unit in self.departments if _all_occur(wanted, (unit.name, *unit.also))]
        by_duty = [
            unit
            for unit in self.departments
            if unit not in by_name and _all_occur(wanted, (unit.name, *unit.also, unit.duties, *unit.matters))
        ]
        return (*by_name, *by_duty)

    def matter_told(self, text: str, *, unit: str | None) -> Matter | None:
        """Return the matter a text tells of: one that `unit` (a code) leads, else any; None where it tells of none."""
        return self.catalogue.best(text, lead=self._as_lead(unit))

    def leads(self, unit: str | None, matter: Matter) -> bool:
        """Whether a unit, by its code, is the one that leads a matter; what is the towns' is each town's."""
        return unit is not None and matter.lead == self._as_lead(unit)

    def _as_lead(self, unit: str | None) -> str | None:
        """Return how the list of matters names a unit: by its code, and every town alike."""
        found = self.department(unit or "")
        return TOWN if found is not None and found.kind is DepartmentKind.TOWN else unit

    def town(self, code: str) -> Town | None:
        """Return the town with that code, or None."""
        return next((town for town in self.towns if town.code == code), None)

    def village(self, code: str) -> tuple[Town, Village] | None:
        """Return the village with that code and its town, or None."""
        return next(((town, each) for town in self.towns for each in town.villages if each.code == code), None)

    def find_place(self, text: str) -> tuple[Town | None, Village | None]:
        """Return the town and the village that the text names; what is not named, or not clear, is None."""
        town = self._named_town(text)
        within = self.towns if town is None else (town,)
        found = [(each, village) for each in within for village in each.villages if village.name in text]
        longest = max((len(village.name) for _, village in found), default=0)
        best = [pair for pair in found if len(pair[1].name) == longest]
        return best[0] if len(best) == 1 else (town, None)

    def _named_town(self, text: str) -> Town | None:
        """Return the town named first in the text; a short name is ordinary speech anywhere but at the beginning."""
        named = [(text.index(town.name), town) for town in self.towns if town.name in text]
        if named:
            return min(named, key=lambda pair: pair[0])[1]
        opening = text.strip().removeprefix(self.name).lstrip()
        return next((town for town in self.towns if opening.startswith(town.also or ())), None)


def _all_occur(words: Iterable[str], texts: Iterable[str]) -> bool:
    together = "\n".join(texts).casefold()
    return all(word.casefold() in together for word in words)
