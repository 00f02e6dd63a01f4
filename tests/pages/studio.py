"""Where pictures are taken: a browser before the sandbox's page, and a moment in which everything happens."""

import sys
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser, FilePayload, expect

from tests.support.browsing import Window
from tests.support.playing import Town

PICTURES = Path("docs/pictures")


class Studio:
    """A browser, a town, three photographs, and a moment in which everything happens."""

    def __init__(self, browser: Browser, town: Town, photos: dict[str, bytes], moment: datetime) -> None:
        self.browser = browser
        self.town = town
        self.moment = moment
        self.photos: list[FilePayload] = [
            {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": photo} for name, photo in photos.items()
        ]

    async def shoot(self, window: Window, name: str) -> None:
        """Take a picture once everything on it has come to rest."""
        await window.page.mouse.move(0, 0)
        await expect(window.page.locator(".toast, .typing:not(:empty)")).to_have_count(0)
        loaded = "() => [...document.images].every((one) => one.complete)"
        await window.page.wait_for_function(loaded)
        await window.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        print(f"{PICTURES}/{name}.png")
        if window.faults:
            sys.exit("\n".join(window.faults))
