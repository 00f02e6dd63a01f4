import pytest
from playwright.async_api import Locator, ViewportSize, expect

from tests.pages.conftest import Open
from tests.support.browsing import DESKTOP, PHONE, Chat, Window
from tests.support.playing import Town

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("pages")]
_FOCUS = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return [outlineStyle !== "none" && outlineWidth !== "0px", document.activeElement.outerHTML];
}"""
_ANSWER = "昨天下午换了灯头,晚上试过,已经亮了。再坏请直接告诉我们。"


async def _number(chat: Chat) -> str:
    """Read the number off the receipt."""
    return await chat.finds("交上去了", r"(LX-\d{8}-\d{4,})")


async def _unit(chat: Chat) -> str:
    """Read the guessed unit off the summary."""
    return await chat.finds("请看看写得对不对", r"交给:(\w+)")


async def _reply(chat: Chat, to: Locator, words: str) -> None:
    await chat.choose(to, "回复")
    await chat.say(words)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_an_appeal_is_played_by_clicks_from_the_first_word_to_the_rating(
    window: Open, town: Town, size: ViewportSize
):
    async with window(size, person=await town.newcomer("田大姐")) as page:
        phone, group = page.phone, page.group
        await phone.root.get_by_role("button", name="我家门口的路灯坏了半个月").click()
        await phone.root.get_by_role("button", name="发送").click()
        await phone.press("同意")
        await phone.reads("这件事在什么地方")
        await phone.say("北王村村小学东门")
        await phone.press("不留,在这里联系")
        unit = await _unit(phone)
        await phone.press("提交")
        number = await _number(phone)

        await page.open_group(f"{unit} 承办群")
        await group.press("签收", on=number)
        await _reply(group, await group.reads(number), "明天上午派人去看。")
        await page.to_phone()
        await phone.reads("明天上午派人去看。")

        await page.open_group(f"{unit} 承办群")
        await group.press_for("答复办结", "办得怎么样", on=number)
        await _reply(group, await group.press_for("已经解决", "请写答复"), _ANSWER)
        await group.press("发出")
        await page.to_phone()
        await phone.reads("答复您了")
        for label in ("联系过", "解决了", "满意", "好了"):
            await phone.press(label)
        await phone.reads("谢谢您,记下了。")
        await expect(phone.messages.filter(has_text=number).filter(has_text="已结案")).not_to_have_count(0)
        await _fits(page)


async def _fits(page: Window) -> None:
    """Nothing is wider than the window."""
    assert await page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = "[...document.querySelectorAll('.scroller')].filter((one) => one.scrollWidth > one.clientWidth).length"
    assert await page.page.evaluate(wide) == 0


async def test_an_appeal_is_played_by_the_keyboard_alone(window: Open, town: Town):
    citizen = await town.newcomer("键盘手")
    async with window() as page:
        keys = Keys(page)
        await keys.tab_to("#phone select")
        await page.page.keyboard.type(f"键盘手 · {citizen}")
        await keys.tab_to("#phone .example")
        await keys.strike("Enter")
        await keys.strike("Enter")
        await keys.press(page.phone, "同意")
        await page.phone.reads("这件事在什么地方")
        await keys.write(page.phone, "北王村村小学东门")
        await keys.press(page.phone, "不留,在这里联系")
        unit = await _unit(page.phone)
        await keys.press(page.phone, "提交")
        number = await _number(page.phone)

        await keys.tab_to("#group-filter")
        await page.page.keyboard.type(unit)
        await keys.tab_to(f'.group:has-text("{unit} 承办群")')
        await keys.strike("Enter")
        await keys.press(page.group, "签收", on=number)
        claimed = page.group.messages.filter(has_text=number, has=page.page.get_by_role("button", name="答复办结")).last
        await keys.reply(page.group, claimed, "明天上午派人去看。")
        await page.phone.reads("明天上午派人去看。")
        await keys.press(page.group, "答复办结", on=number)
        asked = await page.group.next_saying("请写答复")
        await keys.press(page.group, "已经解决")
        await keys.reply(page.group, asked, _ANSWER)
        await keys.press(page.group, "发出")

        await page.phone.reads("答复您了")
        await keys.tab_to("#phone textarea")
        for label in ("联系过", "解决了", "满意", "好了"):
            await keys.press(page.phone, label)
        await page.phone.reads("谢谢您,记下了。")
        assert keys.unseen == set()


class Keys:
    """Somebody without a mouse; `unseen` collects where the focus could not be seen."""

    def __init__(self, window: Window) -> None:
        self.page = window.page
        self.unseen: set[str] = set()

    async def strike(self, key: str) -> None:
        await self.page.keyboard.press(key)
        seen, here = await self.page.evaluate(_FOCUS)
        if not seen and not here.startswith("<body"):
            self.unseen.add(here[:80])

    async def is_at(self, selector: str) -> bool:
        found = self.page.locator(selector).first
        return bool(await found.count() and await found.evaluate("(one) => one === document.activeElement"))

    async def tab_to(self, selector: str) -> None:
        for _ in range(60):
            if await self.is_at(selector):
                return
            await self.strike("Tab")
        raise AssertionError(f"Tab never came to {selector}")

    async def to_field(self, chat: Chat) -> None:
        """Back from the messages to the field."""
        for _ in range(3):
            if await chat.field.evaluate("(one) => one === document.activeElement"):
                return
            await self.strike("Escape")
        raise AssertionError("Escape never came back to the field")

    async def write(self, chat: Chat, words: str) -> None:
        await self.to_field(chat)
        await self.page.keyboard.type(words)
        await self.strike("Enter")

    async def press(self, chat: Chat, label: str, *, on: str = "") -> None:
        """Walk up to the newest button of this name, and press it."""
        await expect(chat.key(label, on=on)).to_be_visible()
        await self.to_field(chat)
        message = f".message:has-text('{on}')" if on else ".message"
        await self.walk_to(f"{message} .key:text-is('{label}')")
        await self.strike("Enter")

    async def walk_to(self, selector: str) -> None:
        for _ in range(12):
            await self.strike("ArrowUp")
            for _ in range(8):
                if await self.page.locator(f"{selector}:focus").count():
                    return
                await self.strike("ArrowRight")
        raise AssertionError(f"the arrow keys never came to {selector}")

    async def reply(self, chat: Chat, to: Locator, words: str) -> None:
        """Walk up to a message, open its choices, of which the first is to reply."""
        await expect(to).to_be_visible()
        await self.to_field(chat)
        for _ in range(8):
            await self.strike("ArrowUp")
            if await to.evaluate("(one) => one === document.activeElement"):
                break
        await self.strike("Enter")
        await self.strike("Enter")
        await self.write(chat, words)
