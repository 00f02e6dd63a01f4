import pytest

from classifier import LabelledText, Model, batches
from classifier.batches import judged


def test_messages_shared_among_processes_are_judged_as_by_one(
    model: Model, rows: list[LabelledText], monkeypatch: pytest.MonkeyPatch
):
    texts = [row.text for row in rows] * 3
    alone = list(judged(model, texts))
    done: list[float] = []
    monkeypatch.setattr(batches, "WORTH_SHARING", 10)
    monkeypatch.setattr(batches, "AT_ONCE", 100)
    shared = list(judged(model, texts, watch=done.append))
    assert [each.ranked for each in shared] == [each.ranked for each in alone]
    assert [each.auto for each in shared] == [each.auto for each in alone]
    assert done == sorted(done)
    assert done[-1] == 1
