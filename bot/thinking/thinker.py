"""Asks the process that has the model, starts it again should it die, and does without it rather than stop."""

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from pathlib import Path
from typing import Any

from bot.services.guessing import Guess, NoOpinionYet
from bot.thinking import versions
from bot.thinking.processes import ended, next_line, tell

_log = logging.getLogger(__name__)
_ANSWER_SECONDS = 10
_START_SECONDS = 300
_RESTART_SECONDS = 60
_REMEMBERED = 2000
_LONGEST_TEXT = 20_000
_LONGEST_LINE = 2**20


class ModelUnusable(RuntimeError):  # noqa: N818 - read aloud it says what is wrong
    """The model cannot be loaded; the sentence says why."""


class Thinker:
    """One model, asked for opinions; the same text is thought about once."""

    def __init__(self, *, model: Path | None, city: Path | None, var: Path) -> None:
        self._given = {"--city": city, "--var": var}
        self._var = var
        self._base = model
        self.version = ""
        self._process: Process | None = None
        self._lock = asyncio.Lock()
        self.is_there = False
        self._has_given_up = False
        self._known: OrderedDict[str, Guess] = OrderedDict()
        self._suspects: set[str] = set()
        self._restarting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return when the model is there; at the very first start it is trained, which takes some seconds.

        It is the one that was promoted last; where that cannot be loaded, the one that came first.
        """
        version = versions.current(self._var)
        try:
            self._process, self.version = await self._launched(version), version
        except ModelUnusable:
            if not version:
                raise
            _log.exception("the version %s cannot be used; the classifier begins with the first model", version)
            self._process, self.version = await self._launched(""), ""
        self.is_there, self._has_given_up = True, False

    async def switch(self, version: str) -> None:
        """Think with another version from now on; the old one answers until the new one is there.

        Raises ModelUnusable where the new one cannot be loaded; then the old one stays.
        """
        process = await self._launched(version)
        if self._restarting is not None:
            self._restarting.cancel()
        async with self._lock:
            former, self._process, self.version = self._process, process, version
            self._known.clear()
            self.is_there, self._has_given_up = True, False
        await ended(former)

    async def _launched(self, version: str) -> Process:
        """Start a process and return it when the model of that version (empty: the first) is there."""
        model = versions.folder_of(self._var, version) if version else self._base
        named = {"--model": model, **self._given}
        options = [part for name, path in named.items() if path is not None for part in (name, str(path))]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.thinking", *options),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
        try:
            await _is_ready(process)
        except BaseException:
            await ended(process)
            raise
        return process

    async def stop(self) -> None:
        """End the process, and what would start it again."""
        if self._restarting is not None:
            self._restarting.cancel()
            await asyncio.gather(self._restarting, return_exceptions=True)
        await self._end()

    async def guess(self, text: str) -> Guess:
        """Return what the classifier thinks; no opinion where it cannot be had, so that people decide.

        Raises NoOpinionYet while it is being started.
        """
        text = text[:_LONGEST_TEXT]
        if text not in self._known and not self._has_given_up:
            async with self._lock:
                self._remember(text, await self._thought(text))
        return self._known.get(text, Guess())

    async def _thought(self, text: str) -> Guess:
        if not self.is_there:
            raise NoOpinionYet
        try:
            return Guess.from_json(await asyncio.wait_for(self._ask(text), _ANSWER_SECONDS))
        except (OSError, TimeoutError, ValueError):
            _log.exception("the classifier did not answer and is started again")
            self.is_there = False
            self._restarting = asyncio.create_task(self._restart())
            if text not in self._suspects:  # once may be chance; what ends it twice is not asked about again
                self._suspects.add(text)
                raise NoOpinionYet from None
            return Guess()

    async def _restart(self) -> None:
        while not self.is_there:
            try:
                await self._end()
                await asyncio.wait_for(self.start(), _START_SECONDS)
            except (OSError, TimeoutError, ValueError, ModelUnusable):
                _log.exception("the classifier cannot be started; people decide meanwhile")
                self._has_given_up = True
                await asyncio.sleep(_RESTART_SECONDS)

    async def _end(self) -> None:
        self.is_there = False
        process, self._process = self._process, None
        await ended(process)

    def _remember(self, text: str, thought: Guess) -> None:
        self._known[text] = thought
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    async def _ask(self, text: str) -> dict[str, Any]:
        if self._process is None:
            raise ConnectionError("the classifier is not running")
        await tell(self._process, {"text": text})
        answer = await next_line(self._process)
        if "likely" not in answer:
            raise ValueError("the classifier gave no opinion")
        return answer


async def _is_ready(process: Process) -> None:
    """Return when the process has its model; raise ModelUnusable where it says that it cannot have it."""
    while not (told := await next_line(process)).get("ready"):
        if "progress" not in told:
            raise ModelUnusable(str(told.get("error") or "The model's process ended before it was ready."))
        _log.info("%s", told["progress"])
