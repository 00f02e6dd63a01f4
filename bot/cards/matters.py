"""What the list of matters and the rulings beside it say of an appeal, as lines of a card."""

from bot.cards.view import AppealView
from bot.services.cataloguing import matter_of
from bot.texts import matters as words
from bot.texts.dates import day
from storage.domain.matters import TOWN, Matter


def rule_lines(seen: AppealView) -> list[str]:
    """Return the line of the appeal's matter and the newest ruling about it; nothing where its words tell of none."""
    matter = matter_of(seen.appeal, seen.city)
    if matter is None:
        return []
    lines = [words.rule(matter=matter.name, lead=_lead(seen, matter))]
    ruled = seen.ruling
    unit = seen.city.department(ruled.department) if ruled is not None else None
    if ruled is not None and unit is not None:
        when = day(ruled.at, seen.calendar)
        lines.append(words.ruled(when=when, department=unit.name, number=ruled.number))
    return lines


def place_in_list(seen: AppealView) -> int | None:
    """Return the place of the line by which the appeal is led by the unit that has it; None where there is none."""
    matter = matter_of(seen.appeal, seen.city)
    if matter is None or not seen.city.leads(seen.appeal.department, matter):
        return None
    return seen.city.catalogue.number(matter.code)


def _lead(seen: AppealView, matter: Matter) -> str:
    town = seen.city.town(seen.appeal.town or "")
    code = town.department_code if matter.lead == TOWN and town is not None else matter.lead
    unit = seen.city.department(code)
    return unit.name if unit is not None else words.THE_TOWN
