"""Without sends: the bots handle what citizens say and press, and nothing of theirs goes to the platform.

A citizen cannot press what was never shown. What ours would show stands in its outbox; a peer's four steps are known.
Everybody takes a step, and when all of that is handled, everybody takes the next.
"""

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import IO, Any

from tests.bench.peers import words
from tests.bench.peers.contenders import Bot, Contender, Setting
from tests.bench.peers.costs import ROUNDS, measured, middle
from tests.bench.peers.dialogue import Move, first_words, next_move
from tests.bench.peers.feeding import Feed, pressed, said
from tests.bench.peers.figures import Work

Json = dict[str, Any]
_STILL_SECONDS = 0.15
_WARM = 20
_FIRST_PERSON = 50_001


def _card(text: str, button: tuple[str, str] | None = None) -> Json:
    rows = [[{"text": button[0], "callback_data": button[1]}]] if button else []
    return {"text": text, **({"reply_markup": {"inline_keyboard": rows}} if rows else {})}


_SHOWN_BY_A_PEER = (
    _card(words.ASK_WHERE),
    _card(words.ASK_CONTACT, words.NO_PHONE),
    _card(words.summary(text="路灯坏了", place="东门", unit=""), words.SUBMIT),
    _card(words.receipt(number="LX-20260101-0001")),
)


@dataclass
class Crowd:
    """Citizens who all file one appeal; `taken` is how many steps they took, `shown` what each sees now."""

    contender: Contender
    feed: Feed
    people: range
    taken: int = 0
    shown: dict[int, Json] = field(default_factory=dict)

    async def file(self) -> tuple[int, int]:
        """Take step after step until nobody is asked anything more; return how many appeals and updates that was."""
        updates = 0
        moves: dict[int, Move | None] = {person: first_words(person) for person in self.people}
        while any(moves.values()):
            updates += sum(move is not None for move in moves.values())
            await self._step({person: move for person, move in moves.items() if move})
            moves = {person: next_move(card["text"], _labels(card)) for person, card in self.shown.items()}
        return len(self.people), updates

    async def agree(self) -> None:
        """Let everybody agree to our privacy notice, beforehand."""
        await self._step(dict.fromkeys(self.people, Move(words="/start")))
        await self._step(dict.fromkeys(self.people, Move(label="同意,开始说")))

    async def _step(self, moves: dict[int, Move]) -> None:
        self.taken += 1
        await self.feed.give([self._update(person, move) for person, move in moves.items()])
        await (self._inbox_worked_off() if self.contender.bot.is_ours else self._still())
        before, self.shown = self.shown, self._read()
        if before and any(before.get(person) == self.shown.get(person) for person in moves):
            raise RuntimeError(f"{self.contender.bot.name} left step {self.taken} of somebody unanswered")

    def _update(self, person: int, move: Move) -> Json:
        if move.words:
            return said(person, self.taken, move.words)
        card = self.shown[person]
        return pressed(person, self.taken, card, _buttons(card)[move.label])

    def _read(self) -> dict[int, Json]:
        if not self.contender.bot.is_ours:
            return dict.fromkeys(self.people, _SHOWN_BY_A_PEER[self.taken - 1])
        newest = "SELECT max(id) FROM outbox WHERE chat_id BETWEEN ? AND ? GROUP BY chat_id"
        rows = self.contender.books.ask(
            f"SELECT chat_id, payload FROM outbox WHERE id IN ({newest})",  # noqa: S608 - put together above
            self.people.start,
            self.people.stop - 1,
        )
        return {int(str(person)): _shown(json.loads(str(payload))) for person, payload in rows}

    async def _inbox_worked_off(self) -> None:
        while self.contender.books.ask("SELECT count(*) FROM inbox WHERE state = 'waiting'") != [(0,)]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    async def _still(self) -> None:
        """Wait until the bot uses no CPU any more."""
        before = -1.0
        while before != (before := self.contender.cpu()):  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(_STILL_SECONDS)


def _shown(payload: Json) -> Json:
    return {name: payload[name] for name in ("text", "reply_markup") if name in payload}


def _buttons(card: Json) -> dict[str, str]:
    rows = card.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data", "") for row in rows for button in row}


def _labels(card: Json) -> list[str]:
    return list(_buttons(card))


async def work_without_sends(bot: Bot, *, appeals: int, thinks: bool, folder: Path, log: IO[bytes]) -> Work:
    """Let several crowds file their appeals, one after the other; return the middle one's cost."""
    async with AsyncExitStack() as stack:
        feed = await stack.enter_async_context(Feed())
        contender = Contender(bot, Setting(feed.address, folder, mute=True, thinks=thinks), log)
        stack.push_async_callback(contender.stop)
        await contender.start()
        sizes = [_WARM, *[appeals // ROUNDS] * ROUNDS]
        ends = list(accumulate(sizes, initial=_FIRST_PERSON))
        crowds = [Crowd(contender, feed, range(*ends_of)) for ends_of in pairwise(ends)]
        rounds = [await _through(crowd) for crowd in crowds]
        _check(contender, sum(sizes))
        return middle(rounds[1:])


async def _through(crowd: Crowd) -> Work:
    """File the crowd's appeals; the consent beforehand is not counted."""
    if crowd.contender.bot.is_ours:
        await crowd.agree()
    return await measured(crowd.contender, crowd.file)


def _check(contender: Contender, appeals: int) -> None:
    kept = contender.books.appeals()
    if len(kept) != appeals or max(kept.values()) > 1:
        raise RuntimeError(f"{contender.bot.name} kept {kept.total()} appeals of {appeals}")
