from pathlib import Path

from bot.thinking import versions


def kept(var: Path, version: str) -> None:
    (versions.making(var, version) / "inside").mkdir(parents=True)
    versions.finish(var, version)


def test_before_anything_was_promoted_the_first_model_is_used(tmp_path: Path):
    assert versions.current(tmp_path) == ""


def test_the_version_switched_to_is_used_from_then_on(tmp_path: Path):
    kept(tmp_path, "20261123-1")
    versions.switch(tmp_path, "20261123-1")
    assert versions.current(tmp_path) == "20261123-1"
    versions.switch(tmp_path, "")
    assert versions.current(tmp_path) == ""


def test_a_version_whose_folder_is_gone_is_not_used(tmp_path: Path):
    versions.switch(tmp_path, "20261123-1")
    assert versions.current(tmp_path) == ""


def test_what_a_killed_training_left_is_removed_and_whole_models_stay(tmp_path: Path):
    kept(tmp_path, "20261123-1")
    (versions.making(tmp_path, "20261123-2") / "half").mkdir(parents=True)
    assert not versions.folder_of(tmp_path, "20261123-2").exists()
    versions.forget_unfinished(tmp_path)
    assert [each.name for each in versions.home(tmp_path).iterdir()] == ["20261123-1"]
