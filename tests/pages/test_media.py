import json
from typing import Any

import aiohttp
import pytest
from playwright.async_api import FilePayload, expect

from tests.pages.conftest import Open
from tests.support.browsing import PHONE
from tests.support.drawing import coloured, filmed
from tests.support.playing import Town

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("pages")]
BARE_BOT = 1
THREE: list[FilePayload] = [
    {"name": f"{name}.png", "mimeType": "image/png", "buffer": coloured(*colour)}
    for name, colour in {"灯杆": (20, 90, 110), "路面": (140, 90, 30), "门口": (40, 110, 60)}.items()
]


async def _sent(town: Town, method: str, chat: int, file: bytes | None = None, **fields: Any) -> dict[str, Any]:
    """Let a bare bot send something over the Bot API, as the product's bot would."""
    form = aiohttp.FormData({"chat_id": str(chat)} | {name: str(value) for name, value in fields.items()})
    if file is not None:
        form.add_field(method.removeprefix("send").lower(), file, filename="样子.bin")
    url = f"{town.address}/bot{BARE_BOT}:sandbox/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as response:
        answer: dict[str, Any] = await response.json()
    assert answer["ok"], answer
    return answer


async def test_three_photos_are_sent_as_one_album_and_enlarged_one_after_the_other(window: Open, town: Town):
    async with window(PHONE, person=await town.newcomer("拍照的")) as page:
        await page.phone.attach("照片、视频", THREE)
        await page.phone.say("路灯坏了,拍了三张")
        album = await page.phone.reads("路灯坏了,拍了三张")
        await expect(album.locator(".album .photo img")).to_have_count(3)
        await expect(page.phone.messages.locator(".photo")).to_have_count(3)

        await album.get_by_role("button", name="看大图,3 张里的第 2 张").click()
        large = page.page.get_by_role("dialog", name="照片")
        await expect(large.locator("figcaption")).to_have_text("2 / 3")
        await page.page.keyboard.press("ArrowRight")
        await expect(large.locator("figcaption")).to_have_text("3 / 3")
        await page.page.keyboard.press("Escape")
        await expect(large).to_have_count(0)


async def test_an_album_that_a_bot_relays_is_one_message_in_the_group(window: Open, town: Town):
    staff = await town.newcomer("看相册的")
    group = await town.call("POST", "/chats", {"title": "相册群", "members": [staff]})
    form = aiohttp.FormData({"chat_id": str(group["id"])})
    media = [{"type": "photo", "media": f"attach://p{at}"} for at in range(3)]
    form.add_field("media", json.dumps([{**media[0], "caption": "群众拍的三张"}, *media[1:]]))
    for at, photo in enumerate(THREE):
        form.add_field(f"p{at}", photo["buffer"], filename=photo["name"])
    async with window() as page:
        await page.open_group("相册群")
        async with aiohttp.ClientSession() as session:
            await session.post(f"{town.address}/bot{BARE_BOT}:sandbox/sendMediaGroup", data=form)
        album = await page.group.reads("群众拍的三张")
        await expect(album.locator(".album .photo img")).to_have_count(3)
        assert await album.locator("img").evaluate_all("(all) => all.every((one) => one.complete && one.naturalWidth)")


async def test_a_photo_can_be_sent_as_a_file_and_fetched_again(window: Open, town: Town):
    async with window(person=await town.newcomer("发文件的")) as page:
        await page.phone.attach("文件(原样发)", THREE[:1])
        await page.phone.say("原图")
        message = await page.phone.reads("原图")
        async with page.page.expect_download() as fetched:
            await message.get_by_role("link", name="灯杆.png").click()
        download = await fetched.value
        assert download.suggested_filename == "灯杆.png"
        assert (await download.path()).read_bytes() == THREE[0]["buffer"]


async def test_files_chosen_by_mistake_go_by_escape_and_nothing_is_sent(window: Open, town: Town):
    async with window(person=await town.newcomer("选错的")) as page:
        await page.phone.attach("照片、视频", THREE[:2])
        await expect(page.phone.root.locator(".tray")).to_contain_text("要发 2 个照片")
        await page.phone.field.press("Escape")
        await expect(page.phone.root.locator(".tray")).to_be_hidden()
        await page.phone.root.get_by_role("button", name="发送").click()
        await expect(page.phone.messages).to_have_count(0)


async def test_a_place_and_ones_own_card_are_sent_from_the_menu(window: Open, town: Town):
    async with window(PHONE, person=await town.newcomer("有地址的")) as page:
        for entry, shown in {"位置": "纬度 36.18250,经度 116.76840", "我的名片": "13800005678"}.items():
            await page.phone.root.get_by_role("button", name="发照片、文件、位置").click()
            await page.phone.root.get_by_role("menuitem", name=entry, exact=True).click()
            await page.page.get_by_role("dialog").get_by_role("button", name="发送").click()
            await expect((await page.phone.reads(shown)).locator(".card")).to_be_visible()


async def test_sounds_films_and_stickers_of_a_bot_are_shown_as_what_they_are(window: Open, town: Town):
    person = await town.newcomer("看热闹的")
    await town.say(person, "/start")
    async with window(person=person) as page:
        film = await filmed(page.page)
        await _sent(town, "sendVoice", person, b"sound", caption="一段语音")
        await _sent(town, "sendAudio", person, b"music", caption="一段音频")
        await _sent(town, "sendVideo", person, film, caption="一段视频")
        await _sent(town, "sendSticker", person, coloured(200, 60, 60))
        await expect((await page.phone.reads("一段语音")).locator("audio")).to_have_attribute("aria-label", "语音")
        await expect((await page.phone.reads("一段音频")).locator("audio")).to_be_visible()
        video = (await page.phone.reads("一段视频")).locator("video")
        await video.evaluate(
            "(film) => film.readyState > 0 || new Promise((done) => { film.onloadedmetadata = done; })"
        )
        await expect(page.phone.messages.locator(".sticker-image")).to_be_visible()
        await expect(page.phone.root.locator(".broken")).to_have_count(0)
