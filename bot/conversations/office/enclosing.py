"""What staff send beside words: kept with the words it goes with, album parts together."""

from aiogram.filters import BaseFilter
from aiogram.types import Message

from bot.conversations.contents import content_of
from bot.conversations.turn import Turn
from bot.services import attaching, relaying
from bot.services.concerns import TO_SUPERVISORS
from storage.repositories import attachments
from storage.tables import Utterance


async def enclosed(turn: Turn, message: Message) -> list[int]:
    """Keep what the message brings and return its id; raise InputRefused where it cannot be passed on."""
    content = content_of(message)
    if content is None:
        return []
    source = (turn.chat_id, message.message_id)
    kept = await attaching.keep(turn.session, content, person_id=turn.person.id, source=source, now=turn.now)
    return [kept.id]


class LaterPart(BaseFilter):
    """The message is part of an album of which another part was taken before; its words are handed on as `said`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Utterance]:
        """Look for the earlier part and for what became of it."""
        if message.media_group_id is None:
            return False
        earlier = await attachments.of_album(turn.session, person_id=turn.person.id, album=message.media_group_id)
        if earlier is None or earlier.utterance_id is None or earlier.source_chat != turn.chat_id:
            return False
        said = await relaying.utterance(turn.session, earlier.utterance_id)
        return {"said": said} if said.direction not in {"from_citizen", TO_SUPERVISORS} else False
