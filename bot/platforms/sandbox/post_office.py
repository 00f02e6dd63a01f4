"""The post office: whatever happens in a chat is written down, shown to its people and queued for its bots."""

import re
import time
from typing import Any

from bot.platforms.sandbox.chats import ADMINISTRATORS, PRESENT, Chat, present, status_of
from bot.platforms.sandbox.events import Events
from bot.platforms.sandbox.records import Record, is_service, seen_by_people
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.updates import Updates
from bot.platforms.sandbox.world import ANONYMOUS, World, bot_username

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


def bot_hears(chat: Chat, message: Json, bot_id: int) -> bool:
    """Tell whether group privacy lets a bot hear of this message."""
    if status_of(chat, bot_id, bot=True) not in PRESENT:
        return False
    if chat["type"] == "private" or not chat["privacy"] or status_of(chat, bot_id, bot=True) in ADMINISTRATORS:
        return True
    return _answers(message, bot_id) or is_service(message) or _is_called(message, bot_username(bot_id))


def _answers(message: Json, bot_id: int) -> bool:
    """Tell whether this truly answers the bot: what is said in a topic only seems to answer its first message."""
    answered = message.get("reply_to_message", {})
    seeming = "is_topic_message" in message and answered.get("message_id") == message["message_thread_id"]
    return not seeming and bool(answered.get("from", {}).get("id") == bot_id)


def _is_called(message: Json, username: str) -> bool:
    text = message.get("text") or message.get("caption") or ""
    if re.search(rf"(?<!\w)@{username}(?!\w)", text, re.IGNORECASE):
        return True
    command = re.match(r"/\w+(?:@(\w+))?", text, re.ASCII)
    return command is not None and (command[1] or username).lower() == username.lower()


class PostOffice:
    """Carries messages, edits, reactions and changes of membership to all who may know."""

    def __init__(self, world: World, events: Events, updates: Updates) -> None:
        self._world = world
        self._events = events
        self._updates = updates

    def say(self, chat: Chat, person_id: int, content: Json, *, anonymous: bool = False) -> Record:
        """Let a person post a message."""
        if anonymous:
            content = {"from": ANONYMOUS, "sender_chat": self._world.chat_object(chat), **content}
        if chat["type"] == "private" and not chat["started"]:
            chat = self._world.change_chat(chat, started=True)
        record = self._world.write(chat, person_id, content, by_bot=False)
        self._shown("message", chat, record)
        self._tell_bots("message", chat, record["message"])
        return record

    def send(self, chat: Chat, bot_id: int, content: Json, keyboard: Json | None = None) -> Record:
        """Let a bot post a message."""
        record = self._world.write(chat, bot_id, content, by_bot=True, keyboard=keyboard)
        self._shown("message", chat, record)
        return record

    def note(self, chat: Chat, who: int, content: Json, *, by_bot: bool = False) -> Record:
        """Post a service message: somebody came, left, founded the group."""
        record = self._world.write(chat, who, content, by_bot=by_bot)
        self._shown("message", chat, record)
        self._tell_bots("message", chat, record["message"], but=who if by_bot else None)
        return record

    def edit(self, chat: Chat, record: Record, changes: Json, keyboard: Json | None) -> Record:
        """Replace parts of a message (None takes one away) and its keyboard."""
        message = {**record["message"], **changes, "reply_markup": keyboard}
        if changes:
            message["edit_date"] = int(time.time())
        kept = {key: value for key, value in message.items() if value is not None}
        edited: Any = {**record, "message": kept, "keyboard": keyboard}
        self._world.rewrite(chat, edited)
        self._shown("edited", chat, edited)
        if not record["by_bot"]:
            self._tell_bots("edited_message", chat, kept)
        stands: Record = edited
        return stands

    def delete(self, chat: Chat, message_id: int) -> None:
        """Take a message away; no bot hears of it."""
        self._world.strike(chat, message_id)
        self._events.happened("deleted", chat, message_id=message_id)

    def react(self, chat: Chat, record: Record, who: int, emoji: list[str], *, by_bot: bool) -> None:
        """Set the reactions of one person or bot to a message."""
        old = [entry["emoji"] for entry in record["reactions"] if entry["from"] == who]
        others = [entry for entry in record["reactions"] if entry["from"] != who]
        reactions = others + [{"from": who, "emoji": one} for one in emoji]
        changed: Any = {**record, "reactions": reactions}
        self._world.rewrite(chat, changed)
        message_id = record["message"]["message_id"]
        self._events.happened("reaction", chat, message_id=message_id, message=seen_by_people(changed))
        if not by_bot and old != emoji:
            self._tell_bots_of_reaction(chat, message_id, who, old, emoji)

    def typing(self, chat: Chat, bot_id: int, action: str) -> None:
        """Show that a bot is busy."""
        self._events.happened("typing", chat, **{"from": bot_id, "action": action})

    def seat_bot(self, chat: Chat, bot_id: int, status: str, actor: int, *, by_bot: bool = False) -> Chat:
        """Change what a bot is in a chat, and tell it."""
        before = status_of(chat, bot_id, bot=True)
        chat = self._world.set_status(chat, bot_id, status, bot=True)
        if before != status:
            heading = {"chat": self._world.chat_object(chat), "from": self._world.user(actor, by_bot=by_bot)}
            seats = {
                "old_chat_member": self.seat(bot_id, before, bot=True),
                "new_chat_member": self.seat(bot_id, status, bot=True),
            }
            self._updates.queue(bot_id, "my_chat_member", {**heading, "date": int(time.time()), **seats})
        return chat

    def seat(self, who: int, status: str, *, bot: bool) -> Json:
        """Return the Bot API's ChatMember."""
        seat: Json = {"status": status, "user": self._world.user(who, by_bot=bot)}
        if status == "creator":
            seat["is_anonymous"] = False
        if status == "administrator":
            seat |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(RIGHTS, True)}
        if status == "kicked":
            seat["until_date"] = 0
        return seat

    def _shown(self, kind: str, chat: Chat, record: Record) -> None:
        self._events.happened(kind, chat, message=seen_by_people(record))

    def _tell_bots(self, kind: str, chat: Chat, message: Json, *, but: int | None = None) -> None:
        for bot_id in present(chat["bots"]):
            if bot_id != but and bot_hears(chat, message, bot_id):
                self._updates.queue(bot_id, kind, message)

    def _tell_bots_of_reaction(self, chat: Chat, message_id: int, who: int, old: list[str], new: list[str]) -> None:
        change = {
            "chat": self._world.chat_object(chat),
            "message_id": message_id,
            "user": self._world.user(who),
            "date": int(time.time()),
            "old_reaction": [{"type": "emoji", "emoji": one} for one in old],
            "new_reaction": [{"type": "emoji", "emoji": one} for one in new],
        }
        for bot_id in present(chat["bots"]):
            if chat["type"] == "private" or status_of(chat, bot_id, bot=True) in ADMINISTRATORS:
                self._updates.queue(bot_id, "message_reaction", change)
