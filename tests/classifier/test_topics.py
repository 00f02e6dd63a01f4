import csv
from pathlib import Path

import classifier
from classifier.topics import Board, Message, telling

DAY = 86_400.0
NOISE = (
    "琥珀小区旁边的工地半夜还在施工,打桩机响到凌晨,根本睡不着",
    "琥珀小区旁工地夜里施工,打桩机一直响到凌晨三点,孩子睡不着觉",
    "工地半夜施工没人管?琥珀小区这边打桩机响到凌晨,没法睡",
    "琥珀小区旁边工地凌晨还在打桩施工,打桩机太吵,老人心脏受不了",
)
OTHERS = ("珊瑚小区的暖气一直不热", "榆钱路的垃圾没人清运", "想问问公积金怎么提取")


def _asked(text: str, place: str = "") -> Message:
    return Message(0, text, 0, 0, place=place)


def _board(*messages: tuple[str, int], day: float = 10) -> Board:
    board = Board()
    for key, (text, person) in enumerate(messages):
        board.add(Message(key, text, person, day * DAY + key))
    return board


def test_what_three_people_tell_of_one_place_is_a_topic():
    board = _board(*((text, person) for person, text in enumerate((*OTHERS, *NOISE))))
    found = board.topics(since=0, people=3)
    assert [(topic.keys, topic.people) for topic in found] == [((3, 4, 5, 6), 4)]


def test_it_is_named_by_at_most_three_telling_words_and_not_by_its_place():
    board = _board(*((text, person) for person, text in enumerate((*OTHERS, *NOISE))))
    (topic,) = board.topics(since=0, people=3)
    assert 1 <= len(topic.words) <= 3
    assert {"打桩机", "施工", "工地"} & set(topic.words)
    assert not any("琥珀" in word for word in topic.words)


def test_one_person_who_tells_it_four_times_is_no_topic():
    assert _board(*((text, 7) for text in NOISE)).topics(since=0, people=3) == []


def test_the_same_words_of_four_places_are_no_topic():
    names = ("琥珀", "珊瑚", "翡翠", "玛瑙")
    told = [(NOISE[0].replace("琥珀", name), person) for person, name in enumerate(names)]
    assert _board(*told).topics(since=0, people=3) == []


def test_what_lies_before_the_window_does_not_count():
    board = _board(*((text, person) for person, text in enumerate(NOISE[:2])), day=1)
    board.add(Message(10, NOISE[2], 10, 40 * DAY))
    assert board.topics(since=0, people=3)
    assert board.topics(since=11 * DAY, people=3) == []


def test_what_was_dropped_does_not_count():
    board = _board(*((text, person) for person, text in enumerate(NOISE[:3])))
    board.drop(1)
    board.drop(99)
    assert board.topics(since=0, people=3) == []
    assert set(board.keys()) == {0, 2}
    assert len(board) == 2


def test_a_message_that_comes_again_stands_for_itself_once():
    board = _board(*((text, person) for person, text in enumerate(NOISE[:3])))
    board.add(Message(1, "想问问公积金怎么提取", 1, 10 * DAY))
    assert board.topics(since=0, people=3) == []


def test_a_new_message_is_told_the_likest_first():
    board = _board(*((text, person) for person, text in enumerate((*OTHERS, *NOISE))))
    found = board.alike(_asked(NOISE[0]))
    assert found[0].key == 3
    assert {each.key for each in found} <= {3, 4, 5, 6}
    assert len(board.alike(_asked(NOISE[0]), limit=1)) == 1
    assert board.alike(_asked("珊瑚小区打桩机响到凌晨")) == []


def test_where_it_is_may_stand_beside_the_words():
    board, words = Board(), "旁边的工地半夜还在施工,打桩机响到凌晨"
    board.add(Message(1, words, 1, DAY, place="琥珀小区北门"))
    assert [each.key for each in board.alike(_asked(words, place="琥珀小区"))] == [1]
    assert board.alike(_asked(words, place="珊瑚小区")) == []


def test_nobodys_name_is_a_telling_word():
    text = "工地负责人王建国和包工头李秀英拖欠工资"
    assert not {"王建国", "李秀英", "建国", "秀英"} & telling(text).keys()
    assert "包工头" in telling(text)


def test_no_place_and_no_number_stands_in_the_list_of_telling_words():
    path = Path(classifier.__file__).parent / "data" / "telling_words.csv"
    with path.open(encoding="utf-8") as file:
        words = [word for row in csv.DictReader(file) for word in row["words"].split()]
    assert len(words) > 1000
    assert len(set(words)) == len(words)
    assert not any(char.isdigit() or char.isascii() for word in words for char in word)
