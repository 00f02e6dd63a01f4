"""Somebody leaves a unit's group, and somebody takes over what they had signed for (我来接)."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject

from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting, toast
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.leaving import left_group, take_over
from bot.texts import office as words

router = Router(name="office.leaving")
_GONE = frozenset({"left", "kicked"})


class Left(BaseFilter):
    """Somebody is no longer in a group of ours, by their own will or not."""

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool | dict[str, int]:
        """Hand who it is to the handler as `gone`."""
        gone = None
        if isinstance(event, Message):
            gone = event.left_chat_member
        elif isinstance(event, ChatMemberUpdated) and event.new_chat_member.status in _GONE:
            gone = event.new_chat_member.user
        return {"gone": gone.id} if gone is not None and turn.neighbours else False


@router.message(Left())
@router.chat_member(Left())
async def somebody_left(_event: TelegramObject, turn: Turn, gone: int) -> list[Spoken]:
    """Let them work no longer in the offices of this chat; the unit hears what is left of theirs."""
    await left_group(
        turn.session,
        platform=turn.house.platform,
        bot=turn.house.bot,
        user_id=gone,
        places=turn.neighbours,
        now=turn.now,
    )
    return []


@router.callback_query(Pressed("o.take"))
async def take_over_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let a colleague answer for the appeal from now on; its card says so."""
    appeal, staff = await acting(turn, press.number)
    await take_over(turn.session, appeal=appeal, staff=staff, now=turn.now)
    return [toast(query, words.taken_over(staff=staff.name, number=appeal.number))]
