"""Looks among the appeals in hand for what is like a draft, and for what many report; in a process of its own.

The process is started when it is first asked about a draft, or there is enough to make a topic, and again should it
die; then it is told all anew. Until it knows all, nothing is alike: no citizen waits for it.
"""

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.guessing import ThoughtNeeded
from bot.services.topics import Cluster
from bot.thinking.processes import ended, next_line, tell
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import topics
from storage.tables import Appeal, Draft

_log = logging.getLogger(__name__)
_START_SECONDS: Final = 300
_ANSWER_SECONDS: Final = 60
_PATIENCE_SECONDS: Final = 2
_LONGEST_TEXT: Final = 1000
_LONGEST_LINE: Final = 2**22
_AT_ONCE: Final = 100
_OVERLAP: Final = 100
_REMEMBERED: Final = 200


class Asked(NamedTuple):
    """What of a draft decides what is like it."""

    text: str
    town: str | None
    village: str | None
    place: str | None


class Lookout:
    """One process with what is compared; `stop` ends it."""

    def __init__(self, *, database: Database, city: City, now: Callable[[], datetime]) -> None:
        self._database = database
        self._city = city
        self._now = now
        self._process: Process | None = None
        self._lock = asyncio.Lock()
        self._known: set[int] = set()
        self._filling: asyncio.Task[None] | None = None
        self._found: dict[Asked, Sequence[int]] = {}

    async def find_alike(self, _session: AsyncSession, draft: Draft) -> Sequence[int]:
        """Return the ids of appeals like a draft, the likest first.

        Raises ThoughtNeeded where it was not looked for since the last time; what is then found is told once.
        """
        asked = Asked(draft.text[:_LONGEST_TEXT], draft.town, draft.village, draft.place)
        if asked not in self._found:
            raise ThoughtNeeded(partial(self._look, asked))
        return self._found.pop(asked)

    async def find_topics(self) -> Sequence[Cluster]:
        """Return what many people reported in the city's window, the most reported first; none where few did."""
        rule, since = self._city.topics, self._since()
        async with self._database.reading() as session:
            keys = await topics.comparable(session, since=since)
        if len(keys) < rule.people and self._process is None:
            return ()
        try:
            await self._catch_up()
            await self._ask({"keep": list(keys)})
            self._known &= set(keys)
            found = await self._ask({"topics": {"since": since.timestamp(), "people": rule.people}})
        except (OSError, TimeoutError, ValueError):
            _log.exception("what many report could not be looked for")
            await self._end()
            return ()
        return [Cluster(tuple(keys), people, tuple(words)) for keys, people, words in found["topics"]]

    async def stop(self) -> None:
        """End the process, and what tells it of appeals."""
        if self._filling is not None:
            self._filling.cancel()
            await asyncio.gather(self._filling, return_exceptions=True)
        await self._end()

    async def _look(self, asked: Asked) -> None:
        """Look for what is like it, and remember that; where it takes too long nothing is."""
        found: Sequence[int] = ()
        try:
            if await self._knows_all():
                question = {"alike": {"key": 0, "person": 0, "at": 0, **self._said(asked)}}
                found = (await self._ask(question, _PATIENCE_SECONDS))["alike"]
        except (OSError, TimeoutError, ValueError):
            _log.exception("what is alike could not be looked for")
            await self._end()
        while len(self._found) >= _REMEMBERED:
            self._found.pop(next(iter(self._found)))
        self._found[asked] = found

    async def _knows_all(self) -> bool:
        """Whether the process knows all appeals but some, which it is told now; else it is told them beside."""
        if self._filling is not None and not self._filling.done():
            return False
        fresh = await self._fresh() if self._process is not None else ()
        if self._process is None or len(fresh) == _AT_ONCE:
            self._filling = asyncio.create_task(self._fill())
            return False
        await self._add(fresh)
        return True

    async def _fill(self) -> None:
        try:
            await self._catch_up()
        except (OSError, TimeoutError, ValueError, SQLAlchemyError):
            _log.exception("the appeals to compare with could not be told")
            await self._end()

    async def _catch_up(self) -> None:
        """Tell the process of every appeal it does not know yet; start it where it is not there."""
        async with self._lock:
            if self._process is None:
                self._known.clear()
                self._process = await asyncio.wait_for(_started(), _START_SECONDS)
        while fresh := await self._fresh():
            await self._add(fresh)

    async def _fresh(self) -> Sequence[Appeal]:
        """Return the next appeals to tell of, the oldest first.

        Ids some before the last are looked at again: whoever got a lower one may have been written down later.
        """
        after = max(0, max(self._known, default=0) - _OVERLAP)
        async with self._database.reading() as session:
            ids = await topics.comparable_after(session, since=self._since(), after=after, limit=_AT_ONCE + _OVERLAP)
            fresh = [each for each in ids if each not in self._known][:_AT_ONCE]
            return (await topics.appeals_of(session, fresh))[::-1] if fresh else ()

    async def _add(self, appeals: Sequence[Appeal]) -> None:
        if appeals:
            await self._ask({"add": [self._message(each) for each in appeals]})
            self._known |= {each.id for each in appeals}

    def _message(self, appeal: Appeal) -> dict[str, Any]:
        asked = Asked(appeal.text[:_LONGEST_TEXT], appeal.town, appeal.village, appeal.place)
        whose = {"key": appeal.id, "person": appeal.citizen_id, "at": appeal.accepted_at.timestamp()}
        return whose | self._said(asked)

    def _said(self, asked: Asked) -> dict[str, Any]:
        """Return what is said and where: the town by its code, the village by its name, the rest in words."""
        village = self._city.village(asked.village or "")
        return {
            "text": asked.text,
            "place": asked.place or "",
            "areas": [asked.town] if asked.town else [],
            "spots": [village[1].name] if village else [],
        }

    def _since(self) -> datetime:
        return self._now() - timedelta(days=self._city.topics.days)

    async def _ask(self, question: dict[str, Any], seconds: float = _ANSWER_SECONDS) -> dict[str, Any]:
        """Return the answer of the process; raise OSError, TimeoutError or ValueError where there is none."""
        async with self._lock:
            if self._process is None:
                raise ConnectionError("the process is not there")
            return await asyncio.wait_for(_answered(self._process, question), seconds)

    async def _end(self) -> None:
        process, self._process = self._process, None
        self._known.clear()
        await ended(process)


async def _started() -> Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.thinking.board"),
        stdin=PIPE,
        stdout=PIPE,
        start_new_session=True,
        limit=_LONGEST_LINE,
    )
    try:
        await _heard(process)
    except BaseException:
        await ended(process)
        raise
    return process


async def _answered(process: Process, question: dict[str, Any]) -> dict[str, Any]:
    await tell(process, question)
    return await _heard(process)


async def _heard(process: Process) -> dict[str, Any]:
    """Return what the process says; raise ConnectionError where it ended."""
    heard = await next_line(process)
    if not heard:
        raise ConnectionError("the process ended")
    return heard
