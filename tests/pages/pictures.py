"""`make pictures`: plays small scenes on the page, always on a Monday at twenty past ten, and writes docs/pictures/."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from bot.clock import Clock
from tests.pages.fortnight import fortnight
from tests.pages.scenery import photographs
from tests.pages.studio import Studio
from tests.support import databases
from tests.support.browsing import DESKTOP, PHONE, Chat, chromium, chromium_here, opened
from tests.support.drawing import silence
from tests.support.staging import staged

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_LAMP = "我家门口的路灯坏了半个月,老人摔过跤。"
_UNIT = "城市管理局 承办群"


async def appeal(studio: Studio) -> None:
    """A whole appeal: a citizen on the left, the unit on the right; then the summary on a phone."""
    async with opened(studio.browser, f"{studio.town.address}/", DESKTOP, moment=studio.moment) as window:
        await _filed(studio, window.phone)
        await window.open_group(_UNIT)
        await expect(window.group.root.locator(".album img")).to_have_count(3)
        await window.group.press("签收")
        card = window.group.messages.filter(has=window.page.get_by_role("button", name="答复办结"))
        await expect(card).to_be_visible()
        await window.group.choose(card, "回复")
        await window.group.say("您好,我们明天上午派人去看,带着新灯头。")
        await window.phone.reads("带着新灯头")
        await window.group.reads("已送到。")
        await studio.shoot(window, "demo-desktop")
    citizen = await studio.town.newcomer("田大姐")
    async with opened(studio.browser, f"{studio.town.address}/", PHONE, person=citizen, moment=studio.moment) as window:
        await _told(studio, window.phone)
        await studio.shoot(window, "demo-phone")
        await window.open_group(_UNIT)
        await window.group.reads("带着新灯头")
        await studio.shoot(window, "group-phone")


async def _told(studio: Studio, phone: Chat) -> None:
    await phone.attach("照片、视频", studio.photos)
    await phone.say(_LAMP)
    await phone.press("同意")
    await phone.press("下一步")
    await phone.reads("这件事在什么地方")
    await phone.say("北王村村小学东门")
    await phone.press("不留,在这里联系")
    await phone.reads("对的话,点「提交」")


async def _filed(studio: Studio, phone: Chat) -> None:
    await _told(studio, phone)
    await phone.press("提交")
    await phone.reads("交上去了")


async def media(studio: Studio) -> None:
    """Everything that people send, in a group of their own."""
    town = studio.town
    members = [await town.newcomer("小李"), await town.newcomer("老胡")]
    group = await town.call("POST", "/chats", {"title": "路灯抢修群", "members": members})
    for size, name in ((DESKTOP, "media-desktop"), (PHONE, "media-phone")):
        async with opened(studio.browser, f"{town.address}/", size, moment=studio.moment) as window:
            await window.open_group("路灯抢修群")
            if size == DESKTOP:
                await _shown(studio, window.group, group["id"], members[1])
            album = await window.group.reads("到了东门")
            await studio.shoot(window, name)
            if size == PHONE:
                await album.get_by_role("button", name="看大图").first.click()
                await studio.shoot(window, "enlarged-phone")


async def _shown(studio: Studio, chat: Chat, group: int, colleague: int) -> None:
    path = f"/chats/{group}/messages"
    spot = {"latitude": 36.18342, "longitude": 116.76915}
    await studio.town.call("POST", path, {"from": colleague, "location": spot})
    await chat.attach("语音(选一个录音)", [{"name": "说明.wav", "mimeType": "audio/wav", "buffer": silence(5)}])
    await chat.root.get_by_role("button", name="发送").click()
    await chat.attach("文件(原样发)", [{"name": "抢修单.pdf", "mimeType": "application/pdf", "buffer": bytes(48_200)}])
    await chat.say("抢修单,请签字。")
    await chat.attach("照片、视频", studio.photos)
    await chat.say("到了东门,灯头烧了,灯杆下面的线也露出来了。")
    album = await chat.reads("到了东门")
    number = int(await album.get_attribute("data-id") or 0)
    quoting = {"from": colleague, "text": "线先包好,别让孩子碰着。", "reply_to": number, "quote": "线也露出来了"}
    await studio.town.call("POST", path, quoting)
    await studio.town.call("POST", f"{path}/{number}/react", {"from": colleague, "emoji": "👍"})
    await chat.reads("线先包好")


async def phones(studio: Studio) -> None:
    """Two citizens, each with a phone."""
    first, other = await studio.town.newcomer("田大姐"), await studio.town.newcomer("乔大爷")
    async with opened(studio.browser, f"{studio.town.address}/", DESKTOP, person=first, moment=studio.moment) as window:
        await window.page.get_by_role("button", name="再摆一部手机").click()
        await window.page.locator("#second select").select_option(str(other))
        await _filed(studio, window.phone)
        await window.second.say("小区楼下的井盖裂了一道口子,踩上去直晃。")
        await window.second.reads("我先替您留着")
        await window.open_group(_UNIT)
        await window.group.reads("【新诉求】")
        await studio.shoot(window, "two-phones")


async def topics(studio: Studio) -> None:
    """A forum with a topic for each unit."""
    staff = await studio.town.newcomer("小罗")
    forum = await studio.town.call("POST", "/chats", {"title": "全市办件群", "members": [staff], "is_forum": True})
    for name in ("城市管理局", "供电公司", "供水公司"):
        await studio.town.call("POST", f"/chats/{forum['id']}/topics", {"name": name})
    async with opened(studio.browser, f"{studio.town.address}/", DESKTOP, moment=studio.moment) as window:
        await window.open_group("全市办件群")
        await window.page.locator(".topic").get_by_text("供电公司").click()
        await window.group.say("今天值班的是我,有急事打我电话。")
        await window.group.reads("今天值班的是我")
        await studio.shoot(window, "topics-desktop")


def _monday() -> datetime:
    """The next Monday that comes, at twenty past ten in the morning."""
    now = datetime.now(_SHANGHAI)
    coming = now + timedelta(days=7 - now.weekday())
    return coming.replace(hour=10, minute=20, second=0, microsecond=0)


@contextmanager
def _ahead(by: timedelta) -> Iterator[Clock]:
    """Let the sandbox's clock and the bot's go ahead; the machine's own is what `time.time` was."""
    real = time.time
    clock = Clock()
    clock.advance(by)
    time.time = lambda: real() + by.total_seconds()
    try:
        yield clock
    finally:
        time.time = real


async def main() -> None:
    """Play every scene."""
    path = chromium_here()
    if path is None:
        sys.exit("There is no Chromium on this machine: `make browser` installs it on Debian.")
    moment = _monday()
    with tempfile.TemporaryDirectory() as folder, _ahead(moment - datetime.now(UTC)) as clock:
        async with (
            databases.sqlite(Path(folder)) as url,
            staged(url, hold_seconds=0.5, clock=clock) as played,
            chromium(path) as browser,
        ):
            studio = Studio(browser, played.town, await photographs(browser), moment)
            for scene in (appeal, media, phones, topics, fortnight):
                await scene(studio)


if __name__ == "__main__":
    asyncio.run(main())
