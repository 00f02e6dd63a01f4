"""The citizen edits a message: before the submission it changes the draft, afterwards a new version is passed on."""

from aiogram import Router
from aiogram.types import Message

from bot.cards import consent as consent_cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.pausing import FOLLOW, kept_words
from bot.conversations.citizen.speaking import say
from bot.conversations.citizen.taking import replaced
from bot.conversations.contents import content_of, words_of
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import drafting
from bot.services.owning import own
from bot.services.rewording import edited_by_citizen, retold
from bot.texts.citizen import follow, talk
from storage.domain.contents import PLACES
from storage.domain.errors import NotFound
from storage.repositories import attachments, drafts, messages
from storage.tables import Attachment, Draft

router = Router(name="citizen.editing")


@router.edited_message(Private())
async def words_edited(message: Message, turn: Turn) -> list[Spoken]:
    """Put the new words in the place of the old ones, wherever those went; where they went nowhere, say so."""
    content = content_of(message)
    if content is not None and content.kind in PLACES:
        return []  # somebody who shares a live location moves
    before = await replaced(turn, message)
    text, name = words_of(message), str(message.message_id)
    draft = await drafts.of_person(turn.session, turn.person.id)
    if draft is not None and await _is_of(turn, draft, message) and (text or before):
        return await _in_the_draft(turn, draft, name, text)
    if turn.talk.state == FOLLOW and (before or (text and name in kept_words(turn).parts)):
        return _while_it_waits(turn, name, text)
    return await _in_the_appeal(turn, message.message_id, text, before)


async def _is_of(turn: Turn, draft: Draft, message: Message) -> bool:
    """Whether the message brought words or something else to the draft."""
    thing = await attachments.in_message(turn.session, chat_id=turn.chat_id, message_id=message.message_id)
    return str(message.message_id) in steps.parts_of(turn) or (thing is not None and thing.draft_id == draft.id)


async def _in_the_draft(turn: Turn, draft: Draft, name: str, text: str) -> list[Spoken]:
    parts = steps.parts_of(turn)
    changed = retold(draft.text, parts, name, text) if text else draft.text
    if changed is None:
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    if text:
        drafting.retell(draft, changed, now=turn.now)
        turn.talk.ask(turn.talk.state, **{**turn.talk.memo, "parts": {**parts, name: text}})
    if step := steps.step_of(turn):
        return [say(turn, steps.go(turn, draft, step, editing=steps.is_editing(turn)))]
    return [say(turn, consent_cards.kept_more())]


def _while_it_waits(turn: Turn, name: str, text: str) -> list[Spoken]:
    kept = kept_words(turn)
    changed = retold(kept.text, kept.parts, name, text) if text else kept.text
    if changed is None:
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    parts = {**kept.parts, **({name: text} if text else {})}
    turn.talk.ask(FOLLOW, **(kept.to_memo() | {"text": changed, "parts": parts}))
    return [say(turn, Card(follow.kept_more()))]


async def _in_the_appeal(turn: Turn, message_id: int, text: str, before: Attachment | None) -> list[Spoken]:
    house = turn.house
    known = await messages.find(
        turn.session, platform=house.platform, bot=house.bot, chat_id=turn.chat_id, message_id=message_id
    )
    if known is None or not (text or before):
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    try:
        appeal = await own(turn.session, appeal_id=known.appeal_id, person_id=turn.person.id)
        if text:
            await edited_by_citizen(
                turn.session,
                appeal_id=appeal.id,
                source=(turn.chat_id, message_id),
                text=text,
                person_id=turn.person.id,
                now=turn.now,
            )
    except NotFound:
        return [say(turn, Card(talk.EDIT_NOT_TAKEN))]
    return [say(turn, Card(talk.edit_passed_on(number=appeal.number)))]
