"""Topics: the parts of a forum, and where in it a message stands."""

from collections.abc import Mapping
from typing import Any, TypedDict

from bot.platforms.sandbox.chats import Chat
from bot.platforms.sandbox.post_office import PostOffice
from bot.platforms.sandbox.records import Record, reply_fields
from bot.platforms.sandbox.store import Json, Store
from bot.platforms.sandbox.world import World

GENERAL = 1
_BLUE = 0x6FB9F0


class Topic(TypedDict):
    """A topic as the journal keeps it; its id is that of the message which opened it, General's is 1."""

    id: int
    name: str
    icon_color: int
    icon: str | None
    opener: int
    closed: bool
    hidden: bool


class Topics:
    """The topics of all forums."""

    def __init__(self, store: Store, world: World, office: PostOffice) -> None:
        self._store = store
        self._world = world
        self._office = office

    def of(self, chat: Chat) -> Mapping[Any, Topic]:
        """The topics that a chat has, by id, General first; none if it is no forum."""
        if chat["is_forum"] and not self._store.table(_table(chat)):
            self._keep(
                chat,
                Topic(id=GENERAL, name="General", icon_color=_BLUE, icon=None, opener=0, closed=False, hidden=False),
            )
        topics: Mapping[Any, Topic] = self._store.table(_table(chat))
        return topics

    def open(
        self, chat: Chat, who: int, name: str, *, color: int = _BLUE, icon: str | None = None, by_bot: bool = False
    ) -> Topic:
        """Open a topic, which the chat is told."""
        self.of(chat)
        told = {"name": name, "icon_color": color, **({"icon_custom_emoji_id": icon} if icon else {})}
        record = self._office.note(chat, who, {"forum_topic_created": told}, by_bot=by_bot)
        topic_id = record["message"]["message_id"]
        topic = Topic(id=topic_id, name=name, icon_color=color, icon=icon, opener=who, closed=False, hidden=False)
        self._keep(chat, topic)
        return topic

    def change(self, chat: Chat, topic: Topic, who: int, note: Json, *, by_bot: bool = False, **changes: Any) -> Topic:
        """Close, reopen, rename, hide: write the topic down with some fields changed, and tell the chat by `note`."""
        changed: Any = {**topic, **changes}
        self._keep(chat, changed)
        self._office.note(chat, who, {**self.heading(chat, topic["id"]), **note}, by_bot=by_bot)
        stands: Topic = changed
        return stands

    def delete(self, chat: Chat, topic: Topic) -> None:
        """Take a topic away with all that stands in it; nobody is told."""
        self._store.drop(_table(chat), topic["id"])
        for message_id, record in list(self._world.messages(chat).items()):
            if topic_of(record) == topic["id"]:
                self._office.delete(chat, message_id)

    def heading(self, chat: Chat, topic_id: int) -> Json:
        """What a message in a topic says of it; one that answers nothing seems to answer the message that opened it."""
        if topic_id == GENERAL:
            return {}
        opening = self._world.messages(chat).get(topic_id)
        seeming = reply_fields(opening) if opening else {}
        return {**seeming, "message_thread_id": topic_id, "is_topic_message": True}

    def answering(self, chat: Chat, record: Record, quote: Json | None = None) -> Json:
        """What an answer says of what it answers; in a supergroup that names a thread, which is no topic."""
        if chat["type"] != "supergroup" or chat["is_forum"]:
            return reply_fields(record, quote)
        thread = record["message"].get("message_thread_id", record["message"]["message_id"])
        return {**reply_fields(record, quote), "message_thread_id": thread}

    def _keep(self, chat: Chat, topic: Topic) -> None:
        self._store.put(_table(chat), topic["id"], topic)


def topic_of(record: Record) -> int | None:
    """Return the topic that a message stands in, None for General and outside of forums."""
    message = record["message"]
    return message["message_thread_id"] if message.get("is_topic_message") else None


def _table(chat: Chat) -> str:
    return f"topics {chat['key']}"
