"""Model files: a folder with a skops file that holds no code, and metrics.json, which names it and makes it count."""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from skops import io as skops_io

from classifier.corpus import starter_checksum, starter_corpus
from classifier.model import Model
from classifier.novelty import Background, Novelty
from classifier.pipeline import Columns, Curve, Features, Head
from classifier.tokens import tokenizer
from classifier.training import train

FORMAT: Final = 4
CARD: Final = "metrics.json"
_FILE_NAME: Final = re.compile(r"model-[0-9a-f]{16}\.skops")


class ModelFileError(Exception):
    """A model that cannot be used as it lies there; the sentence says why and what to do."""


def save(model: Model, folder: Path) -> None:
    """Keep a model in `folder`, in place of the one there.

    A kill at any moment leaves the old or the new one: the new file gets a name of its own, and replacing metrics.json,
    which says which file counts, is the step that decides.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f".writing-{os.getpid()}"
    skops_io.dump(_state(model), written, compression=zipfile.ZIP_DEFLATED, compresslevel=6)
    digest = _digest(written)
    name = f"model-{digest[:16]}.skops"
    _settle(written, folder / name)
    card = {"format": FORMAT, "file": name, "sha256": digest, "labels": list(model.units.labels), **model.metrics}
    written.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _settle(written, folder / CARD)
    for old in folder.glob("model-*.skops"):
        if old.name != name:
            old.unlink(missing_ok=True)


def load(folder: Path) -> Model:
    """Read the model in `folder`; raise ModelFileError where there is none, or a damaged, foreign or newer one."""
    card = _card(folder)
    path = folder / str(card["file"])
    try:
        digest = _digest(path)
    except OSError as error:
        raise ModelFileError(f"The model {path} cannot be read ({error}). Train it again.") from error
    if digest != card["sha256"]:
        raise ModelFileError(f"The model {path} is damaged: its checksum differs from {CARD}. Train it again.")
    try:
        return _restored(skops_io.load(path, trusted=[]))
    except Exception as error:  # whatever a foreign file makes skops or numpy raise, it is no model
        raise ModelFileError(
            f"The model {path} cannot be read ({type(error).__name__}: {error}). Train it again."
        ) from error


def load_or_train_starter(folder: Path, *, on_progress: Callable[[str], None] | None = None) -> Model:
    """Return the model of the starter corpus, kept under `folder` by the corpus's checksum.

    The first call trains it, which takes seconds: call it off the event loop. `on_progress` hears a plain English
    sentence before each step. Raises CorpusError for a bad corpus.
    """
    say = on_progress or (lambda _sentence: None)
    kept = folder / f"starter-{starter_checksum()}"
    tokenizer()
    try:
        return load(kept)
    except ModelFileError:
        say("training the starter model")
        model = train(starter_corpus())
    say("saving the starter model")
    save(model, kept)
    return model


def _state(model: Model) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "columns": [{"names": "\n".join(each.names), "idf": each.idf} for each in model.features.columns()],
        "units": _head_state(model.units),
        "kinds": None if model.kinds is None else _head_state(model.kinds),
        "threshold": model.threshold,
        "threshold_98": model.threshold_98,
        "nobody": model.nobody,
        "novelty": None if model.novelty is None else _novelty_state(model.novelty),
        "metrics": dict(model.metrics),
    }


def _head_state(head: Head) -> dict[str, Any]:
    weights = head.weights.astype(np.float16)
    return {"labels": list(head.labels), "weights": weights, "bias": head.bias, "curve": list(head.curve)}


def _novelty_state(novelty: Novelty) -> dict[str, Any]:
    return {
        "idf": novelty.background.idf,
        "head": _head_state(novelty.background.head),
        "known": novelty.known,
        "counts": list(novelty.counts),
        "least": novelty.least,
    }


def _restored(state: Mapping[str, Any]) -> Model:
    if state["format"] != FORMAT:
        raise ValueError(f"format {state['format']}, but this version reads {FORMAT}")
    features = Features.restored(
        [
            Columns(tuple(each["names"].split("\n")) if len(each["idf"]) else (), each["idf"])
            for each in state["columns"]
        ]
    )
    columns = sum(len(each["idf"]) for each in state["columns"])
    kinds = None if state["kinds"] is None else _restored_head(state["kinds"], columns)
    units = _restored_head(state["units"], columns)
    thresholds = float(state["threshold"]), float(state["threshold_98"])
    novelty = None if state["novelty"] is None else _restored_novelty(state["novelty"])
    return Model(features, units, kinds, *thresholds, str(state["nobody"]), novelty, state["metrics"])


def _restored_novelty(state: Mapping[str, Any]) -> Novelty:
    background = Background(state["idf"], _restored_head(state["head"], len(state["idf"])))
    margin, likeness = state["counts"]
    return Novelty(background, state["known"], (float(margin), float(likeness)), float(state["least"]))


def _restored_head(state: Mapping[str, Any], columns: int) -> Head:
    weights = np.ascontiguousarray(state["weights"], dtype=np.float32)
    if weights.shape != (columns, len(state["labels"])) or len(state["bias"]) != len(state["labels"]):
        raise ValueError(f"weights of shape {weights.shape} for {columns} columns and {len(state['labels'])} labels")
    return Head(tuple(state["labels"]), weights, np.asarray(state["bias"], dtype=np.float32), Curve(*state["curve"]))


def _card(folder: Path) -> dict[str, Any]:
    """Read metrics.json; every fault in it is a ModelFileError."""
    path = folder / CARD
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelFileError(f"There is no model in {folder}: {CARD} is missing. Train one.") from None
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{path} cannot be read ({error}). Train the model again.") from error
    if not isinstance(card, dict) or not isinstance(card.get("format"), int):
        raise ModelFileError(f"{path} is not the card of a model. Train one into this folder.")
    if not _FILE_NAME.fullmatch(str(card.get("file"))) or not isinstance(card.get("sha256"), str):
        raise ModelFileError(f"{path} names no model file. Train the model again.")
    if card["format"] != FORMAT:
        version = "a newer" if card["format"] > FORMAT else "an older"
        raise ModelFileError(
            f"The model in {folder} was made by {version} version (format {card['format']}, here {FORMAT}). "
            "Train it again."
        )
    return card


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(written: Path, place: Path) -> None:
    """Bring a file to the disk and then, in one step, to its name."""
    with written.open("rb+") as file:
        os.fsync(file.fileno())
    written.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
