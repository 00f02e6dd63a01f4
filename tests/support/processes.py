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

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

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


def joining(address: str, database_url: str, *, var: Path) -> dict[str, str]:
    """Return the settings of a `lianxin run` that joins the sandbox at `address`."""
    return {
        "LIANXIN_TOKEN": "1:sandbox",
        "LIANXIN_API_BASE": address,
        "LIANXIN_DATABASE_URL": database_url,
        "LIANXIN_VAR": str(var),
        "LIANXIN_PACING": "false",
        "LIANXIN_HOLD_SECONDS": "1",
    }


class Forked:
    """A `lianxin run` forked from a process that imported everything before, to be killed many times."""

    def __init__(self, env: Mapping[str, str], log: IO[bytes]) -> None:
        self._env = {**os.environ, **env}
        self._log = log
        self._zygote: Process | None = None
        self._pid = 0

    async def launch(self) -> None:
        """Start the bot without waiting for it."""
        if self._zygote is None:
            command = (sys.executable, "-m", "tests.support.zygote")
            self._zygote = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=self._log, env=self._env
            )
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(b"start\n")
        await self._zygote.stdin.drain()
        self._pid = int((await self._line("pid ")).split()[1])

    async def ready(self) -> None:
        """Wait until the bot says that it is ready."""
        await self._line("ready")

    async def kill(self) -> None:
        """SIGKILL: no time to put anything away."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Stop the bot by SIGTERM, and the process it was forked from."""
        await self._end(signal.SIGTERM)
        if self._zygote is not None:
            self._zygote.kill()
            await self._zygote.communicate()

    async def _end(self, number: signal.Signals) -> None:
        os.kill(self._pid, number)
        while _lives(self._pid):  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.01)

    async def _line(self, beginning: str) -> str:
        assert self._zygote is not None
        assert self._zygote.stdout is not None
        while line := (await self._zygote.stdout.readline()).decode():
            if line.startswith(beginning):
                return line
        raise RuntimeError(f"the bot's parent ended before it said {beginning!r}")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
