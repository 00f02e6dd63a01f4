"""A process that is spoken with: what it says next, as one JSON object a line, and its end."""

import json
from asyncio.subprocess import Process
from typing import Any


async def next_line(process: Process) -> dict[str, Any]:
    """Return what a process says next; empty where it has ended. Raises ValueError where that is no JSON."""
    if process.stdout is None:
        raise ConnectionError("the process has no voice")
    line = await process.stdout.readline()
    told: dict[str, Any] = json.loads(line) if line else {}
    return told


async def tell(process: Process, said: dict[str, Any]) -> None:
    """Tell a process something; raise OSError where it cannot be told."""
    if process.stdin is None:
        raise ConnectionError("the process cannot be told")
    process.stdin.write(json.dumps(said).encode() + b"\n")
    await process.stdin.drain()


async def ended(process: Process | None) -> None:
    """End a process, if there is one, and wait until it is gone."""
    if process is None:
        return
    if process.returncode is None:
        process.kill()
    await process.wait()
    if process.stdin is not None:
        process.stdin.close()
