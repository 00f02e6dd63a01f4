"""`lianxin classifier import | retrain | models | promote | rollback`: what /retrain and /models do, and more."""

from pathlib import Path
from typing import Final

import click

from bot.commands.bars import bar
from bot.commands.classifier import FILE


@click.command(name="import")
@click.argument("file", type=FILE, required=False)
@click.option("--forget", "forgotten", metavar="NAME", help="Forget what a file of this name brought.")
def import_labels(file: Path | None, forgotten: str | None) -> None:
    """Keep the labelled messages of FILE (CSV or XLSX) for every training to come, in place of those of that name.

    Columns as for `train`. Rows that cannot be used are named by line on standard error, and the others are kept;
    a label must be the name of a unit of the city. Without FILE, list the files that were imported.
    """
    from bot.commands import relearning  # noqa: PLC0415 - the model takes seconds to import, --help should not

    if forgotten:
        click.echo(f"{forgotten}: {relearning.forget(forgotten)} labels forgotten")
    elif file is None:
        for name, count in relearning.files():
            click.echo(f"{count:8} {name}")
    else:
        kept, faults = relearning.import_file(file)
        for fault in faults:
            click.echo(f"{file.name}, {fault}", err=True)
        click.echo(f"{file.name}: {kept} labels kept, {len(faults)} rows left out")


@click.command()
@click.option("--import", "file", type=FILE, help="Import a CSV or XLSX file before, as `classifier import` does.")
@click.pass_context
def retrain(context: click.Context, file: Path | None) -> None:
    """Train on the starter corpus, on closed appeals and on imports; print how the new model compares with the old.

    Settings come from the environment, as for `lianxin run`. The model in use stays: see `classifier promote`. One
    training at a time, here or in the bot.
    """
    from bot.commands import relearning  # noqa: PLC0415 - as above

    if file is not None:
        context.invoke(import_labels, file=file)
    with bar("training") as watch:
        made = relearning.retrain(watch)
    click.echo(relearning.as_table(made))


@click.command()
def models() -> None:
    """List the versions that were trained, the one in use first of all, and the classifier's last weeks."""
    from bot.commands import relearning  # noqa: PLC0415 - as above

    for line in relearning.models():
        click.echo(line)


@click.command()
@click.argument("version")
def promote(version: str) -> None:
    """Use VERSION from now on; a running bot follows within seconds. Refused where a unit would be served worse."""
    from bot.commands import relearning  # noqa: PLC0415 - as above

    relearning.promote(version)
    click.echo(f"{version} is in use. Back: `lianxin classifier rollback`.")


@click.command()
def rollback() -> None:
    """Use the model again that was in use before the last promotion: one step, no further."""
    from bot.commands import relearning  # noqa: PLC0415 - as above

    click.echo(f"{relearning.roll_back()} is in use.")


COMMANDS: Final = (import_labels, retrain, models, promote, rollback)
