"""Where a canary must not be heard: groups, other people's chats, answers to presses, file names and the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import logs
from tests.canary.bird import Bird
from tests.support.playing import Message, Town

_PACKAGES = ("bot", "storage", "classifier")
_WRITTEN_BY_PEOPLE = frozenset({"reply_to_message", "from", "chat", "external_reply", "quote"})


@dataclass
class Watch:
    """Everything that was said in a town, for one to search through."""

    town: Town
    folders: tuple[Path, ...]
    log: list[str]
    answers: list[str] = field(default_factory=list)

    async def places(self, bird: Bird, *, citizen: int, asker: int | None, kept: bool) -> dict[str, list[str]]:
        """Return what is heard of a canary, place by place; `asker` saw the number in private, with a reason."""
        groups, chats = await self._chats()
        others = {chat: said for chat, said in chats.items() if chat not in {citizen, asker}}
        return {
            "groups": bird.heard_in("\n".join(groups), kept=kept),
            "other chats": bird.heard_in("\n".join("\n".join(each) for each in others.values())),
            "answers": bird.heard_in("\n".join(self.answers), kept=kept),
            "file names": bird.heard_in("\n".join(self._names()), kept=kept),
            "log": bird.heard_in("\n".join(self.log), kept=True),
        }

    async def told(self, bird: Bird, chat: int) -> bool:
        """Whether the number itself stands in a private chat."""
        _, chats = await self._chats()
        return bool(bird.heard_in("\n".join(chats.get(chat, []))))

    async def _chats(self) -> tuple[list[str], dict[int, list[str]]]:
        """Return all the bot ever said, as it stands and as it once stood: in groups, and in each private chat."""
        groups: list[str] = []
        private: dict[int, list[str]] = {}
        for person in await self.town.call("GET", "/people"):
            seen = await self.town.call("GET", "/events", **{"as": person["id"], "since": 1})
            messages = [event["message"] for event in seen["events"] if "message" in event]
            for chat in await self.town.call("GET", "/chats", **{"as": person["id"]}):
                messages += await self.town.messages(chat["id"], by=person["id"])
            for message in messages:
                said = list(strings(message)) if is_bots(message) else []
                chat_id = message["chat"]["id"]
                (groups if chat_id < 0 else private.setdefault(chat_id, [])).extend(said)
        return groups, private

    def _names(self) -> Iterator[str]:
        for folder in self.folders:
            yield from (path.name for path in folder.rglob("*"))


def is_bots(message: Message) -> bool:
    """Whether the bot wrote it: what staff type themselves is theirs."""
    return bool((message.get("from") or {}).get("is_bot"))


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a message of the bot: words, captions, buttons, names of files."""
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from strings(each)
        case dict():
            for name, part in value.items():
                if name not in _WRITTEN_BY_PEOPLE:
                    yield from strings(part)
        case _:
            return


@contextmanager
def listening() -> Iterator[list[str]]:
    """Give the lines that the bot logs at DEBUG, as `lianxin run` would write them."""
    lines: list[str] = []
    root = logging.getLogger()
    before = (root.handlers[:], root.level, [(name, logging.getLogger(name).level) for name in _PACKAGES])
    logs.set_up("DEBUG")
    written = root.handlers[0].formatter
    for handler in root.handlers:
        root.removeHandler(handler)
    root.addHandler(_Lines(lines, written))
    try:
        yield lines
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        for name, level in before[2]:
            logging.getLogger(name).setLevel(level)


class _Lines(logging.Handler):
    def __init__(self, lines: list[str], written: logging.Formatter | None) -> None:
        super().__init__()
        self._lines = lines
        self.setFormatter(written)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))
