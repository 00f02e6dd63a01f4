"""Which matter (事项) of the city's list (派单目录) an appeal is about, and the limit it gives."""

from bot.services.guessing import Guess
from storage.domain.city import City
from storage.domain.matters import Matter
from storage.tables import Appeal


def matter_of(appeal: Appeal, city: City) -> Matter | None:
    """Return the matter the appeal is about; None where its words tell of none, or the list has it no more."""
    return city.catalogue.get(appeal.matter)


def note_matter(appeal: Appeal, city: City) -> None:
    """Note which matter the appeal's words tell of: one of the unit's that has it, or likely gets it, else any."""
    likely = Guess.from_json(appeal.guess or {}).at(city, appeal.town).likely
    unit = appeal.department or (likely[0].department if likely else None)
    told = city.matter_told(appeal.text, unit=unit)
    kept = matter_of(appeal, city)
    if told is not None and (kept is None or city.leads(unit, told)):
        appeal.matter = told.code


def own_days(appeal: Appeal, city: City) -> int | None:
    """Return the matter's own limit in working days, where the unit that leads it has the appeal; else None."""
    matter = matter_of(appeal, city)
    return matter.days if matter is not None and city.leads(appeal.department, matter) else None
