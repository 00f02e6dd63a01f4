"""The citizen edits a message: before the submission it changes the draft."""

from aiogram import Router
from aiogram.types import Message

from bot.cards import consent as consent_cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.hearing import words_of
from bot.conversations.citizen.speaking import say
from bot.conversations.filters import Private, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import drafting
from bot.texts.citizen import talk
from storage.repositories import drafts

router = Router(name="citizen.editing")


@router.edited_message(Private(), Says())
async def words_edited(message: Message, turn: Turn) -> list[Spoken]:
    """Put the new words in the place of the old ones; what was filed already is not changed, and that is said."""
    text, parts = words_of(message), turn.talk.memo.get("parts", [])
    draft = await drafts.of_person(turn.session, turn.person.id)
    old = next((part for number, part in parts if number == message.message_id), "")
    if draft is None or not text or not old or old not in draft.text:
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    changed = [[number, text if number == message.message_id else part] for number, part in parts]
    turn.talk.ask(turn.talk.state, **{**turn.talk.memo, "parts": changed})
    drafting.retell(draft, draft.text.replace(old, text, 1), now=turn.now)
    if step := steps.step_of(turn):
        return [say(turn, steps.go(turn, draft, step, editing=steps.is_editing(turn)))]
    return [say(turn, consent_cards.kept_more())]
