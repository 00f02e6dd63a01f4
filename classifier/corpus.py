"""Labelled messages to learn from: the starter corpus that comes with the project, read with errors named by line."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

_COLUMNS: Final = ("text", "label", "kind")


class CorpusError(ValueError):
    """A row of the corpus that cannot be learnt from; the sentence names file and line."""


@dataclass(frozen=True)
class LabelledText:
    """A message, the label it belongs to, and its kind (empty where it has none)."""

    text: str
    label: str
    kind: str = ""


@dataclass(frozen=True)
class Labels:
    """The labels that name no bureau, and the kinds."""

    nobody: str
    town: str
    kinds: tuple[str, ...]


@cache
def labels() -> Labels:
    """Read data/labels.toml."""
    read = tomllib.loads(_data("labels.toml").read_text(encoding="utf-8"))
    return Labels(nobody=read["nobody"], town=read["town"], kinds=tuple(read["kinds"]))


def starter_corpus() -> list[LabelledText]:
    """Return every row of data/starter/*.csv, then the matters of data/matters.toml; raise CorpusError at a bad row."""
    return [*(row for source in _sources() for row in _rows(source)), *_matters()]


def starter_checksum() -> str:
    """Return a name for what the starter model is trained from: it changes with any row and any term."""
    digest = hashlib.sha256()
    for source in [*_sources(), *(_data(name) for name in ("matters.toml", "terms.txt", "labels.toml"))]:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def read_rows(lines: Iterable[str], name: str) -> Iterator[LabelledText]:
    """Yield the rows of a CSV with the columns text, label, kind; raise CorpusError naming `name` and the line."""
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise CorpusError(f"{name}, line 1: the columns must be {','.join(_COLUMNS)}")
    for row in reader:
        fault = _fault(row)
        if fault:
            raise CorpusError(f"{name}, line {reader.line_num}: {fault}")
        yield LabelledText(row["text"].strip(), row["label"].strip(), row["kind"].strip())


def _fault(row: dict[str | None, str | list[str] | None]) -> str:
    """Say what is wrong with a row; an empty sentence where nothing is."""
    if None in row or None in row.values():
        return "not three columns (a comma in the text wants quotation marks)"
    text, label, kind = (str(row[column]).strip() for column in _COLUMNS)
    if not text or not label:
        return "the text is empty" if label else "the label is empty"
    if kind and kind not in labels().kinds:
        return f"the kind {kind} is none of {', '.join(labels().kinds)}"
    if not kind and label != labels().nobody:
        return "the kind is empty"
    return ""


def _rows(source: Traversable) -> Iterator[LabelledText]:
    with source.open(encoding="utf-8") as lines:
        yield from read_rows(lines, source.name)


def _matters() -> Iterator[LabelledText]:
    """Yield each matter that stands under a label; a line of them may hold several, parted by spaces."""
    for label, lines in tomllib.loads(_data("matters.toml").read_text(encoding="utf-8")).items():
        for matter in " ".join(lines).split():
            yield LabelledText(matter, label)


def _sources() -> list[Traversable]:
    found = [one for one in _data("starter").iterdir() if one.name.endswith(".csv")]
    return sorted(found, key=lambda one: one.name)


def _data(name: str) -> Traversable:
    return resources.files("classifier").joinpath("data", name)
