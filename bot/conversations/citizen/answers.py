"""What words mean at each step of the form."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.cards import draft as forms
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.starting import tell
from bot.conversations.citizen.steps import Step
from bot.conversations.citizen.taking import Heard, note_parts, onto_draft
from bot.conversations.turn import Turn
from bot.services import drafting
from bot.texts.citizen import draft as words
from bot.texts.words import KINDS, PINNED, files_words
from storage.domain.masking import mask_phone, parse_phone
from storage.tables import Draft

_OFFERED = 8
Answer = Callable[[Turn, Draft, Heard], Awaitable[Card]]


async def take_phone(turn: Turn, draft: Draft, text: str) -> Card:
    """Note the telephone number in `text` and go to the summary; ask again where there is none, or several."""
    number = parse_phone(text)
    if number is None:
        return forms.phone(draft, lead=words.NO_PHONE_READ)
    draft.phone, draft.updated_at = number, turn.now
    card = steps.go(turn, draft, Step.SUMMARY)
    return Card(f"{words.phone_kept(phone=mask_phone(number))}\n\n{card.text}", card.rows)


async def brought(turn: Turn, said: Heard) -> Card:
    """Put what was sent, and the words under it, to the matter; whatever was being asked is asked again."""
    step, editing = steps.step_of(turn) or Step.WHAT, steps.is_editing(turn)
    before = await drafting.hear(turn.session, person_id=turn.person.id, text="", now=turn.now)
    held = dict(before.files)
    draft = await onto_draft(turn, said)
    card = steps.go(turn, draft, Step.SUMMARY if step in {Step.RETELL, Step.ALIKE} else step, editing=editing)
    if step in {Step.WHAT, Step.SUMMARY}:
        return card
    new = {kind: n - held.get(kind, 0) for kind, n in draft.files.items() if n > held.get(kind, 0)}
    return Card(f"{words.received(files=files_words(new) or PINNED)}\n\n{card.text}", card.rows)


async def _told(turn: Turn, _draft: Draft, said: Heard) -> Card:
    return await tell(turn, said)


async def _told_at_the_end(turn: Turn, _draft: Draft, said: Heard) -> Card:
    """Words at the summary are one more sentence about the matter."""
    return steps.go(turn, await onto_draft(turn, said), Step.SUMMARY)


async def _told_at_several(turn: Turn, _draft: Draft, said: Heard) -> Card:
    """Words there are one more sentence about the matter, or matters."""
    return steps.go(turn, await onto_draft(turn, said), Step.SEVERAL, editing=steps.is_editing(turn))


async def _retold(turn: Turn, draft: Draft, said: Heard) -> Card:
    drafting.retell(draft, said.text, now=turn.now)
    turn.talk.memo = {**turn.talk.memo, "parts": {}}
    note_parts(turn, said)
    return steps.go(turn, draft, Step.SUMMARY)


async def _placed(turn: Turn, draft: Draft, said: Heard) -> Card:
    drafting.put_place(draft, said.text, turn.city, now=turn.now)
    return steps.onward(turn, draft, Step.CONTACT)


async def _phoned(turn: Turn, draft: Draft, said: Heard) -> Card:
    steps.go(turn, draft, Step.PHONE, editing=steps.is_editing(turn))
    return await take_phone(turn, draft, said.text)


async def _said_at_secrecy(turn: Turn, draft: Draft, _said: Heard) -> Card:
    """Ask once more: what is said here may be meant as an answer, and must not be taken for the wrong one."""
    return steps.card_of(turn, draft)


async def _named_a_unit(turn: Turn, draft: Draft, said: Heard) -> Card:
    text = said.text
    unit = turn.city.department_named(text)
    if unit is not None:
        draft.department = unit.code
        return steps.go(turn, draft, Step.SUMMARY)
    found = turn.city.find_departments(text)[:_OFFERED]
    return forms.units(draft, turn.city, found, lead=words.UNITS_FOUND if found else words.NO_UNIT_FOUND)


async def _named_a_kind(turn: Turn, draft: Draft, said: Heard) -> Card:
    kind = next((kind for kind, name in KINDS.items() if name == said.text), None)
    if kind is None:
        return forms.kinds(draft)
    drafting.put_kind(draft, kind)
    return steps.go(turn, draft, Step.SUMMARY)


ANSWERS: Final[dict[Step, Answer]] = {
    Step.WHAT: _told,
    Step.SEVERAL: _told_at_several,
    Step.PLACE: _placed,
    Step.TOWN: _placed,
    Step.VILLAGE: _placed,
    Step.VAGUE: _placed,
    Step.CONTACT: _phoned,
    Step.PHONE: _phoned,
    Step.SECRECY: _said_at_secrecy,
    Step.SUMMARY: _told_at_the_end,
    Step.ALIKE: _told_at_the_end,
    Step.RETELL: _retold,
    Step.UNIT: _named_a_unit,
    Step.KIND: _named_a_kind,
}
