import pytest
from playwright.async_api import ViewportSize, expect

from tests.pages.conftest import Open
from tests.support.browsing import DESKTOP, PHONE
from tests.support.playing import Town

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("pages")]

_PALE = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const painted = (...colours) => {
    brush.clearRect(0, 0, 1, 1);
    for (const colour of colours) { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); }
    return brush.getImageData(0, 0, 1, 1).data;
  };
  const light = (pixel) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
    const part = pixel[at] / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const style = (node) => getComputedStyle(node);
  const grounds = (node) => (node ? [...grounds(node.parentElement), style(node).backgroundColor] : ["white"]);
  const contrast = (node) => {
    const under = grounds(node);
    const [words, ground] = [painted(...under, style(node).color), painted(...under)].map(light);
    return (Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05);
  };
  const own = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  return [...document.querySelectorAll("body *")]
    .filter((node) => own(node) && node.checkVisibility({ opacityProperty: true }) && node.getClientRects().length)
    .filter((node) => contrast(node) < 4.5)
    .map((node) => `${node.textContent.trim().slice(0, 20)} ${contrast(node).toFixed(2)}`);
}"""
_NAMELESS = """() => {
  const named = (one) => one.ariaLabel || one.textContent.trim() || one.labels?.length;
  const controls = [...document.querySelectorAll("button, a, select, input, textarea")];
  return controls.filter((one) => one.checkVisibility() && !named(one)).map((one) => one.outerHTML);
}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_all_words_stand_out_by_day_and_by_night_and_every_control_has_a_name(
    window: Open, town: Town, size: ViewportSize
):
    async with window(size, person=await town.newcomer("看得清的")) as page:
        assert await page.page.evaluate(_PALE) == []
        await page.phone.say("我家路灯坏了")
        await expect(page.phone.root.locator(".key").first).to_be_visible()
        for scheme in ("light", "dark"):
            await page.page.emulate_media(color_scheme=scheme)
            assert await page.page.evaluate(_PALE) == []
        assert await page.page.evaluate(_NAMELESS) == []


async def test_help_says_how_to_go_on_without_a_mouse(window: Open):
    async with window() as page:
        await page.page.get_by_role("button", name="怎么用").click()
        await expect(page.page.get_by_role("dialog")).to_contain_text("只用键盘")
        await page.page.keyboard.press("Escape")
        await expect(page.page.get_by_role("dialog")).to_have_count(0)


async def test_a_new_message_is_said_aloud(window: Open, town: Town):
    async with window(person=await town.newcomer("听的")) as page:
        await page.phone.say("我家路灯坏了")
        await expect(page.page.locator("[aria-live]")).to_contain_text("我先替您留着")
