"""The process that has the model: a text a line in, an opinion a line out, as JSON; it ends when its input does."""

import argparse
import json
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.services.guessing import TOWN, Guess, Likely, Matter
from classifier.artefacts import ModelFileError, load_or_train_starter
from classifier.corpus import CorpusError
from classifier.labels import labels
from classifier.model import Model
from classifier.splitting import matters
from classifier.tokens import tokenizer
from storage.city.loading import load_city
from storage.domain.city import City
from storage.domain.words import Kind

_KEPT = 5


class Opinion:
    """The classifier with its labels in the office's terms; a label this city has no unit for is left out."""

    def __init__(self, model: Model, city: City) -> None:
        self._model = model
        self._city = city
        self._any_town = labels().town

    def of(self, text: str) -> Guess:
        """Return what the classifier thinks of a text, and of each of its matters where it holds several."""
        parts = matters(self._model, text)
        each = tuple(Matter(part, self._alone(part)) for part in parts) if len(parts) > 1 else ()
        return replace(self._alone(text), matters=each)

    def _alone(self, text: str) -> Guess:
        found = self._model.guess(text)
        units = [(self._code(each.label), each) for each in found.ranked]
        likely = [Likely(code, each.p, each.words) for code, each in units if code is not None]
        for_nobody = found.ranked[0].label == self._model.nobody
        sure = found.auto and units[0][0] is not None
        return Guess(tuple(likely[:_KEPT]), sure, found.kind or Kind.HELP, for_nobody, new=found.new)

    def _code(self, label: str) -> str | None:
        if label == self._any_town:
            return TOWN
        unit = self._city.department_named(label)
        return unit.code if unit else None


def load_model(folder: Path | None, var: Path) -> Model:
    """Load the model in `folder`, or the starter model kept under `var`, trained at the first start."""
    if folder is not None:
        return Model.load(folder)
    return load_or_train_starter(var / "model", on_progress=lambda words: _tell({"progress": words}))


def main() -> None:
    """Load, say so, and answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    given = _arguments()
    try:
        opinion = Opinion(load_model(given.model, given.var), load_city(given.city))
    except (ModelFileError, CorpusError, OSError) as error:
        _tell({"error": str(error)})
        sys.exit(1)
    tokenizer()
    _tell({"ready": True})
    for line in sys.stdin:
        _tell(opinion.of(json.loads(line)["text"]).to_json())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--city", "--model", "--var"):
        parser.add_argument(name, type=Path)
    return parser.parse_args()


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
