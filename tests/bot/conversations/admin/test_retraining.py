"""/retrain and /models: an administrator asks in private, reads the report card, looks into it and decides."""

from datetime import datetime
from typing import Any

import pytest

from bot.notices.retraining import PROMOTED
from bot.services import retraining
from bot.services.binding import Role, employ
from bot.services.retraining import State
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import events
from storage.tables import AppealEvent, Training
from tests.support.confirming import person
from tests.support.desking import Front, Owed
from tests.support.screens import found, last, press, rows, toasts

ADMINISTRATOR, SECOND, CITIZEN = 9001, 9002, 1001
SURPRISE = {
    "text": "打138****5678没人接",
    "label": "供水公司",
    "old": "供热公司",
    "new": "供水公司",
    "old_p": 0.9,
    "new_p": 0.8,
}
REPORT: dict[str, Any] = {
    "n": 403,
    "accuracy": [0.9, 0.92],
    "sure": [0.99, 0.995],
    "coverage": [0.6, 0.65],
    "per_label": {
        "供水公司": {"old": 0.8, "new": 0.9, "support": 10},
        "教育局": {"old": 0.9, "new": 0.8, "support": 10},
        "公安局": {"old": 0.9, "new": 0.9, "support": 10},
    },
    "falls": [],
    "surprises": [SURPRISE],
    "suspects": [{"source": "LX-20261123-0007", "label": "公安局", "said": "教育局", "p": 0.97}],
    "legend": [],
    "learnt": 12740,
    "held_out": {"n": 3, "accuracy": [0.0, 1.0]},
    "own": 40,
    "over_cap": 3,
    "repeated": 0,
    "disagreeing": 2,
}
WORSE = REPORT | {"falls": [{"what": "供水公司", "old": 0.9, "new": 0.6}]}


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast(["urban_management"])
    return front


async def trained(front: Front, report: dict[str, Any] = REPORT) -> list[Owed]:
    """Ask for a training and let it be done."""
    await front.say(ADMINISTRATOR, "/retrain")
    training = (await rows(front, Training))[-1]

    async def done(session: Any) -> None:
        await retraining.begin(session, now=front.now)
        await retraining.finish(session, training.id, report=report, picture=b"png", now=front.now)

    return await front.happen(done)


async def test_nobody_but_an_administrator_in_private_has_it_trained(front: Front):
    await front.say(CITIZEN, "/retrain")
    await front.say(-8000, "/retrain", by=8001)
    await front.say(-8000, "/retrain", by=ADMINISTRATOR)
    assert await rows(front, Training) == []


async def test_one_message_shows_how_far_it_is_and_its_button_stops_it(front: Front):
    (shown,) = await front.say(ADMINISTRATOR, "/retrain")
    assert shown.text.startswith("正在训练 0%")
    assert toasts(await press(front, "停止", ADMINISTRATOR)) == ["None"]
    (training,) = await rows(front, Training)
    assert training.state == State.STOPPING
    told = await front.happen(lambda s: retraining.fail(s, training.id, reason="it was stopped", now=front.now))
    assert [(each.method, each.id) for each in told] == [("editMessageText", shown.id)]
    assert told[0].text == "训练停了,照旧用原来的模型。"


async def test_a_second_one_is_told_to_wait(front: Front):
    await front.say(ADMINISTRATOR, "/retrain")
    assert "正在训练" in (await front.say(ADMINISTRATOR, "/retrain"))[0].text
    assert len(await rows(front, Training)) == 1


async def test_one_that_was_killed_says_so_in_its_message(front: Front):
    (shown,) = await front.say(ADMINISTRATOR, "/retrain")
    (training,) = await rows(front, Training)

    async def killed(session: Any) -> None:
        await retraining.begin(session, now=front.now)
        await retraining.give_up_the_dead(session, started=True, now=front.now)

    (told,) = await front.happen(killed)
    assert told.id == shown.id
    assert "没有做完" in told.text
    assert training.id


async def test_the_report_card_puts_old_and_new_side_by_side(front: Front):
    over, card = await trained(front)
    assert over.text.startswith("训练完了")
    assert "总准确  90.0%  92.0%" in card.text
    assert "本地留出的3条:旧0.0%,新100.0%" in card.text
    assert "变好的单位:供水公司(80.0%→90.0%,10条)" in card.text
    assert "变差的单位:教育局(90.0%→80.0%,10条)" in card.text
    assert "同一个人太多的3条、互相矛盾的2条" in card.text
    assert list(card.buttons) == ["看混淆图", "看分歧最大的十条", "看可疑的派单", "启用新的", "不用"]


async def test_it_can_be_looked_into(front: Front):
    await trained(front)
    photo = (await press(front, "看混淆图", ADMINISTRATOR))[0]
    assert (photo.method, photo.payload["photo"]) == ("sendPhoto", "attach://picture")
    assert photo.payload["_made"] == {"picture": (await rows(front, Training))[0].picture_id}
    odd = (await press(front, "看分歧最大的十条", ADMINISTRATOR))[0]
    assert "应派供水公司;旧:供热公司;新:供水公司" in odd.text
    labels = (await press(front, "看可疑的派单", ADMINISTRATOR))[0]
    assert "LX-20261123-0007:派给公安局,像是教育局的(97.0%)" in labels.text


async def test_promoted_it_is_used_the_card_says_so_and_the_others_hear_of_it(front: Front):
    await front.happen(lambda session: second(session, front))
    await trained(front)
    told = await press(front, "启用新的", ADMINISTRATOR)
    (training,) = await rows(front, Training)
    card = found(front, "已启用", ADMINISTRATOR)
    assert "启用新的" not in found(front, "总准确", ADMINISTRATOR).buttons
    assert training.version in card.text
    assert [each.chat for each in told if training.version in each.text and each.method == "sendMessage"] == [
        ADMINISTRATOR,
        SECOND,
    ]
    (event,) = [each for each in await rows(front, AppealEvent) if each.what == PROMOTED]
    assert event.details["version"] == training.version


async def second(session: Any, front: Front) -> None:
    """Let another person administer too."""
    who = await person(session, SECOND, front.now)
    await employ(session, person_id=who, role=Role.ADMIN, department="", name="乙", now=front.now)


async def test_left_aside_nothing_changes(front: Front):
    await trained(front)
    assert toasts(await press(front, "不用", ADMINISTRATOR)) == ["好的,照旧用原来的模型。"]
    assert "没有启用" in found(front, "总准确", ADMINISTRATOR).text
    assert not [each for each in await rows(front, AppealEvent) if each.what == PROMOTED]


async def test_a_worse_one_offers_no_use_and_a_forged_press_is_refused(front: Front):
    _, card = await trained(front, WORSE)
    assert "新模型在供水公司差了30个百分点,不能启用。" in card.text
    assert list(card.buttons) == ["看混淆图", "看例子", "看可疑的派单", "不用"]
    (training,) = await rows(front, Training)
    forged = await front.press(ADMINISTRATOR, card.id or 0, f"a.train_use:{training.id}")
    assert toasts(forged) == ["新模型有单位变差了,不能启用。"]
    assert not [each for each in await rows(front, AppealEvent) if each.what == PROMOTED]


async def test_a_citizens_forged_press_does_nothing(front: Front):
    await trained(front)
    (training,) = await rows(front, Training)
    await front.press(CITIZEN, 1, f"a.train_use:{training.id}")
    assert not [each for each in await rows(front, AppealEvent) if each.what == PROMOTED]


async def test_models_lists_versions_and_the_step_back_is_one_press(front: Front):
    (empty,) = await front.say(ADMINISTRATOR, "/models")
    assert empty.text.startswith("正在用:出厂模型")
    assert empty.buttons == {}
    await trained(front)
    await press(front, "启用新的", ADMINISTRATOR)
    (training,) = await rows(front, Training)
    (listed,) = await front.say(ADMINISTRATOR, "/models")
    assert f"正在用:{training.version}" in listed.text
    assert "可以退回:出厂模型" in listed.text
    told = await press(front, "退回上一版", ADMINISTRATOR)
    assert last(front, ADMINISTRATOR).text == "已退回出厂模型。"
    assert told[0].text.startswith("正在用:出厂模型")
    again = await front.press(ADMINISTRATOR, listed.id or 0, "a.model_back:0")
    assert toasts(again) == ["没有可以退回的上一版。"]


async def test_back_at_an_earlier_training_its_day_is_named(front: Front):
    for _ in range(2):
        await trained(front)
        await press(front, "启用新的", ADMINISTRATOR)
    await front.say(ADMINISTRATOR, "/models")
    await press(front, "退回上一版", ADMINISTRATOR)
    assert last(front, ADMINISTRATOR).text == "已退回11月23日的模型。"


async def test_a_week_out_of_its_band_is_told_to_administrators(front: Front):
    async def drifted(session: Any) -> None:
        band = {"measure": "triage", "week": "2026-11-16", "value": 0.4, "low": 0.15, "high": 0.25}
        await events.record(session, "drifted", at=front.now, actor="system", **band)

    (told,) = await front.happen(drifted)
    assert told.chat == ADMINISTRATOR
    assert told.text.startswith("11月16日那一周,机器拿不准的是40.0%,平时在15.0%到25.0%之间。")


async def test_a_nightly_report_card_comes_to_every_administrator(front: Front):
    async def by_night(session: Any) -> None:
        training = await retraining.want(session, person_id=None, now=front.now, nightly=True)
        await retraining.begin(session, now=front.now)
        await retraining.finish(session, training.id, report=REPORT, picture=None, now=front.now)

    (card,) = await front.happen(by_night)
    assert card.chat == ADMINISTRATOR
    assert list(card.buttons) == ["看分歧最大的十条", "看可疑的派单", "启用新的", "不用"]
