"""A reply to any message about an appeal goes to that appeal."""

from aiogram import Router
from aiogram.types import Message

from bot.conversations.citizen.following import passed_on_or_told
from bot.conversations.citizen.hearing import Quoting
from bot.conversations.citizen.pausing import SUPPLEMENT, resume
from bot.conversations.citizen.speaking import say
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from storage.tables import ChatMessage

router = Router(name="citizen.quoting")


@router.message(Private(), Quoting())
async def quoted(message: Message, turn: Turn, quoted: ChatMessage) -> list[Spoken]:
    """Pass the words on to the appeal that was quoted; a question for words to it is thereby answered."""
    if turn.talk.state == SUPPLEMENT and turn.talk.memo.get("appeal") == quoted.appeal_id:
        resume(turn)
    return [say(turn, await passed_on_or_told(turn, quoted.appeal_id, message))]
