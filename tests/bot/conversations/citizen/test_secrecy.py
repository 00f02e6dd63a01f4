"""Whether an appeal is to be confidential (要不要保密): asked between the contact and the summary."""

from tests.bot.conversations.citizen.conftest import Phone

OFFICIAL = "村主任把村里路灯的钱私吞了"


async def _to_the_contact(phone: Phone, text: str) -> None:
    await phone.say(text)
    await phone.press("同意")
    await phone.press("跳过")


async def _report(phone: Phone, text: str = "村小学东门的路灯坏了半个月") -> None:
    """Go to the summary and call it a report."""
    await _to_the_contact(phone, text)
    await phone.press("不留,在这里联系")
    await phone.press("改类别")
    await phone.press("举报")


async def test_who_complains_of_an_official_is_asked_before_the_summary_and_told_of_12388(phone: Phone):
    await _to_the_contact(phone, OFFICIAL)
    await phone.press("不留,在这里联系")
    assert phone.last.text.startswith("反映公职人员违纪违法,归纪检监察机关查,电话 12388。您说的不会转给他的单位。")
    assert "您举报的事,要不要保密?\n保密的话,只有专办的人看得到全文" in phone.last.text
    assert list(phone.last.buttons)[:2] == ["要保密", "不用保密"]


async def test_what_complains_of_nobody_is_not_asked_about(phone: Phone):
    await _to_the_contact(phone, "村小学东门的路灯坏了半个月")
    await phone.press("不留,在这里联系")
    assert "提交" in phone.last.buttons
    assert "保密" not in phone.last.text
    assert "改保密" not in phone.last.buttons


async def test_a_number_that_is_left_does_not_lead_past_the_question(phone: Phone):
    await _to_the_contact(phone, OFFICIAL)
    await phone.say("13812345678")
    assert "要保密" in phone.last.buttons


async def test_the_answer_stands_on_the_summary_and_can_be_changed(phone: Phone):
    await _to_the_contact(phone, OFFICIAL)
    await phone.press("不留,在这里联系")
    await phone.press("不用保密")
    assert "保密:不用保密" in phone.last.text
    await phone.press("改保密")
    await phone.press("要保密")
    assert "保密:要保密,只有专办的人看得到全文" in phone.last.text
    await phone.press("提交")
    assert (await phone.appeal()).confidential is True


async def test_who_answers_no_files_it_openly(phone: Phone):
    await _report(phone)
    await phone.press("不用保密")
    await phone.press("提交")
    assert (await phone.appeal()).confidential is False


async def test_what_is_called_a_report_later_is_asked_about_then(phone: Phone):
    await _report(phone)
    assert phone.last.text.startswith("您举报的事,要不要保密?")
    await phone.press("要保密")
    assert "类别:举报" in phone.last.text
    assert "提交" in phone.last.buttons


async def test_the_answer_can_be_typed(phone: Phone):
    await _report(phone)
    await phone.say("要保密")
    assert "保密:要保密" in phone.last.text


async def test_other_words_are_no_answer_and_the_question_is_asked_again(phone: Phone):
    await _report(phone)
    await phone.say("随便吧")
    assert "要保密" in phone.last.buttons
    assert (await phone.draft()).confidential is None


async def test_going_back_from_the_question_leads_to_the_contact(phone: Phone):
    await _to_the_contact(phone, OFFICIAL)
    await phone.press("不留,在这里联系")
    await phone.press("上一步")
    assert "要不要留个电话" in phone.last.text


async def test_the_summary_says_that_the_unit_named_in_the_words_does_not_get_it(phone: Phone):
    await _report(phone, "城管的路灯坏了半个月")
    await phone.press("要保密")
    assert "交给:还说不准,由工作人员来定" in phone.last.text
    assert "保密:要保密,只有专办的人看得到全文,城市管理局不经手" in phone.last.text


async def test_its_own_citizen_sees_it_whole_among_their_appeals(phone: Phone):
    await _report(phone)
    await phone.press("要保密")
    await phone.press("提交")
    await phone.say("/mine")
    assert "村小学东门的路灯坏了半个月" in phone.last.text
