"""Citizens on the sandbox: each says or presses what is due next, and waits for the bot's answer."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Self

from tests.bench.peers.contenders import Bot
from tests.bench.peers.dialogue import FILED, Move, first_words, next_move
from tests.support.playing import Message, Town, labels, text_of

_SHOWN = ("message", "edited")
Pause = Callable[[], Awaitable[None]]


async def no_pause() -> None:
    """Go on at once."""


@dataclass
class Ear:
    """What the bots showed in one person's chats since it was last asked."""

    town: Town
    person: int
    seq: int = 0

    async def listen(self) -> Self:
        """Begin here."""
        self.seq = (await self.town.call("GET", "/events", **{"as": self.person}))["seq"]
        return self

    async def heard(self, *, wait: float = 0) -> list[dict[str, Any]]:
        """Return the new and the edited messages of bots; wait so many seconds for the first event."""
        told = await self.town.call("GET", "/events", **{"as": self.person, "since": self.seq, "wait": wait})
        self.seq = told["seq"]
        return [each for each in told["events"] if each["type"] in _SHOWN and each["message"]["from"]["is_bot"]]


@dataclass
class Citizen:
    """One person's phone, open at the chat with one bot."""

    town: Town
    bot: Bot
    ear: Ear
    waits: list[float] = field(default_factory=list)
    shown: Counter[str] = field(default_factory=Counter)
    presses: set[asyncio.Task[Any]] = field(default_factory=set)
    has_submitted: bool = False

    @classmethod
    async def come(cls, town: Town, bot: Bot, name: str) -> Self:
        """Come as somebody nobody knows yet; let ours have the consent beforehand."""
        person = await town.newcomer(name)
        citizen = cls(town, bot, await Ear(town, person).listen())
        if bot.is_ours:
            await citizen._agree()
        return citizen

    @property
    def chat(self) -> str:
        """How the sandbox calls this chat."""
        return str(self.ear.person) if self.bot.is_ours else f"{self.ear.person}@{self.bot.id}"

    async def file(self, n: int, *, pause: Pause = no_pause) -> None:
        """Tell appeal `n` to its end; nothing is said or pressed twice."""
        move: Move | None = first_words(n)
        message: Message = {}
        while move:
            await pause()
            begun = perf_counter()
            await self._do(move, message)
            message, move = await self._answered(begun)

    async def _do(self, move: Move, message: Message) -> None:
        if move.words:
            await self.town.say(self.chat, move.words, by=self.ear.person)  # type: ignore[arg-type]
            return
        self.has_submitted = self.has_submitted or move.label == "提交"
        press = asyncio.create_task(self.town.press(self.chat, message, move.label, by=self.ear.person))  # type: ignore[arg-type]
        self.presses.add(press)
        press.add_done_callback(self.presses.discard)

    async def _answered(self, begun: float) -> tuple[Message, Move | None]:
        """Wait for the first answer, and go on waiting until one asks for something or tells the number."""
        is_first = True
        while True:
            for event in await self.ear.heard(wait=25):
                if is_first:
                    self.waits.append(perf_counter() - begun)
                    is_first = False
                self.shown[event["type"]] += 1
                message = event["message"]
                move = next_move(text_of(message), labels(message))
                if move or FILED in text_of(message):
                    return message, move

    async def _agree(self) -> None:
        """Say hello and agree to the privacy notice."""
        await self.town.say(self.ear.person, "/start")
        notice = await self._shown_with("同意,开始说")
        await self.town.press(self.ear.person, notice, "同意,开始说")
        await self._shown_with("我的诉求")

    async def _shown_with(self, label: str) -> Message:
        while True:
            for event in await self.ear.heard(wait=25):
                if label in labels(event["message"]):
                    return event["message"]
