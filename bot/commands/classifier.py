"""`lianxin classifier …`: train, evaluate and use models from the command line, without bot or database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from bot.commands.bars import bar

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

data_option = click.option(
    "--data",
    type=FILE,
    required=True,
    help="A CSV file whose first line names its columns: text,label or title,body,label; id and kind if there are any.",
)
model_option = click.option("--model", type=FOLDER, help="The folder of a trained model; the starter model else.")
seed_option = click.option("--seed", default=0, show_default=True, help="The same rows and seed give the same model.")


@click.group()
def classifier() -> None:
    """Train, evaluate and use a classifier: which unit is in charge of a message.

    Files are CSV in UTF-8 (or GB18030). Rows that cannot be used are named by line on standard error, and the others
    are used. LIANXIN_VAR says where the starter model is kept (default: var); it is trained where it is missing.
    """


@classifier.command()
@data_option
@click.option("--out", type=FOLDER, required=True, help="The folder to keep the model in, in place of one there.")
@seed_option
def train(data: Path, out: Path, seed: int) -> None:
    """Learn from the labelled messages of a file; keep the model and its figures in a folder.

    `lianxin run` uses it with LIANXIN_MODEL set to the folder. The figures printed are those of cross-validation.
    """
    from bot.commands import classifying  # noqa: PLC0415 - the model takes seconds to import, --help should not

    with _said():
        rows = classifying.labelled_rows(_table(data, labelled=True))
        with bar("training") as watch:
            model = classifying.train(rows, seed=seed, watch=watch)
        classifying.save(model, out)
    click.echo(f"trained on {len(rows)} messages of {len(model.units.labels)} labels, kept in {out}")
    for name, value in model.metrics.items():
        click.echo(f"{name:14} {value:.4f}" if name != "n" else f"{name:14} {value:.0f}")


@classifier.command()
@data_option
@model_option
@click.option("--folds", type=click.IntRange(2, 50), help="Cross-validate: train on the file itself in so many folds.")
@seed_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(data: Path, model: Path | None, folds: int | None, seed: int, *, as_json: bool) -> None:
    """Say how well a model finds the labels of a file it has not seen, or how well one trained on the file would.

    coverage_95 is the share of units' messages whose best label is probable enough for 95 % precision, and
    precision_95 how many of those are right; coverage_98 and precision_98 likewise. auto is the share that goes on by
    itself, being probable enough and like what was learnt; auto_precision says how many of those go right.
    """
    from bot.commands import classifying  # noqa: PLC0415 - as above

    if folds and model:
        raise click.UsageError("--folds trains models of its own: leave out --folds or --model.")
    with _said():
        rows = classifying.labelled_rows(_table(data, labelled=True))
        used = None if folds else _model(model)
        with bar("evaluating") as watch:
            report = classifying.measured(rows, used, folds=folds or 0, seed=seed, watch=watch)
    click.echo(classifying.as_json(report) if as_json else classifying.as_table(report))


@classifier.command()
@click.option("--data", type=FILE, required=True, help="A CSV file with text or title,body, and id if there is one.")
@model_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The JSON-lines file.")
def predict(data: Path, model: Path | None, out: Path) -> None:
    """Guess the label of each message: a JSON object a line, with every label, best first.

    {"id": …, "guesses": [{"label": …, "p": …}, …], "auto": true where the best may be used unasked};
    id is the row's number where the file has none.
    """
    from bot.commands import classifying  # noqa: PLC0415 - as above

    with _said():
        table = _table(data, labelled=False)
        used = _model(model)
        with bar("guessing") as watch:
            classifying.write_guesses(used, table.rows, out, watch=watch)
    click.echo(f"{len(table.rows)} messages guessed, kept in {out}")


@classifier.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The CSV file to write.")
def corpus(out: Path) -> None:
    """Write down what the starter model learns from, to read it or to go on from it: text,label,kind."""
    from bot.commands import classifying  # noqa: PLC0415 - as above

    with _said():
        click.echo(f"{classifying.write_corpus(out)} rows written to {out}")


def _table(path: Path, *, labelled: bool) -> Any:
    """Read a file; name the rows that are left out."""
    from classifier.reading import read_table  # noqa: PLC0415 - as above

    table = read_table(path, labelled=labelled)
    for fault in table.faults:
        click.echo(f"{path.name}, {fault}", err=True)
    if table.faults:
        click.echo(f"{path.name}: {len(table.faults)} rows left out, {len(table.rows)} used", err=True)
    return table


def _model(folder: Path | None) -> Any:
    """Load the model of a folder, or the starter model."""
    from bot.commands import classifying  # noqa: PLC0415 - as above

    var = Path(os.environ.get("LIANXIN_VAR") or "var")
    return classifying.load_model(folder, var, on_progress=lambda words: click.echo(f"{words} …", err=True))


@contextmanager
def _said() -> Iterator[None]:
    """Say in a sentence what makes it impossible, and end with 1."""
    from bot.commands.classifying import CANNOT  # noqa: PLC0415 - as above

    try:
        yield
    except CANNOT as error:
        raise click.ClickException(str(error)) from None
