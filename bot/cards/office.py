"""An appeal as its unit's group sees it: never a name, never a number that could ring."""

from bot.cards.card import Card, Rows, data
from bot.cards.view import AppealView
from bot.services.relaying import may_be_told
from bot.texts import asking, confidential, duty, gathering, plans, reaching, tidings
from bot.texts import office as words
from bot.texts.dates import clock, day, day_and_clock, far_day, limit
from bot.texts.fitting import fit
from bot.texts.words import CLASSES, KINDS, PLACE_UNSAID, URGENCIES, files_words
from storage.domain.classes import class_of
from storage.domain.lifecycle import OPEN
from storage.domain.masking import mask
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency

TEXT_LIMIT, _LINE_LIMIT = 2800, 300


def unit_card(view: AppealView) -> Card:
    """Return the card as the appeal stands now."""
    match view.appeal.status:
        case Status.DISPATCHED:
            return new_card(view)
        case Status.IN_PROGRESS:
            return working_card(view)
        case Status.AWAITING_CITIZEN:
            return waiting_card(view)
        case Status.DEFERRED:
            return planned_card(view)
        case _:
            return settled_card(view)


def waiting_card(view: AppealView) -> Card:
    """Return the card while the citizen is asked for what is missing (待补充): replies and notes go on."""
    appeal = view.appeal
    until = asking.waits(until=limit(appeal.ask_until, view.calendar)) if appeal.ask_until else ""
    lines = [words.bracketed(words.SETTLED[Status.AWAITING_CITIZEN], appeal.number), *_matter(view, wish=False), until]
    more = [[(words.MORE, data("o.more", appeal.id))]]
    return Card(_joined([*lines, _in_hand(view), _how_to_reply(view)]), more)


def planned_card(view: AppealView) -> Card:
    """Return the card of an appeal that is in the plan (列入计划): words of progress are owed."""
    appeal = view.appeal
    until = plans.promised(day=far_day(appeal.deferred_until, view.now, view.calendar)) if appeal.deferred_until else ""
    lines = [words.bracketed(words.SETTLED[Status.DEFERRED], appeal.number), *_matter(view, wish=False), until]
    report = (plans.WRITE_PROGRESS, data("o.progress", appeal.id))
    return Card(_joined([*lines, _in_hand(view)]), [[report, (plans.DONE_ALREADY, data("o.resume", appeal.id))]])


def new_card(view: AppealView) -> Card:
    """Return the card of an appeal nobody has signed for."""
    appeal = view.appeal
    headline = words.URGENT if appeal.urgency == Urgency.EXTREME else words.NEW
    lines = [words.bracketed(headline, appeal.number), *_matter(view)]
    if appeal.sign_due is not None and appeal.urgency != Urgency.EXTREME:
        lines.append(words.sign_until(due=day_and_clock(appeal.sign_due, view.calendar)))
    lines += [_due(view), words.counts(returns=appeal.returns, urges=appeal.urges), _duty(view)]
    rows = [[(words.CLAIM, data("o.claim", appeal.id)), (words.NOT_OURS, data("o.notours", appeal.id))]]
    return Card(_joined(lines), rows)


def working_card(view: AppealView) -> Card:
    """Return the card of an appeal that is being handled."""
    appeal = view.appeal
    lines = [words.bracketed(words.WORKING, appeal.number), *_matter(view, wish=False), _due(view)]
    lines += [words.counts(returns=appeal.returns, urges=appeal.urges), _in_hand(view)]
    lines += [words.LAST_REPLIES.get(appeal.last_reply or "", ""), _how_to_reply(view)]
    return Card(_joined(lines), _five(appeal.id))


def settled_card(view: AppealView) -> Card:
    """Return the card of an appeal with which the unit has nothing to do now; words still go while they may."""
    appeal = view.appeal
    status = Status(appeal.status)
    headline = words.bracketed(words.SETTLED.get(status, words.WORKING), appeal.number)
    called = appeal.told_by_phone and appeal.last_reply == "undelivered"
    waits = (reaching.WAITS if called else words.WAITS_FOR_RATING) if status is Status.ANSWERED else ""
    more: Rows = [[(words.MORE, data("o.more", appeal.id))]] if may_be_told(appeal, now=view.now) else ()
    return Card(_joined([headline, *_matter(view, wish=False), _in_hand(view), waits]), more)


def reopened_card(view: AppealView, said: str, *, by_citizen: bool = True) -> Card:
    """Return the card of an appeal its citizen calls unsolved, or the supervisors do; who signed for it keeps it."""
    appeal = view.appeal
    due, shown = due_day(view), fit(mask(said), TEXT_LIMIT)
    opening = tidings.reopened(number=appeal.number, times=appeal.reopens, words=shown, due=due, by_citizen=by_citizen)
    return Card(_joined([opening, _in_hand(view), _how_to_reply(view)]), _five(appeal.id))


def praise_card(view: AppealView) -> Card:
    """Return praise as the unit reads it."""
    place, text = fit(mask(view.place.strip()), _LINE_LIMIT), fit(mask(view.appeal.text), TEXT_LIMIT)
    return Card(tidings.praise(place=place, alias=words.alias(view.appeal.alias), text=text))


def undelivered_card(view: AppealView, *, left: bool, answer: bool) -> Card:
    """Return what the unit is told when its words did not arrive; `answer`: they were the answer."""
    appeal = view.appeal
    text = tidings.undelivered(
        number=appeal.number,
        due=due_day(view),
        is_open=appeal.status in OPEN,
        has_phone=appeal.phone is not None,
        left=left,
        answer=answer,
    )
    see = [(words.SEE_PHONE, data("o.phone", appeal.id))] if appeal.phone else []
    if not left or not answer or appeal.status != Status.IN_PROGRESS:
        return Card(text, [see] if left and see else [])
    told = [(reaching.TOLD, data("o.told", appeal.id))] if appeal.phone else []
    return Card(text, [[*see, *told, (reaching.UNREACHABLE, data("o.unreach", appeal.id))]])


def unheard_question(view: AppealView, *, left: bool) -> Card:
    """Return what the unit is told when a question (请补充) did not arrive: the clock never stood."""
    appeal = view.appeal
    text = asking.not_delivered(number=appeal.number, due=due_day(view) or "", left=left)
    return Card(text, [[(words.SEE_PHONE, data("o.phone", appeal.id))]] if left and appeal.phone else [])


def due_day(view: AppealView) -> str | None:
    """Return the day the answer is due, in words."""
    due = view.appeal.answer_due
    return limit(due, view.calendar) if due is not None else None


def _matter(view: AppealView, *, wish: bool = True) -> list[str]:
    appeal = view.appeal
    kind, urgency = KINDS[Kind(appeal.kind)], Urgency(appeal.urgency)
    line = words.headline_line(kind=kind, level=URGENCIES[urgency], handling=CLASSES[class_of(appeal)])
    if urgency is Urgency.EXTREME:
        line = words.extreme_line(kind=kind)
    secret = [confidential.KEEP_IT] if appeal.confidential else []
    lines = [*secret, line, _place(view), f"{words.alias(appeal.alias)}:", fit(mask(appeal.text), TEXT_LIMIT)]
    if wish and appeal.wish:
        lines.append(words.wish(fit(mask(appeal.wish), _LINE_LIMIT)))
    if appeal.files:
        lines.append(words.attached(files=files_words(appeal.files)))
    return [*lines, *([gathering.others(n=appeal.others)] if appeal.others else [])]


def _place(view: AppealView) -> str:
    place = view.place.strip()
    return fit(mask(place), _LINE_LIMIT) if place else words.place_unsaid(PLACE_UNSAID)


def _due(view: AppealView) -> str:
    due = view.appeal.answer_due
    if view.appeal.stopped_at is not None:
        return reaching.stands(day=day(view.appeal.stopped_at, view.calendar))
    if view.appeal.urgency == Urgency.EXTREME:
        return extreme_limits(view)
    if due is None:
        return ""
    late = view.calendar.workdays_between(due, view.now) if due <= view.now else 0
    return words.answer_until(due=limit(due, view.calendar), days=-late if late else view.days_left)


def extreme_limits(view: AppealView) -> str:
    """Write until when to sign for an emergency, to speak with its citizen, and to answer, as far as it is not done."""
    appeal, waits = view.appeal, view.appeal.status == Status.DISPATCHED
    times = {
        "sign": appeal.sign_due if waits else None,
        "contact": appeal.contact_due if appeal.contacted_at is None else None,
        "answer": appeal.answer_due,
    }
    told = {name: day_and_clock(moment, view.calendar) if moment else None for name, moment in times.items()}
    return words.extreme_until(**told)


def _duty(view: AppealView) -> str:
    """Name who is on duty; only an emergency calls them, for the others would sound too."""
    if view.duty is None:
        return ""
    extreme = view.appeal.urgency == Urgency.EXTREME
    return duty.today(name=view.duty.name, mention=view.duty.username if extreme else "")


def _in_hand(view: AppealView) -> str:
    claimed = view.appeal.claimed_at
    if view.claimant is None or claimed is None:
        return ""
    local, today = view.calendar.local(claimed).date(), view.calendar.local(view.now).date()
    time = clock(claimed, view.calendar) if local == today else day_and_clock(claimed, view.calendar)
    return words.in_hand(staff=view.claimant.name, time=time)


def _how_to_reply(view: AppealView) -> str:
    return confidential.HOW_TO_REPLY if view.appeal.confidential else words.HOW_TO_REPLY


def _five(appeal_id: int) -> Rows:
    return [
        [(words.ANSWER, data("o.answer", appeal_id)), (words.CONTACT_FIRST, data("o.contact", appeal_id))],
        [
            (words.ASK, data("o.ask", appeal_id)),
            (words.INVITE, data("o.invite", appeal_id)),
            (words.MORE, data("o.more", appeal_id)),
        ],
    ]


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)
