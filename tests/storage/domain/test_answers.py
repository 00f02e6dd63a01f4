"""An answer is doubted where it says little, sounds unfinished, or tells numbers of third persons."""

import pytest

from storage.city.answers import load_answer_rules
from storage.domain.answers import Check, doubts, tells_numbers

RULES = load_answer_rules()
WHOLE = "11月25日下午去看过,是灯头坏了,当晚换了新的。"


def checks(text: str, *, has_files: bool = False, known: tuple[str, ...] = ()) -> list[Check]:
    return [each.check for each in doubts(text, RULES, has_files=has_files, known_numbers=known)]


def test_a_whole_answer_is_not_doubted():
    assert checks(WHOLE) == []


def test_fewer_than_fifteen_letters_say_too_little_and_signs_are_none():
    [found] = doubts("灯换好了,亮了!!!!!!!!!!!!!!", RULES, has_files=False, known_numbers=())
    assert (found.check, found.letters) == (Check.SHORT, 6)
    assert checks("天地人" * 4 + "日月") == [Check.SHORT]
    assert checks("天地人" * 5) == []


def test_a_picture_says_what_few_words_do_not():
    assert checks("灯换好了。", has_files=True) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("您反映的问题我们正在处理,感谢您的理解和支持。", "正在处理"),
        ("路灯损坏情况已经登记,我们将尽快安排人员维修。", "将尽快"),
        ("您反映的井盖问题,已转交市政公司处理。", "已转交市政公司处理"),
        ("关于噪声扰民,我局正在协调物业和施工方。", "正在协调"),
        ("该路段改造已列入明年计划,请您理解。", "已列入明年计划"),
        ("所需配件已经采购,请您耐心等待。", "请您耐心等待"),
        ("下一步我们将加强巡查,杜绝此类现象发生。", "下一步我们将"),
        ("目前仍在核实有关情况,有结果后告诉您。", "仍在核实"),
    ],
)
def test_what_is_still_to_be_done_sounds_unfinished(text: str, phrase: str):
    [found] = doubts(text, RULES, has_files=True, known_numbers=())
    assert (found.check, found.phrase) == (Check.UNFINISHED, phrase)


@pytest.mark.parametrize(
    "text",
    [
        "11月20日已转交市政公司,11月21日井盖已经更换完毕,路面恢复通行。",
        "执法队到场时正在施工,已当场制止,施工方不再夜间作业。",
        "退款已到账,请您查收,再有问题直接回复我们。",
        "12路公交已恢复原线路,站牌当天换好,司机也通知到了。",
        "经查,您的低保金11月15日已补发到卡上,以后按月发。",
    ],
)
def test_what_was_done_is_not_called_unfinished(text: str):
    assert checks(text) == []


def test_numbers_of_third_persons_are_asked_about():
    assert checks(f"{WHOLE}施工的王师傅13812345678。") == [Check.NUMBERS]
    assert checks(f"{WHOLE}身份证370911199001011234已登记。") == [Check.NUMBERS]


@pytest.mark.parametrize("written", ["13812345678", "+86 138 1234 5678", "138-1234-5678"])
def test_the_citizens_own_number_is_not_however_it_is_written(written: str):
    assert not tells_numbers(f"按您留的{written}打过", ("13812345678",))


def test_an_offices_number_is_known_with_and_without_signs():
    assert not tells_numbers("再坏请打0538-8765432", ("0538-8765432",))
    assert tells_numbers("再坏请打0538-8765432,找13912345678", ("0538-8765432",))


def test_all_that_is_doubted_is_told_in_the_order_of_looking():
    assert checks("正在处理,找13812345678") == [Check.UNFINISHED, Check.NUMBERS]
    assert checks("正在处理") == [Check.SHORT, Check.UNFINISHED]
