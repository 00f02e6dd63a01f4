"""An album comes as several messages: later parts go where the first one went, and are answered on its answer."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import Message

from bot.cards.card import edit
from bot.conversations.citizen import steps
from bot.conversations.citizen.pausing import FOLLOW, kept_words
from bot.conversations.citizen.steps import Step
from bot.conversations.citizen.taking import Heard, heard, onto_draft, remember
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import supplementing
from storage.repositories import attachments, outbox
from storage.tables import Attachment

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
        await remember(turn, appeal, said.parts, said.files)
        return []
    if earlier.draft_id is not None:
        return await _onto_the_draft(turn, said)
    if turn.talk.state == FOLLOW:
        turn.talk.ask(FOLLOW, **(kept_words(turn) + said).to_memo())
    return []


async def _onto_the_draft(turn: Turn, said: Heard) -> list[Spoken]:
    step = steps.step_of(turn)
    draft = await onto_draft(turn, said)
    if step is None or step not in {Step.WHAT, Step.SUMMARY}:
        turn.talk.changed = True
        return []
    card = steps.go(turn, draft, step)
    house = turn.house
    answered = await outbox.named(turn.session, platform=house.platform, bot=house.bot, key=said.key or "")
    return [Say(edit(turn.chat_id, card), edit=answered)] if answered else []
