"""The command `lianxin`."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from bot.commands.admin import admin
from bot.commands.classifier import classifier
from bot.commands.doctor import doctor
from bot.commands.retraining import COMMANDS
from bot.commands.simulate import simulate


@click.group(help="Lianxin: a chat-bot front door for citizens' appeals.")
@click.version_option(package_name="lianxin")
def main() -> None:
    """Everything is a subcommand."""


@main.command()
def run() -> None:
    """Run the bot against Telegram, or against whatever LIANXIN_API_BASE names.

    Settings come from the environment: LIANXIN_TOKEN (required), LIANXIN_API_BASE, LIANXIN_DATABASE_URL,
    LIANXIN_CITY (a folder of TOML). Prints `ready` when appeals can be sent; stops cleanly on Ctrl-C or SIGTERM.
    """
    from bot.commands.running import run_bot  # noqa: PLC0415 - aiogram takes seconds to import, --help should not

    _go(run_bot())


@main.command()
@click.option("--port", default=8081, show_default=True, help="The page's port on 127.0.0.1; 0 takes any free one.")
@click.option("--no-limits", is_flag=True, help="Do not imitate the platform's rate limits.")
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the world in this file, and go on from it.",
)
def sandbox(*, port: int, no_limits: bool, state: Path | None) -> None:
    """Run the local messaging platform alone, with the sample city's people and groups and no bot.

    `lianxin run` with LIANXIN_API_BASE set to the printed address and LIANXIN_TOKEN=1:sandbox joins it.
    """
    from bot.commands.running import run_sandbox  # noqa: PLC0415 - as above

    _go(run_sandbox(port=port, limits=not no_limits, state=state))


@main.command()
@click.option("--port", default=8081, show_default=True, help="The page's port on 127.0.0.1; 0 takes any free one.")
@click.option("--fresh", is_flag=True, help="Forget the last demo.")
@click.option("--no-limits", is_flag=True, help="Do not imitate the platform's rate limits.")
def demo(*, port: int, fresh: bool, no_limits: bool) -> None:
    """Play with the whole thing in a browser: no token, no internet, nothing to set up.

    One process with the local messaging platform, the bot, the sample city and the starter model. Prints
    `ready: <address of the page>`; Ctrl-C stops it, and started again everything is where it was.
    """
    from bot.commands.running import run_demo  # noqa: PLC0415 - as above

    _go(run_demo(port=port, fresh=fresh, limits=not no_limits))


for each in COMMANDS:
    classifier.add_command(each)
main.add_command(admin)
main.add_command(classifier)
main.add_command(doctor)
main.add_command(simulate)


def _go(work: Coroutine[Any, Any, None]) -> None:
    """Run until done, or until a signal asks to stop; say in one sentence what makes it impossible."""
    from bot.commands.running import CANNOT_RUN  # noqa: PLC0415 - as above

    try:
        asyncio.run(_until_asked_to_stop(work))
    except CANNOT_RUN as error:
        click.echo(f"lianxin: {error}", err=True)
        sys.exit(1)


async def _until_asked_to_stop(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        if not task.cancelled():
            raise
