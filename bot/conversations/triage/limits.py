"""A dispatcher sets kind or urgency right (改类别, 改急缓): shorter at once, longer with a supervisor and a reason."""

from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import limits as cards
from bot.cards.card import Card, data, send
from bot.conversations.contents import words_of
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import LONGEST, answer_to, known, replied_to, toast
from bot.conversations.triage.dispatching import must_be_dispatcher, on_card, undecided_card
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import changing_limits
from bot.services.binding import Role
from bot.services.changing_limits import Part
from bot.services.moving import Actor, find
from bot.texts import limits as words
from bot.texts.fitting import units
from bot.texts.triage import BACK
from storage.domain.masking import mask

router = Router(name="triage.limits")
_ROLE: Final = "longer:"
_CHOOSE: Final = {"t.kind": Part.KIND, "t.level": Part.URGENCY}
_CHOSEN: Final = {"t.kindto": Part.KIND, "t.levelto": Part.URGENCY}
_THEN: Final = {Part.KIND: "t.kindto", Part.URGENCY: "t.levelto"}


class SaysWhy(BaseFilter):
    """A dispatcher replies to the question why the limit is to be longer; handed on with what it is to become."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int | str]:
        """Look the message up that was replied to; its role says what was chosen."""
        target = replied_to(message)
        if target is None or turn.role(Role.DISPATCHER) is None or (message.text or "/").startswith("/"):
            return False
        found = await known(turn, target)
        if found is None or not found.role.startswith(_ROLE):
            return False
        part, _, to = found.role.removeprefix(_ROLE).partition(".")
        return {"appeal_id": found.appeal_id, "part": part, "to": to}


@router.callback_query(Pressed(*_CHOOSE))
async def change_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Offer the others on the card itself."""
    await must_be_dispatcher(turn, press.number)
    part, card = _CHOOSE[press.verb], await undecided_card(turn, press.number)
    appeal = await find(turn.session, press.number)
    rows = cards.options(appeal, part, turn.city, verb=_THEN[part])
    text = f"{card.text}\n\n{cards.QUESTIONS[part]}"
    return on_card(query, turn, appeal.id, Card(text, [*rows, [(BACK, data("t.back", appeal.id))]]))


@router.callback_query(Pressed(*_CHOSEN))
async def choice_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Change it; where that takes a supervisor, ask why. The card is brought up to date by the event."""
    await must_be_dispatcher(turn, press.number)
    own = await undecided_card(turn, press.number)
    part, appeal = _CHOSEN[press.verb], await find(turn.session, press.number)
    await changing_limits.changeable(turn.session, appeal, part, press.argument)
    if changing_limits.is_longer(appeal, part, press.argument, turn.city):
        asked = send(turn.chat_id, Card(words.WHY), protect=True, thread=turn.thread_id)
        role = f"{_ROLE}{part.value}.{press.argument}"
        below = Say(asked, reply_to=f"triage:{appeal.id}", appeal=appeal.id, role=role)
        return [*on_card(query, turn, appeal.id, own), below]
    await changing_limits.change(
        turn.session,
        appeal=appeal,
        part=part,
        to=press.argument,
        actor=Actor.DISPATCHER,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    return [toast(query, words.changed(number=appeal.number, what=cards.NAMES[part][press.argument]))]


@router.message(Says(), SaysWhy())
async def reason_written(message: Message, turn: Turn, appeal_id: int, part: str, to: str) -> list[Spoken]:
    """Put the wish before the supervisors."""
    await must_be_dispatcher(turn, appeal_id)
    await undecided_card(turn, appeal_id)
    appeal = await find(turn.session, appeal_id)
    reason = words_of(message)
    if units(reason) > LONGEST // 3:
        return [answer_to(message, words.TOO_LONG)]
    await changing_limits.want_longer(
        turn.session,
        appeal=appeal,
        part=Part(part),
        to=to,
        reason=mask(reason),
        actor=Actor.DISPATCHER,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    return [answer_to(message, words.asked(number=appeal.number, what=cards.NAMES[Part(part)].get(to, "")))]
