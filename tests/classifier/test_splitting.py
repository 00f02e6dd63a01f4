from itertools import pairwise
from pathlib import Path

import pytest

from classifier import Model, load_or_train_starter
from classifier.splitting import LEAST, MOST, cuts, matters


@pytest.fixture(scope="module")
def starter() -> Model:
    return load_or_train_starter(Path("var/model"))


@pytest.mark.parametrize(
    "parts",
    [
        ("村小学东门的路灯坏了半个月，晚上黑得看不见路。", "另外我家自来水发黄，放半天都不清。"),
        ("1、暖气不热，家里才十四度；", "2、楼下饭店油烟熏得开不了窗。"),
        ("老板欠我三个月工资不给。", "还有孩子转学要什么手续？"),
        ("公交三路等四十分钟来一趟。", "顺便问下公积金怎么提取。"),
        ("小区停电一天了。\n", "菜市场卖的肉注水，秤也不准。"),
    ],
)
def test_two_matters_are_told_apart_where_the_second_begins(starter: Model, parts: tuple[str, str]):
    assert matters(starter, "".join(parts)) == [part.strip() for part in parts]


def test_three_matters_are_three_parts(starter: Model):
    text = "路灯坏了没人修。另外医保卡刷不了，药店说没钱。还有我爸的低保被停了，不知道找谁。"
    assert len(matters(starter, text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "家里停电两天了，冰箱里的菜都坏了，打电话没人接，老人孩子热得睡不着。",
        "物业收了钱不干活。电梯坏了不修，楼道灯不亮，垃圾三天没人清，业主群里一说就被踢。",
        "干了四个月，包工头说开发商没给钱，开发商说给过了，我们十二个人等着工钱过年。",
        "",
        "！！！？？？",
        "你好，谢谢",
    ],
)
def test_one_matter_stays_whole(starter: Model, text: str):
    assert matters(starter, text) == [text]


def test_parts_are_the_words_of_the_message_in_their_order_and_never_many(starter: Model):
    said = ["路灯坏了没人修。", "另外自来水发黄有味道。", "还有公交车等不来。", "再就是暖气不热。", "最后医保报销慢。"]
    text = "".join([*said, "还有孩子的学区划错了。", "另外老板拖欠工资。"])
    parts = matters(starter, text)
    assert len(parts) == MOST
    assert "".join(parts) == text


def test_places_to_cut_leave_something_on_both_sides_and_are_few_in_a_long_text():
    text = "啊，路灯坏了好几天了，唉。" * 300
    places = cuts(text)
    assert 0 < len(places) <= 10
    edges = [0, *places, len(text)]
    assert all(sum(each.isalnum() for each in text[a:b]) >= LEAST for a, b in pairwise(edges))
