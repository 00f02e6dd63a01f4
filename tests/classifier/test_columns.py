import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.columns import SORTS, Runs, Texts, Words
from classifier.pipeline import Features
from classifier.tokens import cut


def texts(*parts: str) -> Texts:
    return Texts(parts, np.arange(len(parts)), np.ones(len(parts), dtype=np.float32))


def found(columns: Words | Runs, given_texts: Texts) -> list[tuple[int, str]]:
    counted = columns.find(given_texts)
    return sorted(
        (int(place), columns.names[column]) for place, column in zip(counted.place, counted.column, strict=True)
    )


def test_runs_of_one_to_three_characters_are_found_and_none_reaches_over_two_parts():
    runs = Runs.learnt(texts("停水了"), most=10, often=1)
    assert set(runs.names) == {"停", "水", "了", "停水", "水了", "停水了"}
    assert found(runs, texts("停水", "了")) == [(0, "停"), (0, "停水"), (0, "水"), (1, "了")]


def test_the_most_frequent_are_kept_of_those_that_stand_in_several_messages():
    assert Words.learnt(texts("水 水 水 电", "电 气"), most=9, often=2).names == ("电",)
    assert Words.learnt(texts("水 水 水 电", "电 气"), most=1, often=1).names == ("水",)


def test_where_nothing_stands_there_are_no_columns():
    assert Runs.learnt(texts("", ""), most=9, often=1).names == ()
    assert found(Runs([]), texts("停水")) == found(Words([]), texts("停水")) == []


@given(st.lists(st.text(alphabet="停水电了0 \U0001f44d\ud800", max_size=9), min_size=1, max_size=5))
def test_every_run_counts_as_often_as_it_stands_there(parts: list[str]):
    runs = Runs.learnt(texts(*parts), most=1000, often=1)
    expected = sorted(
        (place, part[at : at + length].replace("\ud800", "?"))
        for place, part in enumerate(parts)
        for length in (1, 2, 3)
        for at in range(len(part) - length + 1)
    )
    assert found(runs, texts(*parts)) == expected


def test_a_title_counts_three_times_and_once_more_alone():
    features = Features.fitted([cut("向阳小区停水\n没人来")], labels=2)
    places = {name: at for at, name in enumerate(features.columns()[1].names)}
    counts = features.blocks[1].columns.find(SORTS[1].texts([cut("向阳小区停水\n没人来")]))
    times = dict(zip(counts.column.tolist(), counts.times.tolist(), strict=True))
    assert (times[places["停水"]], times[places["没人"]]) == (3, 1)
    assert "停水" in features.columns()[3].names
    assert "没人" not in features.columns()[3].names


def test_each_sort_has_its_length_in_every_row():
    features = Features.fitted([cut("向阳小区停水\n没人来"), cut("停电")], labels=2)
    rows = features.matrix([cut("向阳小区停水\n没人来"), cut("停电"), cut("ϡϢϣ")])
    squares = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    assert np.allclose(squares, [1 + 1 + 0.25 + 0.25, 2, 0], atol=1e-5)


def test_every_run_is_found_in_its_column_though_places_in_the_table_are_shared():
    names = sorted({chr(0x4E00 + one) + chr(0x5E00 + other) for one in range(300) for other in range(40)})
    runs = Runs(names)
    assert found(runs, texts(" ".join(names))) == [(0, name) for name in names]
    assert found(runs, texts("天地玄黄")) == []
