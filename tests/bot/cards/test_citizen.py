"""The citizen's cards, to the letter, and no button that leads nowhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.cards import citizen as cards
from bot.cards.card import Card
from bot.cards.view import AppealView
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.tables import Appeal, Person

DUE = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def seen(city: City, calendar: Calendar, now: datetime, **fields: Any) -> AppealView:
    given = {
        "id": 12,
        "number": "LX-20261123-0007",
        "citizen_id": 1,
        "alias": "7F3K",
        "status": "dispatched",
        "kind": "help",
        "urgency": "normal",
        "channel": "telegram",
        "title": "北王村小学东门路灯",
        "text": "村小学东门的路灯坏了半个月",
        "department": "urban_management",
        "accepted_at": now,
        "answer_due": DUE,
        "returns": 0,
    }
    citizen = Person(id=1, platform="telegram", bot=1, user_id=1001, created_at=now)
    moves = fields.pop("moves", 0)
    return AppealView(Appeal(**(given | fields)), citizen, None, city, calendar, now, moves)


def labels(card: Card) -> list[str]:
    return [label for row in card.rows for label, _ in row]


HEAD = "LX-20261123-0007 北王村小学东门路灯\n现在:"
CLOSED = {"status": "closed", "closed_at": datetime(2026, 11, 23, 1, 0, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("fields", "text", "buttons"),
    [
        (
            {"status": "pending_triage", "department": None, "triage_due": datetime(2026, 11, 23, 7, 30, tzinfo=UTC)},
            "正在找该管的单位\n最迟今天 15:30 定下来",
            ["补充", "撤回"],
        ),
        ({}, "已交给城市管理局,等他们接手\n最迟答复:11月30日(周一)", ["补充", "催一下", "撤回"]),
        (
            {"status": "in_progress", "moves": 2},
            "城市管理局已经接手,正在办\n最迟答复:11月30日(周一),还有5个工作日\n换过2次单位",
            ["补充", "催一下", "撤回"],
        ),
        ({"status": "in_progress", "answer_due": None}, "城市管理局已经接手,正在办", ["补充", "催一下", "撤回"]),
        (
            {"answer_due": datetime(2026, 11, 19, 9, 30, tzinfo=UTC)},
            "城市管理局还没答复,已经过期2个工作日",
            ["补充", "催一下", "找监督员", "撤回"],
        ),
        (
            {"answer_due": datetime(2026, 11, 23, 1, 0, tzinfo=UTC)},
            "城市管理局还没答复,今天过了期限",
            ["补充", "催一下", "找监督员", "撤回"],
        ),
        (
            {"answer_due": datetime(2026, 11, 19, 9, 30, tzinfo=UTC), "level": 1},
            "城市管理局还没答复,已经过期2个工作日,监督员在催",
            ["补充", "催一下", "找监督员", "撤回"],
        ),
        (
            {"status": "answered", "answered_at": datetime(2026, 11, 23, 1, 0, tzinfo=UTC)},
            "城市管理局已答复,等您评价\n最多等到12月7日(周一),到时候先结案",
            ["去评价", "还没解决"],
        ),
        (
            {"status": "declined", "department": None, "declined": {"objected": True}, "objection_due": DUE},
            "不予受理,监督员会再看一次,最迟11月30日(周一)告诉您",
            [],
        ),
        (
            CLOSED | {"citizen_outcome": "solved"},
            "已结案。您说:解决了\n12月23日(周三)前又出问题,点「还没解决」接着办,不用重新说",
            ["还没解决"],
        ),
        (
            CLOSED,
            "已结案。记为「未评价」\n12月23日(周三)前又出问题,点「还没解决」接着办,不用重新说",
            ["还没解决"],
        ),
        (
            {"status": "closed", "closed_at": datetime(2026, 10, 1, tzinfo=UTC), "citizen_outcome": "unsolved"},
            "已结案。您说:还没解决",
            [],
        ),
        (CLOSED | {"kind": "praise"}, "已转给城市管理局,谢谢您", []),
        ({"status": "withdrawn"}, "已撤回", []),
        (
            {"status": "awaiting_citizen", "ask_until": DUE},
            "等您补充。办理时间先停着,最多等到11月30日(周一)",
            ["去补充", "我没有这个", "撤回"],
        ),
    ],
)
def test_the_card_as_it_is_asked_for(
    city: City, calendar: Calendar, now: datetime, fields: dict[str, Any], text: str, buttons: list[str]
):
    card = cards.today(seen(city, calendar, now, **fields))
    assert card.text == HEAD + text
    assert labels(card) == buttons
    assert labels(cards.progress(seen(city, calendar, now, **fields))) == buttons


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (DUE, "城市管理局已经接手,正在办\n最迟答复:11月30日(周一)"),
        (datetime(2026, 11, 19, 9, 30, tzinfo=UTC), "城市管理局还没答复,说好最迟11月19日(周四),已经过期"),
    ],
)
def test_the_live_card_says_nothing_that_is_untrue_tomorrow(
    city: City, calendar: Calendar, now: datetime, due: datetime, text: str
):
    card = cards.progress(seen(city, calendar, now, status="in_progress", answer_due=due))
    assert card.text == HEAD + text


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_card(city: City, calendar: Calendar, now: datetime, status: Status):
    card = cards.progress(seen(city, calendar, now, status=status))
    assert card.text.startswith("LX-20261123-0007")


def test_the_first_word_is_as_the_office_writes_it(city: City, calendar: Calendar, now: datetime):
    card = cards.filed(seen(city, calendar, now))
    assert card.text == (
        "交上去了。\n编号:LX-20261123-0007\n承办:城市管理局\n最迟答复:11月30日(周一)\n\n"
        "到时候没答复,我会替您催。想补充,直接在这里说。"
    )
    assert labels(card) == ["看进度", "补充", "撤回"]


def test_another_unit_keeps_the_promised_day(city: City, calendar: Calendar, now: datetime):
    card = cards.changed_unit(seen(city, calendar, now), old="交通运输局")
    assert card.text == "这件事原来交给交通运输局,现在换成城市管理局办。\n最迟答复:11月30日(周一),没有往后推。"


def test_a_long_list_is_turned_page_by_page(city: City, calendar: Calendar, now: datetime):
    mine = [seen(city, calendar, now, id=n, number=f"LX-20261123-{n:04d}").appeal for n in range(1, 9)]
    first, second = cards.mine(mine), cards.mine(mine, page=1)
    assert first.text.startswith("您有8件正在办,0件已结案:\n")
    assert labels(first)[-2:] == ["下一页", "提新诉求"]
    assert labels(second) == [
        "LX-20261123-0007 北王村小学东门路灯"[:24],
        "LX-20261123-0008 北王村小学东门路灯"[:24],
        "提新诉求",
    ]


def test_after_thirty_days_the_card_no_longer_offers_to_go_on(city: City, calendar: Calendar, now: datetime):
    old = seen(city, calendar, now, **CLOSED | {"closed_at": now - timedelta(days=31)})
    assert labels(cards.progress(old)) == []
