"""A folder of TOML files becomes a City: common things, limits, units, towns, and the list of matters if any."""

import re
from collections.abc import Collection, Iterable
from datetime import time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.city.reading import CityError, Table, read_toml
from storage.domain.city import Callback, City, Department, DepartmentKind, Phones, Retraining, Town, Village
from storage.domain.deadlines import ExtremeLimits, Limits
from storage.domain.matters import TOWN, Catalogue, Matter
from storage.domain.topics import TopicRule
from storage.domain.words import Kind, Urgency

SAMPLE = Path(__file__).parent / "sample"

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


def load_city(folder: Path | None = None) -> City:
    """Return the city whose TOML files stand in that folder (None: the sample); raise CityError with a sentence."""
    folder = SAMPLE if folder is None else folder
    common = read_toml(folder / "city.toml")
    towns, town_units = _towns(read_toml(folder / "towns.toml"))
    departments = (*_departments(read_toml(folder / "departments.toml")), *town_units)
    _no_twins("departments.toml and towns.toml", "code", (unit.code for unit in departments))
    _no_twins("departments.toml and towns.toml", "name", (unit.name for unit in departments))
    _no_twins("towns.toml", "village code", (village.code for town in towns for village in town.villages))
    city = City(
        name=common.text("name"),
        hotline=common.text("hotline"),
        hall=common.text("hall"),
        time_zone=_time_zone(common),
        holidays_country=common.text("holidays_country"),
        office_hours=_office_hours(common),
        privacy_years=common.whole("privacy_years"),
        callback=_callback(common.table("callback")),
        phones=_phones(common.table("phones")),
        limits=_limits(read_toml(folder / "limits.toml")),
        departments=departments,
        towns=towns,
        catalogue=_catalogue(folder / "matters.toml", departments),
        topics=_topics(common),
        retraining=_retraining(common),
    )
    common.finish()
    return city


def _time_zone(common: Table) -> str:
    name = common.text("time_zone")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise common.error(
            "time_zone", f"is {name!r}, which is no time zone; one is named like Asia/Shanghai"
        ) from None
    return name


def _office_hours(common: Table) -> tuple[tuple[time, time], ...]:
    spans = tuple(_span(common, words) for words in common.texts("office_hours"))
    moments = [moment for span in spans for moment in span]
    if any(later <= earlier for earlier, later in pairwise(moments)):
        raise common.error("office_hours", "must be spans of time, one after the other")
    return spans


def _span(common: Table, words: str) -> tuple[time, time]:
    try:
        first, second, third, fourth = map(int, _SPAN.fullmatch(words).groups())  # type: ignore[union-attr] # caught
        return time(first, second), time(third, fourth)
    except (AttributeError, ValueError):
        raise common.error("office_hours", f"has {words!r}, but a span is written like 8:30-12:00") from None


def _callback(table: Table) -> Callback:
    callback = Callback(number=table.text("number"), time=table.text("time"))
    table.finish()
    return callback


def _phones(table: Table) -> Phones:
    phones = Phones(gas=table.text("gas"), power=table.text("power"), sms_police=table.text("sms_police"))
    table.finish()
    return phones


def _topics(common: Table) -> TopicRule:
    """Return when many alike appeals are a hot topic; a city that says nothing goes by what is usual."""
    if "topics" not in common.content:
        return TopicRule()
    table = common.table("topics")
    rule = TopicRule(table.whole("days"), table.whole("people"), table.wholes("steps"))
    if list(rule.steps) != sorted(set(rule.steps)):
        raise table.error("steps", "must ascend")
    table.finish()
    return rule


def _retraining(common: Table) -> Retraining:
    """Return what may be done by night; a city that says nothing wants nothing."""
    if "retraining" not in common.content:
        return Retraining()
    table = common.table("retraining")
    wanted = Retraining(nightly=table.flag("nightly"), promotes=table.flag("promotes"))
    table.finish()
    return wanted


def _limits(table: Table) -> Limits:
    answer = table.table("answer")
    limits = Limits(
        sign_days=table.whole("sign_days"),
        contact_days=table.whole("contact_days"),
        triage_half_days=table.whole("triage_half_days"),
        answer={urgency: _answer_days(answer.table(urgency)) for urgency in (Urgency.NORMAL, Urgency.URGENT)},
        extreme=_extreme(table.table("extreme")),
    )
    answer.finish()
    table.finish()
    return limits


def _answer_days(table: Table) -> dict[Kind, int]:
    days = {kind: table.whole(kind) for kind in Kind if kind in table.content}
    table.finish()
    return days


def _extreme(table: Table) -> ExtremeLimits:
    limits = ExtremeLimits(
        triage=timedelta(minutes=table.whole("triage_minutes")),
        sign=timedelta(minutes=table.whole("sign_minutes")),
        contact=timedelta(minutes=table.whole("contact_minutes")),
        interim=timedelta(minutes=table.whole("interim_minutes")),
        answer=timedelta(hours=table.whole("answer_hours")),
    )
    table.finish()
    return limits


def _departments(file: Table) -> list[Department]:
    units = [_department(table) for table in file.tables("departments")]
    file.finish()
    return units


def _department(table: Table) -> Department:
    unit = Department(
        code=table.code("code"),
        name=table.text("name"),
        kind=_kind(table),
        duties=table.text("duties"),
        matters=table.texts("matters"),
        phone=table.text("phone"),
        posts=table.texts("posts"),
        also=table.texts("also", optional=True),
        leader=_leader(table),
    )
    table.finish()
    return unit


def _leader(table: Table) -> str:
    return table.text("leader") if "leader" in table.content else ""


def _kind(table: Table) -> DepartmentKind:
    word = table.text("kind")
    if word not in (DepartmentKind.BUREAU, DepartmentKind.COMPANY):
        raise table.error("kind", f"is {word!r}, but it is bureau or company")
    return DepartmentKind(word)


def _towns(file: Table) -> tuple[tuple[Town, ...], list[Department]]:
    """Return the towns as places and the same towns as units; [common] fills what a town leaves out."""
    common = file.table("common")
    tables = file.tables("towns")
    file.finish()
    units = [_town_unit(table, common) for table in tables]
    towns = tuple(_town(table, unit) for table, unit in zip(tables, units, strict=True))
    common.asked.update({"duties", "matters", "posts"})
    common.finish()
    return towns, units


def _town_unit(table: Table, common: Table) -> Department:
    def source(key: str) -> Table:
        return table if key in table.content else common

    return Department(
        code=table.code("code"),
        name=table.text("name"),
        kind=DepartmentKind.TOWN,
        duties=source("duties").text("duties"),
        matters=source("matters").texts("matters"),
        phone=table.text("phone"),
        posts=source("posts").texts("posts"),
        also=table.texts("also", optional=True),
        leader=_leader(table),
    )


def _town(table: Table, unit: Department) -> Town:
    villages = tuple(_village(each) for each in table.tables("villages"))
    table.finish()
    return Town(code=unit.code, name=unit.name, department_code=unit.code, villages=villages, also=unit.also)


def _village(table: Table) -> Village:
    village = Village(code=table.code("code"), name=table.text("name"))
    table.finish()
    return village


def _catalogue(path: Path, departments: Iterable[Department]) -> Catalogue:
    """Return the list of matters; a city that has written none has an empty one."""
    if not path.exists():
        return Catalogue()
    file = read_toml(path)
    known = {TOWN, *(unit.code for unit in departments)}
    matters = tuple(_matter(table, known) for table in file.tables("matters"))
    file.finish()
    _no_twins(path.name, "code", (matter.code for matter in matters))
    _no_twins(path.name, "name", (matter.name for matter in matters))
    return Catalogue(matters)


def _matter(table: Table, known: Collection[str]) -> Matter:
    matter = Matter(
        code=table.code("code"),
        name=table.text("name"),
        field=table.text("field"),
        lead=table.text("lead"),
        assisting=table.texts("assisting", optional=True),
        basis=table.text("basis"),
        words=table.texts("words"),
        days=table.whole("days") if "days" in table.content else None,
    )
    table.finish()
    for key, codes in (("lead", (matter.lead,)), ("assisting", matter.assisting)):
        for code in codes:
            if code not in known:
                raise table.error(key, f"names {code!r}, which is no unit's code; a town's own matter is led by {TOWN}")
    return matter


def _no_twins(file: str, key: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise CityError(f"{file}: {key} {value!r} stands there twice.")
        seen.add(value)
