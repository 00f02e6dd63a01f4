"""The people API: saying, editing, deleting, reacting, pressing buttons."""

from aiohttp import web

from bot.platforms.sandbox.chats import ADMINISTRATORS, PRESENT, Chat, has_right, present, status_of
from bot.platforms.sandbox.contents import quote_of
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.forms import Form, read_form
from bot.platforms.sandbox.people_contents import changes_of, contents_of
from bot.platforms.sandbox.people_topics import topic_said_in
from bot.platforms.sandbox.presses import named_button
from bot.platforms.sandbox.reactions import known_reaction
from bot.platforms.sandbox.records import Record, seen_by_people
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.topics import topic_of
from bot.platforms.sandbox.world import ANONYMOUS, CHANNEL

routes = web.RouteTableDef()


@routes.post("/chats/{chat}/messages")
async def said(request: web.Request) -> web.Response:
    """Let a person say something; of an album the first part is answered."""
    form = await read_form(request)
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    _check_may_say(chat, person_id)
    heading = _heading(form, chat, person_id)
    voice = _voice(form, chat, person_id)
    say = form.platform.office.say
    said = [say(chat, person_id, {**voice, **heading, **content}) for content in contents_of(form, person_id)]
    return web.json_response(seen_by_people(said[0]))


def _check_may_say(chat: Chat, person_id: int) -> None:
    if chat["type"] == "private" and not present(chat["bots"]):
        raise Refused("You have blocked this bot; unblock it before you write to it.", 403)
    if chat["type"] == "channel" and status_of(chat, person_id) not in ADMINISTRATORS:
        raise Refused("Only an administrator of a channel writes there.", 403)


def _voice(form: Form, chat: Chat, person_id: int) -> Json:
    """Return in whose name a person speaks, where that is not their own: the group's or a channel's."""
    if chat["type"] == "channel" or not (form.flag("anonymous") or form.fields.get("sender_chat")):
        return {}
    speaker = chat if form.flag("anonymous") else form.chat(str(form.number("sender_chat")))
    if chat["type"] == "private" or (speaker["key"] != chat["key"] and speaker["type"] != "channel"):
        raise Refused("In a group one speaks as oneself, as the group (anonymous) or as a channel (sender_chat).")
    if status_of(speaker, person_id) not in ADMINISTRATORS:
        what = f"Person {person_id} is no administrator of {speaker['title']}"
        raise Refused(f"{what} and cannot speak in its name, anonymously or not.", 403)
    is_group = speaker["key"] == chat["key"]
    return {"from": ANONYMOUS if is_group else CHANNEL, "sender_chat": form.platform.world.chat_object(speaker)}


def _heading(form: Form, chat: Chat, person_id: int) -> Json:
    record = form.record(chat, form.number("reply_to")) if form.fields.get("reply_to") else None
    topic = form.number("thread") if form.fields.get("thread") else topic_of(record) if record else None
    heading = topic_said_in(form, chat, person_id, topic)
    return {**heading, **_reply(form, chat, record)} if record else heading


def _reply(form: Form, chat: Chat, record: Record) -> Json:
    words = form.text_or_none("quote")
    quote = quote_of(record, words) if words else None
    if words and not quote:
        raise Refused("The message that is answered does not contain this quote.")
    return form.platform.topics.answering(chat, record, quote)


@routes.patch("/chats/{chat}/messages/{message:\\d+}")
async def edited(request: web.Request) -> web.Response:
    """Let a person edit what they said: the words, or with a file what is shown."""
    form = await read_form(request)
    chat, record = _own(form)
    changes = changes_of(form, record)
    return web.json_response(seen_by_people(form.platform.office.edit(chat, record, changes, None)))


@routes.delete("/chats/{chat}/messages/{message:\\d+}")
async def deleted(request: web.Request) -> web.Response:
    """Let a person delete what they said; in a private chat anything, in a group as its administrator too."""
    form = await read_form(request)
    form.fields = {**request.query, **form.fields}
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    record = form.record(chat)
    is_own = not record["by_bot"] and record["author"] == person_id
    if not is_own and chat["type"] != "private" and not has_right(chat, person_id, "can_delete_messages", bot=False):
        raise Refused("Only who wrote a message, or an administrator, may delete it.", 403)
    form.platform.office.delete(chat, record["message"]["message_id"])
    return web.json_response({"deleted": True})


def _own(form: Form) -> tuple[Chat, Record]:
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    record = form.record(chat)
    if record["by_bot"] or record["author"] != person_id:
        raise Refused("Only who wrote a message may change it.", 403)
    return chat, record


@routes.post("/chats/{chat}/messages/{message:\\d+}/react")
async def reacted(request: web.Request) -> web.Response:
    """React to a message; no emoji takes the reaction back."""
    form = await read_form(request)
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    record = form.record(chat)
    wanted = form.text_or_none("emoji")
    emoji = known_reaction(wanted) if wanted else None
    if wanted and not emoji:
        raise Refused(f"{wanted} is not among the reactions that Telegram offers.")
    form.platform.office.react(chat, record, person_id, [emoji] if emoji else [], by_bot=False)
    return web.json_response(seen_by_people(form.record(chat)))


@routes.post("/chats/{chat}/messages/{message:\\d+}/press")
async def pressed(request: web.Request) -> web.Response:
    """Press an inline button and wait for what the bot says to it; `too_old` as after two days, without the message."""
    form = await read_form(request)
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    record = form.record(chat)
    button = named_button(record, form.text("button"))
    if status_of(chat, record["author"], bot=True) not in PRESENT:
        raise Refused("The bot is no longer in this chat, or it is blocked.", 403)
    too_old = form.flag("too_old")
    return web.json_response(await form.platform.presses.press(chat, record, person_id, button, too_old=too_old))
