"""The cast is read from TOML and wrong entries are named."""

from pathlib import Path

import pytest

from bot.platforms.sandbox.cast import CastError, Group, Person, load_cast


def test_people_and_groups_are_read(tmp_path: Path) -> None:
    file = tmp_path / "cast.toml"
    file.write_text(
        '[bot]\nname = "连心"\n[[people]]\nid = 7\nname = "小李"\nusername = "li"\npost = "科员"\nbadge = "07"\n'
        '[[groups]]\nid = -1\ntitle = "群"\npurpose = "triage"\nmembers = [7]\n',
        encoding="utf-8",
    )
    cast = load_cast(file)
    assert cast.people == (Person(7, "小李", "li", "科员", "07"),)
    assert cast.groups == (Group(-1, "群", (7,), purpose="triage"),)
    assert cast.bot_name == "连心"


def test_the_sample_has_a_group_of_every_purpose_and_each_group_has_members() -> None:
    cast = load_cast()
    assert {group.purpose for group in cast.groups} == {None, "triage", "supervision"}
    assert all(group.members and (group.department or group.purpose) for group in cast.groups)


@pytest.mark.parametrize(
    "text",
    [
        "no toml",
        "[[people]]\nid = -1\nname = 'x'",
        "[[groups]]\nid = -1\ntitle = 'x'\nmembers = [5]",
        "[[groups]]\nid = 1",
    ],
)
def test_a_wrong_entry_is_refused_with_the_name_of_the_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cast.toml"
    file.write_text(text)
    with pytest.raises(CastError, match=r"cast\.toml"):
        load_cast(file)
