"""The people API: saying, editing, deleting, reacting, pressing buttons."""

import mimetypes
from typing import Any

from aiohttp import web

from bot.platforms.sandbox.calls import Upload
from bot.platforms.sandbox.contents import KINDS, caption_content, media_content, new_album, quote_of, reply_fields
from bot.platforms.sandbox.entities import found_entities
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.forms import Form, read_form
from bot.platforms.sandbox.presses import named_button
from bot.platforms.sandbox.reactions import known_reaction
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.world import ADMINISTRATORS, PRESENT, Chat, Record, present, seen_by_people, status_of

LONGEST_TEXT = 4096
LARGEST_ALBUM = 10

routes = web.RouteTableDef()


@routes.post("/chats/{chat}/messages")
async def said(request: web.Request) -> web.Response:
    """Let a person say something; of an album the first part is answered."""
    form = await read_form(request)
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    _check_may_say(form, chat, person_id)
    reply = _reply(form, chat)
    contents = _contents(form, person_id)
    album = {"media_group_id": new_album()} if len(contents) > 1 else {}
    anonymous = form.flag("anonymous")
    said = [
        form.platform.office.say(chat, person_id, {**reply, **album, **content}, anonymous=anonymous)
        for content in contents
    ]
    return web.json_response(seen_by_people(said[0]))


def _check_may_say(form: Form, chat: Chat, person_id: int) -> None:
    if chat["type"] == "private" and not present(chat["bots"]):
        raise Refused("You have blocked this bot; unblock it before you write to it.", 403)
    if form.fields.get("sender_chat"):
        raise Refused("Speaking as a channel (sender_chat) is not in this sandbox yet.")
    if form.fields.get("thread"):
        raise Refused("Forum topics are not in this sandbox yet.")
    if form.flag("anonymous") and (chat["type"] == "private" or status_of(chat, person_id) not in ADMINISTRATORS):
        raise Refused(f"Only an administrator of the group speaks anonymously; person {person_id} is none.", 403)


def _reply(form: Form, chat: Chat) -> Json:
    if not form.fields.get("reply_to"):
        return {}
    record = form.record(chat, form.number("reply_to"))
    words = form.text_or_none("quote")
    quote = quote_of(record, words) if words else None
    if words and not quote:
        raise Refused("The message that is answered does not contain this quote.")
    return reply_fields(record, quote)


def _contents(form: Form, person_id: int) -> list[Json]:
    if form.files:
        return _media(form)
    if "location" in form.fields:
        return [{"location": _place(form)}]
    if "contact" in form.fields:
        return [{"contact": _contact(form, person_id)}]
    return [_text(form.text("text"))]


def _text(text: str) -> Json:
    if len(text) > LONGEST_TEXT:
        raise Refused(f"A message has at most {LONGEST_TEXT} characters; this text has {len(text)}.")
    entities = found_entities(text)
    return {"text": text, **({"entities": entities} if entities else {})}


def _media(form: Form) -> list[Json]:
    if len(form.files) > LARGEST_ALBUM:
        raise Refused(f"An album has at most {LARGEST_ALBUM} parts.")
    kinds = [form.text_or_none("kind") or _kind_of(upload) for upload in form.files]
    if not KINDS.issuperset(kinds):
        raise Refused(f"“kind” is one of {', '.join(sorted(KINDS))}.")
    contents = []
    for upload, kind in zip(form.files, kinds, strict=True):
        file = form.platform.files.keep(upload.content, name=upload.name, mime=upload.mime, kind=kind)
        contents.append(media_content(kind, file))
    caption = form.text_or_none("text") or form.text_or_none("caption")
    if caption:
        contents[0] |= caption_content(caption)
    return contents


def _kind_of(upload: Upload) -> str:
    mime = upload.mime or mimetypes.guess_type(upload.name)[0] or ""
    if mime == "audio/ogg":
        return "voice"
    kind = {"image": "photo", "video": "video", "audio": "audio"}.get(mime.partition("/")[0], "document")
    return "document" if "svg" in mime else kind


def _place(form: Form) -> Json:
    place: Any = form.fields["location"]
    try:
        return {"latitude": float(place["latitude"]), "longitude": float(place["longitude"])}
    except (KeyError, TypeError, ValueError):
        raise Refused("“location” is {latitude, longitude}, both numbers.") from None


def _contact(form: Form, person_id: int) -> Json:
    contact = form.fields["contact"]
    if not isinstance(contact, dict) or not contact.get("phone_number"):
        raise Refused("“contact” is {phone_number, first_name?, user_id?}.")
    name = form.platform.world.people[person_id]["name"]
    return {"first_name": name, **contact, "phone_number": str(contact["phone_number"])}


@routes.patch("/chats/{chat}/messages/{message:\\d+}")
async def edited(request: web.Request) -> web.Response:
    """Let a person edit what they said."""
    form = await read_form(request)
    chat, record = _own(form)
    if "text" in record["message"]:
        changes = {"entities": None, **_text(form.text("text"))}
    else:
        changes = {"caption": None, "caption_entities": None, **caption_content(form.text("text"))}
    return web.json_response(seen_by_people(form.platform.office.edit(chat, record, changes, None)))


@routes.delete("/chats/{chat}/messages/{message:\\d+}")
async def deleted(request: web.Request) -> web.Response:
    """Let a person delete what they said."""
    form = await read_form(request)
    form.fields = {**request.query, **form.fields}
    chat, record = _own(form)
    form.platform.office.delete(chat, record["message"]["message_id"])
    return web.json_response({"deleted": True})


def _own(form: Form) -> tuple[Chat, Record]:
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    record = form.record(chat)
    if record["by_bot"] or record["author"] != person_id:
        raise Refused("Only who wrote a message may change or delete it.", 403)
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
    """Press an inline button and wait for what the bot says to it."""
    form = await read_form(request)
    person_id = form.person("from")
    chat = form.chat_of(person_id)
    record = form.record(chat)
    button = named_button(record, form.text("button"))
    if status_of(chat, record["author"], bot=True) not in PRESENT:
        raise Refused("The bot is no longer in this chat, or it is blocked.", 403)
    return web.json_response(await form.platform.presses.press(chat, record, person_id, button))
