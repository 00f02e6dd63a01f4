from classifier import LabelledText
from classifier.vetting import Caps, Lesson, is_held_out, suspects, vetted


def lessons(count: int, label: str = "教育局", **columns: object) -> list[Lesson]:
    return [Lesson(f"第{at}件事", label, source=f"{label}{at}", **columns) for at in range(count)]


def test_of_one_citizens_labels_only_so_many_are_kept_and_the_first_given_of_them():
    found = vetted(lessons(30, citizen=7), caps=Caps(citizen=20))
    assert (len(found.kept), found.over_cap) == (20, 10)
    assert found.kept[0].source == "教育局0"


def test_whoever_relabels_five_hundred_teaches_no_more_than_their_share():
    poison = [Lesson(f"毒{at}", "信访局", citizen=at, teachers=(66,)) for at in range(500)]
    honest = [Lesson(f"真{at}", "供水公司", citizen=1000 + at, teachers=(100 + at % 40,)) for at in range(1000)]
    found = vetted([*poison, *honest], caps=Caps(teacher=100, share=0.1))
    assert sum(66 in each.teachers for each in found.kept) == 150
    assert found.over_cap == 350


def test_in_a_small_town_its_one_dispatcher_may_teach_up_to_the_cap():
    assert len(vetted(lessons(120, teachers=(5,)), caps=Caps(teacher=100, share=0.2)).kept) == 100


def test_the_same_words_with_two_labels_teach_neither():
    two = [Lesson("路灯不亮了!", "城市管理局", source="甲"), Lesson("路灯 不亮了", "供电公司", source="乙")]
    found = vetted([*two, *lessons(3)])
    assert {each.source for each in found.disagreeing} == {"甲", "乙"}
    assert len(found.kept) == 3


def test_what_is_said_twice_counts_once_and_over_no_cap():
    found = vetted([*lessons(3, citizen=1), *lessons(3, citizen=1)], caps=Caps(citizen=3))
    assert (len(found.kept), found.repeated, found.over_cap) == (3, 3, 0)


def test_about_a_tenth_is_held_out_and_spaces_do_not_decide_it():
    texts = [f"第{at}号楼的水管漏水" for at in range(1000)]
    assert 60 < sum(map(is_held_out, texts)) < 140
    assert all(is_held_out(text) == is_held_out(f" {text}!") for text in texts)


def test_wrong_labels_among_many_right_ones_are_found(rows: list[LabelledText]):
    right = [row for row in rows if not row.name]
    wrong = [Lesson(row.text, "供热公司", source="错") for row in right if row.label == "教育局"][:5]
    given = [*wrong, *(Lesson(row.text, row.label, source="对") for row in right[60:160])]
    taken = {each.text for each in given}
    found = suspects(given, [row for row in right if row.text not in taken])
    assert sum(each.lesson.source == "错" for each in found) >= 3
    assert sum(each.lesson.source == "对" for each in found) <= 10
    assert {each.said for each in found if each.lesson.source == "错"} == {"教育局"}


def test_where_there_is_one_label_nothing_is_suspicious():
    assert suspects(lessons(5), []) == []
    assert suspects([], [LabelledText("水", "甲"), LabelledText("电", "乙")]) == []
