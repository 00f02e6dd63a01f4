"""`lianxin admin`: codes that work, and errors that say what to do."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from storage.domain.numbers import parse_code


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "LIANXIN_TOKEN": "1:sandbox",
        "LIANXIN_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'lianxin.db'}",
        "LIANXIN_CITY": "",
    }


def called(environment: dict[str, str], *words: str) -> Result:
    given = {name: value or None for name, value in environment.items()}
    return CliRunner().invoke(main, ["admin", *words], env=given)


@pytest.mark.parametrize(
    ("words", "command", "name"),
    [
        (("invite",), "/start", ""),
        (("bind", "城管"), "/bind", "城市管理局: "),
        (("staff", "派单群"), "/start", "派单群: "),
    ],
)
def test_a_code_is_printed_with_what_to_do_with_it(
    environment: dict[str, str], words: tuple[str, ...], command: str, name: str
):
    result = called(environment, *words)
    assert result.exit_code == 0
    assert result.output.startswith(name)
    [line] = [line for line in result.output.splitlines() if line.startswith("    ")]
    assert line.split()[0] == command
    assert parse_code(line.split()[1])


def test_every_unit_is_listed(environment: dict[str, str]):
    result = called(environment, "departments")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 45
    assert "no group    0 staff  派单群" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bind", "没有的单位"), "No unit is called 没有的单位."),
        (("staff", "供"), "please name one: 供电公司, 供水公司, 供热公司"),
    ],
)
def test_a_unit_that_is_not_clear_is_asked_for_again(environment: dict[str, str], words: tuple[str, ...], said: str):
    result = called(environment, *words)
    assert result.exit_code == 1
    assert said in result.output


def test_a_missing_token_is_one_sentence(environment: dict[str, str]):
    result = called({**environment, "LIANXIN_TOKEN": ""}, "invite")
    assert result.exit_code == 1
    assert result.output == "Error: LIANXIN_TOKEN is not set. Set it in the environment and start again.\n"
