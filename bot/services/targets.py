"""What a group can be bound as, and staff be invited to: found by what somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.services.binding import Purpose
from storage.domain.city import City


@dataclass(frozen=True)
class Target:
    """A unit's group (with the unit's code), or the dispatchers' or supervisors' one."""

    purpose: Purpose
    department: str | None
    name: str

    @property
    def code(self) -> str:
        """What a button carries: the unit's code, or @ and the purpose."""
        return self.department or f"@{self.purpose}"


def find_targets(city: City, words: str, *, groups: Mapping[str, str]) -> list[Target]:
    """Return what `words` may mean, the exact name alone; `groups` names the groups that are no unit's."""
    words = words.strip()
    unit = city.department_named(words)
    if unit is not None:
        return [Target(Purpose.DEPARTMENT, unit.code, unit.name)]
    common = [Target(Purpose(purpose), None, name) for purpose, name in groups.items() if words and words in name]
    if exact := [each for each in common if each.name == words]:
        return exact
    units = city.find_departments(words)
    named = [each for each in units if any(words in name for name in (each.name, *each.also))]
    return [*common, *(Target(Purpose.DEPARTMENT, each.code, each.name) for each in named or units)]


def target(city: City, code: str, *, groups: Mapping[str, str]) -> Target | None:
    """Return the target whose `code` a button carries; None where there is none."""
    if code.startswith("@"):
        name = groups.get(code[1:])
        return Target(Purpose(code[1:]), None, name) if name else None
    unit = city.department(code)
    return Target(Purpose.DEPARTMENT, unit.code, unit.name) if unit else None
