"""What `run`, `sandbox` and `demo` do: start, say `ready`, wait, stop cleanly."""

import asyncio
import shutil
from pathlib import Path

import click

from bot.clock import Clock
from bot.delivery.intake import CannotPoll
from bot.logs import set_up
from bot.platforms.sandbox.cast import CastError, load_cast
from bot.platforms.sandbox.server import Sandbox
from bot.settings import Settings, SettingsWrong, load_settings
from bot.thinking.thinker import ModelUnusable
from bot.wiring import SANDBOX_TOKEN, Service
from storage.city.reading import CityError
from storage.engine import DatabaseUnusable

CANNOT_RUN = (SettingsWrong, CannotPoll, DatabaseUnusable, CityError, CastError, ModelUnusable, OSError, ValueError)
_DEMO = Path("demo")
_DEMO_HOLD_SECONDS = 3


async def run_bot() -> None:
    """Run the bot until stopped."""
    settings = load_settings()
    set_up(settings.log_level)
    service = Service(settings)
    try:
        await service.start()
        click.echo("ready")
        await service.wait()
    finally:
        await service.stop()


async def run_sandbox(*, port: int, limits: bool, state: Path | None) -> None:
    """Run the sandbox until stopped."""
    sandbox = await Sandbox.start(port=port, limits=limits, state=state, cast=load_cast())
    try:
        click.echo(f"ready: {sandbox.address}")
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


async def run_demo(*, port: int, fresh: bool, limits: bool) -> None:
    """Run sandbox and bot in this process until stopped."""
    var = Path("var")
    home = _demo_home(var, fresh=fresh)
    sandbox = await Sandbox.start(port=port, limits=limits, state=home / "world.jsonl", cast=load_cast())
    service = None
    try:
        settings = _demo_settings(sandbox.address, home, var)
        set_up(settings.log_level)
        service = Service(settings, clock=Clock())
        await service.start()
        sandbox.advance_clock = service.advance_clock
        click.echo(f"ready: {sandbox.address}")
        await service.wait()
    finally:
        if service is not None:
            await service.stop()
        await sandbox.stop()


def _demo_home(var: Path, *, fresh: bool) -> Path:
    home = var / _DEMO
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    return home


def _demo_settings(address: str, home: Path, var: Path) -> Settings:
    return load_settings(
        token=SANDBOX_TOKEN,
        api_base=address,
        database_url=f"sqlite:///{home / 'lianxin.db'}",
        hold_seconds=_DEMO_HOLD_SECONDS,
        city=None,
        model=None,
        pacing=True,
        var=var,
    )
