"""The people API: who is in a chat, what the chat becomes, what is pinned in it."""

from aiohttp import web

from bot.platforms.sandbox.chats import ADMINISTRATORS, PRESENT, Chat, present, status_of
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.forms import Form, read_form
from bot.platforms.sandbox.people_chats import described
from bot.platforms.sandbox.seats import CHANNEL_RIGHTS, RIGHTS
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


@routes.post("/people/{person:\\d+}/block")
async def bot_blocked(request: web.Request) -> web.Response:
    """Block the bot, or let it write again."""
    form = await read_form(request)
    form.fields["person"] = request.match_info["person"]
    person_id, bot_id = form.person("person"), form.number("bot", 1)
    blocked = form.flag("blocked", default=True)
    chat = form.platform.world.private_chat(person_id, bot_id)
    form.platform.seats.change(chat, bot_id, "kicked" if blocked else "member", person_id, bot=True)
    return web.json_response({"blocked": blocked})


@routes.post("/chats/{chat}/members")
async def membership_changed(request: web.Request) -> web.Response:
    """Join, leave, become administrator (with all `rights` or those listed), be kicked; `person` may be a bot."""
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
    """Change a seat; who leaves a group, a bot apart, is told of its going before it is gone."""
    before, rights = status_of(chat, who, bot=bot), _rights(form)
    came, went = status in PRESENT and before not in PRESENT, before in PRESENT and status not in PRESENT
    actor = _actor(form, chat, who, is_own=not bot and status not in ("kicked", "administrator"))
    user = form.platform.world.user(who, by_bot=bot)
    if went and not bot:
        _tell(form, chat, actor, {"left_chat_member": user})
    chat = form.platform.seats.change(chat, who, status, actor, bot=bot, rights=rights)
    if went and bot:
        _tell(form, chat, actor, {"left_chat_member": user})
    if came:
        _tell(form, chat, actor, {"new_chat_member": user, "new_chat_members": [user]})
    return chat


def _tell(form: Form, chat: Chat, actor: int, content: Json) -> None:
    if chat["type"] != "channel":
        form.platform.office.note(chat, actor, content)


def _actor(form: Form, chat: Chat, who: int, *, is_own: bool) -> int:
    if "by" in form.fields:
        return form.person("by")
    return who if is_own else next((int(one) for one in chat["members"]), who)


def _rights(form: Form) -> list[str] | None:
    rights = form.fields.get("rights")
    if rights is None:
        return None
    if not isinstance(rights, list) or not {*RIGHTS, *CHANNEL_RIGHTS}.issuperset(rights):
        raise Refused(f"“rights” is a list of some of {', '.join((*RIGHTS, *CHANNEL_RIGHTS))}.")
    return rights


@routes.post("/chats/{chat}/messages/{message:\\d+}/{verb:pin|unpin}")
async def pinned(request: web.Request) -> web.Response:
    """Pin a message, in a group as its administrator, or take the pin out."""
    form = await read_form(request)
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    record = form.record(chat)
    if chat["type"] != "private" and status_of(chat, person_id) not in ADMINISTRATORS:
        raise Refused("Only an administrator pins messages in a group.", 403)
    pins = request.match_info["verb"] == "pin"
    form.platform.world.change_chat(chat, pinned=record["message"]["message_id"] if pins else None)
    if pins:
        form.platform.office.note(chat, person_id, {"pinned_message": record["message"]})
    return web.json_response({"pinned": pins})


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
    seats = {"members": chat["members"], "bots": chat["bots"], "rights": chat["rights"]}
    fresh = world.change_chat(fresh, **seats, is_forum=form.flag("is_forum"))
    old = world.change_chat(chat, moved_to=fresh["id"])
    office.note(old, founder, {"migrate_to_chat_id": fresh["id"]})
    office.note(fresh, founder, {"migrate_from_chat_id": old["id"]})
    return web.json_response({"id": fresh["id"]})
