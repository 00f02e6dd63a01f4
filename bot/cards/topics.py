"""What many people report, as the supervisors see it (热点): numbers and units, nothing that anybody said."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.cards.card import Card, Rows, data
from bot.texts import topics as words
from bot.texts.words import STATUSES
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.tables import Appeal, HotTopic

NUMBERS, WATCH_ON, NOT_ONE, BACK = "s.nums", "s.watchon", "s.notone", "s.topic"
MERGE, YES_MERGE = "s.merge", "s.mergeok"
_LINES: Final = 30


def grew(topic: HotTopic, appeals: Sequence[Appeal], *, city: City) -> Card:
    """Return the card of a topic that came up or grew, with what can be done about it."""
    rows: Rows = [
        [(words.MERGE, data(MERGE, topic.id)), (words.NUMBERS, data(NUMBERS, topic.id))],
        [(words.WATCH_ON, data(WATCH_ON, topic.id)), (words.NOT_ONE, data(NOT_ONE, topic.id))],
    ]
    return Card(told(topic, appeals, city=city), rows)


def told(topic: HotTopic, appeals: Sequence[Appeal], *, city: City) -> str:
    """Return the words of the card."""
    units = Counter(_unit(each, city) or words.without_unit() for each in appeals)
    return words.more_of_a_kind(
        place=_town(appeals, city),
        topic=topic.words,
        days=city.topics.days,
        appeals=len(appeals),
        people=len({each.citizen_id for each in appeals}),
        units=units.most_common(),
    )


def numbers(topic: HotTopic, appeals: Sequence[Appeal], *, city: City) -> Card:
    """Return the newest of its appeals by number, and the way back."""
    lines = [
        words.number_line(number=each.number, department=_unit(each, city), status=STATUSES[Status(each.status)])
        for each in appeals[:_LINES]
    ]
    more = [words.left_out(len(appeals) - _LINES)] if len(appeals) > _LINES else []
    text = "\n".join([told(topic, appeals, city=city), *lines, *more])
    return Card(text, [[(words.BACK, data(BACK, topic.id))]])


def ask_merge(topic: HotTopic, appeals: Sequence[Appeal], lead: Appeal, others: int, *, city: City) -> Card:
    """Ask whether they are to be handled as one, with what that means."""
    text = told(topic, appeals, city=city)
    asked = words.ask_merge(text, others=others, lead=lead.number, department=_unit(lead, city))
    return Card(asked, [[(words.YES_MERGE, data(YES_MERGE, topic.id)), (words.BACK, data(BACK, topic.id))]])


def _unit(appeal: Appeal, city: City) -> str:
    unit = city.department(appeal.department or "")
    return unit.name if unit else ""


def _town(appeals: Sequence[Appeal], city: City) -> str:
    """Return the town where most of them are, if half of them say that they are there."""
    towns = Counter(each.town for each in appeals if each.town).most_common(1)
    town = city.town(towns[0][0] or "") if towns and 2 * towns[0][1] >= len(appeals) else None
    return town.name if town else ""
