"""The people API: people, chats, who is in them, and what happens there."""

import time

from aiohttp import web

from bot.platforms.sandbox.chats import PRESENT, Chat, is_member, present, status_of
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.forms import Form, query_form, read_form
from bot.platforms.sandbox.people_topics import described_topics
from bot.platforms.sandbox.platform import Platform
from bot.platforms.sandbox.records import seen_by_people
from bot.platforms.sandbox.store import Json

_STATUSES = {
    "member": "member",
    "join": "member",
    "joined": "member",
    "left": "left",
    "leave": "left",
    "administrator": "administrator",
    "admin": "administrator",
    "creator": "creator",
    "kicked": "kicked",
    "kick": "kicked",
    "banned": "kicked",
}

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


@routes.post("/people/{person:\\d+}/block")
async def bot_blocked(request: web.Request) -> web.Response:
    """Block the bot, or let it write again."""
    form = await read_form(request)
    form.fields["person"] = request.match_info["person"]
    person_id, bot_id = form.person("person"), form.number("bot", 1)
    blocked = form.flag("blocked", default=True)
    chat = form.platform.world.private_chat(person_id, bot_id)
    form.platform.office.seat_bot(chat, bot_id, "kicked" if blocked else "member", person_id)
    return web.json_response({"blocked": blocked})


@routes.get("/chats")
async def chats_listed(request: web.Request) -> web.Response:
    """List the chats that a person sees."""
    form = query_form(request)
    world = form.platform.world
    return web.json_response([described(form.platform, chat) for chat in world.chats_of(form.person("as"))])


@routes.post("/chats")
async def group_founded(request: web.Request) -> web.Response:
    """Found a group with bots in it; its first member is its creator."""
    form = await read_form(request)
    world, office = form.platform.world, form.platform.office
    members = form.numbers("members", [])
    if not members:
        raise Refused("A group needs members: a list of person ids, staff first.")
    if strangers := [member for member in members if member not in world.people]:
        raise Refused(f"There is no person {strangers[0]}.", 404)
    is_forum = form.flag("is_forum")
    kind = "supergroup" if is_forum or form.fields.get("type") == "supergroup" else "group"
    privacy, bots = form.flag("privacy", default=True), form.numbers("bots", [1])
    chat = world.new_group(form.text("title"), dict.fromkeys(members), privacy=privacy, kind=kind, is_forum=is_forum)
    for bot_id in bots:
        chat = office.seat_bot(chat, bot_id, "member", members[0])
    office.note(chat, members[0], {"group_chat_created": True})
    return web.json_response(described(form.platform, chat))


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


@routes.post("/chats/{chat}/members")
async def membership_changed(request: web.Request) -> web.Response:
    """Join, leave, become an administrator, be kicked; `person` may be a bot's id."""
    form = await read_form(request)
    chat, status = form.chat(), _STATUSES.get(form.text("status"))
    if status is None:
        raise Refused(f"“status” is one of {', '.join(_STATUSES)}.")
    if chat["type"] == "private":
        raise Refused("Nobody joins or leaves a private chat; a bot is blocked there.")
    who = form.number("person")
    is_bot = who not in form.platform.world.people
    if is_bot and who not in form.platform.world.bots:
        raise Refused(f"There is neither a person nor a bot {who}.", 404)
    chat = _seat(form, chat, who, status, bot=is_bot)
    return web.json_response({**described(form.platform, chat), "status": status})


def _seat(form: Form, chat: Chat, who: int, status: str, *, bot: bool) -> Chat:
    world, office = form.platform.world, form.platform.office
    before, creator = status_of(chat, who, bot=bot), next((int(one) for one in chat["members"]), who)
    came, went = status in PRESENT and before not in PRESENT, before in PRESENT and status not in PRESENT
    user = world.user(who, by_bot=bot)
    if went and not bot:
        office.note(chat, who if status == "left" else creator, {"left_chat_member": user})
    if bot:
        chat = office.seat_bot(chat, who, status, form.person("by") if "by" in form.fields else creator)
    else:
        chat = world.set_status(chat, who, status, bot=False)
    if went and bot:
        office.note(chat, creator, {"left_chat_member": user})
    if came:
        office.note(chat, creator if bot else who, {"new_chat_member": user, "new_chat_members": [user]})
    return chat


@routes.post("/chats/{chat}/upgrade")
async def group_upgraded(request: web.Request) -> web.Response:
    """Make a group a supergroup, which has a new id."""
    form = await read_form(request)
    chat = form.chat()
    if chat["type"] != "group" or chat["moved_to"]:
        raise Refused("Only a group that is no supergroup yet can be upgraded.")
    world, office = form.platform.world, form.platform.office
    founder = next(iter(present(chat["members"])), 0)
    fresh = world.new_group(chat["title"], [], privacy=chat["privacy"], kind="supergroup")
    fresh = world.change_chat(fresh, members=chat["members"], bots=chat["bots"], is_forum=form.flag("is_forum"))
    old = world.change_chat(chat, moved_to=fresh["id"])
    office.note(old, founder, {"migrate_to_chat_id": fresh["id"]})
    office.note(fresh, founder, {"migrate_from_chat_id": old["id"]})
    return web.json_response({"id": fresh["id"]})


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
