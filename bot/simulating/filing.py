"""Citizens who come and file: what they say is out of the starter corpus, and so is whose matter it really is."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from bot.services import drafting, submitting
from bot.services.guessing import TOWN, Guess, Likely
from bot.simulating.county import County
from bot.simulating.people import BOT, PLATFORM, citizen
from classifier.corpus import starter_corpus
from classifier.labels import labels
from storage.domain.city import City
from storage.domain.words import Kind, Urgency

#: How the hours of a day share what is filed.
_HOURS: Final = (1, 1, 1, 1, 1, 1, 2, 4, 9, 10, 10, 8, 5, 5, 8, 9, 8, 7, 6, 6, 6, 5, 3, 2)
_WEEKEND: Final = 0.4
_SURE, _RIGHT = 0.82, 0.96
_RETURNING: Final = 0.25
_KINDS: Final = {Kind.CONSULTATION: 25, Kind.HELP: 35, Kind.COMPLAINT: 28, Kind.REPORT: 5, Kind.SUGGESTION: 5}
_URGENCIES: Final = {Urgency.NORMAL: 90, Urgency.URGENT: 8, Urgency.EXTREME: 2}
_SATURDAY: Final = 5
NOBODYS: Final = "@nobody"


class Matters:
    """What can be said, by whose matter it is: a unit's code, TOWN, or nobody's."""

    def __init__(self, city: City) -> None:
        codes = {unit.name: unit.code for unit in city.departments} | {labels().town: TOWN}
        told: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in starter_corpus():
            if not row.name:
                told[codes.get(row.label, NOBODYS)].append((row.text, row.kind))
        self.told = dict(told)
        self.whose = sorted(told)
        self.weights = [len(told[each]) ** 0.5 * (0.3 if each == NOBODYS else 1) for each in self.whose]


def moments(county: County, appeals: int, days: int) -> list[datetime]:
    """Return when they come, the earliest first: by day more than by night, on weekends less."""
    dice, calendar, start = county.dice, county.calendar, county.now
    weights = []
    for hour in range(days * 24):
        here = calendar.local(start + timedelta(hours=hour))
        weights.append(_HOURS[here.hour] * (_WEEKEND if here.weekday() >= _SATURDAY else 1))
    hours = dice.choices(range(days * 24), weights, k=appeals)
    return sorted(start + timedelta(hours=hour, seconds=dice.randrange(3600)) for hour in hours)


async def files(county: County, matters: Matters) -> None:
    """Somebody files an appeal, now and then somebody who was there before."""
    dice, session = county.dice, county.session
    place = dice.randrange(county.ledger.filed) if county.ledger.filed and county.happens(_RETURNING) else None
    person = await citizen(session, county.ledger.filed if place is None else place, now=county.now)
    whose = dice.choices(matters.whose, matters.weights)[0]
    text, kind = dice.choice(matters.told[whose])
    draft = await drafting.hear(session, person_id=person.id, text=text, now=county.now)
    town = dice.choice(county.city.towns)
    draft.town, draft.village = town.code, dice.choice(town.villages).code if town.villages else None
    draft.kind = kind or dice.choices(list(_KINDS), list(_KINDS.values()))[0]
    draft.urgency = dice.choices(list(_URGENCIES), list(_URGENCIES.values()))[0]
    draft.phone = f"139{dice.randrange(10**8):08d}" if county.happens(0.5) else None
    right = town.department_code if whose == TOWN else whose
    draft.guess = guessed(county, right).to_json()
    appeal = await submitting.submit(
        session,
        person=person,
        draft=draft,
        platform=PLATFORM,
        bot=BOT,
        draw=dice.randrange,
        untitled="-",
        **county.here(),
    )
    county.ledger.filed += 1
    county.right[appeal.id] = right


def guessed(county: County, right: str) -> Guess:
    """Return what the classifier would think: mostly right, and sure or not."""
    codes = list(county.staffing.units)
    others = county.dice.sample(codes, 3)
    best = right if right in county.staffing.units and county.happens(_RIGHT) else others[0]
    sure = right != NOBODYS and county.happens(_SURE)
    likely = dict.fromkeys((best, *others), 0.1) | {best: 0.95 if sure else 0.5}
    return Guess(tuple(Likely(code, p) for code, p in likely.items())[:3], auto=sure, nobody=right == NOBODYS)
