"""The form: its buttons, what is typed at its steps, a pin on the map, a visiting card."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import citizen as cards
from bot.cards import draft as forms
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.acts import ACTS, Hint, Sent
from bot.conversations.citizen.answers import ANSWERS, brought, take_phone
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.speaking import in_place, say, stale, toast
from bot.conversations.citizen.steps import PLACE_STEPS, Step
from bot.conversations.citizen.taking import heard, onto_draft
from bot.conversations.contents import Brings, Tells, words_of
from bot.conversations.filters import Press, Pressed, Private, parse_press
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.texts.citizen import draft as words
from storage.domain.contents import PLACES, Content
from storage.repositories import appeals
from storage.tables import Draft

router = Router(name="citizen.drafting")


class Filling(BaseFilter):
    """The citizen is at one of these steps (any, where none is named) of a form, handed on as `draft`."""

    def __init__(self, *at: Step) -> None:
        self._at = at or tuple(Step)

    async def __call__(self, _event: object, turn: Turn) -> bool | dict[str, Draft]:
        """Look at the step first, then for the draft."""
        if steps.step_of(turn) not in self._at:
            return False
        draft = await steps.running(turn)
        return {"draft": draft} if draft else False


@router.callback_query(Private(), Pressed(*ACTS))
async def form_button_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Do what the button says, if it belongs to this form and this step; else show what is being asked now."""
    draft = await steps.running(turn)
    if draft is None or draft.id != press.number or steps.step_of(turn) not in ACTS[press.verb][0]:
        return await out_of_date(query, turn, press)
    done = await ACTS[press.verb][1](turn, draft, press.argument)
    if isinstance(done, Hint):
        return [toast(query, done.text, alert=True)]
    return [in_place(query, turn, done)]


class CardShown(BaseFilter):
    """The message is somebody's visiting card."""

    async def __call__(self, message: Message) -> bool:
        """Look for a contact."""
        return message.contact is not None


@router.message(Private(), Filling(*PLACE_STEPS), Brings())
async def sent_for_the_place(message: Message, turn: Turn, draft: Draft, content: Content) -> list[Spoken]:
    """Note a point on the map for the place; anything else goes to the matter, and the place is still asked for."""
    said = await heard(turn, message)
    if content.kind not in PLACES:
        return [say(turn, await brought(turn, said), key=said.key)]
    await onto_draft(turn, said)
    return [say(turn, steps.onward(turn, draft, Step.CONTACT))]


@router.message(Private(), Filling(), Brings())
async def something_sent(message: Message, turn: Turn, draft: Draft) -> list[Spoken]:  # noqa: ARG001 - the filter's
    """Take pictures, voices and files at any step for the matter."""
    said = await heard(turn, message)
    return [say(turn, await brought(turn, said), key=said.key)]


@router.message(Private(), Filling(), Tells())
async def words_typed(message: Message, turn: Turn, draft: Draft) -> list[Spoken]:
    """Take a typed label for its button, anything else for the answer to the step."""
    press = _label_typed(steps.card_of(turn, draft), words_of(message))
    if press is None:
        step = steps.step_of(turn) or Step.WHAT
        return [say(turn, await ANSWERS[step](turn, draft, await heard(turn, message)))]
    done = await ACTS[press.verb][1](turn, draft, press.argument)
    return [] if isinstance(done, Sent) else [say(turn, Card(done.text) if isinstance(done, Hint) else done)]


@router.message(Private(), Filling(Step.CONTACT, Step.PHONE), CardShown())
async def card_shown(message: Message, turn: Turn, draft: Draft) -> list[Spoken]:
    """Take the number if the card is the sender's own."""
    card = message.contact
    if card is None or card.user_id != turn.person.user_id:
        steps.go(turn, draft, Step.PHONE, editing=steps.is_editing(turn))
        return [say(turn, forms.phone(draft, lead=words.NOT_YOUR_CARD))]
    return [say(turn, await take_phone(turn, draft, card.phone_number))]


async def out_of_date(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show what is being asked now; after a second 提交, the appeal that the first one filed."""
    if press.verb == "d.submit" and await steps.running(turn) is None:
        filed = await appeals.of_citizen(turn.session, turn.person.id)
        if filed:
            seen = await seen_now(turn, filed[0])
            card = cards.progress(seen)
            shown = in_place(query, turn, card, appeal=filed[0].id, role="status")
            return [shown, toast(query, words.FILED_ALREADY)]
    return [in_place(query, turn, stale(await steps.current(turn)))]


def _label_typed(card: Card, text: str) -> Press | None:
    labels = {label: data for row in card.rows for label, data in row}
    return parse_press(labels.get(text))
