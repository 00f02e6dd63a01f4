"""What a handler may use while it serves one update."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import Spoken
from bot.house import House
from bot.services.guessing import Guess, OpinionNeeded
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.repositories import people
from storage.tables import Conversation, Office, Person, Staff

_OFFICE: Final = ("office.", "triage.")
_BEHIND: Final = "behind"


@dataclass
class Talk:
    """What this person is being asked in this chat; written back at the end of the update."""

    state: str = ""
    memo: dict[str, Any] = field(default_factory=dict)
    changed: bool = False
    row: Conversation | None = None

    def ask(self, state: str, **memo: Any) -> None:
        """Go on at `state`, remembering `memo` (plain JSON values) and nothing else.

        A question of the office keeps what was being asked as a citizen, in the same private chat, for afterwards.
        """
        behind = self.memo.get(_BEHIND) if self._is_of_the_office() else [self.state, self.memo] if self.state else None
        self.state, self.memo, self.changed = state, memo, True
        if behind and self._is_of_the_office():
            self.memo = {**memo, _BEHIND: behind}

    def end(self) -> None:
        """Nothing is being asked any more, or what was being asked before the office asked."""
        state, memo = self.memo.get(_BEHIND, ("", {})) if self._is_of_the_office() else ("", {})
        self.state, self.memo, self.changed = state, memo, True

    def _is_of_the_office(self) -> bool:
        return self.state.startswith(_OFFICE)


@dataclass
class Turn:
    """One update being served: who, where, when, and the transaction.

    `office` is the bound group this chat, or this topic of it, is (None in private and in unknown groups);
    `neighbours` are the offices of the whole chat; `roles` are all the active staff rows of the person. `last` is said
    after everything else, what the events tell included.
    """

    house: House
    session: AsyncSession
    now: datetime
    chat_id: int
    person: Person
    roles: tuple[Staff, ...]
    office: Office | None
    talk: Talk
    guesses: Mapping[str, Guess]
    thread_id: int = 0
    neighbours: tuple[Office, ...] = ()
    last: list[Spoken] = field(default_factory=list)

    @property
    def city(self) -> City:
        """The municipality's configuration."""
        return self.house.city

    @property
    def calendar(self) -> Calendar:
        """The working calendar around today."""
        return self.house.calendar(self.now)

    def guess(self, text: str) -> Guess:
        """Return what the classifier thinks of `text`; raise OpinionNeeded where it was not asked, and be called again.

        It is asked before the transaction, never inside one.
        """
        known = self.guesses.get(text)
        if known is None:
            raise OpinionNeeded(text)
        return known

    def role_in(self, department: str) -> Staff | None:
        """Return the person's staff row in a department, if they work there today."""
        return next((each for each in self.roles if each.role == "staff" and each.department == department), None)

    def role(self, role: str) -> Staff | None:
        """Return the person's row as dispatcher, supervisor or admin."""
        return next((each for each in self.roles if each.role == role), None)


async def load_talk(session: AsyncSession, *, house: House, chat_id: int, user_id: int, thread_id: int = 0) -> Talk:
    """Read what is being asked."""
    found = await people.conversation(
        session, platform=house.platform, bot=house.bot, chat_id=chat_id, user_id=user_id, thread_id=thread_id
    )
    return Talk(found.state, dict(found.memo), row=found) if found else Talk()


async def keep_talk(turn: Turn) -> None:
    """Write back what is being asked, if the handler changed it."""
    if not turn.talk.changed:
        return
    session, house, talk = turn.session, turn.house, turn.talk
    found = talk.row if talk.row is not None and inspect(talk.row).persistent else None
    if found is not None and not talk.state:
        await session.delete(found)
    elif found is not None:
        found.state, found.memo, found.updated_at = talk.state, talk.memo, turn.now
    elif talk.state:
        session.add(
            Conversation(
                platform=house.platform,
                bot=house.bot,
                chat_id=turn.chat_id,
                user_id=turn.person.user_id,
                thread_id=turn.thread_id,
                state=talk.state,
                memo=talk.memo,
                updated_at=turn.now,
            )
        )
    await session.flush()
