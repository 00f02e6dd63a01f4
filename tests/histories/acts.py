"""Everything that can happen to an appeal in a history, by name; most of it is refused most of the time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.services import (
    answering,
    approving,
    asking,
    assisting,
    changing_limits,
    claiming,
    classing,
    concerns,
    concluding,
    declining,
    deferring,
    drafting,
    emergencies,
    escalating,
    extending,
    following_up,
    handing,
    ladder,
    lapsing,
    naming,
    objecting,
    offering,
    rating,
    reaching,
    receipts,
    reclaiming,
    relaying,
    reopening,
    returning,
    settling,
    submitting,
    supervising,
    supplementing,
    triage_limit,
    triaging,
    urging,
    withdrawing,
)
from bot.services.guessing import Guess, Likely
from bot.services.moving import Actor
from storage.domain.classes import HandlingClass
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind, Urgency
from storage.repositories import outbox, recalls
from storage.repositories.outbox import OutboxState
from storage.tables import AppealEvent, Approval, Assist, Concern, OutboxMessage, Person, Utterance
from tests.histories import gathered
from tests.histories.history import Act, History
from tests.histories.scene import BOT, CITIZEN, PLATFORM, UNITS, city

WORDS = "十一月去看过,是接头老化,当天换了新的,昨天又试过,一切正常。再出问题请告诉我们。"
SHORT = "收到了。"


async def file(history: History) -> None:
    """The citizen files it: of any kind, urgent or not, confidential or not, and the classifier is sure or not."""
    session = history.session
    person = await session.get_one(Person, 1)
    draft = await drafting.hear(session, person_id=person.id, text="村小学东门的路灯坏了半个月", now=history.now)
    draft.kind, draft.urgency = history.choose(list(Kind)), history.choose([*Urgency, Urgency.NORMAL])
    draft.phone = history.choose(["13912345678", None])
    draft.confidential, draft.town = history.pick(5) == 0, "taoyuan"
    draft.guess = Guess((Likely(history.choose(UNITS), 0.9),), auto=history.pick(3) > 0).to_json()
    given: dict[str, Any] = {"platform": PLATFORM, "bot": BOT, "draw": history.pick, "untitled": "-"}
    filed = await submitting.submit(session, person=person, draft=draft, **given, **history.here())
    history.appeal_id = filed.id


async def me(history: History) -> dict[str, Any]:
    """Return how a citizen's act is called; now and then it is somebody else's appeal."""
    own = (await history.appeal()).citizen_id
    return {"appeal_id": history.appeal_id, "person_id": own + (history.pick(25) == 0), "now": history.now}


async def at_work(history: History) -> dict[str, Any]:
    """Return how an act of the unit is called; now and then by somebody who may not."""
    known = await history.appeal()
    unit = known.department or UNITS[0]
    if history.pick(20) == 0:
        unit = history.choose(UNITS)
    staff = await history.staff("staff", unit)
    acting = staff[0] if known.confidential and history.pick(10) else history.choose(staff)
    appeal, by = await claiming.in_charge(
        history.session,
        appeal_id=history.appeal_id,
        office=await history.office(unit=unit),
        roles=[acting],
        private=known.confidential,
    )
    return {"appeal": appeal, "staff": by, "now": history.now}


async def dispatching(history: History) -> dict[str, Any]:
    return {"appeal_id": history.appeal_id, "person_id": await history.person("dispatcher")}


async def supervising_as(history: History) -> dict[str, Any]:
    return {"actor": Actor.SUPERVISOR, "person_id": await history.person("supervisor"), "now": history.now}


def source(history: History) -> tuple[int, int]:
    return -3001, len(history.tale) + 1


async def latest(history: History, table: Any, wanted: Any = lambda _row: True) -> Any:
    """Return one of the appeal's rows, mostly the newest; refuse where there is none."""
    rows = [row for row in await history.of_appeal(table) if wanted(row)]
    if not rows:
        raise InputRefused("nothing_there")
    return rows[-1] if history.pick(4) else history.choose(rows)


# The dispatchers.


async def send_to(history: History) -> None:
    await triaging.send_to(
        history.session, department=history.choose(UNITS), **await dispatching(history), **history.here()
    )


async def refuse_return(history: History) -> None:
    about = await dispatching(history)
    await triaging.refuse_return(history.session, reason="duty", now=history.now, **about)


async def want_lead(history: History) -> None:
    await triaging.want_lead(history.session, now=history.now, **await dispatching(history))


async def decline(history: History) -> None:
    reason = history.choose(list(declining.DeclineReason))
    await declining.decline(history.session, reason=reason, text=WORDS, now=history.now, **await dispatching(history))


# The unit.


async def claim(history: History) -> None:
    await claiming.claim(history.session, **await at_work(history))


async def contact(history: History) -> None:
    given = await at_work(history)
    words = await relaying.keep(
        history.session, **given, text=SHORT, manner=relaying.Manner.CONTACT, source=source(history)
    )
    await relaying.set_out(history.session, **given, words=words)
    await on_its_way(history, words, held=True)


async def take_words_back(history: History) -> None:
    words = await latest(history, Utterance, lambda row: row.direction == "to_citizen")
    if await relaying.take_back(history.session, words, now=history.now):
        await relaying.drop(history.session, words)


async def note(history: History) -> None:
    await relaying.note(history.session, **await at_work(history), text=SHORT, source=source(history))


async def hand_over(history: History) -> None:
    given = await at_work(history)
    colleagues = await history.staff("staff", given["appeal"].department)
    to, claimant = history.choose(colleagues).id, given["appeal"].claimant_id or 0
    await handing.hand_over(history.session, **given, to=to, claimant=claimant)


async def ask_return(history: History) -> None:
    given = await at_work(history)
    reason, to = history.choose(list(returning.ReturnReason)), history.choose([*UNITS, None])
    await returning.ask_return(history.session, **given, reason=reason, suggested=to, words=SHORT)


async def offer(history: History) -> None:
    given = await at_work(history)
    await offering.offer(history.session, **given, to=history.choose(UNITS), words=SHORT, city=city())


async def _offer(history: History) -> dict[str, Any]:
    offered = await latest(history, AppealEvent, lambda row: row.what == Event.OFFER)
    unit = str(offered.details["to"])
    roles = [history.choose(await history.staff("staff", unit))]
    return {"offer_id": offered.id, "office": await history.office(unit=unit), "roles": roles}


async def take_over(history: History) -> None:
    await offering.take_over(history.session, **await _offer(history), **history.here())


async def decline_offer(history: History) -> None:
    await offering.decline(history.session, **await _offer(history), words=SHORT, now=history.now)


async def withdraw_offer(history: History) -> None:
    offered = await latest(history, AppealEvent, lambda row: row.what == Event.OFFER)
    await offering.withdraw_offer(history.session, **await at_work(history), offer_id=offered.id)


async def ask(history: History) -> None:
    given = await at_work(history)
    words = await asking.draft(history.session, **given, text=WORDS, source=source(history))
    if history.pick(4):
        await asking.ask(history.session, **given, words=words, calendar=history.calendar)
        await on_its_way(history, words)
    else:
        await asking.want(history.session, **given, words=words)


async def extend(history: History) -> None:
    days = history.pick(extending.MOST_DAYS + 2)
    given = await at_work(history)
    await extending.want(history.session, **given, days=days, reason=WORDS, calendar=history.calendar)


async def defer(history: History) -> None:
    given, day = await at_work(history), history.calendar.local(history.now).date() + timedelta(days=history.pick(60))
    told = {"reason": WORDS, "promise": WORDS, "day": day, "calendar": history.calendar}
    await deferring.want(history.session, **given, **told)


async def report_progress(history: History) -> None:
    given = await at_work(history)
    said = await deferring.report(
        history.session, **given, text=SHORT, source=source(history), calendar=history.calendar
    )
    await on_its_way(history, said)


async def take_up(history: History) -> None:
    given = await at_work(history)
    by = {"actor": Actor.STAFF, "person_id": given["staff"].person_id, "now": history.now}
    await deferring.take_up(history.session, given["appeal"], **by, calendar=history.calendar)


async def escalate(history: History) -> None:
    superior = history.choose(["市人民政府", "市国资委"])
    await escalating.escalate(history.session, **await at_work(history), superior=superior, reason=WORDS)


async def invite(history: History) -> None:
    given = await at_work(history) | history.here()
    told = {"to": history.choose(UNITS), "task": WORDS, "platform": PLATFORM, "bot": BOT}
    await assisting.invite(history.session, **given, **told)


async def _assist(history: History) -> dict[str, Any]:
    asked: Assist = await latest(history, Assist)
    roles = [history.choose(await history.staff("staff", asked.department))]
    office = await history.office(unit=asked.department)
    appeal, assist, staff = await assisting.helping(
        history.session, assist_id=asked.id, office=office, roles=roles, private=True
    )
    return {"appeal": appeal, "assist": assist, "staff": staff, "now": history.now}


async def take_assist(history: History) -> None:
    await assisting.take(history.session, **await _assist(history))


async def say_to_lead(history: History) -> None:
    await assisting.say(history.session, **await _assist(history), text=WORDS, source=source(history))


async def answer_assist(history: History) -> None:
    await assisting.answer(history.session, **await _assist(history))


async def decline_assist(history: History) -> None:
    await assisting.decline(history.session, **await _assist(history), words=SHORT)


async def reclass(history: History) -> None:
    to = history.choose(list(HandlingClass))
    await classing.correct(history.session, **await at_work(history), to=to)


async def set_right(history: History) -> None:
    given = await at_work(history)
    part = history.choose(list(changing_limits.Part))
    to = history.choose(list(Kind) if part == changing_limits.Part.KIND else list(Urgency))
    by = {"actor": Actor.STAFF, "person_id": given["staff"].person_id, "part": part, "to": to, **history.here()}
    longer = changing_limits.is_longer(given["appeal"], part, to, city())
    if longer and history.pick(4):
        await changing_limits.want_longer(history.session, appeal=given["appeal"], reason=WORDS, **by)
    else:
        await changing_limits.change(history.session, appeal=given["appeal"], **by)


async def answer(history: History) -> None:
    given = await at_work(history)
    fitting = [each for each in answering.Outcome if answering.fits(given["appeal"], each)]
    outcome = history.choose(fitting if history.pick(8) else list(answering.Outcome))
    words = await answering.draft(history.session, **given, outcome=outcome, text=WORDS, source=source(history))
    if answering.takes_two(words):
        await answering.ask_for_a_look(history.session, **given, words=words)
    else:
        await answering.send(history.session, **given, words=words)
        await on_its_way(history, words)


async def send_old_draft(history: History) -> None:
    words = await latest(history, Utterance, lambda row: row.direction == "answer")
    await answering.send(history.session, **await at_work(history), words=words)
    await on_its_way(history, words)


async def tell_by_phone(history: History) -> None:
    await reaching.told_by_phone(history.session, **await at_work(history), text=WORDS)
    history.answers += 1


async def cannot_reach(history: History) -> None:
    await reaching.want(history.session, **await at_work(history), text=history.choose([WORDS, "没"]))


async def conclude(history: History) -> None:
    told = {"facts": WORDS, "basis": SHORT, "way": SHORT}
    await concluding.want(history.session, **await at_work(history), **told)


# The platform.


async def on_its_way(history: History, words: Utterance, *, held: bool = False, key: str | None = None) -> None:
    """Queue the call that carries words."""
    await outbox.queue(
        history.session,
        platform=PLATFORM,
        bot=BOT,
        chat_id=CITIZEN,
        method="sendMessage",
        payload={},
        key=key or relaying.row_key(words.id),
        appeal_id=words.appeal_id,
        utterance_id=words.id,
        send_after=history.now + timedelta(seconds=15) if held else None,
        created_at=history.now,
    )


async def settle_a_call(history: History) -> None:
    """A call arrives; or it does not, for the citizen blocked the bot, or for no reason."""
    row: OutboxMessage = await latest(history, OutboxMessage, lambda each: each.state == OutboxState.QUEUED)
    outcome = history.pick(4)
    row.state = OutboxState.SENT if outcome else OutboxState.FAILED
    row.settled_at = history.now
    await history.session.flush()
    if not outcome:
        unreachable = history.pick(2) == 0
        await receipts.not_arrived(history.session, row, unreachable=unreachable, reason="-", now=history.now)
        return
    words = await history.session.get_one(Utterance, row.utterance_id)
    history.answers += words.direction == "answer" and words.state != "delivered"
    await receipts.arrived(history.session, row, now=history.now)


async def come_back(history: History) -> None:
    """The citizen writes again, and what was missed goes out again."""
    missed = [each for each in await history.of_appeal(Utterance) if each.state == "undelivered"]
    for each in missed:
        each.state = "queued"
        await on_its_way(history, each, key=f"{receipts.CATCH_UP_KEY}{each.id}")


# The citizen.


async def supply(history: History) -> None:
    await asking.hear(history.session, **await me(history), text=SHORT, calendar=history.calendar)


async def cannot_supply(history: History) -> None:
    reason = history.choose(list(asking.Lack))
    await asking.cannot_supply(history.session, **await me(history), reason=reason, calendar=history.calendar)


async def say_unclear(history: History) -> None:
    await asking.ask_back(history.session, **await me(history), text=SHORT)


async def supplement(history: History) -> None:
    await supplementing.supplement(history.session, **await me(history), text=SHORT)


async def urge(history: History) -> None:
    await urging.urge(history.session, **await me(history), calendar=history.calendar)


async def withdraw(history: History) -> None:
    if history.pick(8) == 0:
        reason = history.choose(list(withdrawing.Reason))
        await withdrawing.withdraw(history.session, **await me(history), reason=reason, calendar=history.calendar)
        history.said = None  # should it go on, it is somebody else's


async def object_to(history: History) -> None:
    await objecting.object_to(history.session, **await me(history), calendar=history.calendar)


async def complain(history: History) -> None:
    appeal = await history.appeal()
    await concerns.complain(history.session, appeal, text=SHORT, now=history.now, calendar=history.calendar)


async def say_contacted(history: History) -> None:
    contacted = history.pick(2) == 0
    await rating.contact_said(history.session, **await me(history), contacted=contacted)


async def call_it_solved(history: History) -> None:
    await rating.solved(history.session, **await me(history))
    history.said = "solved"


async def call_it_unsolved(history: History) -> None:
    before = await history.appeal()
    counts = reopening.may_reopen(before, now=history.now)
    await rating.said_unsolved(history.session, **await me(history))
    history.said = "unsolved" if counts else history.said


async def leave_it(history: History) -> None:
    await rating.left_unsolved(history.session, **await me(history))
    history.said = "unsolved"


async def say_how_content(history: History) -> None:
    level = history.choose(list(rating.Satisfaction))
    await rating.satisfied(history.session, **await me(history), satisfaction=level)


async def ask_no_more(history: History) -> None:
    await following_up.ask_no_more(history.session, **await me(history))


async def reopen(history: History) -> None:
    given = await me(history) | history.here()
    await reopening.reopen(history.session, **given, words=history.choose([SHORT, ""]))
    history.said = None
    history.answers = 0


# The supervisors.


async def agree(history: History) -> None:
    asked: Approval = await latest(history, Approval)
    by = await history.person("supervisor")
    await approving.agree(history.session, asked.id, person_id=by, **history.here())
    for each in await history.of_appeal(Utterance):
        if each.state == "queued" and not await recalls.carrying(history.session, each.id):
            await on_its_way(history, each)


async def refuse(history: History) -> None:
    asked: Approval = await latest(history, Approval)
    await approving.refuse(history.session, asked.id, person_id=await history.person("supervisor"), now=history.now)


async def name_lead(history: History) -> None:
    by = await supervising_as(history) | history.here()
    await naming.name_lead(history.session, appeal_id=history.appeal_id, department=history.choose(UNITS), **by)


async def uphold(history: History) -> None:
    await objecting.uphold(history.session, appeal_id=history.appeal_id, **await supervising_as(history))


async def assign_after_all(history: History) -> None:
    by = await supervising_as(history) | history.here()
    await objecting.assign(history.session, appeal_id=history.appeal_id, department=history.choose(UNITS), **by)


async def settle_concern(history: History) -> None:
    by = await supervising_as(history)
    told: Concern = await latest(history, Concern)
    appeal, concern = await settling.undecided(history.session, told.id, person_id=by["person_id"])
    state = history.choose([concerns.ConcernState.ANSWERED, concerns.ConcernState.REOPENED])
    if state == concerns.ConcernState.REOPENED:
        at = {"city": city(), "calendar": history.calendar}
        await reopening.reopen_for_supervisor(history.session, appeal, **by, **at)
        history.said, history.answers = None, 0
    await settling.settle(history.session, concern, state, **by, answer=SHORT)


async def raise_level(history: History) -> None:
    appeal = await history.appeal()
    level = appeal.level if history.pick(4) else 0
    by = await history.person("supervisor")
    await supervising.raise_level(
        history.session, appeal_id=history.appeal_id, level=level, person_id=by, now=history.now
    )


# The clock.


async def time_passes(history: History) -> None:
    """Some minutes, hours or days go by, and the jobs look."""
    history.now += history.choose(
        [timedelta(minutes=5), timedelta(hours=3), timedelta(days=1), timedelta(days=4), timedelta(days=15)]
    )
    await jobs_look(history)


async def jobs_look(history: History) -> None:
    """What a job would do about the appeal is done."""
    session, appeal_id, here = history.session, history.appeal_id, history.here()
    when = {"now": history.now, "calendar": history.calendar}
    await lapsing.lapse(session, appeal_id, **here)
    await asking.lapse(session, appeal_id, **when)
    await deferring.resume(session, appeal_id, **when)
    if (await history.appeal()).progress_due is not None:
        await deferring.ask_for_progress(session, appeal_id, **when)
    await reclaiming.fall_back(session, appeal_id, **here)
    await ladder.climb(session, appeal_id, **here)
    await emergencies.note_missed(session, appeal_id, **here)
    await triage_limit.note_late(session, appeal_id, **here)
    await following_up.ask_again(session, appeal_id, now=history.now)
    await following_up.close_unrated(session, appeal_id, now=history.now)


ACTS: Mapping[str, Act] = {
    act.__name__: act
    for act in (
        send_to,
        refuse_return,
        want_lead,
        decline,
        claim,
        contact,
        take_words_back,
        note,
        hand_over,
        ask_return,
        offer,
        take_over,
        decline_offer,
        withdraw_offer,
        ask,
        extend,
        defer,
        report_progress,
        take_up,
        escalate,
        invite,
        take_assist,
        say_to_lead,
        answer_assist,
        decline_assist,
        reclass,
        set_right,
        answer,
        send_old_draft,
        tell_by_phone,
        cannot_reach,
        conclude,
        settle_a_call,
        come_back,
        supply,
        cannot_supply,
        say_unclear,
        supplement,
        urge,
        withdraw,
        object_to,
        complain,
        say_contacted,
        call_it_solved,
        call_it_unsolved,
        leave_it,
        say_how_content,
        ask_no_more,
        reopen,
        agree,
        refuse,
        name_lead,
        uphold,
        assign_after_all,
        settle_concern,
        raise_level,
        time_passes,
        *gathered.JOINED,
        *gathered.APART,
        *gathered.JUDGED,
        *gathered.MERGED,
    )
}

_ALWAYS = (time_passes, complain, supplement)
_TOGETHER = (*gathered.JOINED, *gathered.APART)
_OPEN = (urge, withdraw, agree, refuse, settle_concern, raise_level, set_right, *_TOGETHER)
_HANDLED = (ask_return, offer, take_over, decline_offer, withdraw_offer, send_to, refuse_return, want_lead, name_lead)
_ENDED = (
    say_contacted,
    call_it_solved,
    call_it_unsolved,
    leave_it,
    say_how_content,
    ask_no_more,
    reopen,
    settle_concern,
    *gathered.JUDGED,
)
_IN_HAND = (
    *(contact, contact, take_words_back, settle_a_call, settle_a_call, settle_a_call, come_back, note, hand_over),
    *(ask, ask, extend, defer, escalate, invite, take_assist, say_to_lead, answer_assist, decline_assist, reclass),
    *(answer, answer, answer, send_old_draft, tell_by_phone, cannot_reach, conclude, conclude),
)
#: What is likely to be done, and may be, while it stands so.
LIKELY: Mapping[str, tuple[Act, ...]] = {
    Status.PENDING_TRIAGE: (send_to, send_to, decline, urge, withdraw, set_right, *_TOGETHER, *_ALWAYS),
    Status.DISPATCHED: (claim, claim, claim, contact, *_HANDLED, *_OPEN, *_ALWAYS),
    Status.IN_PROGRESS: (*_IN_HAND, *_IN_HAND, *_HANDLED, *_OPEN, *_ALWAYS),
    Status.AWAITING_CITIZEN: (supply, supply, cannot_supply, say_unclear, settle_a_call, *_OPEN, *_ALWAYS),
    Status.DEFERRED: (report_progress, take_up, take_up, settle_a_call, *_OPEN, *_ALWAYS),
    Status.ANSWERED: (*_ENDED, *_ENDED, contact, settle_a_call, come_back, *_ALWAYS),
    Status.CLOSED: (*_ENDED, reopen, contact, settle_a_call, come_back, *_ALWAYS),
    Status.MERGED: (*gathered.MERGED, withdraw, *_ALWAYS),
    Status.DECLINED: (object_to, object_to, uphold, assign_after_all, *_ALWAYS),
}


def following(history: History) -> str:
    """Return what happens next: mostly something that may, sometimes anything at all."""
    if history.seen.under_way and history.pick(2):
        return settle_a_call.__name__
    if history.seen.waiting and history.pick(3) == 0:
        return history.choose([agree, agree, refuse]).__name__
    likely = LIKELY.get(history.status or "")
    if likely is None or history.pick(5) == 0:
        return history.choose(list(ACTS))
    return history.choose(likely).__name__
