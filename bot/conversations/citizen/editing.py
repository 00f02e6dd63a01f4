"""The citizen edits a message: before the submission it changes the draft, afterwards a new version is passed on."""

from aiogram import Router
from aiogram.types import Message

from bot.cards import consent as consent_cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.pausing import FOLLOW, kept_words
from bot.conversations.citizen.speaking import say
from bot.conversations.contents import content_of, words_of
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import drafting
from bot.services.rewording import edited_by_citizen
from bot.texts.citizen import talk
from storage.domain.contents import PLACES
from storage.domain.errors import NotFound
from storage.repositories import drafts, messages
from storage.tables import Draft

router = Router(name="citizen.editing")


@router.edited_message(Private())
async def words_edited(message: Message, turn: Turn) -> list[Spoken]:
    """Put the new words in the place of the old ones, wherever those went; where they went nowhere, say so."""
    content = content_of(message)
    if content is not None and content.kind in PLACES:
        return []  # somebody who shares a live location moves
    text, name = words_of(message), str(message.message_id)
    draft = await drafts.of_person(turn.session, turn.person.id)
    if text and draft is not None and name in steps.parts_of(turn):
        return await _in_the_draft(turn, draft, name, text)
    if text and turn.talk.state == FOLLOW and name in kept_words(turn).parts:
        return _while_it_waits(turn, name, text)
    return await _in_the_appeal(turn, message.message_id, text)


async def _in_the_draft(turn: Turn, draft: Draft, name: str, text: str) -> list[Spoken]:
    parts = steps.parts_of(turn)
    if parts[name] not in draft.text:
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    drafting.retell(draft, draft.text.replace(parts[name], text, 1), now=turn.now)
    turn.talk.ask(turn.talk.state, **{**turn.talk.memo, "parts": {**parts, name: text}})
    if step := steps.step_of(turn):
        return [say(turn, steps.go(turn, draft, step, editing=steps.is_editing(turn)))]
    return [say(turn, consent_cards.kept_more())]


def _while_it_waits(turn: Turn, name: str, text: str) -> list[Spoken]:
    kept = kept_words(turn)
    memo = kept.to_memo() | {"text": kept.text.replace(kept.parts[name], text, 1), "parts": {**kept.parts, name: text}}
    turn.talk.ask(FOLLOW, **memo)
    return []


async def _in_the_appeal(turn: Turn, message_id: int, text: str) -> list[Spoken]:
    house = turn.house
    known = await messages.find(
        turn.session, platform=house.platform, bot=house.bot, chat_id=turn.chat_id, message_id=message_id
    )
    if known is None or not text:
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    try:
        appeal = await edited_by_citizen(
            turn.session,
            appeal_id=known.appeal_id,
            message_id=message_id,
            text=text,
            person_id=turn.person.id,
            now=turn.now,
        )
    except NotFound:
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    return [say(turn, Card(talk.edit_passed_on(number=appeal.number)))]
