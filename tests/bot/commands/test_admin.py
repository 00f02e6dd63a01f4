"""`lianxin admin`: codes that work, and errors that say what to do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.platforms.sandbox.cast import load_cast
from bot.services.binding import bind_cast
from storage.city.loading import load_city
from storage.domain.numbers import parse_code
from storage.migrating import migrate
from tests.support import databases


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "LIANXIN_TOKEN": "1:sandbox",
        "LIANXIN_DATABASE_URL": f"sqlite:///{tmp_path / 'lianxin.db'}",
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


@pytest.fixture
async def staffed(environment: dict[str, str]) -> dict[str, str]:
    """A database in which the sandbox's cast works."""
    async with databases.opened(environment["LIANXIN_DATABASE_URL"]) as database:
        await migrate(database)
        now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        async with database.writing() as session:
            await bind_cast(session, load_cast(), platform="telegram", bot=1, city=load_city(), now=now)
    return environment


def test_the_staff_of_a_unit_are_listed_with_its_handler(staffed: dict[str, str]):
    result = called(staffed, "handler", "城市管理局")
    assert result.output.splitlines() == ["handler  小李 07", "         老胡 12"]


@pytest.mark.parametrize("name", ["老胡", "12"])
def test_a_handler_is_named_by_name_or_badge(staffed: dict[str, str], name: str):
    result = called(staffed, "handler", "城市管理局", name)
    said = "城市管理局: 老胡 handles confidential appeals from now on, in a private chat with the bot."
    assert result.output.strip() == said
    assert "handler  老胡 12" in called(staffed, "handler", "城市管理局").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("城市管理局", "没这个人"), "0 of the staff of 城市管理局 are called 没这个人."),
        (("监督群",), "Supervisors handle no confidential appeals"),
        (("没这个单位",), "No unit is called 没这个单位."),
    ],
)
def test_who_cannot_be_named_is_told_in_one_sentence(staffed: dict[str, str], words: tuple[str, ...], said: str):
    result = called(staffed, "handler", *words)
    assert result.exit_code == 1
    assert said in result.output
