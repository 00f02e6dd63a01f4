"""What each button of the form does: from which steps it may be pressed, and where it leads."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.cards import draft as forms
from bot.cards.card import Card
from bot.conversations.citizen import alikes, steps
from bot.conversations.citizen.speaking import say
from bot.conversations.citizen.steps import PLACE_STEPS, Step
from bot.conversations.citizen.taking import hand_in
from bot.conversations.turn import Turn
from bot.services import drafting, splitting
from bot.texts.citizen import draft as words
from bot.texts.citizen.together import JOIN_NO_MORE
from storage.domain.errors import InputRefused
from storage.domain.words import Kind
from storage.repositories import attachments
from storage.tables import Draft


@dataclass(frozen=True)
class Hint:
    """Words that explain, and change nothing."""

    text: str


class Sent(Card):
    """What was filed, put in the place of the form; the receipt is another message."""


Act = Callable[[Turn, Draft, str], Awaitable[Card | Hint]]


async def _next(turn: Turn, draft: Draft, _argument: str) -> Card:
    return steps.go(turn, draft, Step.WHAT if drafting.says_nothing(draft) else Step.PLACE)


async def _split(turn: Turn, draft: Draft, argument: str) -> Card:
    if argument == "no":
        splitting.keep_whole(draft)
    elif splitting.is_asked(draft):
        splitting.split(draft, now=turn.now)
    return steps.onward(turn, draft, Step.PLACE)


async def _cancel(turn: Turn, draft: Draft, _argument: str) -> Card:
    things = await attachments.of_draft(turn.session, draft.id)
    following = await splitting.leave(turn.session, draft, things, now=turn.now)
    turn.talk.end()
    return _go_on(turn, following, words.CANCELLED_ONE) if following else Card(words.CANCELLED)


def _go_on(turn: Turn, following: Draft, lead: str) -> Card:
    """Show the summary of the matter that waited."""
    card = steps.go(turn, following, Step.SUMMARY)
    return Card(f"{lead}\n\n{card.text}", card.rows)


async def _back(turn: Turn, draft: Draft, _argument: str) -> Card:
    return steps.back(turn, draft)


async def _here(turn: Turn, draft: Draft, _argument: str) -> Card:
    draft.place = draft.place if draft.latitude is not None else None
    return steps.onward(turn, draft, Step.CONTACT)


async def _pin(_turn: Turn, _draft: Draft, _argument: str) -> Hint:
    return Hint(words.HOW_TO_PIN)


async def _town(turn: Turn, draft: Draft, argument: str) -> Card:
    editing = steps.is_editing(turn)
    if not argument:
        return steps.go(turn, draft, Step.TOWN, editing=editing)
    drafting.put_town(draft, argument, turn.city, now=turn.now)
    return steps.go(turn, draft, Step.VILLAGE, editing=editing)


async def _village(turn: Turn, draft: Draft, argument: str) -> Card:
    drafting.put_village(draft, argument, turn.city, now=turn.now)
    return steps.onward(turn, draft, Step.CONTACT)


async def _vague(turn: Turn, draft: Draft, _argument: str) -> Card:
    return steps.go(turn, draft, Step.VAGUE, editing=steps.is_editing(turn))


async def _skip(turn: Turn, draft: Draft, _argument: str) -> Card:
    return steps.onward(turn, draft, Step.CONTACT)


async def _phone(turn: Turn, draft: Draft, _argument: str) -> Card:
    return steps.go(turn, draft, Step.PHONE, editing=steps.is_editing(turn))


async def _card(_turn: Turn, _draft: Draft, _argument: str) -> Hint:
    return Hint(words.HOW_TO_CARD)


async def _no_phone(turn: Turn, draft: Draft, _argument: str) -> Card:
    draft.phone = None
    return steps.go(turn, draft, Step.SUMMARY)


async def _secret(turn: Turn, draft: Draft, argument: str) -> Card:
    draft.confidential = argument != "no"
    return steps.go(turn, draft, Step.SUMMARY)


async def _change(turn: Turn, draft: Draft, argument: str) -> Card:
    wanted = {
        "what": Step.RETELL,
        "place": Step.PLACE,
        "unit": Step.UNIT,
        "kind": Step.KIND,
        "contact": Step.CONTACT,
        "secrecy": Step.SECRECY,
    }.get(argument, Step.SUMMARY)
    return steps.go(turn, draft, wanted, editing=wanted is not Step.SUMMARY)


async def _unit(turn: Turn, draft: Draft, argument: str) -> Card:
    if argument == "none":
        draft.department = drafting.BY_THE_OFFICE
    elif turn.city.department(argument) is None:
        raise InputRefused("no_such_department")
    else:
        draft.department = argument
    return steps.go(turn, draft, Step.SUMMARY)


async def _kind(turn: Turn, draft: Draft, argument: str) -> Card:
    if argument in set(Kind):
        drafting.put_kind(draft, Kind(argument))
    return steps.go(turn, draft, Step.SUMMARY)


async def _submit(turn: Turn, draft: Draft, _argument: str) -> Card:
    """File it, or ask first whether it is what somebody else has told."""
    steps.need_guess(turn, draft)
    alike = await alikes.alike(turn, draft)
    return alikes.ask(turn, draft, alike) if alike is not None else await _file(turn, draft)


async def _file(turn: Turn, draft: Draft, _argument: str = "") -> Card:
    sent = forms.sent_summary(draft, turn.city)
    await hand_in(turn, draft, turn.person, steps.parts_of(turn))
    return await _filed(turn, sent)


async def _join(turn: Turn, draft: Draft, _argument: str) -> Card:
    sent = forms.sent_summary(draft, turn.city)
    if not await alikes.joined(turn, draft):
        card = steps.go(turn, draft, Step.SUMMARY)
        return Card(f"{JOIN_NO_MORE}\n\n{card.text}", card.rows)
    return await _filed(turn, sent)


async def _filed(turn: Turn, sent: Card) -> Card:
    """Go on to the matter that waited behind what was filed, if there is one."""
    turn.talk.end()
    following = await steps.running(turn)
    if following is not None:
        turn.last.append(say(turn, _go_on(turn, following, words.NEXT_MATTER)))
    return Sent(sent.text, sent.rows)


_ANYWHERE: Final = tuple(Step)
#: Verb → the steps at which it may be pressed, and what it does then.
ACTS: Final[dict[str, tuple[tuple[Step, ...], Act]]] = {
    "d.next": ((Step.WHAT,), _next),
    "d.split": ((Step.SEVERAL,), _split),
    "d.back": (_ANYWHERE, _back),
    "d.cancel": (_ANYWHERE, _cancel),
    "d.here": (PLACE_STEPS, _here),
    "d.pin": (PLACE_STEPS, _pin),
    "d.town": (PLACE_STEPS, _town),
    "d.village": (PLACE_STEPS, _village),
    "d.vague": (PLACE_STEPS, _vague),
    "d.skip": (PLACE_STEPS, _skip),
    "d.phone": ((Step.CONTACT, Step.PHONE), _phone),
    "d.card": ((Step.CONTACT, Step.PHONE), _card),
    "d.nophone": ((Step.CONTACT, Step.PHONE), _no_phone),
    "d.secret": ((Step.SECRECY,), _secret),
    "d.change": ((Step.SUMMARY,), _change),
    "d.unit": ((Step.UNIT,), _unit),
    "d.kind": ((Step.KIND,), _kind),
    "d.submit": ((Step.SUMMARY,), _submit),
    "d.join": ((Step.ALIKE,), _join),
    "d.apart": ((Step.ALIKE,), _file),
}
