"""Turning back, looking things up, old buttons: nothing of it ends in silence."""

from typing import Any

import pytest

from storage.tables import Draft, Utterance


async def at_the_place(phone: Any) -> None:
    """Tell something and come to the question for the place."""
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")


async def at_the_summary(phone: Any) -> None:
    """Come to the summary."""
    await at_the_place(phone)
    await phone.press("跳过")
    await phone.press("不留,在这里联系")


async def test_each_step_has_a_way_back(phone: Any):
    await at_the_place(phone)
    await phone.press("选镇街")
    await phone.press("桃园镇")
    assert phone.last.text == "在桃园镇的哪个村、哪个社区?"
    await phone.press("说不清,我打字")
    assert phone.last.text == "说旁边有什么就行,比如「村小学东门对面」。"
    await phone.press("上一步")
    await phone.press("跳过")
    await phone.press("留手机号")
    await phone.press("上一步")
    await phone.press("上一步")
    assert phone.last.text.startswith("这件事在什么地方?")
    await phone.press("上一步")
    assert phone.last.text.startswith("记下了。")


async def test_from_the_summary_back_leads_to_the_summary(phone: Any):
    await at_the_summary(phone)
    for change in ("改事情", "改地点", "改单位", "改类别", "改联系"):
        await phone.press(change)
        await phone.press("上一步")
        assert phone.last.text.startswith("请看看写得对不对:")


async def test_how_to_send_place_and_number_is_explained(phone: Any):
    await at_the_place(phone)
    await phone.press("发送我的位置")
    await phone.press("跳过")
    await phone.press("留手机号")
    await phone.press("发送我的号码")
    assert [toast[:10] for toast in phone.toasts] == ["点输入框旁边的回形针", "点输入框旁边的回形针"]


async def test_what_is_no_number_is_asked_again(phone: Any):
    await at_the_place(phone)
    await phone.press("跳过")
    await phone.say("就不告诉你")
    assert phone.last.text.startswith("这里没看出电话号码。")
    await phone.press("不留了")
    assert "联系:不留,在这里联系" in phone.last.text


async def test_a_unit_is_found_by_part_of_its_name(phone: Any):
    await at_the_summary(phone)
    await phone.press("改单位")
    await phone.say("没有这样的单位")
    assert phone.last.text.startswith("没找到叫这个名字的单位。")
    await phone.say("供水")
    assert phone.last.text == "是下面哪一个?"
    await phone.press("供水公司")
    assert "交给:供水公司\n" in phone.last.text


async def test_a_kind_is_taken_when_typed_and_asked_again_when_unknown(phone: Any):
    await at_the_summary(phone)
    await phone.press("改类别")
    await phone.say("随便哪一类")
    assert phone.last.text == "这件事算哪一类?"
    await phone.say("投诉")
    assert "类别:投诉" in phone.last.text


async def test_one_more_sentence_at_the_summary_is_not_lost(phone: Any):
    await at_the_summary(phone)
    said = await phone.say("南门那盏路灯也坏了")
    assert "事情:村小学东门的路灯坏了\n南门那盏路灯也坏了\n" in phone.last.text
    await phone.edit(said, "北门那盏路灯也坏了")
    assert "\n北门那盏路灯也坏了\n" in phone.last.text


async def test_an_edit_after_the_submission_is_answered(phone: Any):
    said = await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    await phone.press("取消")
    await phone.edit(said, "村小学西门的路灯坏了")
    assert phone.last.text.startswith("您改的那句,我这里还是原来的样子。")
    assert await phone.rows(Draft) == []


async def test_the_full_explanation_is_there_before_and_after_the_consent(phone: Any):
    await phone.say("/start")
    await phone.press("看详细说明")
    assert "第 1 版" in phone.last.text
    await phone.press("同意")
    assert phone.last.text.startswith("有什么事,直接说。")
    await phone.say("/privacy")
    assert phone.last.buttons == {}
    await phone.say("/start")
    assert list(phone.last.buttons) == ["提诉求", "我的诉求", "请打电话给我"]
    await phone.say("/whatever")
    assert phone.last.text.startswith("这句我没听懂。")


async def test_a_second_yes_changes_nothing(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    agree = phone.last
    await phone.press("同意", on=agree)
    await phone.press("同意", on=agree)
    await phone.press_data("c.abroad:0", agree.message_id)
    assert phone.last.text.startswith("这件事在什么地方?")


async def test_no_form_begins_before_the_consent(phone: Any):
    await phone.press_data("c.new:0")
    assert list(phone.last.buttons) == ["同意,开始说", "看详细说明", "不同意"]
    await phone.press_data("d.submit:1")
    assert await phone.rows(Draft) == []


async def test_a_greeting_in_the_middle_of_a_form_shows_the_form_again(phone: Any):
    await at_the_summary(phone)
    await phone.say("你好")
    assert phone.last.text.startswith("您好,我在。")
    assert "提交" in phone.last.buttons


@pytest.mark.parametrize(
    "data",
    [
        *("c.spoke:1:no", "c.solved:1", "c.notyet:1", "c.unsolved:1", "c.reopen:1", "c.leave:1", "c.rate:1:fair"),
    ],
)
async def test_rating_what_is_not_answered_shows_where_it_stands(phone: Any, data: str):
    await phone.file()
    await phone.press_data(data)
    assert (await phone.appeal()).status == "dispatched"
    assert any("按钮过期了" in each.text for each in phone.screen.values())


async def test_a_withdrawal_can_be_thought_better_of(phone: Any):
    await phone.file()
    await phone.press("撤回")
    question = phone.last
    await phone.press("先不撤")
    assert phone.last.text == "好,不撤,接着办。"
    await phone.press_data("c.take:1:unwanted", question.message_id)
    await phone.press_data("c.take:1:unwanted", question.message_id)
    await phone.press_data("c.keep:1", question.message_id)
    await phone.press_data("c.withdraw:1", question.message_id)
    assert "按钮过期了" in phone.screen[question.message_id].text
    assert (await phone.appeal()).status == "withdrawn"
    await phone.press_data("c.supplement:1")
    assert phone.last.text.startswith("这一件已经结束,不能再补充了。")


async def test_nothing_more_to_add_ends_the_question(phone: Any):
    await phone.file()
    await phone.press("补充")
    await phone.press("不用了")
    await phone.say("谢谢")
    assert len(await phone.rows(Utterance)) == 1


async def test_words_that_waited_go_with_the_supplement_button_too(phone: Any):
    filed: Any = await phone.file()
    await phone.say("灯杆也歪了")
    await phone.press_data(f"c.supplement:{filed.id}")
    assert (await phone.rows(Utterance))[-1].text == "灯杆也歪了"
