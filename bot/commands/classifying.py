"""What `lianxin classifier` does: rows in, models, reports and guesses out."""

import csv
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from classifier.artefacts import ModelFileError, load_or_train_starter, save
from classifier.batches import judged
from classifier.corpus import CorpusError, LabelledText, starter_corpus
from classifier.evaluation import Report, cross_validated, evaluate
from classifier.model import Judged, Model
from classifier.reading import Row, Table, TableError
from classifier.training import Watch, train

__all__ = [
    "CANNOT",
    "as_json",
    "as_table",
    "labelled_rows",
    "load_model",
    "measured",
    "save",
    "train",
    "write_corpus",
    "write_guesses",
]

CANNOT = (TableError, ModelFileError, CorpusError, OSError, ValueError)
_FEWEST_LABELS = 2


def labelled_rows(table: Table) -> list[LabelledText]:
    """Return what can be learnt from; raise TableError where there is nothing to choose between."""
    if len({row.label for row in table.rows}) < _FEWEST_LABELS:
        raise TableError("every row has the same label: a classifier needs at least two to tell apart")
    return [LabelledText(row.text, row.label, row.kind) for row in table.rows]


def load_model(folder: Path | None, var: Path, *, on_progress: Callable[[str], None]) -> Model:
    """Load the model of `folder`, or the starter model kept under `var`."""
    return load_or_train_starter(var / "model", on_progress=on_progress) if folder is None else Model.load(folder)


def measured(rows: Sequence[LabelledText], model: Model | None, *, folds: int, seed: int, watch: Watch) -> Report:
    """Measure `model` on the rows, or by cross-validation where there is none."""
    if model is None:
        return cross_validated(rows, folds=folds, seed=seed, watch=watch)
    return evaluate(model, rows, watch=watch)


def as_json(report: Report) -> str:
    """Return the report as one JSON object."""
    return json.dumps(report.to_json(), ensure_ascii=False, indent=1)


def as_table(report: Report) -> str:
    """Return the report for people: the figures, then the labels, the worst first."""
    figures = {name: value for name, value in report.to_json().items() if name != "per_label"}
    lines = [f"{name:14}{value:>10}" if name == "n" else f"{name:14}{value:>10.4f}" for name, value in figures.items()]
    lines += ["", f"{'precision':>10}{'recall':>10}{'f1':>10}{'support':>10}  label"]
    worst_first = sorted(report.per_label.items(), key=lambda each: each[1].f1)
    lines += [
        f"{of.precision:>10.3f}{of.recall:>10.3f}{of.f1:>10.3f}{of.support:>10}  {name}" for name, of in worst_first
    ]
    return "\n".join(lines)


def write_guesses(model: Model, rows: Sequence[Row], out: Path, *, watch: Watch) -> None:
    """Write a JSON line a row; the file appears when it is whole."""
    part = out.with_name(f".{out.name}.{os.getpid()}")
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("w", encoding="utf-8") as file:
            for row, guess in zip(rows, judged(model, [row.text for row in rows], watch=watch), strict=True):
                file.write(json.dumps(_line(row, guess), ensure_ascii=False) + "\n")
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _line(row: Row, guess: Judged) -> dict[str, object]:
    guesses = [{"label": label, "p": round(p, 6)} for label, p in zip(guess.ranked, guess.p, strict=True)]
    return {"id": row.id, "guesses": guesses, "auto": guess.auto}


def write_corpus(out: Path) -> int:
    """Write the starter corpus as a CSV; return how many rows it has."""
    rows = starter_corpus()
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label", "kind"])
        writer.writerows((row.text, row.label, row.kind) for row in rows)
    return len(rows)
