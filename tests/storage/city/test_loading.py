"""A city's TOML files: what is wrong in them is told in a sentence that names the file and the key."""

import shutil
from pathlib import Path

import pytest

from storage.city.loading import SAMPLE, load_city
from storage.city.reading import CityError
from storage.domain.topics import TopicRule


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "city"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_copy_of_the_sample_is_the_same_city(folder: Path):
    assert load_city(folder) == load_city()


def test_a_city_that_says_nothing_of_topics_goes_by_what_is_usual(folder: Path):
    text = (folder / "city.toml").read_text(encoding="utf-8")
    before, _, rest = text.partition("[topics]")
    (folder / "city.toml").write_text(before + "[callback]" + rest.partition("[callback]")[2], encoding="utf-8")
    assert load_city(folder).topics == TopicRule()


def test_a_file_with_the_byte_mark_of_windows_is_read(folder: Path):
    text = (folder / "city.toml").read_text(encoding="utf-8")
    (folder / "city.toml").write_text(text, encoding="utf-8-sig")
    assert load_city(folder) == load_city()


def test_a_town_may_have_duties_matters_and_posts_of_its_own(folder: Path):
    change(
        folder,
        "towns.toml",
        'name = "桃园镇"',
        'name = "桃园镇"\nduties = "管桃子"\nmatters = ["桃子"]\nposts = ["桃科"]',
    )
    unit = load_city(folder).department("taoyuan")
    assert unit is not None
    assert (unit.duties, unit.matters, unit.posts) == ("管桃子", ("桃子",), ("桃科",))


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("city.toml", 'name = "连心市"\n', "", "city.toml: name is missing"),
        ("city.toml", 'name = "连心市"', 'name = " "', "city.toml: name must be a text, and not an empty one"),
        ("city.toml", 'name = "连心市"', "name = 3", "city.toml: name must be a text"),
        ("city.toml", "Asia/Shanghai", "Asia/Lianxin", "city.toml: time_zone is 'Asia/Lianxin', which is no time zone"),
        ("city.toml", "Asia/Shanghai", "../etc", "city.toml: time_zone is '../etc'"),
        ("city.toml", '"8:30-12:00", ', '"8 Uhr", ', "city.toml: office_hours has '8 Uhr'"),
        ("city.toml", '"8:30-12:00", ', '"8:30-12:75", ', "city.toml: office_hours has '8:30-12:75'"),
        ("city.toml", '"8:30-12:00", ', '"8:30-15:00", ', "city.toml: office_hours must be spans of time"),
        ("city.toml", '["8:30-12:00", "14:00-17:30"]', "[]", "city.toml: office_hours must name at least one"),
        ("city.toml", '["8:30-12:00", "14:00-17:30"]', "[8]", "city.toml: office_hours must be a list of texts"),
        ("city.toml", "privacy_years = 3", "privacy_years = 0", "city.toml: privacy_years must be a whole number"),
        ("city.toml", "steps = [3, 5,", "steps = [5, 3,", "city.toml: topics.steps must ascend"),
        ("city.toml", "steps = [3, 5,", "steps = [0, 5,", "city.toml: topics.steps must be a list of whole numbers"),
        ("city.toml", "people = 3", "people = 0", "city.toml: topics.people must be a whole number"),
        ("city.toml", "privacy_years = 3", "privacy_years = true", "city.toml: privacy_years must be a whole number"),
        (
            "city.toml",
            "privacy_years = 3",
            "privacy_years = 3\nprivcy = 1",
            "city.toml: privcy is a key that means nothing",
        ),
        ("city.toml", "[callback]", "[call_back]", "city.toml: callback is missing"),
        ("city.toml", 'gas = "0000-8880777"', "", "city.toml: phones.gas is missing"),
        ("city.toml", "name =", "name", "city.toml: the file is no valid TOML"),
        ("limits.toml", "sign_days = 1", "", "limits.toml: sign_days is missing"),
        (
            "limits.toml",
            "consultation = 2",
            "consultation = 0",
            "limits.toml: answer.normal.consultation must be a whole",
        ),
        ("limits.toml", "consultation = 2", "consultaton = 2", "limits.toml: answer.normal.consultaton is a key"),
        ("limits.toml", "[answer.urgent]", "[answer.hasty]", "limits.toml: answer.urgent is missing"),
        ("limits.toml", "answer_hours = 24", "", "limits.toml: extreme.answer_hours is missing"),
        ("departments.toml", 'code = "tax"', 'code = "Tax!"', "departments.toml: departments[19].code is 'Tax!'"),
        ("departments.toml", 'code = "tax"', f'code = "{"t" * 21}"', "departments.toml: departments[19].code is"),
        (
            "departments.toml",
            'code = "tax"',
            'code = "gas"',
            "departments.toml and towns.toml: code 'gas' stands there twice",
        ),
        (
            "departments.toml",
            '"税务局"',
            '"桃园镇"',
            "departments.toml and towns.toml: name '桃园镇' stands there twice",
        ),
        ("departments.toml", 'kind = "bureau"', 'kind = "town"', "departments.toml: departments[1].kind is 'town'"),
        ("departments.toml", "posts = [", "post = [", "departments.toml: departments[1].posts is missing"),
        ("departments.toml", "[[departments]]", "[[department]]", "departments.toml: department is a key"),
        ("towns.toml", "[common]", "[comon]", "towns.toml: common is missing"),
        ("towns.toml", "[common]", "[common]\nphone = '1'", "towns.toml: common.phone is a key that means nothing"),
        ("towns.toml", 'code = "nanwang"', 'code = "beiwang"', "towns.toml: village code 'beiwang' stands there twice"),
        ("towns.toml", 'name = "北王村"', 'nam = "北王村"', "towns.toml: towns[4].villages[1].name is missing"),
        (
            "matters.toml",
            'lead = "education"',
            'lead = "school"',
            "matters.toml: matters[1].lead names 'school', which is no unit's code",
        ),
        (
            "matters.toml",
            'assisting = ["market"]',
            'assisting = ["shop"]',
            "matters.toml: matters[3].assisting names 'shop'",
        ),
        (
            "matters.toml",
            'code = "school_entry"',
            'code = "street_light"',
            "matters.toml: code 'street_light' stands there twice",
        ),
        ("matters.toml", "words = [", "word = [", "matters.toml: matters[1].words is missing"),
        ("matters.toml", "days = 7", "days = 0", "matters.toml: matters[3].days must be a whole number"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(folder: Path, file: str, old: str, new: str, sentence: str):
    change(folder, file, old, new)
    with pytest.raises(CityError) as caught:
        load_city(folder)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"departments = []", "departments.toml: departments must be a list of tables, at least one."),
        (b"departments = 3", "departments.toml: departments must be a list of tables, at least one."),
        ("名".encode("gbk"), "departments.toml: the file is not written in UTF-8."),
    ],
)
def test_a_file_of_quite_another_form_is_told(folder: Path, content: bytes, sentence: str):
    (folder / "departments.toml").write_bytes(content)
    with pytest.raises(CityError) as caught:
        load_city(folder)
    assert str(caught.value) == sentence


def test_a_city_without_a_list_of_matters_has_an_empty_one(folder: Path):
    (folder / "matters.toml").unlink()
    assert load_city(folder).catalogue.matters == ()


def test_a_text_where_a_table_belongs_is_told(folder: Path):
    text = (folder / "city.toml").read_text(encoding="utf-8")
    (folder / "city.toml").write_text('phones = "none"\n' + text.partition("[phones]")[0], encoding="utf-8")
    with pytest.raises(CityError, match=r"^city\.toml: phones must be a table\.$"):
        load_city(folder)


def test_a_missing_file_is_told(folder: Path):
    (folder / "towns.toml").unlink()
    with pytest.raises(CityError, match=r"^towns\.toml: the file is missing in "):
        load_city(folder)
