from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from classifier import LabelledText, Model, train
from classifier.tokens import LONGEST_TITLE
from classifier.training import beginnings, dealt


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("家里暖气不热，室温才十五度", "供热公司"),
        ("小学一年级报名怎么划片", "教育局"),
        ("干完活老板拖欠工资不给", "人力资源和社会保障局"),
        ("公积金怎么提取", "住房公积金管理中心"),
        ("我们这一片又停电了", "供电公司"),
        ("路口红绿灯不亮", "交警支队"),
    ],
)
def test_a_clear_message_finds_its_unit(model: Model, text: str, unit: str):
    assert model.guess(text).ranked[0].label == unit


def test_all_labels_are_ranked_best_first_and_their_chances_sum_to_one(model: Model):
    ranked = model.guess("变压器冒火花，整条街停电").ranked
    assert [one.p for one in ranked] == sorted((one.p for one in ranked), reverse=True)
    assert sum(one.p for one in ranked) == pytest.approx(1, abs=1e-4)
    assert {one.label for one in ranked} == set(model.units.labels)


def test_the_words_that_decided_are_words_of_the_message(model: Model):
    text = "公积金还没放款，什么时候能提取公积金"
    words = model.guess(text).ranked[0].words
    assert "公积金" in words
    assert 1 < len(words) <= 3
    assert all(word in text for word in words)


def test_a_sure_guess_is_auto_and_one_for_nobody_never(model: Model):
    sure = model.guess("公积金怎么提取，公积金贷款利率是多少")
    assert sure.ranked[0].p >= sure.threshold == model.threshold
    assert sure.auto
    greeting = model.guess("你好，谢谢")
    assert greeting.ranked[0].label == "无"
    assert not greeting.auto


def test_a_guess_below_the_threshold_is_left_to_people(model: Model):
    text = "停电了暖气也不热，路口红绿灯不亮，工资还没发"
    p = model.guess(text).ranked[0].p
    assert replace(model, threshold=p - 0.01).guess(text).auto
    assert not replace(model, threshold=p + 0.01).guess(text).auto


@pytest.mark.parametrize("text", ["", " \n\t", "！！！？？？", "👍👍👍", "\x00\ud800", "ϡϢϣ"])
def test_a_message_without_known_words_is_no_guess(model: Model, text: str):
    guess = model.guess(text)
    assert not guess.auto
    assert guess.ranked[0].words == ()
    assert guess.ranked[0].p < 0.9


def test_a_megabyte_is_guessed_as_its_beginning(model: Model):
    text = "暖气不热，热力公司不管。"
    assert model.guess(text * 90_000).ranked[0].label == "供热公司"


def test_a_title_says_more_than_a_body(rows: list[LabelledText]):
    letters = [LabelledText(f"请问一件事情\n{row.text}", row.label) for row in rows]
    letters += [
        LabelledText(f"{row.text}\n请领导关注一下这件事情", row.label) for row in rows if len(row.text) <= LONGEST_TITLE
    ]
    told = train(letters)
    about_power, about_heat = "我家又停电了怎么办", "家里暖气一直不热"
    assert told.guess(f"{about_power}\n{about_heat}").ranked[0].label == "供电公司"
    assert told.guess(f"{about_heat}\n{about_power}").ranked[0].label == "供热公司"


def test_the_beginnings_of_a_long_message_are_learnt_from():
    title, body = "向阳小区停水三天", "昨天打过电话，没人来。" * 9
    assert beginnings(f"{title}\n{body}") == [f"{title}\n{body}"[:60], body[:60]]
    assert beginnings(body) == [body[:60]]
    assert beginnings(title) == []


def test_the_kind_is_guessed_too(model: Model):
    assert model.guess("请问公积金怎么提取，需要什么材料").kind == "consultation"
    assert 0 < model.guess("请问公积金怎么提取").kind_p <= 1


def test_many_are_guessed_as_one_by_one(model: Model, rows: list[LabelledText]):
    texts = [row.text for row in rows[::20]]
    together = model.guess_many(texts)
    for text, guess in zip(texts, together, strict=True):
        assert [one.label for one in model.guess(text).ranked[:2]] == [one.label for one in guess.ranked[:2]]
    assert model.guess_many([]) == []


def test_threads_get_the_same_guesses(model: Model, rows: list[LabelledText]):
    texts = [row.text for row in rows[::8]]
    alone = [model.guess(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(model.guess, texts)) == alone


def test_cross_validation_says_how_good_and_how_honest_it_is(model: Model, rows: list[LabelledText]):
    card = model.metrics
    assert card["n"] == sum(not row.name for row in rows)
    assert len(rows) > card["n"] > 200
    assert card["accuracy"] > 0.7
    assert card["top2"] > card["accuracy"]
    assert card["ece"] < 0.1
    assert card["precision_95"] >= 0.95
    assert 0.15 < card["coverage_95"] <= 1
    assert 0.5 <= card["threshold"] < 1


def test_the_same_rows_and_seed_give_the_same_model(rows: list[LabelledText]):
    some = rows[::4]
    first, second = train(some, seed=3), train(some, seed=3)
    assert (first.units.weights == second.units.weights).all()
    assert (first.threshold, first.units.curve, first.metrics) == (second.threshold, second.units.curve, second.metrics)
    assert first.guess("停电了") == second.guess("停电了")


def test_few_rows_a_label_are_enough_to_train_but_not_to_be_sure():
    few = [LabelledText("停电了", "供电公司"), LabelledText("暖气不热", "供热公司"), LabelledText("上学报名", "教育局")]
    model = train(few)
    assert model.guess("停电").ranked[0].label == "供电公司"
    assert not model.guess("停电了").auto
    assert model.guess("停电了").kind == ""


def test_two_labels_are_told_apart():
    pairs = [
        ("停电了", "供电公司", "help"),
        ("电费太贵", "供电公司", "complaint"),
        ("暖气不热", "供热公司", "complaint"),
    ]
    pairs += [("供暖时间", "供热公司", "consultation"), ("暖气费", "供热公司", "consultation")]
    model = train([LabelledText(*pair) for pair in pairs])
    assert model.guess("电费").ranked[0].label == "供电公司"
    assert model.guess("暖气").ranked[0].label == "供热公司"


def test_one_label_is_no_choice():
    with pytest.raises(ValueError, match="class"):
        train([LabelledText("停电了", "供电公司"), LabelledText("没电", "供电公司")])


def test_each_label_is_dealt_evenly_and_a_lonely_row_is_kept_for_learning():
    names = ["a"] * 10 + ["b"] * 5 + ["c"]
    folds = dealt(names, 5, seed=1)
    assert sorted(folds[:10]) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert sorted(folds[10:15]) == [0, 1, 2, 3, 4]
    assert folds[15] == -1
