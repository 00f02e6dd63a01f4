"""An album comes as several messages: later parts go where the first one went, and are answered on its answer."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import Message

from bot.cards.card import Card, edit
from bot.conversations.citizen import steps
from bot.conversations.citizen.pausing import FOLLOW, kept_words
from bot.conversations.citizen.speaking import say
from bot.conversations.citizen.steps import Step
from bot.conversations.citizen.taking import Heard, heard, onto_draft, remember
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import attaching, supplementing
from bot.texts.citizen import draft as words
from bot.texts.words import files_words
from storage.repositories import attachments, outbox
from storage.tables import Attachment, Draft

router = Router(name="citizen.albums")


class LaterPart(BaseFilter):
    """The message is part of an album of which another part came before, handed on as `earlier`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Attachment]:
        """Look for the earlier part."""
        if message.media_group_id is None:
            return False
        earlier = await attachments.of_album(turn.session, person_id=turn.person.id, album=message.media_group_id)
        return {"earlier": earlier} if earlier else False


@router.message(Private(), LaterPart())
async def later_part_came(message: Message, turn: Turn, earlier: Attachment) -> list[Spoken]:
    """Let it join the earlier parts: in the appeal, in the draft, or where they wait."""
    said = await heard(turn, message)
    if earlier.appeal_id is not None and earlier.utterance_id is not None:
        appeal = await supplementing.join(
            turn.session,
            appeal_id=earlier.appeal_id,
            utterance_id=earlier.utterance_id,
            text=said.text,
            files=said.files,
            person_id=turn.person.id,
            now=turn.now,
        )
        role = await supplementing.role_of(turn.session, earlier.utterance_id)
        await remember(turn, appeal, said.parts, said.files, role=role)
        return []
    if earlier.draft_id is not None:
        return await _onto_the_draft(turn, said)
    if turn.talk.state == FOLLOW:
        turn.talk.ask(FOLLOW, **(kept_words(turn) + said).to_memo())
    return []


async def _onto_the_draft(turn: Turn, said: Heard) -> list[Spoken]:
    """Answer on the answer to the first part, as long as that is the newest; else anew, at the step of now."""
    step = steps.step_of(turn)
    draft = await onto_draft(turn, said)
    if step is None:
        turn.talk.changed = True
        return []
    card, key, house = await _card(turn, draft, step, said.album), said.key or "", turn.house
    answered = await outbox.named(turn.session, platform=house.platform, bot=house.bot, key=key)
    if answered is None or await outbox.said_since(turn.session, answered):
        return [say(turn, card, key=key)]
    return [Say(edit(turn.chat_id, card), edit=answered)]


async def _card(turn: Turn, draft: Draft, step: Step, album: str | None) -> Card:
    card = steps.go(turn, draft, step, editing=steps.is_editing(turn))
    if step in {Step.WHAT, Step.SUMMARY}:
        return card
    came = [each for each in await attachments.of_draft(turn.session, draft.id) if each.album == album]
    return Card(f"{words.received(files=files_words(attaching.tally(came)))}\n\n{card.text}", card.rows)
