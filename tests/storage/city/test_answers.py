"""unfinished.toml is read once, and a fault in it is told in a sentence."""

from pathlib import Path

import pytest

from storage.city import answers
from storage.city.reading import CityError


def test_the_file_of_unfinished_words_is_read_once():
    assert answers.load_answer_rules() is answers.load_answer_rules()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('unfinished = ["(正在"]\nunless = ["好"]', "unfinished holds a pattern that cannot be read"),
        ('unfinished = ["正在"]', "unless is missing"),
        ('unfinished = ["正在"]\nunless = ["好"]\nmore = 1', "more is a key that means nothing here"),
    ],
)
def test_a_fault_is_told_with_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str):
    path = tmp_path / "unfinished.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(answers, "WORDS", path)
    answers.load_answer_rules.cache_clear()
    with pytest.raises(CityError, match=complaint):
        answers.load_answer_rules()
    monkeypatch.undo()
    answers.load_answer_rules.cache_clear()
