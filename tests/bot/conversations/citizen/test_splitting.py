"""Several matters in one message: offered to be split, each filed with its own unit, none lost on the way."""

from dataclasses import replace
from typing import Any

import pytest

from bot.house import House
from bot.services import splitting
from bot.services.guessing import Guess, Likely, Matter
from storage.domain.words import Urgency
from storage.tables import Appeal, Draft

LAMP, MEAT = "村小学东门的路灯坏了半个月。", "另外菜市场老刘的秤不准,买三斤少二两。"
BOTH = LAMP + MEAT
THIRD = "还有公交三路总不来。"


def of(unit: str) -> Guess:
    return Guess((Likely(unit, 0.97),), auto=True, kind="help")


PARTS = {LAMP: "urban_management", MEAT: "market", THIRD: "market"}


async def opinion(text: str) -> Guess:
    """Know the matters of a text that holds several of the above, whatever stands between."""
    held = [Matter(part, of(unit)) for part, unit in PARTS.items() if part in text]
    best = PARTS[held[0].text] if held else "market"
    return replace(of(best), auto=bool(held), matters=tuple(held) if len(held) > 1 else ())


@pytest.fixture
def house(house: House) -> House:
    return replace(house, guess=opinion)


@pytest.fixture
async def asked(phone: Any) -> Any:
    await phone.say(BOTH)
    await phone.press("同意")
    return phone


async def numbers(phone: Any) -> list[tuple[str, str | None]]:
    return [(each.text, each.department) for each in sorted(await phone.rows(Appeal), key=lambda each: each.id)]


async def test_the_matters_are_shown_and_splitting_is_offered(asked: Any):
    assert asked.last.text == (f"您好像说了2件事:\n1. {LAMP}\n2. {MEAT}\n分开交给各自的单位,办得快些。都在这里答复您。")
    assert list(asked.last.buttons)[:2] == ["分开办", "就是一件事"]


async def test_split_each_goes_to_its_own_unit_with_the_same_place_and_number(asked: Any):
    await asked.press("分开办")
    assert asked.last.text.startswith("这件事在什么地方?")
    await asked.say("村小学东门")
    await asked.press("留手机号")
    await asked.say("13812345678")
    assert f"事情:{LAMP}\n" in asked.last.text
    await asked.press("提交")
    assert asked.last.text.startswith("刚才那一件交上去了,还有一件等您看:\n\n请看看写得对不对:")
    assert f"事情:{MEAT}\n地点:村小学东门\n" in asked.last.text
    assert "138****5678" in asked.last.text
    await asked.press("提交")
    assert await numbers(asked) == [(LAMP, "urban_management"), (MEAT, "market")]
    assert {each.phone for each in await asked.rows(Appeal)} == {"13812345678"}
    assert await asked.rows(Draft) == []


async def test_the_receipt_of_the_first_stands_above_the_form_of_the_second(asked: Any):
    await asked.press("分开办")
    await asked.press("跳过")
    await asked.press("不留,在这里联系")
    await asked.press("提交")
    receipt = max(number for number, shown in asked.screen.items() if "编号:" in shown.text)
    assert receipt < max(asked.screen)


async def test_one_matter_stays_one_and_is_not_asked_about_again(asked: Any):
    await asked.press("就是一件事")
    await asked.press("跳过")
    await asked.press("不留,在这里联系")
    await asked.press("提交")
    assert await numbers(asked) == [(BOTH, "urban_management")]


async def test_the_label_can_be_typed_and_more_words_are_heard(asked: Any):
    await asked.say(THIRD)
    assert asked.last.text.startswith("您好像说了3件事:")
    await asked.say("分开办")
    assert asked.last.text.startswith("这件事在什么地方?")
    assert [each["text"] for each in (await asked.draft()).rest] == [MEAT, THIRD]


async def test_three_matters_are_three_appeals(asked: Any):
    await asked.say(THIRD)
    await asked.press("分开办")
    await asked.press("跳过")
    await asked.press("不留,在这里联系")
    for _ in range(3):
        await asked.press("提交")
    assert [text for text, _ in await numbers(asked)] == [LAMP, MEAT, THIRD]


async def test_giving_up_one_goes_on_with_the_other(asked: Any):
    await asked.press("分开办")
    await asked.press("取消")
    assert asked.last.text.startswith("好,这一件不办了。还有一件等您看:\n\n请看看写得对不对:")
    await asked.press("提交")
    assert await numbers(asked) == [(MEAT, "market")]


async def test_a_picture_goes_with_both(phone: Any):
    await phone.show("p1", caption=BOTH)
    await phone.press("同意")
    await phone.press("下一步")
    await phone.press("分开办")
    await phone.press("跳过")
    await phone.press("不留,在这里联系")
    await phone.press("提交")
    await phone.press("提交")
    assert [each.files for each in await phone.rows(Appeal)] == [{"photo": 1}, {"photo": 1}]
    assert phone.brought == [["p1"], ["p1"]]


async def test_words_added_at_the_summary_are_asked_about_there_and_lead_back(phone: Any):
    await phone.say(LAMP)
    await phone.press("同意")
    await phone.press("跳过")
    await phone.press("不留,在这里联系")
    await phone.say(MEAT)
    assert phone.last.text.startswith("您好像说了2件事:")
    await phone.press("分开办")
    assert phone.last.text.startswith("请看看写得对不对:")
    assert f"事情:{LAMP}\n" in phone.last.text


async def test_back_leads_to_the_words(asked: Any):
    await asked.press("上一步")
    assert asked.last.text.startswith("记下了。")
    await asked.press("下一步")
    assert asked.last.text.startswith("您好像说了2件事:")


async def test_a_second_press_on_an_old_question_splits_nothing_twice(asked: Any):
    question = asked.last
    data = question.buttons["分开办"]
    await asked.press("分开办")
    await asked.press_data(data, question.message_id)
    draft = await asked.draft()
    assert (draft.text, len(draft.rest)) == (LAMP, 1)


async def test_where_somebody_may_be_in_danger_nothing_is_asked():
    guess = (await opinion(BOTH)).to_json()
    assert splitting.is_asked(Draft(person_id=1, text=BOTH, guess=guess))
    assert not splitting.is_asked(Draft(person_id=1, text=BOTH, guess=guess, urgency=Urgency.EXTREME))


async def test_an_edit_of_the_message_that_was_split_is_not_lost_in_silence(phone: Any):
    told = await phone.say(BOTH)
    await phone.press("同意")
    await phone.press("分开办")
    await phone.edit(told, f"{BOTH}快点")
    assert phone.last.text.startswith("您改的那句,我这里还是原来的样子。")
    assert (await phone.draft()).text == LAMP
