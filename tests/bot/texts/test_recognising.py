"""Greetings and thanks start nothing; whatever says more is an appeal."""

import pytest

from bot.texts.recognising import is_agreement, is_courtesy, is_greeting, is_only_signs


@pytest.mark.parametrize("text", ["你好", "您好!", "在吗?", "您好,请问有人吗", "Hello", "同志你好呀", "早上好😊"])
def test_greetings(text: str):
    assert is_greeting(text)
    assert is_courtesy(text)


@pytest.mark.parametrize("text", ["谢谢", "好的,谢谢您!", "收到,辛苦了", "嗯嗯", "OK", "知道了", "没有了"])
def test_thanks_and_agreement(text: str):
    assert is_courtesy(text)
    assert not is_greeting(text)


@pytest.mark.parametrize("text", ["好的", "可以,可以", "行吧", "OK"])
def test_agreement_may_answer_a_question(text: str):
    assert is_agreement(text)


@pytest.mark.parametrize("text", ["好的,谢谢你们", "行,麻烦了", "知道了"])
def test_agreement_with_thanks_ends_a_talk(text: str):
    assert is_courtesy(text)
    assert not is_agreement(text)


@pytest.mark.parametrize(
    "text",
    [
        "你好,路灯坏了",
        "谢谢修灯的师傅",
        "好臭",
        "没有水了",
        "停电",
        "12345",
        "领导管管吧",
        "在吗路灯坏了",
        "行道树倒了",
    ],
)
def test_what_says_more_is_no_courtesy(text: str):
    assert not is_courtesy(text)


def test_signs_alone():
    assert is_only_signs("👍")
    assert is_only_signs("……?")
    assert not is_only_signs("1")
