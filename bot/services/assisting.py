"""The lead asks other units to help with an appeal (会办): they answer the lead, which alone answers the citizen."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import relaying
from bot.services.cataloguing import matter_of
from bot.services.deciding import name_of
from bot.services.handling import STAFF
from bot.services.moving import Actor, find, move, workable
from bot.services.returning import others_likely
from bot.services.secrecy import accused
from storage.domain.assists import assist_due
from storage.domain.calendar import Calendar
from storage.domain.city import City, Department
from storage.domain.errors import AlreadyClaimed, HandlerOnly, InputRefused, NotFound, NotYours
from storage.domain.lifecycle import WITH_A_UNIT
from storage.domain.masking import mask
from storage.domain.matters import TOWN
from storage.domain.statuses import Event
from storage.domain.words import Urgency
from storage.repositories import appeals, assists, events, handlers, offices
from storage.repositories.assists import OPEN, AssistState
from storage.tables import Appeal, Assist, Office, Staff, Utterance

#: So many units help with one appeal at a time.
MOST: Final = 3
_OFFERED: Final = 4
LATE: Final = "assist_late"
"""A helping unit has not answered the lead by its day; `assist` in the details."""


async def invitable(session: AsyncSession, appeal: Appeal) -> None:
    """Raise where the lead may ask no other unit now: TransitionRefused or InputRefused("assists_full")."""
    workable(appeal, Event.INVITE)
    if len(_open(await assists.of_appeal(session, appeal.id))) >= MOST:
        raise InputRefused("assists_full")


def likely(appeal: Appeal, city: City) -> list[Department]:
    """Return the units that come to mind: those the matter's line names, then the classifier's; four at most."""
    matter, town = matter_of(appeal, city), city.town(appeal.town or "")
    named = matter.assisting if matter is not None else ()
    codes = [(town.department_code if town else "") if code == TOWN else code for code in named]
    codes += [unit.code for unit in others_likely(appeal, city)]
    units = [city.department(code) for code in dict.fromkeys(codes) if code != appeal.department]
    return [unit for unit in units if unit is not None][:_OFFERED]


async def may_help(
    session: AsyncSession, appeal: Appeal, department: str, *, city: City, platform: str, bot: int
) -> None:
    """Raise InputRefused where this unit cannot be asked: the lead itself, one asked already, one without a group.

    Of what is confidential only a handler may read, and never one of a unit that is named in it.
    """
    if city.department(department) is None or department == appeal.department:
        raise InputRefused("no_such_department")
    if any(each.department == department for each in _open(await assists.of_appeal(session, appeal.id))):
        raise InputRefused("assist_asked")
    if appeal.confidential:
        named = await handlers.named(session, platform=platform, bot=bot, role=STAFF, department=department)
        if named is None or any(unit.code == department for unit in accused(appeal, city)):
            raise InputRefused("assist_secret")
    elif await offices.of(session, platform=platform, bot=bot, purpose="department", department=department) is None:
        raise InputRefused("assist_no_group")


async def invite(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    to: str,
    task: str,
    now: datetime,
    city: City,
    calendar: Calendar,
    platform: str,
    bot: int,
) -> Assist:
    """Ask the unit `to` for help with a locked appeal, and say with what; the lead stays answerable."""
    await invitable(session, appeal)
    await may_help(session, appeal, to, city=city, platform=platform, bot=bot)
    shortest = city.limits.extreme.sign
    due = assist_due(Urgency(appeal.urgency), now, appeal.answer_due, calendar, shortest=shortest)
    asked = await assists.keep(
        session,
        Assist(
            appeal_id=appeal.id,
            department=to,
            task=mask(task),
            state=AssistState.ASKED,
            due=due,
            asked_by=staff.person_id,
            asked_at=now,
        ),
    )
    await move(
        session,
        appeal,
        Event.INVITE,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        assist=asked.id,
        department=appeal.department,
        to=to,
    )
    return asked


async def helping(
    session: AsyncSession, *, assist_id: int, office: Office | None, roles: Sequence[Staff], private: bool = False
) -> tuple[Appeal, Assist, Staff]:
    """Return the appeal, locked, what is asked, and in what capacity the person helps; raise NotFound or NotYours.

    It takes staff of the asked unit in its own group; of what is confidential its handler, in private (HandlerOnly).
    """
    named = await assists.get(session, assist_id)
    if named is None:
        raise NotFound(f"no assist {assist_id}")
    appeal = await find(session, named.appeal_id)
    theirs = [each for each in roles if (each.role, each.department) == (STAFF, named.department)]
    here = office.department if office is not None and office.purpose == "department" else None
    if appeal.confidential:
        theirs = [each for each in theirs if each.confidential]
        if theirs and not private:
            raise HandlerOnly(theirs[0].name)
    elif here != named.department:
        theirs = []
    if not theirs:
        raise NotYours(named.department)
    return appeal, await _fresh(session, named), theirs[0]


async def take(session: AsyncSession, *, appeal: Appeal, assist: Assist, staff: Staff, now: datetime) -> None:
    """Let `staff` sign for what a locked appeal's lead asks; raise AlreadyClaimed or InputRefused("assist_over")."""
    if assist.state == AssistState.TAKEN:
        raise await _taken_before(session, appeal, assist)
    await _happened(session, appeal, assist, staff, Event.ASSIST_TAKEN, now)
    assist.state, assist.claimant_id = AssistState.TAKEN, staff.id


async def decline(
    session: AsyncSession, *, appeal: Appeal, assist: Assist, staff: Staff, words: str, now: datetime
) -> None:
    """Say that it is not the unit's business, and why; raise InputRefused("assist_over") where it is settled."""
    await _happened(session, appeal, assist, staff, Event.ASSIST_DECLINED, now, words=mask(words))
    assist.state, assist.settled_at, assist.answer = AssistState.DECLINED, now, mask(words)


async def say(
    session: AsyncSession,
    *,
    appeal: Appeal,
    assist: Assist,
    staff: Staff,
    text: str,
    files: Collection[int] = (),
    source: tuple[int, int],
    now: datetime,
) -> Utterance:
    """Keep words of the helping unit as a note that the lead reads; whoever writes first has signed for it.

    They are passed on after it is settled too. Raises TransitionRefused where nothing is said of the appeal any more.
    """
    workable(appeal, Event.NOTE)
    if assist.state == AssistState.ASKED:
        await take(session, appeal=appeal, assist=assist, staff=staff, now=now)
    return await relaying.note(
        session, appeal=appeal, staff=staff, text=text, files=files, source=source, now=now, assist=str(assist.id)
    )


async def answer(session: AsyncSession, *, appeal: Appeal, assist: Assist, staff: Staff, now: datetime) -> bool:
    """Settle it with the last thing the unit said (答完了); False where it has said nothing yet."""
    if assist.state not in OPEN:
        raise InputRefused("assist_over")
    said = await said_for(session, assist)
    if not said:
        return False
    await _happened(session, appeal, assist, staff, Event.ASSIST_ANSWERED, now, utterance_id=said[-1].id)
    assist.state, assist.settled_at, assist.answer = AssistState.ANSWERED, now, said[-1].text
    return True


async def overdue(session: AsyncSession, *, now: datetime, city: City, calendar: Calendar) -> list[int]:  # noqa: ARG001 - each watch is asked alike
    """Return the appeals for which a helping unit is late and was not told so yet; a question only."""
    late = [each for each in await assists.late(session, now) if not await _is_told(session, each)]
    return list(dict.fromkeys(each.appeal_id for each in late))


async def note_late(session: AsyncSession, appeal_id: int, *, now: datetime, city: City, calendar: Calendar) -> bool:  # noqa: ARG001 - as above
    """Record which helping units of one appeal are late, each once; False where none is after all."""
    appeal = await find(session, appeal_id)
    late = [each for each in _open(await assists.of_appeal(session, appeal.id)) if each.due <= now]
    fresh = [each for each in late if not await _is_told(session, each)]
    for each in fresh if appeal.status in WITH_A_UNIT else ():
        await events.record(session, LATE, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, assist=each.id)
    return bool(fresh) and appeal.status in WITH_A_UNIT


async def _is_told(session: AsyncSession, assist: Assist) -> bool:
    history = await events.of_appeal(session, assist.appeal_id)
    return any(each.what == LATE and each.details.get("assist") == assist.id for each in history)


async def said_for(session: AsyncSession, assist: Assist) -> list[Utterance]:
    """Return what the helping unit told the lead, the oldest first."""
    history = await events.of_appeal(session, assist.appeal_id)
    told = {
        each.details.get("utterance_id")
        for each in history
        if each.what == Event.NOTE and each.details.get("assist") == str(assist.id)
    }
    return [each for each in await appeals.words(session, assist.appeal_id) if each.id in told]


async def of_unit(session: AsyncSession, appeal_id: int, department: str) -> Assist | None:
    """Return the last thing a unit was asked to do for an appeal."""
    found = [each for each in await assists.of_appeal(session, appeal_id) if each.department == department]
    return found[-1] if found else None


def _open(found: Sequence[Assist]) -> list[Assist]:
    return [each for each in found if each.state in OPEN]


async def _fresh(session: AsyncSession, assist: Assist) -> Assist:
    """Return it as it stands now that its appeal is locked."""
    found = await assists.get(session, assist.id)
    return found or assist


async def _taken_before(session: AsyncSession, appeal: Appeal, assist: Assist) -> AlreadyClaimed:
    history = await events.of_appeal(session, appeal.id)
    first = next(
        each for each in history if each.what == Event.ASSIST_TAKEN and each.details.get("assist") == assist.id
    )
    return AlreadyClaimed(number=appeal.number, name=await name_of(session, first.person_id), at=first.at)


async def _happened(
    session: AsyncSession, appeal: Appeal, assist: Assist, staff: Staff, event: Event, now: datetime, **details: object
) -> None:
    if assist.state not in OPEN:
        raise InputRefused("assist_over")
    await move(
        session,
        appeal,
        event,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        assist=assist.id,
        to=assist.department,
        **details,
    )
