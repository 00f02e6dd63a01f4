"""The people API: people, their chats, and what happens there."""

import time

from aiohttp import web

from bot.platforms.sandbox.chats import Chat, is_member, present
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.forms import Form, query_form, read_form
from bot.platforms.sandbox.people_topics import described_topics
from bot.platforms.sandbox.platform import Platform
from bot.platforms.sandbox.records import seen_by_people
from bot.platforms.sandbox.store import Json

_KINDS = ("group", "supergroup", "channel")

routes = web.RouteTableDef()


@routes.get("/people")
async def people_listed(request: web.Request) -> web.Response:
    """List everybody."""
    return web.json_response(list(query_form(request).platform.world.people.values()))


@routes.post("/people")
async def person_came(request: web.Request) -> web.Response:
    """Let somebody new come."""
    form = await read_form(request)
    username = form.text_or_none("username")
    hides = form.flag("hides_forwards")
    return web.json_response(form.platform.world.new_person(form.text("name"), username, hides_forwards=hides))


@routes.get("/chats")
async def chats_listed(request: web.Request) -> web.Response:
    """List the chats that a person sees."""
    form = query_form(request)
    world = form.platform.world
    return web.json_response([described(form.platform, chat) for chat in world.chats_of(form.person("as"))])


@routes.post("/chats")
async def group_founded(request: web.Request) -> web.Response:
    """Found a group, supergroup or channel with bots in it; its first member is its creator."""
    form = await read_form(request)
    world, bots = form.platform.world, form.numbers("bots", [1])
    members, is_forum = _founders(form), form.flag("is_forum")
    kind = form.text_or_none("type") or ("supergroup" if is_forum else "group")
    if kind not in _KINDS or (is_forum and kind != "supergroup"):
        raise Refused("“type” is group, supergroup or channel; a forum is a supergroup.")
    linked = form.chat(str(form.number("linked")))["id"] if form.fields.get("linked") else None
    chat = world.new_group(
        form.text("title"), members, privacy=form.flag("privacy", default=True), kind=kind, is_forum=is_forum
    )
    if linked:
        chat = world.change_chat(chat, linked=linked)
    return web.json_response(described(form.platform, _with_bots(form, chat, members[0], bots)))


def _founders(form: Form) -> list[int]:
    members = list(dict.fromkeys(form.numbers("members", [])))
    if not members:
        raise Refused("A group needs members: a list of person ids, staff first.")
    if strangers := [member for member in members if member not in form.platform.world.people]:
        raise Refused(f"There is no person {strangers[0]}.", 404)
    return members


def _with_bots(form: Form, chat: Chat, founder: int, bots: list[int]) -> Chat:
    """Seat the bots of a new chat; those of a group are there when it is founded, in a supergroup they are added."""
    office, seats, user = form.platform.office, form.platform.seats, form.platform.world.user
    status = "administrator" if chat["type"] == "channel" else "member"
    for bot_id in bots:
        chat = seats.change(chat, bot_id, status, founder, bot=True)
    added = [user(bot_id, by_bot=True) for bot_id in bots]
    if chat["type"] == "group":
        office.note(chat, founder, {"group_chat_created": True})
    elif chat["type"] == "supergroup" and added:
        office.note(chat, founder, {"new_chat_member": added[0], "new_chat_members": added})
    return chat


def described(platform: Platform, chat: Chat) -> Json:
    """Return a chat as people see it in their list."""
    messages = platform.world.messages(chat)
    last = messages[next(reversed(messages))]["message"] if messages else None
    shown: Json = {
        "id": chat["key"] if "@" in chat["key"] else chat["id"],
        "type": chat["type"],
        "title": chat["title"],
        "members": present(chat["members"]),
        "bots": present(chat["bots"]),
        "last_message_id": last["message_id"] if last else None,
        "last_date": last["date"] if last else None,
    }
    if chat["is_forum"]:
        shown |= {"is_forum": True, "topics": described_topics(platform, chat)}
    return shown if chat["type"] == "private" else {**shown, "privacy": chat["privacy"]}


@routes.get("/chats/{chat}/messages")
async def messages_read(request: web.Request) -> web.Response:
    """Return the messages after a given one as they stand now; wait for one if there is none."""
    form = query_form(request)
    chat, after = form.chat(), form.number("after", 0)
    if "as" in form.fields and not is_member(chat, form.person("as")):
        raise Refused(f"Person {form.fields['as']} is not in the chat {chat['key']}.", 403)
    until = time.monotonic() + form.seconds("wait")
    while not (newer := _after(form.platform, chat, after)):
        if not await form.platform.bells.heard(("chat", chat["key"]), until - time.monotonic()):
            break
    return web.json_response(newer)


def _after(platform: Platform, chat: Chat, after: int) -> list[Json]:
    newer: list[Json] = []
    for message_id, record in reversed(list(platform.world.messages(chat).items())):
        if message_id <= after:
            break
        newer.append(seen_by_people(record))
    return newer[::-1]


@routes.get("/events")
async def events_read(request: web.Request) -> web.Response:
    """Return what happened after `since`; without it only the number to go on from."""
    form = query_form(request)
    events, person_id = form.platform.events, form.person("as")
    since = form.number("since") if form.fields.get("since") else None
    if since is None:
        return web.json_response({"events": [], "seq": events.seq})
    until = time.monotonic() + form.seconds("wait")
    while not (found := events.since(since, person_id)):
        if not await form.platform.bells.heard(("person", person_id), until - time.monotonic()):
            break
    reset = {"reset": True} if events.forgotten(since) else {}
    return web.json_response({"events": found, "seq": max(events.seq, since), **reset})


@routes.get("/files/{file}")
async def file_fetched(request: web.Request) -> web.Response:
    """Give out the bytes of a file."""
    platform = query_form(request).platform
    file = platform.files.record(request.match_info["file"])
    if file is None:
        raise Refused(f"There is no file {request.match_info['file']}.", 404)
    safe = file["mime"] if file["mime"].startswith(("image/", "video/", "audio/")) else "application/octet-stream"
    safe = "application/octet-stream" if "svg" in safe else safe
    return web.Response(
        body=platform.files.content(file), content_type=safe, headers={"X-Content-Type-Options": "nosniff"}
    )
