"""Who hears that somebody may be in danger: the dispatchers at once, and, of an appeal, its unit and its citizen."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import citizen as citizen_cards
from bot.cards import danger as cards
from bot.cards import triage as triage_cards
from bot.cards.card import Card, edit, send, send_to
from bot.cards.danger import CaseView
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import Scene, room_of
from bot.services import alarming
from bot.services.binding import Purpose, Role, stands_in
from bot.texts import triage as words
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, dangers, drafts, offices, outbox, people
from storage.tables import Appeal, AppealEvent, DangerCase

_CASE: Final = {alarming.RAISED, alarming.FOLLOWED, alarming.SAFE, alarming.DENIED, alarming.DISMISSED}
_FILED: Final = {Event.SUBMIT_SURE, Event.SUBMIT_UNSURE, Event.SUBMIT_PRAISE}


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what is said of a danger; of an appeal that is filed after one, the card learns the number."""
    appeal = await session.get(Appeal, event.appeal_id) if event.appeal_id else None
    filed = event.what in _FILED and appeal is not None
    number = (
        event.details.get("case") if event.what in _CASE else appeal.alarm.get("case") if filed and appeal else None
    )
    case = await dangers.get(session, number) if isinstance(number, int) else None
    if case is None:
        return []
    says = await _dispatchers(session, house, case, raised=event.what == alarming.RAISED)
    if appeal is not None and not filed:
        says += await _of_an_appeal(session, house, event, appeal, case, now)
    return says


async def _dispatchers(session: AsyncSession, house: House, case: DangerCase, *, raised: bool) -> list[Say]:
    """Put the card into their group, or bring it up to date; where they have none, the administrators read it."""
    office = await offices.of(session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)
    if office is None:
        card = Card(cards.for_dispatchers(await _view(session, house, case)).text)
        everybody = await offices.administrators(session) if raised else ()
        mine = [each for each in everybody if (each.platform, each.bot) == (house.platform, house.bot)]
        return [Say(send(each.user_id, card, protect=True), role="notice") for each in mine]
    key = f"danger:{case.id}"
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=key)
    row = await outbox.get(session, row_id) if row_id else None
    card = cards.for_dispatchers(await _view(session, house, case))
    if row is not None and stands_in(row, office):
        return [Say(edit(row.chat_id, card), edit=row.id, appeal=case.appeal_id, role="danger")]
    return [Say(send_to(office, card), key=key, appeal=case.appeal_id, role="danger")]


async def _of_an_appeal(
    session: AsyncSession, house: House, event: AppealEvent, appeal: Appeal, case: DangerCase, now: datetime
) -> list[Say]:
    """Show the changed urgency wherever the appeal stands; its unit hears of a danger with a new message."""
    slowed = event.what == alarming.DISMISSED and event.details.get("slowed")
    if event.what != alarming.RAISED and not slowed:
        return []
    room = await room_of(session, house, appeal) if appeal.department is not None else None
    scene = Scene(session, house, now, event, appeal, room)
    seen = await scene.view()
    says = [] if slowed else await scene.under_card(cards.for_unit(seen, case))
    says += await scene.card_as_it_is() if room is not None else []
    says += await _waiting_card(scene)
    live = edit(seen.citizen.user_id, citizen_cards.progress(seen))
    return [*says, Say(live, edit=f"status:{appeal.id}", appeal=appeal.id, role="status")]


async def _waiting_card(scene: Scene) -> list[Say]:
    """Bring the dispatchers' card of an appeal without a unit up to date."""
    row = await scene.row(f"triage:{scene.appeal.id}")
    if row is None or scene.appeal.status != Status.PENDING_TRIAGE:
        return []
    card = triage_cards.waiting(await scene.view())
    return [Say(edit(row.chat_id, card), edit=row.id, appeal=scene.appeal.id, role="triage")]


async def _view(session: AsyncSession, house: House, case: DangerCase) -> CaseView:
    draft = await drafts.get(session, case.draft_id) if case.draft_id and not case.appeal_id else None
    appeal = await alarming.appeal_of(session, case)
    said = await appeals.utterance(session, case.utterance_id) if case.utterance_id else None
    texts = (each.text for each in (said, appeal, draft) if each is not None)
    return CaseView(
        case=case,
        text=next(texts, None),
        confidential=appeal.confidential if appeal else draft is not None and bool(draft.confidential),
        number=appeal.number if appeal else "",
        follower=await _dispatcher(session, case.followed_by),
        settler=await _dispatcher(session, case.settled_by),
        city=house.city,
    )


async def _dispatcher(session: AsyncSession, person_id: int | None) -> str:
    if person_id is None:
        return ""
    person = await people.get(session, person_id)
    roles = await offices.roles(session, person.id)
    return next((each.name for each in roles if each.role == Role.DISPATCHER), words.SOMEBODY)
