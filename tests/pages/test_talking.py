import pytest
from playwright.async_api import expect

from tests.pages.conftest import Open
from tests.support.playing import Town

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("pages")]


async def test_two_citizens_side_by_side_do_not_see_each_other(window: Open, town: Town):
    left, right = await town.newcomer("左边的"), await town.newcomer("右边的")
    async with window(person=left) as page:
        await page.page.get_by_role("button", name="再摆一部手机").click()
        await page.page.locator("#second select").select_option(str(right))
        await page.phone.say("我家停水了")
        await page.second.say("我家路灯坏了")
        await page.phone.reads("我家停水了")
        await page.second.reads("我家路灯坏了")
        await page.phone.reads("我先替您留着")
        await page.second.reads("我先替您留着")
        await expect(page.phone.root).not_to_contain_text("我家路灯坏了")
        await expect(page.second.root).not_to_contain_text("我家停水了")


async def test_a_new_citizen_comes_with_an_empty_phone(window: Open, town: Town):
    async with window(person=await town.newcomer("先来的")) as page:
        await page.phone.say("我先说的")
        await page.phone.reads("我先说的")
        await page.page.get_by_role("button", name="添一位群众").click()
        await page.page.get_by_label("怎么称呼").fill("后到的")
        await page.page.get_by_role("button", name="确定").click()
        await expect(page.phone.root).to_contain_text("先在这里说一件事")
        await expect(page.page.locator("#phone select option:checked")).to_contain_text("后到的")


async def test_in_a_group_one_replies_quotes_reacts_edits_and_deletes(window: Open, town: Town):
    members = [await town.newcomer("甲"), await town.newcomer("乙")]
    group = await town.call("POST", "/chats", {"title": "聊天群", "members": members})
    await town.say(group["id"], "明天上午去看,带上梯子", by=members[1])
    async with window() as page:
        await page.open_group("聊天群")
        said = await page.group.reads("明天上午去看")
        await page.group.choose(said, "引用")
        await page.page.get_by_label("只留下要引用的那几个字").fill("带上梯子")
        await page.page.get_by_role("dialog").get_by_role("button", name="引用").click()
        await page.group.say("梯子我来带")
        own = await page.group.reads("梯子我来带")
        await expect(own.locator(".quote")).to_have_text("乙带上梯子")

        await page.group.choose(said, "表态 👍")
        await expect(said.locator(".reaction")).to_have_text("👍 1")
        await page.group.choose(own, "编辑")
        await page.group.say("梯子和灯我来带")
        await expect((await page.group.reads("梯子和灯我来带")).locator(".foot")).to_contain_text("已编辑")
        await page.group.choose(page.group.saying("梯子和灯我来带"), "删除")
        await page.page.get_by_role("dialog").get_by_role("button", name="删除").click()
        await expect(page.group.messages.filter(has_text="我来带")).to_have_count(0)


async def test_escape_gives_up_a_reply_and_shift_enter_begins_a_new_line(window: Open, town: Town):
    person = await town.newcomer("按键的")
    async with window(person=person) as page:
        await page.phone.say("第一句")
        await page.phone.choose(await page.phone.reads("第一句"), "回复")
        await expect(page.phone.root.get_by_text("回复 按键的")).to_be_visible()
        await page.phone.field.press("Escape")
        await expect(page.phone.root.get_by_text("回复 按键的")).to_be_hidden()
        await page.phone.field.press_sequentially("两")
        await page.phone.field.press("Shift+Enter")
        await page.phone.field.press_sequentially("行")
        await page.phone.field.press("Enter")
        await expect((await page.phone.reads("两")).locator(".words")).to_have_text("两\n行")


async def test_who_blocks_the_bot_is_told_how_to_come_back(window: Open, town: Town):
    async with window(person=await town.newcomer("停用的")) as page:
        await page.page.get_by_role("button", name="停用机器人").click()
        await expect(page.page.get_by_role("button", name="重新启用")).to_be_visible()
        await expect(page.phone.field).to_be_disabled()
        await page.page.get_by_role("button", name="重新启用").click()
        await page.phone.say("我回来了")
        await expect((await page.phone.reads("我回来了")).locator(".mark")).to_be_visible()


async def test_who_comes_and_goes_and_where_a_group_moves_is_told_in_chinese(window: Open, town: Town):
    first, other = await town.newcomer("小钱"), await town.newcomer("小孙")
    group = await town.call("POST", "/chats", {"title": "要升级的群", "members": [first]})
    async with window() as page:
        await page.open_group("要升级的群")
        for status in ("join", "leave"):
            await town.call("POST", f"/chats/{group['id']}/members", {"person": other, "status": status})
        service = page.group.root.locator(".service")
        await expect(service.filter(has_text="小孙 进群了")).to_be_visible()
        await expect(service.filter(has_text="小孙 离开了")).to_be_visible()
        await town.call("POST", f"/chats/{group['id']}/upgrade", {})
        await expect(service.filter(has_text="群升级了,接着在这里说")).to_be_visible()
        await page.group.say("还在这里")
        await page.group.reads("还在这里")


async def test_what_is_said_in_a_topic_stays_in_the_topic(window: Open, town: Town):
    staff = await town.newcomer("管话题的")
    forum = await town.call("POST", "/chats", {"title": "话题群", "members": [staff], "is_forum": True})
    await town.call("POST", f"/chats/{forum['id']}/topics", {"name": "供水公司"})
    async with window() as page:
        await page.open_group("话题群")
        topics = page.page.get_by_role("group", name="话题")
        await topics.get_by_role("button", name="供水公司").click()
        await page.group.say("水管归我们")
        await page.group.reads("水管归我们")
        await topics.get_by_role("button", name="综合").click()
        await expect(page.group.messages.filter(has_text="水管归我们")).to_have_count(0)
        said = (await town.messages(forum["id"], by=staff))[-1]
        assert said["is_topic_message"]


async def test_topics_are_opened_closed_and_deleted_on_the_page(window: Open, town: Town):
    staff = await town.newcomer("开话题的")
    await town.call("POST", "/chats", {"title": "新话题群", "members": [staff], "is_forum": True})
    async with window() as page:
        topics = page.page.get_by_role("group", name="话题")

        async def choose(what: str) -> None:
            await page.page.get_by_role("button", name="话题怎么办").click()
            await page.page.get_by_role("menuitem", name=what).click()

        await page.open_group("新话题群")
        await choose("添一个话题")
        await page.page.get_by_label("叫什么").fill("燃气公司")
        await page.page.get_by_role("button", name="确定").click()
        await topics.get_by_role("button", name="燃气公司").click()
        await choose("关闭这个话题")
        await expect(topics.get_by_role("button", name="燃气公司(已关闭)")).to_be_visible()
        await choose("删除这个话题")
        await page.page.get_by_role("dialog").get_by_role("button", name="删除这个话题").click()
        await expect(topics.get_by_role("button")).to_have_text(["综合"])


async def test_somebody_who_is_typing_is_shown(window: Open, town: Town):
    person = await town.newcomer("等字的")
    await town.say(person, "/start")
    async with window(person=person) as page:
        await page.phone.reads("您好")
        typing = {"chat_id": person, "action": "typing"}
        await town.call("POST", "/bot1:sandbox/sendChatAction", typing)
        await expect(page.phone.root.get_by_text("连心办正在输入…")).to_be_visible()


async def test_a_group_without_topics_shows_none(window: Open):
    async with window() as page:
        await page.open_group("派单群")
        await expect(page.page.get_by_role("group", name="话题")).to_be_hidden()
