"""`lianxin simulate`: a month of a county through the real services, on a clock of its own and with no platform."""

import asyncio
import gc
import json
import sys
import tempfile
from pathlib import Path

import click

from bot.commands.bars import bar

_GARBAGE = 50_000
"""So many new objects are waited for: looked for oftener, it takes a tenth of the time and finds little."""


@click.command()
@click.option(
    "--appeals", type=click.IntRange(1, 1_000_000), default=7000, show_default=True, help="How many are filed."
)
@click.option("--days", type=click.IntRange(1, 400), default=30, show_default=True, help="Over how many days.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same figures, byte for byte.")
@click.option("--database", "url", help="An empty database, sqlite:///… or postgresql://…; a temporary file else.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(*, appeals: int, days: int, seed: int, url: str | None, as_json: bool) -> None:
    """Play a month of a county: units that are late, bounce and forget, citizens who urge, block and reopen.

    Everything goes through the bot's own services, notices and jobs; only the platform is missing. Prints what the
    month came to, and `accounted for: all`, or names each appeal that is not, and ends with 1.
    """
    from bot.simulating.figures import as_table  # noqa: PLC0415 - aiogram takes seconds to import, --help should not
    from bot.simulating.month import simulate as play  # noqa: PLC0415 - as above
    from storage.engine import DatabaseUnusable  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as folder, bar("simulating") as watch:
        address = url or f"sqlite:///{Path(folder) / 'simulated.db'}"
        gc.set_threshold(_GARBAGE)
        try:
            figures = asyncio.run(play(address, appeals=appeals, days=days, seed=seed, watch=watch))
        except (DatabaseUnusable, OSError) as error:
            raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps(figures.to_json(), indent=1))
    else:
        click.echo(as_table(figures))
        for number, why in figures.unaccounted:
            click.echo(f"not accounted for: {number}: {why}")
        if not figures.unaccounted:
            click.echo("accounted for: all")
    sys.exit(1 if figures.unaccounted else 0)
