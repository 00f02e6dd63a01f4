"""The four bots as processes: how each is started, what CPU it used, and which appeals it kept."""

import asyncio
import os
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.support.processes import Running, joining

VAR = Path("var").resolve()
_TICKS = os.sysconf("SC_CLK_TCK")
_USER_TIME, _SYSTEM_TIME = 11, 12  # of /proc/PID/stat, counted behind the name


@dataclass(frozen=True)
class Bot:
    """One of the four: its name in the table, its id on the platform, the module that is run."""

    name: str
    id: int
    module: str

    @property
    def is_ours(self) -> bool:
        """Whether it is the project's own."""
        return self.id == 1

    @property
    def token(self) -> str:
        """What it shows to the platform; the sandbox knows any."""
        return f"{self.id}:sandbox"


OURS = Bot("ours", 1, "ours")
MEMORY = Bot("(b) aiogram, memory", 2, "with_aiogram")
INBOX = Bot("(b') aiogram, inbox", 3, "with_inbox")
PTB = Bot("(c) PTB, memory", 4, "with_ptb")
BOTS = (OURS, MEMORY, INBOX, PTB)


@dataclass(frozen=True)
class Setting:
    """Where a bot runs: the platform, the folder of its database, the group for the peers' cards, what is left out."""

    base: str
    folder: Path
    group: int = -1
    mute: bool = False
    thinks: bool = False


class Contender(Running):
    """A bot's process."""

    def __init__(self, bot: Bot, setting: Setting, log: IO[bytes]) -> None:
        super().__init__(*_options(bot, setting), env=environment_of_ours(setting), log=log)
        self.bot = bot
        self.books = Books(bot, database_of(bot, setting.folder))

    async def launch(self) -> None:
        """Start it without waiting."""
        module = f"tests.bench.peers.{self.bot.module}"
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *self._words), stdin=DEVNULL, stdout=PIPE, stderr=self._log, env=self._env
        )

    def cpu(self) -> float:
        """CPU seconds of the bot's process until now."""
        return _cpu_of(self._pid)

    def cpu_of_all(self) -> float:
        """The same with the processes that it started: our classifier."""
        return self.cpu() + sum(_cpu_of(child) for child in _children(self._pid))

    @property
    def _pid(self) -> int:
        assert self._process is not None
        return self._process.pid


def database_of(bot: Bot, folder: Path) -> Path:
    """Return where a bot keeps its appeals."""
    return folder / f"{bot.module}.db"


def environment_of_ours(setting: Setting) -> dict[str, str]:
    """Return the settings of `lianxin run`, of which a peer knows nothing; a unit's words are held one second."""
    return {
        **joining(setting.base, f"sqlite:///{database_of(OURS, setting.folder)}", var=VAR),
        "LIANXIN_LOG_LEVEL": "WARNING",
    }


def _options(bot: Bot, setting: Setting) -> list[str]:
    mute = ["--mute"] if setting.mute else []
    if bot.is_ours:
        return [*mute, *([] if setting.thinks else ["--thoughtless"])]
    where = ["--base", setting.base, "--token", bot.token, "--database", str(database_of(bot, setting.folder))]
    think = ["--think", str(VAR / "model")] if setting.thinks else []
    return [*where, f"--group={setting.group}", *mute, *think]


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME])) / _TICKS


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _read(task / "children").split()]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


class Books:
    """A bot's database, read from outside."""

    def __init__(self, bot: Bot, path: Path) -> None:
        self._bot = bot
        self._path = path

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Return the rows that answer a question."""
        connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def appeals(self) -> Counter[str]:
        """How often each text was kept as an appeal."""
        return Counter(str(text) for (text,) in self.ask("SELECT text FROM appeal"))

    def is_quiet(self) -> bool:
        """Whether ours has neither an update to handle nor a call to make; a peer keeps no such list."""
        waiting = "SELECT count(*) FROM inbox WHERE state = 'waiting'"
        owed = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
        return not self._bot.is_ours or self.ask(f"SELECT ({waiting}) + ({owed})") == [(0,)]
