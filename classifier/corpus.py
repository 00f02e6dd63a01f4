"""Labelled messages to learn from: the starter corpus that comes with the project, read with errors named by line."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from classifier.reading import Fault, Row, TableError, parsed


class CorpusError(ValueError):
    """A row of the corpus that cannot be learnt from; the sentence names file and line."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A message, the label it belongs to, and its kind (empty where it has none).

    A `name` of a matter is no message: it is learnt from, but how well it is guessed says nothing.
    """

    text: str
    label: str
    kind: str = ""
    name: bool = False


def starter_corpus() -> list[LabelledText]:
    """Return every row of data/starter/*.csv, then the matters of data/matters.toml; raise CorpusError at a bad row."""
    return [*(row for source in _sources() for row in _rows(source)), *_matters()]


def starter_checksum() -> str:
    """Return a name for what the starter model is trained from: it changes with any row and any term."""
    digest = hashlib.sha256()
    for source in [
        *_sources(),
        *(_data(name) for name in ("matters.toml", "terms.txt", "elsewhere.toml", "labels.toml")),
    ]:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def read_rows(lines: Iterable[str], name: str) -> Iterator[LabelledText]:
    """Yield the rows of a CSV as `read_table` takes it; raise CorpusError naming `name` and the line."""
    for row in _parsed(lines, name):
        if isinstance(row, Fault):
            raise CorpusError(f"{name}, {row}")
        yield LabelledText(row.text, row.label, row.kind)


def _parsed(lines: Iterable[str], name: str) -> Iterator[Row | Fault]:
    try:
        yield from parsed(lines, labelled=True)
    except TableError as error:
        raise CorpusError(f"{name}, {error}") from None


def _rows(source: Traversable) -> Iterator[LabelledText]:
    with source.open(encoding="utf-8") as lines:
        yield from read_rows(lines, source.name)


def _matters() -> Iterator[LabelledText]:
    """Yield each matter that stands under a label; a line of them may hold several, parted by spaces."""
    for label, lines in tomllib.loads(_data("matters.toml").read_text(encoding="utf-8")).items():
        for matter in " ".join(lines).split():
            yield LabelledText(matter, label, name=True)


def _sources() -> list[Traversable]:
    found = [one for one in _data("starter").iterdir() if one.name.endswith(".csv")]
    return sorted(found, key=lambda one: one.name)


def _data(name: str) -> Traversable:
    return resources.files("classifier").joinpath("data", name)
