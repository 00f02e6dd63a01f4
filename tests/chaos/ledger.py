"""The books after the chaos: what the citizens did against what the database and the chats hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.engine import open_database
from storage.repositories import inbox, outbox
from storage.repositories.inbox import InboxState
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal
from tests.support.playing import text_of

if TYPE_CHECKING:
    from tests.chaos.__main__ import Play
    from tests.support.playing import Town


@dataclass(frozen=True)
class Ledger:
    """Counts, each of which should be as its name hopes."""

    filed: int
    kills: int
    kept: int
    lost: int
    doubled: int
    closed: int
    stuck: list[str]
    answers_repeated: int
    receipts_repeated: int
    updates_left: int
    updates_broken: int
    calls_left: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled or left lying."""
        lying = (self.lost, self.doubled, len(self.stuck), self.updates_left, self.updates_broken, self.calls_left)
        return not any(lying) and self.closed == self.filed

    def table(self, *, minutes: float) -> str:
        """The ledger for people."""
        rows = [
            ("bot killed (SIGKILL)", self.kills),
            ("appeals filed", self.filed),
            ("appeals kept", self.kept),
            ("appeals lost", self.lost),
            ("appeals doubled", self.doubled),
            ("appeals answered, rated and closed", self.closed),
            ("citizens or staff who waited in vain", len(self.stuck)),
            ("updates left in the inbox", self.updates_left),
            ("updates put aside as broken", self.updates_broken),
            ("calls left in the outbox", self.calls_left),
            ("receipts shown twice (sent again after an uncertain send)", self.receipts_repeated),
            ("answers shown twice (sent again after an uncertain send)", self.answers_repeated),
        ]
        lines = [f"{name:<60}{value:>6}" for name, value in rows]
        return "\n".join([*lines, f"{'minutes':<60}{minutes:>6.1f}", *self.stuck[:10]])


async def read_books(database_url: str, town: Town, play: Play, said: list[str]) -> Ledger:
    """Compare what was said with what is kept."""
    database = open_database(database_url)
    async with database.reading() as session:
        rows = (await session.execute(select(Appeal.text, Appeal.status))).all()
        left = await inbox.count(session, InboxState.WAITING)
        broken = await inbox.count(session, InboxState.DEAD) + await inbox.count(session, InboxState.QUARANTINED)
        owed = await outbox.count(session, OutboxState.QUEUED) + await outbox.count(session, OutboxState.SENDING)
    await database.close()
    kept = Counter(text for text, _ in rows)
    receipts, answers = await _repeated(town, play)
    return Ledger(
        filed=len(said),
        kills=play.kills,
        kept=len(kept),
        lost=sum(text not in kept for text in said),
        doubled=sum(count > 1 for count in kept.values()),
        closed=sum(status == "closed" for _, status in rows),
        stuck=play.stuck,
        answers_repeated=answers,
        receipts_repeated=receipts,
        updates_left=left,
        updates_broken=broken,
        calls_left=owed,
    )


async def _repeated(town: Town, play: Play) -> tuple[int, int]:
    receipts = answers = 0
    for citizen, number in play.answered.values():
        heard = [text_of(message) for message in await town.messages(citizen) if message["from"]["is_bot"]]
        receipts += sum(number in text and "编号" in text for text in heard) > 1
        answers += sum("答复您了" in text for text in heard) > 1
    return receipts, answers
