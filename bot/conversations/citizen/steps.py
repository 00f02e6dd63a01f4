"""The steps of the form: which card each shows, and which comes before it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from bot.cards import citizen as cards
from bot.cards import consent as consent_cards
from bot.cards import draft as forms
from bot.cards import together
from bot.cards.card import Card
from bot.conversations.turn import Turn
from bot.services import consenting, drafting, secrecy, splitting
from storage.domain.city import City
from storage.repositories import drafts
from storage.tables import Draft


class Step(StrEnum):
    """Where in the form a citizen is; kept as the state of the conversation."""

    WHAT = "draft.what"
    SEVERAL = "draft.several"
    PLACE = "draft.place"
    TOWN = "draft.town"
    VILLAGE = "draft.village"
    VAGUE = "draft.vague"
    CONTACT = "draft.contact"
    PHONE = "draft.phone"
    SECRECY = "draft.secrecy"
    SUMMARY = "draft.summary"
    ALIKE = "draft.alike"
    RETELL = "draft.retell"
    UNIT = "draft.unit"
    KIND = "draft.kind"


CONSENT: Final = "consent"
PLACE_STEPS: Final = (Step.PLACE, Step.TOWN, Step.VILLAGE, Step.VAGUE)
_BEFORE: Final = {
    Step.SEVERAL: Step.WHAT,
    Step.PLACE: Step.WHAT,
    Step.TOWN: Step.PLACE,
    Step.VILLAGE: Step.TOWN,
    Step.VAGUE: Step.PLACE,
    Step.CONTACT: Step.PLACE,
    Step.PHONE: Step.CONTACT,
    Step.SECRECY: Step.CONTACT,
}
_CARDS: Final[dict[Step, Callable[[Draft, City], Card]]] = {
    Step.WHAT: lambda draft, _: forms.what(draft),
    Step.SEVERAL: lambda draft, _: forms.several(draft),
    Step.PLACE: forms.place,
    Step.TOWN: forms.towns,
    Step.VILLAGE: forms.villages,
    Step.VAGUE: lambda draft, _: forms.vague(draft),
    Step.CONTACT: lambda draft, _: forms.contact(draft),
    Step.PHONE: lambda draft, _: forms.phone(draft),
    Step.SECRECY: lambda draft, _: forms.secrecy(draft),
    Step.SUMMARY: forms.summary,
    Step.RETELL: lambda draft, _: forms.retell(draft),
    Step.UNIT: forms.units,
    Step.KIND: lambda draft, _: forms.kinds(draft),
}


def step_of(turn: Turn) -> Step | None:
    """Return the step the citizen is at; None where no form is being filled in."""
    return Step(turn.talk.state) if turn.talk.state in set(Step) else None


def is_editing(turn: Turn) -> bool:
    """Whether the step was opened from the summary and leads back to it."""
    return bool(turn.talk.memo.get("editing"))


def go(turn: Turn, draft: Draft, step: Step, *, editing: bool = False) -> Card:
    """Go to a step; return its card."""
    if step in {Step.SEVERAL, Step.SUMMARY, Step.UNIT} or draft.text in turn.guesses:
        need_guess(turn, draft)
    step, editing = _asked_first(draft, step, editing=editing)
    if step is Step.PLACE:
        drafting.foresee_place(draft, turn.city)
    turn.talk.ask(step, editing=editing, parts=parts_of(turn))
    return card_of(turn, draft)


def _asked_first(draft: Draft, step: Step, *, editing: bool) -> tuple[Step, bool]:
    """Return what is asked before a step, and whether it leads back to the summary; else the step itself."""
    if step is Step.SEVERAL:
        step = Step.SUMMARY if editing else Step.PLACE
    if step in {Step.PLACE, Step.SUMMARY} and splitting.is_asked(draft):
        return Step.SEVERAL, step is Step.SUMMARY
    if step is Step.SUMMARY and draft.confidential is None and secrecy.is_asked(draft):
        return Step.SECRECY, editing
    return step, editing


def parts_of(turn: Turn) -> dict[str, str]:
    """Return which message (its id, as text) brought which words of the draft."""
    parts = turn.talk.memo.get("parts")
    return parts if isinstance(parts, dict) else {}


def need_guess(turn: Turn, draft: Draft) -> None:
    """Keep the classifier's opinion with the draft, once a text; raise OpinionNeeded where it was not asked yet.

    Where it had none it is asked again at the next step: it may have been starting.
    """
    if draft.guess or not draft.text.strip():
        return
    found = turn.guess(draft.text)
    if found.likely or found.nobody:
        draft.guess = found.to_json()


def onward(turn: Turn, draft: Draft, step: Step) -> Card:
    """Go to the step, or back to the summary where the citizen came from there."""
    return go(turn, draft, Step.SUMMARY if is_editing(turn) else step)


def back(turn: Turn, draft: Draft) -> Card:
    """Go to the step before this one."""
    step = step_of(turn) or Step.WHAT
    if step in {Step.PLACE, Step.CONTACT, Step.SECRECY} and is_editing(turn):
        return go(turn, draft, Step.SUMMARY)
    return go(turn, draft, _BEFORE.get(step, Step.SUMMARY), editing=is_editing(turn))


def card_of(turn: Turn, draft: Draft) -> Card:
    """Return the card of the step the citizen is at."""
    step = step_of(turn) or Step.WHAT
    if step is Step.ALIKE:
        return together.offer(draft, str(turn.talk.memo.get("offer", "")))
    return _CARDS[step](draft, turn.city)


async def running(turn: Turn) -> Draft | None:
    """Return the draft that is being filled in: there is one, and the citizen agreed to it."""
    if not consenting.may_begin(turn.person, servers_abroad=turn.house.servers_abroad):
        return None
    return await drafts.of_person(turn.session, turn.person.id)


async def current(turn: Turn) -> Card:
    """Return what is being asked now, whatever it is; the menu where nothing is."""
    draft = await drafts.of_person(turn.session, turn.person.id)
    if not consenting.may_begin(turn.person, servers_abroad=turn.house.servers_abroad):
        return _consent_card(turn, has_words=draft is not None and not drafting.says_nothing(draft))
    if draft is None:
        return cards.menu()
    return card_of(turn, draft) if step_of(turn) else go(turn, draft, Step.WHAT)


def _consent_card(turn: Turn, *, has_words: bool) -> Card:
    if consenting.agreed(turn.person):
        return consent_cards.abroad()
    return consent_cards.kept(turn.city) if has_words else consent_cards.welcome(turn.city)
