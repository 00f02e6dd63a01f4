"""What a person says: text, files alone or as an album, a place, a contact, a poll, a die, somebody else's message."""

import mimetypes
from typing import Any

from bot.platforms.sandbox.bot_media import LARGEST_ALBUM
from bot.platforms.sandbox.bot_writing import LONGEST_TEXT
from bot.platforms.sandbox.calls import Upload
from bot.platforms.sandbox.contents import caption_content, new_album
from bot.platforms.sandbox.entities import found_entities
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.forms import Form
from bot.platforms.sandbox.media import DETAILS, KINDS, UNCAPTIONED, media_content, unmixable
from bot.platforms.sandbox.records import Record, content_of, is_service
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.things import DICE, dice_content, place, poll_content, venue_content
from bot.platforms.sandbox.utf16 import utf16_length

_WORDY = frozenset({"title", "performer", "emoji"})


def contents_of(form: Form, person_id: int) -> list[Json]:
    """Return the contents of what is said, several for an album; raise Refused for what no phone could send."""
    if form.files:
        return _media(form)
    if "forward" in form.fields:
        return [_forward(form, person_id)]
    if "contact" in form.fields:
        return [{"contact": _contact(form, person_id)}]
    return [_thing(form) or _text(form.text("text"))]


def changes_of(form: Form, record: Record) -> Json:
    """Return the changes of a message that are asked for: another file, another text or caption."""
    old = content_of(record)
    if form.files:
        [content, *more] = _media(form)
        if more or "text" in old or not KINDS & old.keys():
            raise Refused("One file takes the place of one file.")
        return {**dict.fromkeys(old), **content}
    if "text" in old:
        return {"entities": None, **_text(form.text("text"))}
    if not (KINDS - UNCAPTIONED) & old.keys():
        raise Refused("Here is nothing to edit: neither a text nor a caption.")
    return {"caption": None, "caption_entities": None, **caption_content(form.text("text"))}


def _text(text: str) -> Json:
    length = utf16_length(text)
    if length > LONGEST_TEXT:
        raise Refused(f"A message has at most {LONGEST_TEXT} UTF-16 units; this text has {length}.")
    entities = found_entities(text)
    return {"text": text, **({"entities": entities} if entities else {})}


def _media(form: Form) -> list[Json]:
    kinds = [form.text_or_none("kind") or _kind_of(upload) for upload in form.files]
    if not KINDS.issuperset(kinds):
        raise Refused(f"“kind” is one of {', '.join(sorted(KINDS))}.")
    if len(kinds) > 1:
        _check_album(kinds)
    album = {"media_group_id": new_album()} if len(kinds) > 1 else {}
    contents = [album | media_content(_kept(form, *one), one[1]) for one in zip(form.files, kinds, strict=True)]
    caption = form.text_or_none("text") or form.text_or_none("caption")
    if caption and kinds[0] in UNCAPTIONED:
        raise Refused(f"A {kinds[0]} has no caption.")
    return [contents[0] | caption_content(caption), *contents[1:]] if caption else contents


def _check_album(kinds: list[str]) -> None:
    if len(kinds) > LARGEST_ALBUM:
        raise Refused(f"An album has at most {LARGEST_ALBUM} parts.")
    if odd := unmixable(kinds):
        raise Refused(f"An album is of photos and videos, of documents or of audio; this one has a {odd} in it.")


def _kept(form: Form, upload: Upload, kind: str) -> Json:
    size = form.number("size") if form.fields.get("size") not in (None, "") else None
    details = {
        key: form.text(key) if key in _WORDY else form.number(key)
        for key in sorted(DETAILS)
        if form.fields.get(key) not in (None, "")
    }
    name = form.text_or_none("file_name") or upload.name
    keep = form.platform.files.keep
    return keep(upload.content, name=name, mime=upload.mime, kind=kind, size=size, details=details)


def _kind_of(upload: Upload) -> str:
    mime = upload.mime or mimetypes.guess_type(upload.name)[0] or ""
    if mime in ("audio/ogg", "image/gif"):
        return "voice" if mime == "audio/ogg" else "animation"
    kind = {"image": "photo", "video": "video", "audio": "audio"}.get(mime.partition("/")[0], "document")
    return "document" if "svg" in mime else kind


def _thing(form: Form) -> Json | None:
    if "location" in form.fields:
        return {"location": _place(form, "location")}
    if "venue" in form.fields:
        named = Form(form.request, _object(form, "venue"))
        return venue_content(_place(form, "venue"), title=named.text("title"), address=named.text("address"))
    if "poll" in form.fields:
        return _poll(form)
    if "dice" in form.fields:
        if form.fields["dice"] not in DICE:
            raise Refused(f"“dice” is one of {' '.join(DICE)}.")
        return dice_content(form.fields["dice"])
    return None


def _object(form: Form, name: str) -> Json:
    value: Any = form.fields[name]
    if not isinstance(value, dict):
        raise Refused(f"“{name}” is a JSON object.")
    return value


def _place(form: Form, name: str) -> Json:
    point = _object(form, name)
    try:
        return place(float(point["latitude"]), float(point["longitude"]))
    except (KeyError, TypeError, ValueError):
        raise Refused(f"“{name}” has a latitude and a longitude, both numbers.") from None


def _poll(form: Form) -> Json:
    poll = _object(form, "poll")
    options = poll.get("options")
    if not isinstance(options, list) or not options:
        raise Refused("“poll” is {question, options}, the options a list of texts.")
    return poll_content(Form(form.request, poll).text("question"), [str(option) for option in options])


def _contact(form: Form, person_id: int) -> Json:
    contact = form.fields["contact"]
    if not isinstance(contact, dict) or not contact.get("phone_number"):
        raise Refused("“contact” is {phone_number, first_name?, user_id?}.")
    name = form.platform.world.people[person_id]["name"]
    return {"first_name": name, **contact, "phone_number": str(contact["phone_number"])}


def _forward(form: Form, person_id: int) -> Json:
    named = Form(form.request, _object(form, "forward"))
    source = named.chat_of(person_id, str(named.fields.get("chat", "")))
    record = named.record(source, named.number("message"))
    if is_service(record["message"]) or "has_protected_content" in record["message"]:
        raise Refused("This message cannot be forwarded.", 403)
    return {"forward_origin": form.platform.world.origin(record), **content_of(record)}
