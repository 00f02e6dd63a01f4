"""`lianxin classifier import | models | promote | rollback`: labels by line, versions, and refusals in a sentence."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.support import databases


@pytest.fixture
async def environment(tmp_path: Path) -> dict[str, str]:
    async with databases.sqlite(tmp_path) as url:
        return {"LIANXIN_TOKEN": "1:sandbox", "LIANXIN_DATABASE_URL": url, "LIANXIN_VAR": str(tmp_path / "var")}


def run(environment: dict[str, str], *words: str) -> Result:
    return CliRunner(env=environment).invoke(main, ["classifier", *words])


def written(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_good_rows_are_kept_and_bad_ones_named(environment: dict[str, str], tmp_path: Path):
    table = "id,text,label\n1,路灯坏了,城市管理局\n2,,教育局\n3,归谁管,没有这个局\n4,村里的事,镇街\n"
    done = run(environment, "import", written(tmp_path / "a.csv", table))
    assert done.exit_code == 0, done.output
    assert "a.csv, line 3: the text is empty" in done.output
    assert "a.csv, row 3: 没有这个局 is no unit of the city" in done.output
    assert "2 labels kept, 2 rows left out" in done.output


def test_a_file_of_the_same_name_takes_the_place_of_the_last_and_can_be_forgotten(
    environment: dict[str, str], tmp_path: Path
):
    path = tmp_path / "a.csv"
    run(environment, "import", written(path, "text,label\n路灯坏了,城市管理局\n水管漏了,供水公司\n"))
    run(environment, "import", written(path, "text,label\n路灯坏了,城市管理局\n"))
    assert run(environment, "import").output.split() == ["1", "a.csv"]
    assert "1 labels forgotten" in run(environment, "import", "--forget", "a.csv").output
    assert run(environment, "import").output == ""


def test_a_file_of_which_nothing_can_be_used_says_so(environment: dict[str, str], tmp_path: Path):
    done = run(environment, "import", written(tmp_path / "a.csv", "words\n路灯坏了\n"))
    assert done.exit_code == 1
    assert "there is no column" in done.output


def test_before_any_training_the_first_model_is_in_use_and_there_is_no_step(environment: dict[str, str]):
    assert run(environment, "models").output == "in use: the first model\n"
    back = run(environment, "rollback")
    assert (back.exit_code, "There is no step back" in back.output) == (1, True)
    unknown = run(environment, "promote", "20261123-1")
    assert (unknown.exit_code, "There is no version 20261123-1" in unknown.output) == (1, True)
