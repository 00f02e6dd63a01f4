"""The post office: whatever happens in a chat is written down, shown to its people and queued for its bots."""

import re
from typing import Any

from bot.platforms.sandbox.chats import ADMINISTRATORS, PRESENT, Chat, present, status_of
from bot.platforms.sandbox.events import Events
from bot.platforms.sandbox.records import Record, content_of, is_service, seen_by_people
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.updates import Updates
from bot.platforms.sandbox.world import World, bot_username

_IN_CHANNELS = {"message": "channel_post", "edited_message": "edited_channel_post"}
_TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


def bot_hears(chat: Chat, message: Json, bot_id: int) -> bool:
    """Tell whether group privacy lets a bot hear of this message."""
    if status_of(chat, bot_id, bot=True) not in PRESENT:
        return False
    if (
        chat["type"] in ("private", "channel")
        or not chat["privacy"]
        or status_of(chat, bot_id, bot=True) in ADMINISTRATORS
    ):
        return True
    return _answers(message, bot_id) or is_service(message) or _is_called(message, bot_username(bot_id))


def _kind(chat: Chat, kind: str) -> str:
    return _IN_CHANNELS[kind] if chat["type"] == "channel" else kind


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
    """Carries messages, edits and reactions to all who may know."""

    def __init__(self, world: World, events: Events, updates: Updates) -> None:
        self._world = world
        self._events = events
        self._updates = updates

    def say(self, chat: Chat, person_id: int, content: Json) -> Record:
        """Let a person post a message; a post in a channel goes on to the group that is linked to it."""
        if chat["type"] == "private" and not chat["started"]:
            chat = self._world.change_chat(chat, started=True)
        record = self._world.write(chat, person_id, content, by_bot=False)
        self._shown("message", chat, record)
        self._tell_bots(_kind(chat, "message"), chat, record["message"])
        linked = self._world.chat(str(chat["linked"])) if chat["linked"] else None
        if linked:
            self._forward(linked, person_id, record)
        return record

    def _forward(self, linked: Chat, person_id: int, post: Record) -> None:
        told = {"is_automatic_forward": True, "forward_origin": self._world.origin(post)}
        voice = {"from": _TELEGRAM, "sender_chat": post["message"]["chat"]}
        self.say(linked, person_id, {**voice, **told, **content_of(post)})

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
            message["edit_date"] = self._world.now()
        kept = {key: value for key, value in message.items() if value is not None}
        edited: Any = {**record, "message": kept, "keyboard": keyboard}
        self._world.rewrite(chat, edited)
        self._shown("edited", chat, edited)
        if not record["by_bot"]:
            self._tell_bots(_kind(chat, "edited_message"), chat, kept)
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
            "date": self._world.now(),
            "old_reaction": [{"type": "emoji", "emoji": one} for one in old],
            "new_reaction": [{"type": "emoji", "emoji": one} for one in new],
        }
        for bot_id in present(chat["bots"]):
            if chat["type"] == "private" or status_of(chat, bot_id, bot=True) in ADMINISTRATORS:
                self._updates.queue(bot_id, "message_reaction", change)
