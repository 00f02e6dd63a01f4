"""A real browser before the sandbox's page: the system's Chromium, driven by what a person would see and press."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, async_playwright, expect

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 375, "height": 812}
_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=PATIENCE)


def chromium_here() -> str | None:
    """Where the system's Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    """Give a running browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=_SWITCHES)
        yield browser
        await browser.close()


class Chat:
    """One chat on screen: what a person reads, writes and presses there."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.field = root.locator("textarea")
        self.messages = root.locator(".message")

    def saying(self, words: str) -> Locator:
        """The newest message with these words."""
        return self.messages.filter(has_text=words).last

    async def say(self, words: str) -> None:
        """Type into the field and send by the button."""
        await self.field.fill(words)
        await self.root.get_by_role("button", name="发送", exact=True).click()

    def key(self, label: str, *, on: str = "") -> Locator:
        """The newest of the bot's buttons that is called so, on a message with the words `on`."""
        return self.messages.filter(has_text=on).locator(".key").get_by_text(label, exact=True).last

    async def press(self, label: str, *, on: str = "") -> None:
        """Press one of the bot's buttons."""
        await self.key(label, on=on).click()

    async def next_saying(self, words: str) -> Locator:
        """One more message with these words than there are now."""
        said = self.messages.filter(has_text=words)
        return said.nth(await said.count())

    async def press_for(self, label: str, words: str, *, on: str = "") -> Locator:
        """Press a button, wait for the message with these words that it brings; return that one."""
        brought = await self.next_saying(words)
        await self.press(label, on=on)
        await expect(brought).to_be_visible()
        return brought

    async def reads(self, words: str) -> Locator:
        """Wait for a message with these words; return it."""
        await expect(self.saying(words)).to_be_visible()
        return self.saying(words)

    async def finds(self, words: str, pattern: str) -> str:
        """Wait for a message with these words; return what stands in it where the pattern has its group."""
        text = await (await self.reads(words)).inner_text()
        found = re.search(pattern, text)
        assert found, text
        return found[1]

    async def choose(self, message: Locator, what: str) -> None:
        """Open what one can do with a message and choose one of it."""
        await message.get_by_role("button", name="回复、编辑等").click()
        await message.locator(".choices").get_by_role("button", name=what, exact=True).click()

    async def attach(self, entry: str, files: list[Any]) -> None:
        """Choose files by an entry of the menu beside the field."""
        await self.root.get_by_role("button", name="发照片、文件、位置").click()
        async with self.root.page.expect_file_chooser() as chosen:
            await self.root.get_by_role("menuitem", name=entry).click()
        await (await chosen.value).set_files(files)


class Window:
    """The page in a window of its own, with a list of all that went wrong there."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        self.phone = Chat(page.locator("#phone"))
        self.second = Chat(page.locator("#second"))
        self.group = Chat(page.locator("#group-chat"))
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        page.on("request", lambda asked: self.from_elsewhere(asked.url))

    def from_elsewhere(self, url: str) -> None:
        """Nothing may come from another host."""
        if not url.startswith((self.address, "blob:", "data:")):
            self.faults.append(f"asked for {url}")

    async def be(self, person: int) -> None:
        """Take the phone of a person in hand."""
        await self.page.locator("#phone select").select_option(str(person))

    async def open_group(self, title: str) -> None:
        """Open a group from the list, on a narrow window behind its tab."""
        back = self.page.get_by_role("button", name="回到群列表")
        if await self.page.locator("#tab-office").is_visible():
            await self.page.locator("#tab-office").click()
        if await back.is_visible():
            await back.click()
        named = self.page.locator(".group strong").get_by_text(title, exact=True)
        await named.click()

    async def to_phone(self) -> None:
        """Turn back to the phone where a narrow window has tabs."""
        if await self.page.locator("#tab-phone").is_visible():
            await self.page.locator("#tab-phone").click()


@asynccontextmanager
async def opened(
    browser: Browser,
    address: str,
    size: ViewportSize,
    *,
    person: int | None = None,
    moment: datetime | None = None,
) -> AsyncIterator[Window]:
    """Give the page in a fresh window, which remembers nothing.

    `person` has the phone in hand; at `moment` it stays, and is drawn finely on a phone, where pictures are taken.
    """
    touch = size["width"] < DESKTOP["width"] / 2
    context = await browser.new_context(
        viewport=size,
        has_touch=touch,
        is_mobile=touch,
        device_scale_factor=2 if touch and moment else 1,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    try:
        if moment:
            await context.clock.set_fixed_time(moment)
        yield await _loaded(context, address, person)
    finally:
        await context.close()


async def _loaded(context: BrowserContext, address: str, person: int | None) -> Window:
    window = Window(await context.new_page(), address)
    await window.page.goto(address)
    await expect(window.page.locator(".group").first).to_be_attached()
    if person is not None:
        await window.be(person)
    return window
