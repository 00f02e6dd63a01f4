"""The labels that name no bureau, and the kinds an appeal may be of, as data/labels.toml has them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Labels:
    """The label of nobody's messages, that of town matters, and the kinds."""

    nobody: str
    town: str
    kinds: tuple[str, ...]


@cache
def labels() -> Labels:
    """Read data/labels.toml."""
    read = tomllib.loads(resources.files("classifier").joinpath("data/labels.toml").read_text(encoding="utf-8"))
    return Labels(nobody=read["nobody"], town=read["town"], kinds=tuple(read["kinds"]))
