"""Runs the process that trains, hears how far it is, and ends it when asked to."""

import asyncio
import base64
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.thinking import versions
from bot.thinking.processes import ended, next_line

_LONGEST_LINE: Final = 2**24
_LOOKED_SECONDS: Final = 1.0


class NotTrained(RuntimeError):  # noqa: N818 - read aloud it says what is wrong
    """The training made no model; the sentence says why."""


@dataclass(frozen=True)
class Trained:
    """What a training that made a model says of it."""

    report: dict[str, Any]
    picture: bytes


class Trainer:
    """Trains one version after the other, never two at once."""

    def __init__(self, *, model: Path | None, city: Path | None, var: Path, database_url: str) -> None:
        self.var = var
        self._database_url = database_url
        self._options = [
            part
            for name, path in (("--model", model), ("--city", city), ("--var", var))
            if path is not None
            for part in (name, str(path))
        ]

    async def train(self, version: str, *, against: str, on_way: Callable[[float], Awaitable[bool]]) -> Trained:
        """Return what became of it; raise NotTrained where there is no model, with nothing left of it.

        `on_way` hears about once a second how far it is, from 0 to 1, and says whether to go on.
        """
        process = await self._launched(version, against)
        try:
            return await self._followed(process, on_way)
        finally:
            await ended(process)
            versions.forget_unfinished(self.var)

    async def _launched(self, version: str, against: str) -> Process:
        command = (sys.executable, "-m", "bot.thinking", "--train", version, "--against", against, *self._options)
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=PIPE,
            start_new_session=True,
            limit=_LONGEST_LINE,
            env={**os.environ, "LIANXIN_DATABASE_URL": self._database_url},
        )

    async def _followed(self, process: Process, on_way: Callable[[float], Awaitable[bool]]) -> Trained:
        done, heard = 0.0, asyncio.ensure_future(next_line(process))
        try:
            while True:
                await asyncio.wait({heard}, timeout=_LOOKED_SECONDS)
                if not heard.done():
                    await _go_on(on_way, done)
                    continue
                told = heard.result()
                if "report" in told:
                    return Trained(told["report"], base64.b64decode(told["picture"]))
                if "done" not in told:
                    raise NotTrained(str(told.get("error") or "the process ended before it was done"))
                done, heard = float(told["done"]), asyncio.ensure_future(next_line(process))
        finally:
            heard.cancel()


async def _go_on(on_way: Callable[[float], Awaitable[bool]], done: float) -> None:
    if not await on_way(done):
        raise NotTrained("it was stopped")
