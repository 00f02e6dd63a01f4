"""The world: people, bots, chats, who is in them, and what stands written there; no HTTP, nobody is told anything."""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from bot.platforms.sandbox.cast import Cast
from bot.platforms.sandbox.chats import Chat, base_chat, is_member
from bot.platforms.sandbox.records import Record
from bot.platforms.sandbox.store import Json, Store

FIRST_NEW_PERSON = 10001
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


class World:
    """People, bots, chats and messages; what it returns is read, never changed in place."""

    def __init__(self, store: Store, cast: Cast) -> None:
        self._store = store
        self._cast = cast
        self._ahead = timedelta(0)
        for person in cast.people:
            if person.id not in self.people:
                self.keep_person(person.id, person.name, person.username)
        self._complete_old_chats()
        for group in cast.groups:
            if str(group.id) not in self._chats:
                self._seat(group.id, group.title, group.members, privacy=group.privacy)

    def _complete_old_chats(self) -> None:
        """Give chats of an older journal the fields that it did not know."""
        for chat in list(self._chats.values()):
            whole = base_chat(chat["key"], chat["id"], chat["type"], chat["title"])
            if whole.keys() - chat.keys():
                self._store.put("chats", chat["key"], {**whole, **chat})

    # Time

    def now(self) -> int:
        """Return the time in seconds since 1970, as what is written here bears it."""
        return int(time.time() + self._ahead.total_seconds())

    def move_on(self, by: timedelta) -> None:
        """Let it be later than it is, until the sandbox stops."""
        self._ahead += by

    # People and bots

    @property
    def people(self) -> Mapping[Any, Json]:
        """Everybody, by id."""
        return self._store.table("people")

    def keep_person(self, person_id: int, name: str, username: str | None, *, hides_forwards: bool = False) -> Json:
        """Write a person down under an id."""
        person: Json = {"id": person_id, "name": name}
        if username:
            person["username"] = username
        if hides_forwards:
            person["hides_forwards"] = True
        self._store.put("people", person_id, person)
        return person

    def new_person(self, name: str, username: str | None = None, *, hides_forwards: bool = False) -> Json:
        """Let somebody new come, with the next free id from 10001 on."""
        number = self._store.count("people", start=FIRST_NEW_PERSON)
        while number in self.people:
            number = self._store.count("people")
        return self.keep_person(number, name, username, hides_forwards=hides_forwards)

    @property
    def bots(self) -> Mapping[Any, Json]:
        """All bots that were spoken of, by id."""
        return self._store.table("bots")

    def bot(self, bot_id: int) -> Json:
        """Return a bot; it exists from the first time that anybody speaks of it."""
        known: Json | None = self.bots.get(bot_id)
        if known is None:
            name = self._cast.bot_name if bot_id == 1 else f"Bot {bot_id}"
            known = {"id": bot_id, "name": name, "username": bot_username(bot_id), "commands": {}, "allowed": None}
            self._store.put("bots", bot_id, known)
        return known

    def change_bot(self, bot_id: int, **changes: Any) -> None:
        """Write a bot down with some fields changed."""
        self._store.put("bots", bot_id, {**self.bot(bot_id), **changes})

    def user(self, who: int, *, by_bot: bool = False) -> Json:
        """Return the Bot API's User for a person or a bot."""
        if by_bot:
            bot = self.bot(who)
            return {"id": who, "is_bot": True, "first_name": bot["name"], "username": bot["username"]}
        person = self.people[who]
        user: Json = {"id": who, "is_bot": False, "first_name": person["name"], "language_code": "zh-hans"}
        if "username" in person:
            user["username"] = person["username"]
        return user

    # Chats

    @property
    def _chats(self) -> Mapping[Any, Chat]:
        return self._store.table("chats")

    def chat(self, key: str) -> Chat | None:
        """Return the chat that people know by this id ("1001", "1001@2", "-2001"), or None."""
        found = self._chats.get(key)
        match = re.fullmatch(r"(\d{1,18})(?:@(\d{1,18}))?", key)
        if found or not match or int(match[1]) not in self.people:
            return found
        return self.private_chat(int(match[1]), int(match[2] or 1))

    def private_chat(self, person_id: int, bot_id: int) -> Chat:
        """Return the chat of a person with a bot, which is always there."""
        key = str(person_id) if bot_id == 1 else f"{person_id}@{bot_id}"
        found = self._chats.get(key)
        if found:
            return found
        chat = base_chat(key, person_id, "private", self.bot(bot_id)["name"])
        chat["members"][str(person_id)] = "member"
        chat["bots"][str(bot_id)] = "member"
        return chat

    def chats_of(self, person_id: int) -> Iterator[Chat]:
        """The chats a person sees: with bot 1, with the bots met, and the groups."""
        yield self.private_chat(person_id, 1)
        for chat in list(self._chats.values()):
            is_first = chat["key"] == str(person_id)
            if not is_first and not chat["moved_to"] and is_member(chat, person_id):
                yield chat

    def new_group(
        self, title: str, members: Iterable[int], *, privacy: bool = True, kind: str = "group", is_forum: bool = False
    ) -> Chat:
        """Found a group (supergroup, channel) without bots; its first member is its creator."""
        number = self._store.count("chats")
        chat = self._found(-number if kind == "group" else -(10**12) - number, kind, title, members, privacy)
        return self.change_chat(chat, is_forum=True) if is_forum else chat

    def _seat(self, chat_id: int, title: str, members: Iterable[int], *, privacy: bool) -> None:
        chat = self._found(chat_id, "group", title, members, privacy)
        self.bot(1)
        self.change_chat(chat, bots={"1": "member"})

    def _found(self, chat_id: int, kind: str, title: str, members: Iterable[int], privacy: bool) -> Chat:  # noqa: FBT001 - private, read at two calls
        chat = base_chat(str(chat_id), chat_id, kind, title)
        for member in members:
            chat["members"][str(member)] = "member" if chat["members"] else "creator"
        chat["privacy"] = privacy
        self._store.put("chats", chat["key"], chat)
        return chat

    def change_chat(self, chat: Chat, **changes: Any) -> Chat:
        """Write a chat down with some fields changed and return it as it now stands."""
        changed: Any = {**(self._chats.get(chat["key"]) or chat), **changes}
        self._store.put("chats", chat["key"], changed)
        stands: Chat = changed
        return stands

    def set_status(self, chat: Chat, who: int, status: str, *, bot: bool) -> Chat:
        """Write down what somebody is in a chat: creator, administrator, member, left or kicked."""
        side, seats = ("bots", chat["bots"]) if bot else ("members", chat["members"])
        return self.change_chat(chat, **{side: {**seats, str(who): status}})

    def chat_object(self, chat: Chat) -> Json:
        """Return the Bot API's Chat."""
        if chat["type"] != "private":
            forum = {"is_forum": True} if chat["is_forum"] else {}
            return {"id": chat["id"], "type": chat["type"], "title": chat["title"], **forum}
        person = self.people[chat["id"]]
        names = {"username": person["username"]} if "username" in person else {}
        return {"id": chat["id"], "type": "private", "first_name": person["name"], **names}

    # Messages

    def messages(self, chat: Chat) -> Mapping[Any, Record]:
        """What stands in a chat, by message id, oldest first."""
        return self._store.table(f"messages {chat['key']}")

    def write(self, chat: Chat, author: int, content: Json, *, by_bot: bool, keyboard: Json | None = None) -> Record:
        """Write a new message into a chat; `content` is all that follows the heading."""
        heading: Json = {
            "message_id": self._store.count(f"messages {chat['key']}"),
            "date": self.now(),
            "chat": self.chat_object(chat),
        }
        if chat["type"] == "channel":
            heading["sender_chat"] = heading["chat"]
        else:
            heading["from"] = self.user(author, by_bot=by_bot)
        if "forum_topic_created" in content:
            content = {"message_thread_id": heading["message_id"], "is_topic_message": True, **content}
        if keyboard and "inline_keyboard" in keyboard:
            content = {**content, "reply_markup": keyboard}
        record = Record(message={**heading, **content}, author=author, by_bot=by_bot, keyboard=keyboard, reactions=[])
        self.rewrite(chat, record)
        return record

    def origin(self, record: Record) -> Json:
        """Return what a forward of this message says of its origin, which the origin may keep to itself."""
        message = record["message"]
        when = {"date": message["date"]}
        if "forward_origin" in message:
            known: Json = message["forward_origin"]
            return known
        if message["chat"]["type"] == "channel":
            return {"type": "channel", "chat": message["chat"], "message_id": message["message_id"], **when}
        if "sender_chat" in message:
            return {"type": "chat", "sender_chat": message["sender_chat"], **when}
        if not record["by_bot"] and self.people[record["author"]].get("hides_forwards"):
            return {"type": "hidden_user", "sender_user_name": message["from"]["first_name"], **when}
        return {"type": "user", "sender_user": message["from"], **when}

    def rewrite(self, chat: Chat, record: Record) -> None:
        """Keep a message as it now stands."""
        self._store.put(f"messages {chat['key']}", record["message"]["message_id"], record)

    def strike(self, chat: Chat, message_id: int) -> None:
        """Delete a message."""
        self._store.drop(f"messages {chat['key']}", message_id)


def bot_username(bot_id: int) -> str:
    """Return the name by which people mention a bot."""
    return "lianxin_bot" if bot_id == 1 else f"bot_{bot_id}_bot"
