"""What a unit's group hears of an event: cards, and what the citizen did."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from aiogram.methods import SetMessageReaction
from aiogram.types import ReactionTypeEmoji
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import office as cards
from bot.cards.card import Card, edit
from bot.cards.composing import delivered_rows
from bot.delivery.say import Say
from bot.house import House
from bot.notices.bringing import joined, things_of
from bot.notices.bringing import said as said_in
from bot.notices.scene import Scene, scene_of
from bot.services import handling
from bot.services.handling import HANDLER_NAMED, OPENED
from bot.services.leaving import TAKEN_OVER
from bot.services.moving import Actor
from bot.services.rating import RATED_LATE, SAID_UNSOLVED, is_unhappy
from bot.services.reaching import undelivered_key
from bot.services.receipts import PHONE_NOT_SHOWN, RELAYED, REPLY_STAYED, REPLY_WITHDRAWN, THINGS_LOST
from bot.services.relaying import Manner
from bot.services.rewording import REWORDED
from bot.services.supplementing import ATTACHED
from bot.services.transcribing import TRANSCRIBED
from bot.texts import concerns, confidential, tidings
from bot.texts import office as words
from bot.texts.fitting import rest
from storage.domain.care import is_night
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.domain.words import Urgency
from storage.repositories import appeals, offices, people
from storage.tables import AppealEvent, Utterance

_THUMB = "\N{THUMBS UP SIGN}"


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the unit's group hears of an event."""
    tell = _HEARD.get(event.what)
    scene = await scene_of(session, event, house, now=now) if tell else None
    merged = scene is not None and scene.appeal.status == Status.MERGED  # heard of where its lead is handled
    return await tell(scene) if tell and scene and not merged else []


async def dispatched(scene: Scene) -> list[Say]:
    """Put the card of an appeal before the unit that has it from now on, with all that belongs to it."""
    says = await scene.fresh_card(cards.unit_card(await scene.view()))
    return says + await _said_before(scene) if says else []


async def _said_before(scene: Scene) -> list[Say]:
    """Give a unit that gets an appeal later what the citizen added meanwhile."""
    said = [each for each in await appeals.words(scene.session, scene.appeal.id) if each.direction == "from_citizen"]
    says: list[Say] = []
    for each in said[1:]:
        text = tidings.supplement(number=scene.appeal.number, text=mask(each.text))
        says += await scene.citizens_words(each, text, under=f"card:{scene.appeal.id}")
    return says


async def _claimed(scene: Scene) -> list[Say]:
    return await scene.card_as_it_is()


async def _praised(scene: Scene) -> list[Say]:
    return await scene.fresh_card(cards.praise_card(await scene.view()))


async def _supplemented(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    if said is None:
        return []
    row = await scene.unit_card_row()
    text = tidings.supplement(number=scene.appeal.number, text=mask(said.text))
    return await scene.citizens_words(said, text, under=row.id if row else None)


async def _attached(scene: Scene) -> list[Say]:
    """Let a later part of an album join what came before."""
    said, row = await scene.utterance(), await scene.unit_card_row()
    if said is None or scene.where is None:
        return []
    return await joined(
        scene.session,
        scene.house,
        appeal=scene.appeal,
        words=said,
        new=scene.event.details.get("files", []),
        where=scene.where,
        under=row.id if row else None,
        now=scene.now,
    )


async def _reworded(scene: Scene) -> list[Say]:
    """Show what the citizen changed their words to; the card shows the newest, too."""
    said = await scene.utterance()
    row = await scene.unit_card_row()
    if said is None or scene.where is None:
        return await scene.card_as_it_is()
    text = tidings.reworded(number=scene.appeal.number, text=mask(said.text))
    notice = said_in(scene.appeal, text, scene.where, row.id if row else None, role="supplement")
    return notice + await scene.card_as_it_is()


async def _things_lost(scene: Scene) -> list[Say]:
    """Say that something the citizen sent did not come through; words that stood under it are said again."""
    said, row = await scene.utterance(), await scene.unit_card_row()
    if said is None or scene.where is None:
        return []
    first = await appeals.first_words(scene.session, scene.appeal.id)
    text = mask(said.text) if first is None or first.id != said.id else ""
    lost = tidings.things_lost(number=scene.appeal.number, text=text)
    return said_in(scene.appeal, lost, scene.where, row.id if row else None, role="notice")


async def _transcribed(scene: Scene) -> list[Say]:
    return await scene.card_as_it_is()


async def _unsent(scene: Scene) -> list[Say]:
    """Say under a reply that was taken back that it is gone, or that it could not be taken back."""
    said = await scene.utterance()
    text = words.UNSENT if scene.event.what == REPLY_WITHDRAWN else words.NOT_UNSENT
    return await scene.changed(f"hold:{said.id}", text) if said else []


async def _relayed(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    if said is None:
        return []
    says = await scene.changed(f"hold:{said.id}", words.DELIVERED, rows=delivered_rows(said))
    if said.source_chat and said.source_message and said.direction == "to_citizen":
        reaction = SetMessageReaction(
            chat_id=said.source_chat, message_id=said.source_message, reaction=[ReactionTypeEmoji(emoji=_THUMB)]
        )
        says.append(Say(reaction))
    if scene.event.details.get("again"):
        says += await scene.card_as_it_is()
    return says + await _caught_up(scene)


async def _answer_arrived(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    text = tidings.answered(number=scene.appeal.number)
    if scene.event.details.get("caught_up"):
        return await scene.card_as_it_is() + await _caught_up(scene)
    writer = await people.get(scene.session, said.person_id) if said and said.person_id else None
    changed = await scene.changed(f"compose:{scene.appeal.id}:{writer.user_id}", text) if writer else []
    return (changed or await scene.under_card(Card(text))) + await scene.card_as_it_is()


async def _caught_up(scene: Scene) -> list[Say]:
    if not scene.event.details.get("caught_up"):
        return []
    return await scene.under_card(Card(tidings.caught_up(number=scene.appeal.number)))


async def _told_undelivered(scene: Scene, said: Utterance | None, *, left: bool) -> list[Say]:
    """Say under the card that words did not arrive, and what to do; of an answer it changes once somebody called."""
    seen = await scene.view()
    if said is not None and said.manner == Manner.QUESTION:
        return await scene.under_card(cards.unheard_question(seen, left=left))
    is_answer = said is not None and said.direction == "answer"
    key = undelivered_key(said.id) if said is not None and is_answer else None
    return await scene.under_card(cards.undelivered_card(seen, left=left, answer=is_answer), key=key)


async def _not_arrived(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    left = bool(scene.event.details.get("unreachable"))
    says = await _told_undelivered(scene, said, left=left)
    if said is not None and said.direction == "answer":
        writer = await people.get(scene.session, said.person_id) if said.person_id else None
        says += await scene.changed(f"compose:{scene.appeal.id}:{writer.user_id}", words.UNDELIVERED) if writer else []
    elif said is not None:
        says += await scene.changed(f"hold:{said.id}", words.UNDELIVERED)
    return says + await scene.card_as_it_is()


async def _rated(scene: Scene) -> list[Say]:
    notice = await scene.under_card(Card(await _verdict(scene)), key=f"rated:{scene.appeal.id}")
    return notice + await scene.card_as_it_is()


async def _satisfied(scene: Scene) -> list[Say]:
    return await scene.changed(f"rated:{scene.appeal.id}", await _verdict(scene), role="notice")


async def _called_unsolved(scene: Scene) -> list[Say]:
    """Say so under the card where it was closed as something else; before that nothing is decided."""
    return await _satisfied(scene) if scene.appeal.status == Status.CLOSED else []


async def _urged(scene: Scene) -> list[Say]:
    """Pass it on; at night without a sound, but for what is extreme."""
    seen = await scene.view()
    due, extreme = cards.due_day(seen), scene.appeal.urgency == Urgency.EXTREME
    text = concerns.unit_urged(number=scene.appeal.number, times=scene.appeal.urges, due=due)
    quiet = is_night(scene.now, seen.calendar) and not extreme
    said = [replace(each, quiet=quiet) for each in await scene.under_card(Card(text))]
    return said + await scene.card_as_it_is()


async def _verdict(scene: Scene) -> str:
    """Write how it ended; who is not satisfied with what is solved is for the supervisors to know."""
    appeal = scene.appeal
    solved = {"solved": True, "unsolved": False}.get(appeal.citizen_outcome or "")
    outcome = tidings.outcome(solved=solved, satisfaction=None if is_unhappy(appeal) else appeal.satisfaction)
    claimant = (await scene.view()).claimant
    staff = claimant.name if claimant else ""
    return tidings.rated(number=appeal.number, outcome=outcome, staff=staff, solved=solved is not False)


async def _reopened(scene: Scene) -> list[Say]:
    said = await scene.utterance()
    by_citizen = scene.event.actor == Actor.CITIZEN
    card = cards.reopened_card(await scene.view(), said.text if said else "", by_citizen=by_citizen)
    says = await scene.fresh_card(card)
    if said is None or scene.where is None:
        return says
    under = f"card:{scene.appeal.id}"
    for part in rest(mask(said.text), cards.TEXT_LIMIT):
        says += said_in(scene.appeal, part, scene.where, under, role="supplement")
    return says + await things_of(
        scene.session, appeal=scene.appeal, words=said, where=scene.where, under=under, now=scene.now
    )


async def _withdrawn(scene: Scene) -> list[Say]:
    notice = await scene.under_card(Card(tidings.withdrawn(number=scene.appeal.number)))
    return notice + await scene.card_as_it_is()


async def _opened(scene: Scene) -> list[Say]:
    """Give the handler of a confidential appeal the whole card, and all that its citizen said since."""
    return await dispatched(scene) if scene.event.details.get("role") == handling.STAFF else []


async def _other_handler(scene: Scene) -> list[Say]:
    """Take the buttons off the card of whoever handled it before."""
    row = await scene.row(f"card:{scene.appeal.id}")
    if row is None or (scene.office is not None and row.chat_id == scene.office.chat_id):
        return []
    handler = await handling.of_unit(scene.session, scene.appeal, platform=scene.house.platform, bot=scene.house.bot)
    text = confidential.other_handler(number=scene.appeal.number, staff=handler.staff.name if handler else "")
    return [Say(edit(row.chat_id, Card(text)), edit=row.id, appeal=scene.appeal.id, role="card")]


async def _phone_not_shown(scene: Scene) -> list[Say]:
    house, details = scene.house, scene.event.details
    user_id = int(details.get("user_id") or 0)
    person = await people.find(scene.session, platform=house.platform, bot=house.bot, user_id=user_id)
    roles = await offices.roles(scene.session, person.id) if person else ()
    name = next((each.name for each in roles if each.department == scene.appeal.department), "")
    return await scene.under_card(Card(words.phone_not_shown(staff=name)))


_HEARD: Mapping[str, Callable[[Scene], Awaitable[list[Say]]]] = {
    Event.SUBMIT_SURE: dispatched,
    Event.ASSIGN: dispatched,
    Event.OBJECTION_ASSIGNED: dispatched,
    "card_wanted": dispatched,
    Event.SUBMIT_PRAISE: _praised,
    Event.CLAIM: _claimed,
    Event.ESCALATE: _claimed,
    Event.CLASS_CHANGED: _claimed,
    TAKEN_OVER: _claimed,
    Event.SUPPLEMENT: _supplemented,
    ATTACHED: _attached,
    REWORDED: _reworded,
    TRANSCRIBED: _transcribed,
    THINGS_LOST: _things_lost,
    REPLY_WITHDRAWN: _unsent,
    REPLY_STAYED: _unsent,
    RELAYED: _relayed,
    Event.DELIVERED: _answer_arrived,
    Event.NOT_DELIVERED: _not_arrived,
    Event.RATE_SOLVED: _rated,
    Event.RATE_UNSOLVED: _rated,
    Event.UNRATED: _rated,
    RATED_LATE: _satisfied,
    SAID_UNSOLVED: _called_unsolved,
    "satisfaction": _satisfied,
    Event.URGE: _urged,
    Event.REOPEN: _reopened,
    Event.WITHDRAW: _withdrawn,
    PHONE_NOT_SHOWN: _phone_not_shown,
    OPENED: _opened,
    HANDLER_NAMED: _other_handler,
}
