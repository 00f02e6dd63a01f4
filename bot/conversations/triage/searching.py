"""A dispatcher types part of a unit's name (打字搜) and picks from what was found."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import choosing
from bot.cards.card import Card, send
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import known, replied_to
from bot.conversations.triage.dispatching import must_be_dispatcher, seen_by, undecided_card
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services.binding import Purpose, Role
from bot.texts import triage as words
from bot.texts.fitting import fit
from storage.domain.masking import clean_text, mask

router = Router(name="triage.searching")
SEARCHING = "triage.search"
_MOST = 8


class Searching(BaseFilter):
    """A dispatcher replies to the question for a unit's name, or has just pressed the button that asks it."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal's id to the handler as `appeal_id`; in private only a reply to the question is meant so."""
        here = turn.office is not None and turn.office.purpose == Purpose.TRIAGE
        searching = turn.talk.state == SEARCHING
        if turn.role(Role.DISPATCHER) is None or (message.text or "/").startswith("/"):
            return False
        if not here and not (turn.chat_id > 0 and searching):
            return False
        target = replied_to(message)
        found = await known(turn, target) if target is not None else None
        if found is not None:
            return {"appeal_id": found.appeal_id} if found.role == "prompt" else False
        meant = here if target is None else _is_ours(message, turn)
        return {"appeal_id": turn.talk.memo["appeal"]} if searching and meant else False


@router.callback_query(Pressed("t.search"))
async def search_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for part of a name; a group in privacy mode shows us nothing but replies."""
    await must_be_dispatcher(turn, press.number)
    await undecided_card(turn, press.number)
    seen = await seen_by(turn, press.number)
    turn.talk.ask(SEARCHING, appeal=press.number)
    return [_prompt(turn, press.number, Card(words.search_prompt(number=seen.appeal.number)))]


@router.message(Says(), Searching())
async def name_typed(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Show the units in whose names, duties or matters the words occur."""
    await must_be_dispatcher(turn, appeal_id)
    await undecided_card(turn, appeal_id)
    seen = await seen_by(turn, appeal_id)
    typed = fit(clean_text(message.text or "").strip(), 50)
    units = turn.city.find_departments(typed)[:_MOST]
    if not units:
        return [_prompt(turn, appeal_id, Card(words.not_found(number=seen.appeal.number, words=mask(typed))))]
    turn.talk.end()
    found = words.found(number=seen.appeal.number)
    return [_prompt(turn, appeal_id, choosing.found(found, appeal_id, units))]


def _prompt(turn: Turn, appeal_id: int, card: Card) -> Say:
    call = send(turn.chat_id, card, protect=True, thread=turn.thread_id)
    return Say(call, reply_to=f"triage:{appeal_id}", appeal=appeal_id, role="prompt")


def _is_ours(message: Message, turn: Turn) -> bool:
    """Whether a message of the bot is replied to: its id may not be recorded yet, or never be."""
    author = message.reply_to_message.from_user if message.reply_to_message else None
    return author is not None and author.id == turn.house.bot
