"""Real `lianxin` processes: started, waited for, killed by their pid."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from typing import IO

LIANXIN = str(Path(sys.executable).with_name("lianxin"))


class Running:
    """One `lianxin` process in a process group of its own."""

    def __init__(self, *words: str, env: Mapping[str, str] | None = None, log: IO[bytes] | None = None) -> None:
        self._words = words
        self._env = {**os.environ, **(env or {})}
        self._log = log
        self._process: Process | None = None

    async def start(self, *, seconds: float = 120) -> str:
        """Start it and return the line that begins with `ready`."""
        await self.launch()
        return await asyncio.wait_for(self.ready(), seconds)

    async def launch(self) -> None:
        """Start it without waiting."""
        self._process = await asyncio.create_subprocess_exec(
            *(LIANXIN, *self._words), stdin=DEVNULL, stdout=PIPE, stderr=self._log or DEVNULL, env=self._env
        )

    async def ready(self) -> str:
        """Wait for the line that begins with `ready`; raise where the process ends instead."""
        assert self._process is not None
        assert self._process.stdout is not None
        while line := (await self._process.stdout.readline()).decode():
            if line.startswith("ready"):
                return line.strip()
        raise RuntimeError(f"lianxin {' '.join(self._words)} ended with {await self._process.wait()}")

    async def kill(self) -> None:
        """SIGKILL: no time to put anything away."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM; return the exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        process = self._process
        assert process is not None
        if process.returncode is None:
            process.send_signal(number)
        if process.stdout is not None:
            await process.stdout.read()
        return await process.wait()


async def start_sandbox(folder: Path, *, log: IO[bytes] | None = None) -> tuple[Running, str]:
    """Start `lianxin sandbox` on a free port; return it and its address."""
    sandbox = Running("sandbox", "--port", "0", "--no-limits", "--state", str(folder / "world.jsonl"), log=log)
    line = await sandbox.start()
    return sandbox, line.removeprefix("ready:").strip()


def bot_of(address: str, database_url: str, *, var: Path, log: IO[bytes] | None = None) -> Running:
    """Return a `lianxin run` that joins the sandbox at `address`; it is not started yet."""
    env = {
        "LIANXIN_TOKEN": "1:sandbox",
        "LIANXIN_API_BASE": address,
        "LIANXIN_DATABASE_URL": database_url,
        "LIANXIN_VAR": str(var),
        "LIANXIN_PACING": "false",
        "LIANXIN_HOLD_SECONDS": "1",
    }
    return Running("run", env=env, log=log)
