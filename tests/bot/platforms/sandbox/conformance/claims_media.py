"""Claims: files of every kind, alone and in albums, there and back."""

from functools import partial
from typing import Any

from tests.bot.platforms.sandbox.calling import CITIZEN
from tests.bot.platforms.sandbox.conformance.clients import Upload
from tests.bot.platforms.sandbox.conformance.scene import JPEG, PDF, Scene, claim

_KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "photo": ("sendPhoto", {"caption": "照片"}),
    "video": ("sendVideo", {"caption": "录像", "duration": 7, "width": 640, "height": 480}),
    "animation": ("sendAnimation", {"caption": "动图", "duration": 3}),
    "video_note": ("sendVideoNote", {"duration": 9, "length": 240}),
    "voice": ("sendVoice", {"caption": "语音", "duration": 61}),
    "audio": ("sendAudio", {"caption": "录音", "duration": 200, "title": "夜曲", "performer": "田婶"}),
    "document": ("sendDocument", {"caption": "附件"}),
    "sticker": ("sendSticker", {}),
}

_ARTICLE = {"a": "an"}


async def _there_and_back(scene: Scene, *, kind: str) -> None:
    method, details = _KINDS[kind]
    sent = await scene.call(method, **{kind: PDF}, **details)
    shown = sent[kind][-1] if kind == "photo" else sent[kind]
    assert {key: shown.get(key, sent.get(key)) for key in details} == details
    assert await scene.client.fetch(shown["file_id"]) == PDF.content
    again = await scene.call(method, **{kind: shown["file_id"]})
    assert again[kind] == sent[kind]


for _kind in _KINDS:
    _show: Any = partial(_there_and_back, kind=_kind)
    _show.__module__ = __name__
    claim(f"{_ARTICLE.get(_kind[0], 'a')} {_kind.replace('_', ' ')} is sent, fetched again, and sent again by its id")(
        _show
    )


@claim("the name of a file is kept, whatever it is")
async def _(scene: Scene) -> None:
    name = "<3 街道.pdf"
    sent = await scene.call("sendDocument", document=Upload(name, b"paper"))
    assert sent["document"]["file_name"] == name


@claim("a photo and a video make an album with a caption")
async def _(scene: Scene) -> None:
    media = [{"type": "photo", "media": JPEG, "caption": "两样"}, {"type": "video", "media": PDF}]
    one, two = await scene.call("sendMediaGroup", media=media)
    assert (one["media_group_id"], one["caption"], "caption" in two) == (two["media_group_id"], "两样", False)
    assert ("photo" in one, "video" in two) == (True, True)


@claim("documents make an album, audio makes one, and neither mixes with photos")
async def _(scene: Scene) -> None:
    for kind in ("document", "audio"):
        alike = await scene.call("sendMediaGroup", media=[{"type": kind, "media": PDF}] * 2)
        assert len({message["media_group_id"] for message in alike}) == 1
        mixed = [{"type": "photo", "media": JPEG}, {"type": kind, "media": PDF}]
        refusal = await scene.refused("sendMediaGroup", media=mixed)
        assert refusal.words == f"{kind} can't be mixed with other media types"


@claim("an own picture is replaced by another, with another caption")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendPhoto", photo=JPEG, caption="旧")
    media = {"type": "document", "media": PDF, "caption": "新"}
    edited = await scene.call("editMessageMedia", message_id=sent["message_id"], media=media)
    assert (edited["document"]["file_name"], edited["caption"], "photo" in edited) == ("a.pdf", "新", False)


@claim("a photo is not sent as a file")
async def _(scene: Scene) -> None:
    photo = (await scene.call("sendPhoto", photo=JPEG))["photo"][-1]["file_id"]
    refusal = await scene.refused("sendDocument", document=photo)
    assert refusal.words == "can't use file of type photo as document"


@claim("a file over 20 MB is told of, sent on by its id, and not fetched")
async def _(scene: Scene) -> None:
    await scene.people.show(CITIZEN, CITIZEN, ("a.zip", "application/zip", b"x"), size=20 * 1024 * 1024 + 1)
    document = (await scene.told())["document"]
    assert document["file_size"] > 20 * 1024 * 1024
    assert (await scene.refused("getFile", file_id=document["file_id"])).words == "file is too big"
    assert (await scene.call("sendDocument", document=document["file_id"]))["document"] == document
