import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
_FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_TICKED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SETTING_ROW = re.compile(r"^\| `LIANXIN_(\w+)` \| (.*?) \|", re.MULTILINE)
_TOP = ("bot/", "storage/", "classifier/", "tests/", "docs/", "requirements/")
_FILES = (".ci/run", "pyproject.toml", "Makefile")


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _code(page: Path) -> list[str]:
    """What a page shows as typed: its fenced blocks line by line, and what stands between ticks."""
    text = page.read_text(encoding="utf-8")
    blocks = [line for block in _FENCED.findall(text) for line in block.splitlines()[1:-1]]
    return [*blocks, *_TICKED.findall(_FENCED.sub("", text))]


def _section(page: Path, heading: str) -> str:
    text = page.read_text(encoding="utf-8")
    _, found, rest = text.partition(f"\n## {heading}")
    assert found, f"{_named(page)} has no section {heading}"
    return rest.split("\n## ", 1)[0]


def _paths(text: str) -> list[str]:
    ticked = _TICKED.findall(text)
    return [each for each in ticked if "<" not in each and (each.startswith(_TOP) or each in _FILES)]


def _default(name: str) -> str | None:
    field = Settings.model_fields[name]
    if field.is_required() or field.default is None:
        return None
    spelled = str(field.default)
    return f"`{spelled.lower()}`" if isinstance(field.default, bool) else f"`{spelled}`"


def _words(line: str) -> list[str]:
    found = re.search(r"(?:^|\s|/)lianxin ((?:[a-z]+ ?)+)", line)
    return found.group(1).split() if found else []


def _unknown(words: list[str]) -> Iterator[str]:
    """Subcommands that are none; what follows a command without subcommands is its argument."""
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            return
        if word not in command.commands:
            yield word
            return
        command = command.commands[word]


@pytest.mark.parametrize("page", READMES, ids=_named)
def test_every_setting_stands_in_the_readme_with_its_default(page: Path):
    shown = dict(_SETTING_ROW.findall(page.read_text(encoding="utf-8")))
    assert sorted(shown) == sorted(name.upper() for name in Settings.model_fields)
    wrong = {
        name: cell
        for name, cell in shown.items()
        if (default := _default(name.lower())) is not None and cell != default
    }
    assert wrong == {}


def test_a_setting_without_a_default_is_the_only_one_that_must_be_set():
    required = [name for name, field in Settings.model_fields.items() if field.is_required()]
    assert required == ["token"]
    assert dict(_SETTING_ROW.findall(READMES[0].read_text(encoding="utf-8")))["TOKEN"] == "must be set"


@pytest.mark.parametrize(
    ("page", "heading"),
    [(READMES[0], "I want to change"), (READMES[1], "我想改")],
    ids=["README.md", "README.zh-CN.md"],
)
def test_the_map_of_the_readme_is_there_and_leads_somewhere(page: Path, heading: str):
    paths = _paths(_section(page, heading))
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_both_readmes_have_the_same_map():
    english, chinese = (_paths(_section(*each)) for each in zip(READMES, ("I want to change", "我想改"), strict=True))
    assert sorted(english) == sorted(chinese)


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_path_a_page_names_exists(page: Path):
    assert [path for path in _paths(page.read_text(encoding="utf-8")) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_link_within_the_project_leads_to_a_file(page: Path):
    links = [link.partition("#")[0] for link in _LINK.findall(page.read_text(encoding="utf-8"))]
    inside = [link for link in links if link and "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_word_of_make_that_a_page_names_is_one(page: Path):
    known = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    said = [word for line in _code(page) for word in re.findall(r"(?:^|\s)make (\w+)", line)]
    assert [word for word in said if word not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_command_that_a_page_names_is_one(page: Path):
    assert [word for line in _code(page) for word in _unknown(_words(line))] == []


def test_the_readme_names_every_command():
    said = {words[0] for line in _code(READMES[0]) if (words := _words(line))}
    assert set(main.commands) <= said


@pytest.mark.parametrize("page", DECISIONS, ids=_named)
def test_every_decision_has_its_three_parts(page: Path):
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert [each for each in headings if each in {"Context", "Decision", "Consequence"}] == [
        "Context",
        "Decision",
        "Consequence",
    ]


def test_every_dependency_has_its_reason():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = [each for extra in asked["project"]["optional-dependencies"].values() for each in extra]
    wanted = [*asked["project"]["dependencies"], *optional, *asked["dependency-groups"]["dev"]]
    names = sorted(re.split(r"[\[>=<]", each, maxsplit=1)[0] for each in wanted)
    page = (ROOT / "docs/decisions/dependencies.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)) == names
