"""One appeal's history on a real database: whatever happens next is picked, happens through the services, and is
held against what must always be true.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.simulating.driver import Alone
from storage.domain import lifecycle
from storage.domain.calendar import Calendar
from storage.domain.errors import Refused
from storage.domain.next_step import Who, next_step
from storage.domain.statuses import Event, Status
from storage.repositories import approvals, events
from storage.repositories.outbox import OutboxState
from storage.tables import Appeal, AppealEvent, Office, OutboxMessage, Staff
from tests.histories import scene

Pick: TypeAlias = Callable[[int], int]
Act: TypeAlias = Callable[["History"], Awaitable[None]]
T = TypeVar("T")

_COUNTERS = ("returns", "urges", "reopens", "extensions", "follow_ups")
#: What may move the limit of an answer, by the name of its event.
_MOVES_THE_LIMIT = {
    Event.ASSIGN,
    Event.OBJECTION_ASSIGNED,
    Event.SUPPLY,
    Event.CANNOT_SUPPLY,
    Event.ASK_LAPSED,
    Event.EXTEND,
    Event.DEFER,
    Event.RESUME,
    Event.REOPEN,
    Event.KIND_CHANGED,
    Event.URGENCY_CHANGED,
    Event.MERGE,
    Event.TAKE_IN,
    Event.OWNER_LEFT,
}


class BrokenError(AssertionError):
    """Something that must always be true is not; the sentence says what."""


@dataclass(frozen=True)
class Seen:
    """The appeal's row and how many events it has, as they stood after the last step.

    `under_way`: how many calls with words in them are; `waiting`: how many wishes nobody has decided.
    """

    row: dict[str, Any]
    happened: int
    under_way: int = 0
    waiting: int = 0


@dataclass
class Stats:
    """How much was played."""

    histories: int = 0
    steps: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    def begin_anew(self) -> None:
        """Count from nothing."""
        self.histories = self.steps = 0
        self.refused.clear()
        self.done.clear()


STATS = Stats()


async def _nothing_wrong(_history: "History") -> str:
    return ""


@dataclass
class History:
    """The appeal (`appeal_id`, 0 before it is filed), and what its citizen knows of it.

    `said`: the citizen's last word on whether it is solved; `answers`: how many answers they read or heard. `pick(n)`
    picks from 0 below n; it is what makes one history differ from another.
    """

    database: Alone
    pick: Pick
    now: datetime = scene.MONDAY
    appeal_id: int = 0
    said: str | None = None
    answers: int = 0
    tale: list[str] = field(default_factory=list)
    seen: Seen = field(default_factory=lambda: Seen({}, 0))
    gathered: "Callable[[History], Awaitable[str]]" = _nothing_wrong
    _session: AsyncSession | None = None

    @property
    def session(self) -> AsyncSession:
        """The transaction of the step that is taken."""
        assert self._session is not None
        return self._session

    @property
    def calendar(self) -> Calendar:
        """The working calendar."""
        return scene.calendar(self.now.date())

    def here(self) -> dict[str, Any]:
        """Return how a service is told where and when it is called."""
        return {"city": scene.city(), "calendar": self.calendar, "now": self.now}

    def choose(self, among: Sequence[T]) -> T:
        """Pick one of several."""
        return among[self.pick(len(among))]

    @property
    def status(self) -> str | None:
        """Where the appeal stands; None before it is filed."""
        return self.seen.row.get("status")

    async def appeal(self) -> Appeal:
        """Return the appeal, as a service that locks it would."""
        found = select(Appeal).where(col(Appeal.id) == self.appeal_id).execution_options(populate_existing=True)
        return (await self.session.execute(found)).scalar_one()

    async def office(self, purpose: str = "department", unit: str | None = None) -> Office:
        """Return a group."""
        wanted = [col(Office.purpose) == purpose] + ([col(Office.department) == unit] if unit else [])
        return (await self.session.execute(select(Office).where(*wanted))).scalar_one()

    async def staff(self, role: str, unit: str = "") -> Sequence[Staff]:
        """Return who works there, in a fixed order."""
        wanted = select(Staff).where(col(Staff.role) == role, col(Staff.department) == unit).order_by(col(Staff.id))
        return (await self.session.execute(wanted)).scalars().all()

    async def person(self, role: str) -> int:
        """Return the account of one of those in a role."""
        return self.choose(await self.staff(role)).person_id

    async def of_appeal(self, table: Any) -> Sequence[Any]:
        """Return the rows of a table that belong to the appeal, the oldest first."""
        rows = select(table).where(table.appeal_id == self.appeal_id).order_by(table.id)
        return (await self.session.execute(rows)).scalars().all()

    async def happens(self, name: str, act: Act) -> bool:
        """Take one step; False where it was refused, after which everything must be as it was."""
        STATS.steps += 1
        async with self.database.writing() as session:
            self._session = session
            try:
                async with session.begin_nested():
                    await self._try(act)
                STATS.done[name] += 1
                refusal = None
            except Refused as raised:
                refusal = str(raised)
                STATS.refused[refusal] += 1
            except BrokenError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever a service raises, it is no refusal
                self.tale.append(f"{self.now:%m-%d %H:%M} {name}")
                self._fail(f"{type(error).__name__}: {error}")
            events.take_fresh(session)
            self.tale.append(f"{self.now:%m-%d %H:%M} {name}{f': refused, {refusal}' if refusal else ''}")
            if refusal is None:
                await self._must_be_true()
        self._session = None
        return refusal is None

    async def _try(self, act: Act) -> None:
        """Act; one that is refused must have changed nothing, even before it is taken back."""
        try:
            await act(self)
            await self.session.flush()
        except Refused as refusal:
            await self.session.flush()
            now, _ = await self._look()
            changed = sorted(name for name in now.row if now.row[name] != self.seen.row.get(name))
            if self.appeal_id and self.seen.row and (changed or now.happened != self.seen.happened):
                self._fail(f"it was refused ({refusal}), and {changed or 'an event'} changed")
            raise

    async def _look(self) -> tuple[Seen, Sequence[AppealEvent]]:
        if not self.appeal_id:
            return Seen({}, 0), ()
        table = Appeal.__table__  # type: ignore[attr-defined]  # a table model has one
        row = (await self.session.execute(select(table).where(table.c.id == self.appeal_id))).one_or_none()
        history = await events.of_appeal(self.session, self.appeal_id)
        under_way = [each for each in await self.of_appeal(OutboxMessage) if each.state == OutboxState.QUEUED]
        waiting = await approvals.waiting_of(self.session, self.appeal_id)
        return Seen(dict(row._mapping) if row else {}, len(history), len(under_way), len(waiting)), history

    async def _must_be_true(self) -> None:
        before = self.seen
        self.seen, history = await self._look()
        appeal, fresh = SimpleNamespace(**self.seen.row), history[before.happened :]
        await self._one_owner(appeal)
        await self._somebody_acts(appeal)
        self._counters_grow(before.row, fresh)
        self._the_limit_stands(before.row, fresh)
        self._as_told(appeal)
        self._retold(history)
        if wrong := await self.gathered(self):
            self._fail(wrong)

    async def _one_owner(self, appeal: SimpleNamespace) -> None:
        """One unit has it, none while one is looked for; who signed for it works there."""
        unit = appeal.department
        if appeal.status in lifecycle.WITH_A_UNIT and unit is None:
            self._fail(f"it is {appeal.status}, and no unit has it")
        if appeal.status in {Status.PENDING_TRIAGE, Status.DECLINED} and unit is not None:
            self._fail(f"it is {appeal.status}, and {unit} has it")
        if appeal.status == Status.DISPATCHED and appeal.claimant_id is not None:
            self._fail("it waits to be signed for and is signed for")
        claimant = await self.session.get(Staff, appeal.claimant_id) if appeal.claimant_id else None
        if claimant is not None and claimant.department != unit:
            self._fail(f"somebody of {claimant.department} signed for what is at {unit}")

    async def _somebody_acts(self, appeal: SimpleNamespace) -> None:
        lead = await self.session.get(Appeal, appeal.merged_into) if appeal.status == Status.MERGED else None
        step, open_ = next_step(appeal, lead), (lead or appeal).status in lifecycle.OPEN
        if open_ and step.who is Who.NOBODY:
            self._fail("it is open, and nobody must act")
        if step.who is not Who.NOBODY and step.until is None and (lead or appeal).stopped_at is None:
            self._fail(f"{step.who} must act, and no time is promised")

    def _counters_grow(self, before: dict[str, Any], fresh: Sequence[AppealEvent]) -> None:
        row, what = self.seen.row, {each.what for each in fresh}
        fallen = [name for name in _COUNTERS if row[name] < before.get(name, 0)]
        fallen = [name for name in fallen if name != "follow_ups" or not what & {Event.DELIVERED, Event.TOLD_BY_PHONE}]
        # A question that never arrived was never asked.
        if row["asks"] < before.get("asks", 0) and not any(each.details.get("undelivered") for each in fresh):
            fallen.append("asks")
        if fallen:
            self._fail(f"{fallen} went down")

    def _the_limit_stands(self, before: dict[str, Any], fresh: Sequence[AppealEvent]) -> None:
        if not before or self.seen.row["answer_due"] == before["answer_due"]:
            return
        if not {each.what for each in fresh} & _MOVES_THE_LIMIT:
            self._fail(f"the limit moved by {[each.what for each in fresh]}")

    def _as_told(self, appeal: SimpleNamespace) -> None:
        """What its citizen called unsolved is not solved; what they have not read or heard is not answered."""
        if appeal.citizen_outcome == "solved" and self.said != "solved":
            self._fail(f"it counts as solved, and its citizen called it {self.said}")
        if appeal.status == Status.ANSWERED and not self.answers:
            self._fail("it counts as answered, and its citizen has no answer")
        if appeal.status == Status.CLOSED and self.said == "unsolved" and appeal.citizen_outcome != "unsolved":
            self._fail(f"its citizen called it unsolved, and it is closed as {appeal.citizen_outcome}")

    def _retold(self, history: Sequence[AppealEvent]) -> None:
        """The events alone lead to where it stands."""
        status: Status | None = None
        for each in history:
            if each.what in set(Event) and (status is None or lifecycle.may(status, Event(each.what))):
                status = lifecycle.move(status, Event(each.what))
        if status != self.seen.row["status"]:
            self._fail(f"its events lead to {status}, and it is {self.seen.row['status']}")

    def _fail(self, why: str) -> None:
        raise BrokenError("\n".join([why, *self.tale]))
