"""The people API: the topics of a forum."""

from aiohttp import web

from bot.platforms.sandbox.chats import ADMINISTRATORS, Chat, present, status_of
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.forms import Form, query_form, read_form
from bot.platforms.sandbox.platform import Platform
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.topics import GENERAL, Topic

_CHANGES: dict[str, tuple[Json, Json]] = {
    "close": ({"forum_topic_closed": {}}, {"closed": True}),
    "reopen": ({"forum_topic_reopened": {}}, {"closed": False}),
}

routes = web.RouteTableDef()


def topic_said_in(form: Form, chat: Chat, person_id: int, topic_id: int | None) -> Json:
    """Return the heading of what a person says in this topic (None is General)."""
    if topic_id is None and not chat["is_forum"]:
        return {}
    topic = _found(form, chat, topic_id or GENERAL)
    if topic["closed"] and status_of(chat, person_id) not in ADMINISTRATORS:
        raise Refused(f"The topic {topic['name']} is closed; only administrators write there.", 403)
    return form.platform.topics.heading(chat, topic["id"])


@routes.get("/chats/{chat}/topics")
async def topics_listed(request: web.Request) -> web.Response:
    """List the topics of a forum, General first."""
    form = query_form(request)
    return web.json_response(described_topics(form.platform, _forum(form)))


@routes.post("/chats/{chat}/topics")
async def topic_opened(request: web.Request) -> web.Response:
    """Open a topic, in the name of the person `from` or of the group's founder."""
    form = await read_form(request)
    chat = _forum(form)
    topic = form.platform.topics.open(chat, _actor(form, chat), form.text("name"))
    return web.json_response(_shown(topic))


@routes.patch("/chats/{chat}/topics/{topic:\\d+}")
async def topic_renamed(request: web.Request) -> web.Response:
    """Give a topic another name."""
    form = await read_form(request)
    name = form.text("name")
    return _changed(form, {"forum_topic_edited": {"name": name}}, {"name": name})


@routes.post("/chats/{chat}/topics/{topic:\\d+}/{verb:close|reopen}")
async def topic_switched(request: web.Request) -> web.Response:
    """Close a topic or open it again."""
    form = await read_form(request)
    return _changed(form, *_CHANGES[request.match_info["verb"]])


def _changed(form: Form, note: Json, changes: Json) -> web.Response:
    chat = _forum(form)
    topic = _found(form, chat, int(form.request.match_info["topic"]))
    return web.json_response(_shown(form.platform.topics.change(chat, topic, _actor(form, chat), note, **changes)))


@routes.delete("/chats/{chat}/topics/{topic:\\d+}")
async def topic_deleted(request: web.Request) -> web.Response:
    """Delete a topic with all that stands in it."""
    form = await read_form(request)
    chat = _forum(form)
    topic = _found(form, chat, int(request.match_info["topic"]))
    if topic["id"] == GENERAL:
        raise Refused("General cannot be deleted.")
    form.platform.topics.delete(chat, topic)
    return web.json_response({"deleted": True})


def described_topics(platform: Platform, chat: Chat) -> list[Json]:
    """Return the topics of a chat as people see them."""
    return [_shown(topic) for topic in platform.topics.of(chat).values()]


def _shown(topic: Topic) -> Json:
    return {"id": topic["id"], "name": topic["name"], "closed": topic["closed"]}


def _forum(form: Form) -> Chat:
    chat = form.chat()
    if not chat["is_forum"]:
        raise Refused("This chat is no forum; found one with is_forum.")
    return chat


def _found(form: Form, chat: Chat, topic_id: int) -> Topic:
    topic = form.platform.topics.of(chat).get(topic_id)
    if topic is None:
        raise Refused(f"There is no topic {topic_id} in the chat {chat['key']}.", 404)
    return topic


def _actor(form: Form, chat: Chat) -> int:
    return form.person("from") if "from" in form.fields else next(iter(present(chat["members"])), 0)
