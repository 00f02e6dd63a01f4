"""Seats: what people and bots are in a chat, told to the bots that may know when it changes."""

from collections.abc import Iterable

from bot.platforms.sandbox.chats import ADMINISTRATORS, Chat, has_right, present, seat_key, status_of
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.updates import Updates
from bot.platforms.sandbox.world import World

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")


class Seats:
    """Gives people and bots their places."""

    def __init__(self, world: World, updates: Updates) -> None:
        self._world = world
        self._updates = updates

    def change(
        self,
        chat: Chat,
        who: int,
        status: str,
        actor: int,
        *,
        bot: bool,
        by_bot: bool = False,
        rights: Iterable[str] | None = None,
    ) -> Chat:
        """Make somebody administrator (with these rights, or all), member, left … and tell the bots that may know."""
        before = self.member(chat, who, bot=bot)
        chat = self._world.set_status(chat, who, status, bot=bot)
        chat = self._world.change_chat(chat, rights=_granted(chat, seat_key(who, bot=bot), rights))
        after = self.member(chat, who, bot=bot)
        if before != after:
            self._tell(chat, who, bot, {"from": self._world.user(actor, by_bot=by_bot)}, before, after)
        return chat

    def member(self, chat: Chat, who: int, *, bot: bool) -> Json:
        """Return the Bot API's ChatMember."""
        status = status_of(chat, who, bot=bot)
        member: Json = {"status": status, "user": self._world.user(who, by_bot=bot)}
        if status == "creator":
            member["is_anonymous"] = False
        if status == "administrator":
            rights = RIGHTS + (CHANNEL_RIGHTS if chat["type"] == "channel" else ())
            granted = {right: has_right(chat, who, right, bot=bot) for right in rights}
            member |= {"can_be_edited": False, "is_anonymous": False, **granted}
        if status == "kicked":
            member["until_date"] = 0
        return member

    def _tell(self, chat: Chat, who: int, is_bot: bool, actor: Json, before: Json, after: Json) -> None:  # noqa: FBT001 - private, read at one call
        change = {"chat": self._world.chat_object(chat), **actor, "date": self._world.now()}
        change |= {"old_chat_member": before, "new_chat_member": after}
        if is_bot:
            self._updates.queue(who, "my_chat_member", change)
        for bot_id in present(chat["bots"]):
            is_self = is_bot and bot_id == who
            if not is_self and status_of(chat, bot_id, bot=True) in ADMINISTRATORS and chat["type"] != "private":
                self._updates.queue(bot_id, "chat_member", change)


def _granted(chat: Chat, key: str, rights: Iterable[str] | None) -> dict[str, list[str]]:
    others = {other: granted for other, granted in chat["rights"].items() if other != key}
    return others if rights is None else {**others, key: sorted(rights)}
