import json
from pathlib import Path

import pytest
from skops import io as skops_io

from classifier import LabelledText, Model, ModelFileError, artefacts, load_or_train_starter, save, train

TEXT = "公积金贷款什么时候放款"


@pytest.fixture
def kept(model: Model, tmp_path: Path) -> Path:
    save(model, tmp_path / "kept")
    return tmp_path / "kept"


def model_file(folder: Path) -> Path:
    (found,) = folder.glob("model-*.skops")
    return found


def rewrite_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    (folder / "metrics.json").write_text(json.dumps({**card, **changes}), encoding="utf-8")


def test_a_model_comes_back_as_it_was_kept(model: Model, kept: Path, rows: list[LabelledText]):
    again = Model.load(kept)
    texts = [row.text for row in rows[::10]]
    assert again.guess_many(texts) == model.guess_many(texts)
    assert again.metrics == model.metrics


def test_the_file_holds_no_code_and_is_small(kept: Path):
    assert skops_io.get_untrusted_types(file=model_file(kept)) == []
    assert model_file(kept).stat().st_size < 10_000_000


def test_the_card_beside_it_can_be_read_by_people(model: Model, kept: Path):
    text = (kept / "metrics.json").read_text(encoding="utf-8")
    assert json.loads(text)["accuracy"] == model.metrics["accuracy"]
    assert "供电公司" in text


def test_a_changed_byte_is_refused(kept: Path):
    path = model_file(kept)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match="damaged"):
        Model.load(kept)


def test_a_truncated_file_is_refused(kept: Path):
    model_file(kept).write_bytes(model_file(kept).read_bytes()[:1000])
    with pytest.raises(ModelFileError, match="damaged"):
        Model.load(kept)


def test_a_skops_file_of_something_else_is_refused(kept: Path):
    path = model_file(kept)
    skops_io.dump({"hello": "world"}, path)
    rewrite_card(kept, sha256=artefacts._digest(path))
    with pytest.raises(ModelFileError, match="cannot be read"):
        Model.load(kept)


def test_a_file_with_types_of_ones_own_is_refused(kept: Path):
    path = model_file(kept)
    skops_io.dump(LabelledText("停电", "供电公司"), path)
    rewrite_card(kept, sha256=artefacts._digest(path))
    with pytest.raises(ModelFileError, match="UntrustedTypesFound"):
        Model.load(kept)


@pytest.mark.parametrize(("step", "sentence"), [(1, "newer version"), (-1, "older version.*Train it again")])
def test_a_file_of_another_format_is_refused_by_name(kept: Path, step: int, sentence: str):
    rewrite_card(kept, format=artefacts.FORMAT + step)
    with pytest.raises(ModelFileError, match=sentence):
        Model.load(kept)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "file": "../x", "sha256": ""}'])
def test_a_card_that_is_none_is_refused(kept: Path, card: str):
    (kept / "metrics.json").write_text(card, encoding="utf-8")
    with pytest.raises(ModelFileError, match=r"metrics\.json"):
        Model.load(kept)


def test_an_empty_folder_and_a_missing_file_are_refused(kept: Path, tmp_path: Path):
    with pytest.raises(ModelFileError, match="no model"):
        Model.load(tmp_path)
    model_file(kept).unlink()
    with pytest.raises(ModelFileError, match="cannot be read"):
        Model.load(kept)


def test_a_new_model_takes_the_place_of_the_old_and_leaves_nothing_else(kept: Path, rows: list[LabelledText]):
    new = train(rows[::3])
    save(new, kept)
    assert Model.load(kept).guess(TEXT) == new.guess(TEXT)
    assert sorted(path.name for path in kept.iterdir()) == ["metrics.json", model_file(kept).name]


def test_a_save_cut_short_leaves_the_old_model(
    model: Model, kept: Path, rows: list[LabelledText], monkeypatch: pytest.MonkeyPatch
):
    settle = artefacts._settle

    def killed_before_the_card(written: Path, place: Path) -> None:
        if place.name == "metrics.json":
            raise KeyboardInterrupt
        settle(written, place)

    monkeypatch.setattr(artefacts, "_settle", killed_before_the_card)
    with pytest.raises(KeyboardInterrupt):
        save(train(rows[::3]), kept)
    assert Model.load(kept).guess(TEXT) == model.guess(TEXT)


def test_the_starter_model_is_trained_once_and_then_read(tmp_path: Path):
    heard: list[str] = []
    first = load_or_train_starter(tmp_path, on_progress=heard.append)
    assert [sentence.split()[0] for sentence in heard] == ["training", "saving"]
    assert [path.name for path in tmp_path.glob("starter-*/*.json")] == ["metrics.json"]
    again = load_or_train_starter(tmp_path, on_progress=heard.append)
    assert len(heard) == 2
    assert again.guess(TEXT) == first.guess(TEXT)
    sure = ["家里停电了", "自来水发黄", "公积金怎么提取", "老板拖欠工资三个月了", "楼上漏水物业不管", "残疾证怎么办理"]
    assert all(guess.auto for guess in first.guess_many(sure))
