"""An appeal as its citizen sees it: filed, on its way, answered, closed; and the questions that belong to it."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import together
from bot.cards.asking import lacks
from bot.cards.calls import call_row
from bot.cards.card import Card, Rows, data
from bot.cards.view import AppealView
from bot.services.objecting import has_objected
from bot.services.reopening import LIFTED_AT, may_reopen, reopen_until
from bot.services.supplementing import may_supplement
from bot.services.withdrawing import Reason
from bot.texts import asking as asking_words
from bot.texts import concerns, dates, declining
from bot.texts.citizen import danger as emergency
from bot.texts.citizen import progress as words
from bot.texts.citizen import rating as asks
from bot.texts.citizen import talk
from bot.texts.citizen import together as together_words
from bot.texts.fitting import fit
from bot.texts.plans import citizen_stands
from bot.texts.words import STATUSES
from storage.domain.next_step import next_step
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal, AppealEvent

_PAGE = 6
_LONGEST_LABEL = 24
_HANDLED = frozenset({Status.DISPATCHED, Status.IN_PROGRESS})


def filed(seen: AppealView) -> Card:
    """The first word after the submission; it becomes the live card."""
    appeal = seen.appeal
    if appeal.urgency == Urgency.EXTREME:
        return registered(appeal)
    if appeal.status == Status.PENDING_TRIAGE:
        text = words.filed_without_unit(number=appeal.number, triage_due=_soon(seen, appeal.triage_due))
        return Card(text, [_after_filing(appeal, withdrawable=True)])
    if appeal.kind == Kind.PRAISE:
        return Card(words.praised(department=seen.department), [[(words.SEE_MINE, data("c.mine", 0))]])
    due = _due(seen)
    if appeal.kind == Kind.SUGGESTION:
        text = words.filed_suggestion(number=appeal.number, department=seen.department, due=due)
        return Card(text, [_after_filing(appeal, withdrawable=False)])
    return Card(_filed_words(seen, due), [_after_filing(appeal, withdrawable=True)])


def registered(appeal: Appeal) -> Card:
    """Tell that it is filed as an emergency."""
    return Card(emergency.registered(number=appeal.number), [[(emergency.ADD, data("c.supplement", appeal.id))]])


def assigned(seen: AppealView) -> Card:
    """Tell which unit was found."""
    appeal = seen.appeal
    text = words.assigned(number=appeal.number, department=seen.department, due=_due(seen))
    return Card(text, [_after_filing(appeal, withdrawable=False)])


def changed_unit(seen: AppealView, *, old: str) -> Card:
    """Tell that another unit handles it now; `old` is the name of the former one."""
    text = words.changed_unit(old=old, new=seen.department, due=_due(seen))
    return Card(text, [[(words.SEE_PROGRESS, data("c.see", seen.appeal.id))]])


def escalated(seen: AppealView, *, superior: str) -> Card:
    """Tell that the unit brought it before a superior, and that the promise stays."""
    return Card(words.escalated(department=seen.department, superior=superior, due=_due(seen)))


def progress(seen: AppealView) -> Card:
    """The live card: where the appeal stands, and what its citizen can do now; true on later days too."""
    return Card(_progress_words(seen, counted=False), _progress_rows(seen))


def today(seen: AppealView) -> Card:
    """The card as somebody asks for it: with the days that are left, or late, today."""
    return Card(_progress_words(seen, counted=True), _progress_rows(seen))


def detail(seen: AppealView, happened: Sequence[tuple[AppealEvent, str]]) -> Card:
    """The card with the way so far, as 我的诉求 opens it; each event comes with the name of its unit."""
    lines = [
        words.history_line(when=dates.day(event.at, seen.calendar), what=what)
        for event, unit in happened
        if (what := words.happened(event.what, department=unit))
    ]
    text = _progress_words(seen, counted=True) + (words.history(lines=lines) if lines else "")
    rows = _progress_rows(seen)
    boss = (concerns.FIND_SUPERVISOR, data("c.boss", seen.appeal.id))
    offered = [] if any(boss in row for row in rows) else [boss]
    return Card(text, [*rows, [*offered, (words.BACK_TO_LIST, data("c.mine", 0))]])


def mine(appeals: Sequence[Appeal], *, page: int = 0) -> Card:
    """One's own appeals, the newest first, six a page; each button opens one."""
    if not appeals:
        return Card(words.NONE_YET, [[(words.NEW_APPEAL, data("c.new", 0))]])
    done = {Status.CLOSED, Status.WITHDRAWN, Status.DECLINED, Status.MERGED}
    closed = sum(appeal.status == Status.CLOSED for appeal in appeals)
    running = sum(appeal.status not in done for appeal in appeals)
    shown = appeals[page * _PAGE : (page + 1) * _PAGE]
    lines = [
        words.mine_line(number=each.number, title=each.title, status=STATUSES[Status(each.status)]) for each in shown
    ]
    buttons = [[(f"{each.number} {each.title}"[:_LONGEST_LABEL], data("c.see", each.id, "list"))] for each in shown]
    more = [(words.NEXT_PAGE, data("c.mine", page + 1))] if len(appeals) > (page + 1) * _PAGE else []
    last = [*more, (words.NEW_APPEAL, data("c.new", 0))]
    return Card(words.mine(running=running, closed=closed, lines=lines), [*buttons, last])


def menu(lead: str = talk.MENU) -> Card:
    """What one can do; only what works."""
    return Card(lead, [[(talk.NEW, data("c.new", 0)), (talk.MINE, data("c.mine", 0))], call_row()])


def reopened(seen: AppealView, *, by_citizen: bool) -> Card:
    """Tell that it goes on, and ask what is missing; the third time, that the supervisors see to it themselves."""
    appeal, due = seen.appeal, _due(seen)
    add = (asks.ADD, data("c.supplement", appeal.id))
    see = (asks.SEE_PROGRESS, data("c.see", appeal.id))
    if appeal.reopens >= LIFTED_AT:
        return Card(asks.reopened_often(due=due, times=appeal.reopens), [[add, see]])
    if not by_citizen:
        text = asks.reopened_by_supervisor(number=appeal.number, department=seen.department, due=due)
        return Card(text, [[add, see]])
    text = asks.reopened(department=seen.department, due=due, times=appeal.reopens)
    return Card(text, [[add, (asks.NOTHING_MORE, data("c.enough", appeal.id))]])


def transcript(appeal: Appeal) -> Card:
    """Read a written-down voice back."""
    right = (talk.TRANSCRIPT_RIGHT, data("c.right", appeal.id))
    return Card(talk.transcript(text=fit(appeal.text)), [[right, (talk.TRANSCRIPT_WRONG, data("c.wrong", appeal.id))]])


def things_lost(appeal: Appeal) -> Card:
    """Ask once more for what did not come through."""
    return Card(talk.things_lost(number=appeal.number))


def not_heard(appeal: Appeal) -> Card:
    """Ask for words where nobody could make out the voice."""
    return Card(talk.not_heard(number=appeal.number))


def ask_withdraw(appeal: Appeal) -> Card:
    """Ask whether and why to take it back."""
    why = [
        (asks.WITHDRAW_SOLVED, data("c.take", appeal.id, Reason.SOLVED)),
        (asks.WITHDRAW_UNWANTED, data("c.take", appeal.id, Reason.UNWANTED)),
    ]
    last = [(asks.WITHDRAW_FORCED, data("c.forced", appeal.id)), (asks.WITHDRAW_NOT, data("c.keep", appeal.id))]
    return Card(asks.ask_withdraw(number=appeal.number), [why, last])


def forced(appeal: Appeal) -> Card:
    """Ask whoever was made to take it back what is to become of it."""
    go_on = (asks.GO_ON, data("c.keep", appeal.id))
    return Card(asks.FORCED, [[go_on, (asks.WITHDRAW, data("c.take", appeal.id, Reason.UNSAID))]])


def _filed_words(seen: AppealView, due: str) -> str:
    appeal, calendar = seen.appeal, seen.calendar
    counted = calendar.counting_day(appeal.accepted_at)
    if counted == calendar.local(appeal.accepted_at).date():
        return words.filed(number=appeal.number, department=seen.department, due=due)
    return words.filed_after_hours(
        number=appeal.number,
        department=seen.department,
        next_workday=dates.day(calendar.end_of_office_day(counted), calendar),
        due=due,
        hotline=seen.city.hotline,
    )


def _progress_words(seen: AppealView, *, counted: bool) -> str:
    """Write how it stands: of what is handled with another appeal, how that one stands; and how many tell the same."""
    appeal, lead = seen.appeal, seen.lead
    if lead is not None and seen.stands_with_own:
        return together_words.with_lead(number=appeal.number, title=appeal.title, lead=lead.appeal.number)
    stands = _stands_with if lead is not None else _stands
    told = stands(lead or seen, appeal, counted=counted)
    others = (lead or seen).appeal.others
    return "\n".join([told, *([together_words.others(n=others)] if others else [])])


def _stands_with(lead: AppealView, appeal: Appeal, *, counted: bool) -> str:
    """Write how the lead stands, under the number of one that is handled with it: what its citizen said is theirs."""
    number, title = appeal.number, appeal.title
    if lead.appeal.status == Status.AWAITING_CITIZEN:
        return together_words.waits_for_first(number=number, title=title)
    if lead.appeal.status == Status.CLOSED:
        return words.stands(number=number, title=title, status=STATUSES[Status.CLOSED])
    return _stands(lead, appeal, counted=counted)


def _stands(seen: AppealView, named: Appeal, *, counted: bool) -> str:  # noqa: PLR0911 - one sentence a status
    """Write how it stands, under the number and title of `named`; `counted`: days left and late are told, too."""
    appeal, number, title, unit = seen.appeal, named.number, named.title, seen.department
    due = _due(seen)
    match Status(appeal.status):
        case Status.PENDING_TRIAGE:
            return words.pending(number=number, title=title, triage_due=_soon(seen, appeal.triage_due))
        case Status.DISPATCHED | Status.IN_PROGRESS if _is_late(seen):
            late, pressed = _days_late(seen) if counted else None, appeal.level > 0
            return words.overdue(number=number, title=title, department=unit, due=due, days=late, pressed=pressed)
        case Status.DISPATCHED:
            return words.dispatched(number=number, title=title, department=unit, due=due)
        case Status.IN_PROGRESS:
            return words.in_progress(
                number=number,
                title=title,
                department=unit,
                due=due,
                days=_days_left(seen) if counted else None,
                by_night=appeal.urgency == Urgency.EXTREME,
                moves=seen.moves,
            )
        case Status.DEFERRED:
            until, following = _far(seen, appeal.deferred_until), _far(seen, appeal.progress_due)
            return citizen_stands(number=number, title=title, department=unit, day=until, following=following)
        case Status.AWAITING_CITIZEN:
            return asking_words.citizen_waits(number=number, title=title, until=_day(seen, appeal.ask_until))
        case Status.ANSWERED:
            until = _day(seen, next_step(appeal).until)
            return words.answered(number=number, title=title, department=unit, until=until)
        case Status.DECLINED if appeal.objection_due is not None:
            return words.looked_at_again(number=number, title=title, until=_day(seen, appeal.objection_due))
        case Status.CLOSED:
            return _closed_words(seen)
        case other:
            return words.stands(number=number, title=title, status=STATUSES[other])


def _closed_words(seen: AppealView) -> str:
    appeal = seen.appeal
    if appeal.kind == Kind.PRAISE:
        return words.closed_praise(number=appeal.number, title=appeal.title, department=seen.department)
    outcome = words.OUTCOMES.get(appeal.citizen_outcome or "", "")
    level = words.SATISFACTIONS.get(appeal.satisfaction or "")
    until = _day(seen, reopen_until(appeal)) if may_reopen(appeal, now=seen.now) else ""
    said = f"{outcome}、{level}" if level else outcome
    return words.closed(number=appeal.number, title=appeal.title, outcome=said, reopen_until=until)


def _progress_rows(seen: AppealView) -> Rows:  # noqa: PLR0911 - one answer a status
    appeal = seen.appeal
    again = (words.NOT_SOLVED, data("c.unsolved", appeal.id))
    match Status(appeal.status):
        case Status.ANSWERED:
            return [[(words.GO_RATE, data("c.gorate", appeal.id)), again]]
        case Status.CLOSED:
            return [[again]] if may_reopen(appeal, now=seen.now) else []
        case Status.DECLINED if appeal.declined and not has_objected(appeal):
            return [[(declining.LOOK_AGAIN, data("c.object", appeal.id))]]
        case Status.MERGED:
            return together.rows(seen)
        case Status.WITHDRAWN | Status.DECLINED:
            return []
        case Status.AWAITING_CITIZEN:
            supply = (asking_words.GO_SUPPLY, data("c.tosupply", appeal.id))
            return [[supply, lacks(appeal.id)], [(words.WITHDRAW, data("c.withdraw", appeal.id))]]
        case _:
            return _open_rows(seen)


def _open_rows(seen: AppealView) -> Rows:
    """What one can do while it is open: say more, urge the unit, take it back; the supervisors, where it is late."""
    appeal = seen.appeal
    add = [(words.ADD, data("c.supplement", appeal.id))] if may_supplement(appeal, now=seen.now) else []
    urge = [(concerns.URGE, data("c.urge", appeal.id))] if appeal.status in _HANDLED else []
    boss = [(concerns.FIND_SUPERVISOR, data("c.boss", appeal.id))]
    back = [(words.WITHDRAW, data("c.withdraw", appeal.id))]
    if appeal.status == Status.DEFERRED:
        return [[*add, *boss], back]
    if appeal.status in _HANDLED and _is_late(seen):
        return [[*add, *urge, *boss], back]
    return [[*add, *urge, *back]]


def _after_filing(appeal: Appeal, *, withdrawable: bool) -> list[tuple[str, str]]:
    row = [(words.SEE_PROGRESS, data("c.see", appeal.id)), (words.ADD, data("c.supplement", appeal.id))]
    return [*row, (words.WITHDRAW, data("c.withdraw", appeal.id))] if withdrawable else row


def _is_late(seen: AppealView) -> bool:
    due = seen.appeal.answer_due
    return due is not None and due < seen.now and seen.appeal.stopped_at is None


def _days_left(seen: AppealView) -> int | None:
    return None if seen.appeal.urgency == Urgency.EXTREME else seen.days_left


def _days_late(seen: AppealView) -> int:
    return seen.calendar.workdays_between(seen.appeal.answer_due, seen.now) if seen.appeal.answer_due else 0


def _day(seen: AppealView, moment: datetime | None) -> str:
    return dates.day(moment, seen.calendar) if moment else ""


def _far(seen: AppealView, moment: datetime | None) -> str:
    return dates.far_day(moment, seen.now, seen.calendar) if moment else ""


def _due(seen: AppealView) -> str:
    """Return the day the answer is due; of an emergency, which runs on the wall clock, the hour too."""
    due, extreme = seen.appeal.answer_due, seen.appeal.urgency == Urgency.EXTREME
    if due is None:
        return ""
    return dates.clock_near(due, seen.now, seen.calendar) if extreme else dates.limit(due, seen.calendar)


def _soon(seen: AppealView, moment: datetime | None) -> str:
    return dates.clock_near(moment, seen.now, seen.calendar) if moment else ""
