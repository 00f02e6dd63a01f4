"""`lianxin doctor`: whether everything is there that `lianxin run` needs."""

import asyncio
import sys

import click

_MARKS = {True: "✓", False: "✗"}


@click.command()
def doctor() -> None:
    """Look at token, groups, database, model, calendar and units, and say what must be mended.

    One sentence each: ✓ is well, ✗ must be mended, with what to do. Ends with 1 where anything must be mended.
    Settings come from the environment, as for `lianxin run`.
    """
    sys.exit(0 if asyncio.run(_examined()) else 1)


async def _examined() -> bool:
    """Print the findings as they come; return whether all is well."""
    from bot.clock import Clock  # noqa: PLC0415 - aiogram and the model take seconds to import, --help should not
    from bot.doctor import examine  # noqa: PLC0415 - as above
    from bot.settings import SettingsWrong, load_settings  # noqa: PLC0415 - as above

    try:
        settings = load_settings()
    except SettingsWrong as error:
        click.echo(f"✗ {error}")
        return False
    well = True
    async for finding in examine(settings, now=Clock()()):
        click.echo(f"{_MARKS[finding.ok]} {finding.sentence}")
        well = well and finding.ok
    return well
