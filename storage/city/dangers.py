"""The words of danger become the rules that the domain looks with: dangers.toml and its weights, read once."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

from storage.city.reading import Table, read_toml
from storage.domain.dangers import Context, Danger, DangerRules, Signs, Veil
from storage.domain.folding import Folding
from storage.domain.scale import Scale

WORDS = Path(__file__).parent / "dangers.toml"
WEIGHTS = Path(__file__).parent / "danger_weights.csv"

_GAPS = (("~~", r"[^\n]{0,14}?"), ("~", r"[^\n]{0,7}?"))
_FULL_WIDTH = {chr(place): chr(place - 0xFEE0).lower() for place in range(0xFF01, 0xFF5F)}
_CAPITALS = dict(zip(ascii_uppercase, ascii_lowercase, strict=True))
_NAMED = re.compile(r"\{([a-z]+)\}")


@lru_cache(maxsize=1)
def load_dangers() -> DangerRules:
    """Return the rules of dangers.toml; it is ours and tested, so that a fault in it is raised as it comes."""
    file = read_toml(WORDS)
    words = file.table("words")
    lists = {name: words.text(name) for name in words.content}
    words.finish()
    rules = DangerRules(
        folding=_folding(file, lists),
        context=_context(file.table("context"), lists),
        kinds=tuple(_signs(table, lists) for table in file.tables("dangers")),
        scale=_scale(),
    )
    file.finish()
    return rules


def _scale() -> Scale:
    """Read the weights; their first row is what is there before any text."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        heads, first, *rows = csv.reader(file)
    weights = {row[0]: tuple(map(float, row[1:])) for row in rows}
    rest, *rest_of_kinds = map(float, first[1:])
    return Scale(
        kinds=tuple(map(Danger, heads[2:])),
        pieces={piece: row[0] for piece, row in weights.items()},
        of_kinds={piece: row[1:] for piece, row in weights.items()},
        rest=rest,
        rest_of_kinds=tuple(rest_of_kinds),
    )


def _folding(file: Table, lists: dict[str, str]) -> Folding:
    letters, harmless = file.table("letters"), file.table("harmless")
    simple = dict(zip(letters.text("written"), letters.text("read"), strict=True))
    folding = Folding(
        letters=str.maketrans({**_FULL_WIDTH, **_CAPITALS, **simple}),
        emoji=_pairs(file.table("emoji")),
        spellings=_pairs(file.table("spellings")),
        turns=_any_of(harmless.texts("turns"), lists),
        harmless=_any_of(harmless.texts("words"), lists),
    )
    letters.finish()
    harmless.finish()
    return folding


def _pairs(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((old, table.text(old)) for old in table.content)


def _context(table: Table, lists: dict[str, str]) -> Context:
    context = Context(
        denied=table.texts("denied"),
        **{
            name: _any_of(table.texts(name), lists)
            for name in (
                "not_it",
                "supposed",
                "prevented",
                "elsewhere",
                "asked",
                "usual",
                "lately",
                "long_ago",
                "settled",
                "formal",
                "now",
                "urgent",
            )
        },
    )
    table.finish()
    return context


def _signs(table: Table, lists: dict[str, str]) -> Signs:
    signs = Signs(
        danger=Danger(table.text("danger")),
        about=_any_of(table.texts("about"), lists),
        cries=_any_of(table.texts("cries"), lists),
        signs=_any_of(table.texts("signs"), lists),
        pressing=_any_of(pressing, lists) if (pressing := table.texts("pressing", optional=True)) else None,
        unless=_any_of(table.texts("unless"), lists),
        shrugs=frozenset(map(Veil, table.texts("shrugs", optional=True))),
    )
    table.finish()
    return signs


def _any_of(sources: Iterable[str], lists: dict[str, str]) -> re.Pattern[str]:
    """Return one pattern for all, sorted by the character they open with, so that a search hardly tries the others."""
    named = (_NAMED.sub(lambda name: f"({lists[name[1]]})", source) for source in sources)
    tails: dict[str, list[str]] = {}
    for head in dict.fromkeys(head for source in named for head in _heads(source)):
        tails.setdefault(head[0], []).append(_gapped(head[1:]))
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items()), re.MULTILINE)


def _heads(source: str) -> Iterator[str]:
    """Write out the choices that a pattern opens with: (a|b)c is ac and bc, a?b is ab and b."""
    end = _closing(source)
    options, rest = _options(source[: end + 1]), source[end + 1 :]
    if rest.startswith("?"):
        options, rest = [*options, ""], rest[1:]
    elif options == [source[0]]:
        yield source
        return
    for option in options:
        yield from _heads(option + rest)


def _closing(source: str) -> int:
    """Return where the group or the choice of characters ends that a pattern opens with."""
    depth = 0
    for place, each in enumerate(source):
        depth += (each in "([") - (each in ")]")
        if depth == 0:
            return place
    raise ValueError(f"A bracket is not closed in {source!r}.")


def _options(group: str) -> list[str]:
    """Return the choices of (a|b) or [ab]; a single character is its own."""
    if group[0] == "[":
        return list(group[1:-1].replace("0-9", "0123456789"))
    options, depth = [""], 0
    for each in group[1:-1] if group[0] == "(" else group:
        depth += (each == "(") - (each == ")")
        options = [*options, ""] if each == "|" and depth == 0 else [*options[:-1], options[-1] + each]
    return options


def _gapped(source: str) -> str:
    for sign, gap in _GAPS:
        source = source.replace(sign, gap)
    return source
