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
    url = f"{town.address}/bot{BARE_BOT}:sandbox/{method.replace('_', '')}"
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


async def test_an_album_that_a_citizen_sends_is_one_message_in_the_units_group(window: Open, town: Town):
    async with window(person=await town.newcomer("拍给单位的")) as page:
        await page.phone.attach("照片、视频", THREE)
        await page.phone.say("我家门口的路灯坏了半个月,老人摔过跤。")
        await page.phone.press("同意")
        await page.phone.press("下一步")
        await page.phone.reads("这件事在什么地方")
        await page.phone.say("北王村村小学东门")
        await page.phone.press("不留,在这里联系")
        unit = await page.phone.finds("请看看写得对不对", r"交给:(\w+)")
        await page.phone.press("提交")
        await page.phone.reads("交上去了")
        await page.open_group(f"{unit} 承办群")
        album = page.group.messages.filter(has=page.page.locator(".album")).last
        await expect(album.locator(".album .photo img")).to_have_count(3)
        loaded = "(all) => all.every((one) => one.decode().then(() => one.naturalWidth > 0))"
        assert await album.locator("img").evaluate_all(loaded)


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
        await _sent(town, "sendVideo_note", person, film)
        await _sent(town, "sendAnimation", person, film, caption="一段动图")
        await _sent(town, "sendSticker", person, coloured(200, 60, 60))
        await expect((await page.phone.reads("一段语音")).locator("audio")).to_have_attribute("aria-label", "语音")
        await expect((await page.phone.reads("一段音频")).locator("audio")).to_be_visible()
        video = (await page.phone.reads("一段视频")).locator("video")
        await video.evaluate(
            "(film) => film.readyState > 0 || new Promise((done) => { film.onloadedmetadata = done; })"
        )
        await expect(page.phone.messages.locator("video.round")).to_be_visible()
        await expect((await page.phone.reads("一段动图")).locator("video")).to_have_js_property("loop", value=True)
        await expect(page.phone.messages.locator(".sticker-image")).to_be_visible()
        await expect(page.phone.root.locator(".broken")).to_have_count(0)


async def test_places_cards_polls_and_what_was_sent_on_are_shown_plainly(window: Open, town: Town):
    members = [await town.newcomer("小周"), await town.newcomer("小吴")]
    group = await town.call("POST", "/chats", {"title": "什么都发的群", "members": members})
    async with window() as page:
        await page.open_group("什么都发的群")
        path = f"/chats/{group['id']}/messages"
        for said in (
            {"venue": {"latitude": 36.1, "longitude": 116.7, "title": "村小学", "address": "北王村 1 号"}},
            {"contact": {"phone_number": "13800000000", "first_name": "老吴"}},
            {"poll": {"question": "哪天修?", "options": ["周一", "周二"]}},
        ):
            posted = await town.call("POST", path, {"from": members[1], **said})
        sent_on = {"chat": str(group["id"]), "message": posted["message_id"]}
        await town.call("POST", path, {"from": members[0], "forward": sent_on})
        await expect((await page.group.reads("村小学")).locator(".card")).to_contain_text("北王村 1 号")
        await expect((await page.group.reads("老吴")).locator(".card")).to_contain_text("13800000000")
        await expect((await page.group.reads("哪天修?")).locator(".poll li")).to_have_text(["周一0 票", "周二0 票"])
        await page.group.reads("转发自 小吴")
