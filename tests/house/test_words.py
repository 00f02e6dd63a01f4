import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MAY_SPEAK = ("bot/texts/",)


def _sources() -> list[Path]:
    return [path for part in ("bot", "classifier", "storage") for path in sorted((ROOT / part).rglob("*.py"))]


def _docstrings(tree: ast.Module) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr):
            found.add(id(node.body[0].value))
    return found | {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_chinese_word_a_person_reads_stands_in_texts(path: Path):
    name = path.relative_to(ROOT).as_posix()
    if name.startswith(_MAY_SPEAK):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = _docstrings(tree)
    spoken = [
        f"{name}:{node.lineno}: {node.value[:40]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
        and _HAN.search(node.value)
    ]
    assert spoken == []


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_opens_with_a_sentence(path: Path):
    text = path.read_text(encoding="utf-8")
    if "migrations/versions" in path.as_posix():
        return
    assert ast.get_docstring(ast.parse(text)), f"{path} opens without saying what lives here"
