"""What follows from what happened: who has it in mind now, and when they will do something about it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final, TypeAlias

from bot.services import concerns, following_up
from bot.services.deferring import PROGRESS_OWED
from bot.services.petitioning import WANTED
from bot.simulating import citizens, gathering, offices, units
from bot.simulating.county import County
from storage.domain.requests import SUPERVISORS
from storage.domain.statuses import Event, Status
from storage.domain.words import Urgency
from storage.tables import Appeal, AppealEvent

_Follows: TypeAlias = Callable[[County, Appeal, AppealEvent], None]
_SLEEPY: Final = 0.05
"""So much is not decided in time by dispatchers and by units that are asked to take over."""


def react(county: County, appeal: Appeal | None, event: AppealEvent) -> None:
    """Let everybody whom an event concerns have in mind what they will do."""
    follows = _FOLLOWS.get(event.what)
    if follows is not None and appeal is not None:
        follows(county, appeal, event)


def _submitted(county: County, appeal: Appeal, event: AppealEvent) -> None:
    citizens.will_do(county, appeal)
    if county.happens(gathering.JOINED):
        for _ in range(2):
            county.plan(county.soon(timedelta(days=2)), gathering.joins, appeal.id)
    if appeal.status == Status.DISPATCHED:
        _to_be_signed(county, appeal, event)
    elif appeal.status == Status.PENDING_TRIAGE:
        wait = timedelta(minutes=county.dice.uniform(2, 20))
        office = county.in_office(0.1, 3.5 if county.happens(0.93) else 9)
        extreme = appeal.urgency == Urgency.EXTREME
        county.plan(county.now + wait if extreme else office, offices.dispatches, appeal.id)


def _to_be_signed(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    if county.happens(gathering.MERGED):
        county.plan(county.in_office(0.1, 12), gathering.merges, appeal.id)
    if appeal.urgency == Urgency.EXTREME:
        at = county.now + timedelta(minutes=county.dice.uniform(2, 40))
    else:
        at = county.in_office(0.2, 7.5)
    county.turn(at, units.reads, appeal.id)


def _in_hand(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    if appeal.status == Status.IN_PROGRESS:
        units.first_turn(county, appeal)


def _handled_again(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    if appeal.status == Status.IN_PROGRESS:
        units.next_turn(county, appeal)


def _return_asked(county: County, appeal: Appeal, event: AppealEvent) -> None:
    if event.details.get("to") == SUPERVISORS:
        county.plan(county.in_office(1, 12), offices.names_lead, appeal.id)
    elif not county.happens(_SLEEPY):
        county.plan(county.in_office(0.2, 3.5), offices.decides_return, appeal.id)


def _lead_wanted(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    county.plan(county.in_office(1, 12), offices.names_lead, appeal.id)


def _offered(county: County, _appeal: Appeal, event: AppealEvent) -> None:
    if not county.happens(_SLEEPY):
        county.plan(county.in_office(0.2, 3.5), units.answers_offer, event.id, str(event.details["to"]))


def _wanted(county: County, _appeal: Appeal, event: AppealEvent) -> None:
    by = county.dice.randrange(len(county.staffing.supervisors))
    county.plan(county.in_office(0.5, 10), offices.decides_wish, int(event.details["approval_id"]), by)


def _seconded(county: County, _appeal: Appeal, event: AppealEvent) -> None:
    county.plan(county.in_office(0.5, 10), offices.waits_for_a_second, int(event.details["approval_id"]))


def _asked(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    if county.happens(0.8):
        county.plan(county.soon(timedelta(days=5)), citizens.supplies, appeal.id)


def _invited(county: County, _appeal: Appeal, event: AppealEvent) -> None:
    if county.happens(0.9):
        details = event.details
        county.plan(county.in_office(1, 12), units.helps, int(details["assist"]), str(details["to"]))


def _taken_out(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    county.plan(county.in_office(0.1, 3.5), offices.dispatches, appeal.id)


def _answered(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    if appeal.others:
        county.plan(county.soon(timedelta(days=2)), gathering.judge, appeal.id)
    if not county.happens(citizens.SILENT):
        county.plan(county.soon(timedelta(days=2)), citizens.rates, appeal.id)


def _asked_again(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    county.plan(county.soon(timedelta(days=1)), citizens.is_asked_again, appeal.id)


def _progress_owed(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    if county.happens(0.8):
        county.plan(county.in_office(0.5, 6), units.reports_progress, appeal.id)


def _declined(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    if county.happens(0.3):
        county.plan(county.soon(timedelta(days=3)), citizens.objects, appeal.id)


def _objected(county: County, appeal: Appeal, _event: AppealEvent) -> None:
    county.plan(county.in_office(1, 14), offices.decides_objection, appeal.id)


def _concerned(county: County, _appeal: Appeal, event: AppealEvent) -> None:
    concern = int(event.details["concern"])
    if county.happens(0.2):
        county.plan(county.in_office(0.5, 4), offices.has_it_checked, concern)
    county.plan(county.in_office(4, 16), offices.settles_concern, concern)


_FOLLOWS: Final[Mapping[str, _Follows]] = {
    Event.SUBMIT_SURE: _submitted,
    Event.SUBMIT_UNSURE: _submitted,
    Event.UNMERGE: _taken_out,
    Event.OWNER_LEFT: _handled_again,
    Event.ASSIGN: _to_be_signed,
    Event.OBJECTION_ASSIGNED: _to_be_signed,
    Event.RETURN_AGREED: _to_be_signed,
    Event.TAKE_OVER: _to_be_signed,
    Event.LEAD_NAMED: _to_be_signed,
    Event.CLAIM_LAPSED: _to_be_signed,
    Event.CLAIM: _in_hand,
    Event.REOPEN: _in_hand,
    Event.RESUME: _handled_again,
    Event.SUPPLY: _handled_again,
    Event.CANNOT_SUPPLY: _handled_again,
    Event.ASK_LAPSED: _handled_again,
    Event.APPROVAL_REFUSED: _handled_again,
    Event.NOT_DELIVERED: _handled_again,
    Event.RETURN_ASKED: _return_asked,
    Event.LEAD_WANTED: _lead_wanted,
    Event.OFFER: _offered,
    WANTED: _wanted,
    Event.CONCLUSION_SECONDED: _seconded,
    Event.ASK: _asked,
    Event.INVITE: _invited,
    Event.DELIVERED: _answered,
    Event.TOLD_BY_PHONE: _answered,
    following_up.ASKED: _asked_again,
    PROGRESS_OWED: _progress_owed,
    Event.DECLINE: _declined,
    Event.OBJECT: _objected,
    Event.CONCERN: _concerned,
    concerns.UNDELIVERED: _concerned,
}
