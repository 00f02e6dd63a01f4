"""Groups nobody bound: the bot says so once and leaves; put out of a bound one, or let in again, it is noted."""

from typing import Any

from aiogram import Router
from aiogram.methods import LeaveChat
from aiogram.types import ChatMemberRestricted, ChatMemberUnion, ChatMemberUpdated, Message

from bot.cards.card import Card, send
from bot.conversations.admin.asking import InGroup, StrangersCall
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.binding import Role
from bot.services.inviting import Invites
from bot.services.placing import lose_chat, regain_chat
from bot.texts import admin as words
from bot.texts.fitting import fit
from storage.domain.masking import clean_text
from storage.repositories import invitations, offices

router = Router(name="admin.strangers")
_IN = frozenset({"creator", "administrator", "member", "restricted"})


@router.message(StrangersCall())
async def stranger_called(_message: Message, turn: Turn) -> list[Spoken]:
    """Say what to do, and leave."""
    return farewell(turn)


@router.my_chat_member(InGroup())
async def membership_changed(change: ChatMemberUpdated, turn: Turn) -> list[Spoken]:
    """Note that the bot is out of an office's group, or in it again; leave a group for which no code is given out."""
    here: dict[str, Any] = {"platform": turn.house.platform, "bot": turn.house.bot, "chat_id": turn.chat_id}
    if not _may_write(change.new_chat_member):
        await lose_chat(turn.session, **here, now=turn.now)
        return []
    await regain_chat(turn.session, **here, now=turn.now)
    came = change.old_chat_member.status not in _IN
    return farewell(turn) if came and not turn.neighbours and not await _expected(turn, change.chat.title) else []


def farewell(turn: Turn) -> list[Spoken]:
    """Say that this group is not bound, and leave it."""
    return [send(turn.chat_id, Card(words.STRANGE_GROUP), thread=turn.thread_id), LeaveChat(chat_id=turn.chat_id)]


async def _expected(turn: Turn, title: str | None) -> bool:
    """Whether there may be a reason to stay: an administrator brought the bot, or a code to bind a group is given out.

    A group of ours that was upgraded may show itself by its title before it says what it was.
    """
    if turn.role(Role.ADMIN) is not None:
        return True
    named = group_title(title)
    everywhere = await offices.everywhere(turn.session, platform=turn.house.platform, bot=turn.house.bot)
    if named and any(each.title == named for each in everywhere):
        return True
    return await invitations.outstanding(turn.session, Invites.BIND, now=turn.now)


def group_title(title: str | None) -> str:
    """Return a group's title as it is kept."""
    return fit(clean_text(title or ""), 100)


def _may_write(member: ChatMemberUnion) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status in _IN
