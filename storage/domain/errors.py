"""What the rules refuse, as a family.

Refused                     the act may not happen; it changed nothing
├── TransitionRefused       the appeal's status does not allow the event
├── AlreadyClaimed          somebody else signed for it first
├── AlreadyDecided          somebody else decided it first, or took it
├── ConcernSettled          another supervisor settled first what a citizen told them
├── NoMoreReturns           a supervisor names the lead, or has: the unit may not give it back or away
├── NotYours                the person has no authority over this appeal
│   └── MovedOn             their unit had it once; another has it now
├── HandlerOnly             it is confidential, and only its handler may act on it, in private
├── NotFound                no such appeal, draft or message that this person may see
├── CodeRefused             an invitation code is wrong, used or expired
└── InputRefused            what was typed or pressed cannot be used as it stands
"""

from datetime import datetime

from storage.domain.statuses import Event, Status


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The act may not happen, and nothing was changed."""


class TransitionRefused(Refused):
    """`event` may not happen while the appeal is `status`."""

    def __init__(self, status: Status | None, event: Event) -> None:
        super().__init__(f"{event} may not happen while {status}")
        self.status = status
        self.event = event


class AlreadyClaimed(Refused):
    """`name` signed for the appeal at `at`, before this press."""

    def __init__(self, *, number: str, name: str, at: datetime) -> None:
        super().__init__(f"{number} is already claimed")
        self.number = number
        self.name = name
        self.at = at


class AlreadyDecided(Refused):
    """`what` happened before this press: `name` did it (empty: nobody in person), `department` has the appeal now."""

    def __init__(self, *, number: str, what: Event, name: str, department: str | None) -> None:
        super().__init__(f"{number} is already decided: {what}")
        self.number = number
        self.what = what
        self.name = name
        self.department = department


class ConcernSettled(Refused):
    """`name` (empty: nobody who works here today) settled what the citizen of `number` told the supervisors."""

    def __init__(self, *, number: str, name: str) -> None:
        super().__init__(f"a concern about {number} is already settled")
        self.number = number
        self.name = name


class NoMoreReturns(Refused):
    """It came back `returns` times; its lead is `named` by a supervisor, or soon will be."""

    def __init__(self, *, returns: int, named: bool) -> None:
        super().__init__("a supervisor names the lead")
        self.returns = returns
        self.named = named


class NotYours(Refused):
    """Only active staff of `department` may do this."""

    def __init__(self, department: str | None = None) -> None:
        super().__init__("no authority over this appeal")
        self.department = department


class MovedOn(NotYours):
    """`number` has gone to `department` from the unit of whoever acts."""

    def __init__(self, *, number: str, department: str | None) -> None:
        super().__init__(department)
        self.number = number


class HandlerOnly(Refused):
    """The appeal is confidential: only `name` may act on it, in private (None: nobody was named yet)."""

    def __init__(self, name: str | None) -> None:
        super().__init__("only the handler of a confidential appeal may do this, in private")
        self.name = name


class NotFound(Refused):
    """There is no such thing, or not for this person."""


class CodeRefused(Refused):
    """The invitation code is unknown, used or expired."""


class InputRefused(Refused):
    """What came in cannot be used; `reason` is a key of the texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
