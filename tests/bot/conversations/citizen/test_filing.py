"""From the first word to the number."""

from datetime import UTC, datetime
from typing import Any

from storage.tables import Appeal, Consent, Draft, Person, Utterance


async def test_what_is_said_before_the_consent_is_kept_and_the_form_goes_on_with_it(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    assert phone.last.text.endswith("您刚才说的,我先替您留着。\n点「同意」就接着办,不用重说一遍。")
    await phone.say("晚上老人摔过跤")
    assert phone.last.text == "也记下了。点「同意」就接着办。"
    await phone.press("同意")
    assert phone.last.text.startswith("这件事在什么地方?")
    assert (await phone.draft()).text == "村小学东门的路灯坏了\n晚上老人摔过跤"
    (consent,) = await phone.rows(Consent)
    assert (consent.what, consent.version, consent.given) == ("privacy", 1, True)


async def test_who_refuses_is_told_where_to_go_and_the_draft_is_gone(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("不同意")
    assert "我已经删掉了" in phone.last.text
    assert "向阳街道同心路1号" in phone.last.text
    assert await phone.rows(Draft) == []
    (person,) = await phone.rows(Person)
    assert person.consent_version is None


async def test_the_whole_form_by_buttons_and_text(phone: Any):
    await phone.say("你好")
    assert phone.last.text.startswith("您好,这里是连心市连心办。")
    await phone.press("同意,开始说")
    assert list(phone.last.buttons) == ["提诉求", "我的诉求", "请打电话给我"]
    await phone.say("路灯坏了半个月")
    assert phone.last.text == "记下了。还有要说的接着发,说完点「下一步」。"
    await phone.press("下一步")
    await phone.say("桃园镇北王村,村小学东门")
    await phone.press("留手机号")
    await phone.say("138 1234 5678")
    assert phone.last.text == (
        "记下了:138****5678。只给经办的人看。\n\n"
        "请看看写得对不对:\n\n"
        "事情:路灯坏了半个月\n"
        "地点:桃园镇北王村,村小学东门\n"
        "类别:求助\n"
        "交给:城市管理局(我估计的,错了可以改)\n"
        "联系:138****5678\n\n"
        "对的话,点「提交」。"
    )
    await phone.press("提交")
    assert phone.last.text == (
        "交上去了。\n编号:LX-20261123-0001\n承办:城市管理局\n最迟答复:11月30日(周一)\n\n"
        "到时候没答复,我会替您催。想补充,直接在这里说。"
    )
    assert list(phone.last.buttons) == ["看进度", "补充", "撤回"]
    appeal = await phone.appeal()
    assert (appeal.status, appeal.department, appeal.phone) == ("dispatched", "urban_management", "13812345678")
    assert (appeal.town, appeal.village, appeal.place) == ("taoyuan", "beiwang", "村小学东门")
    assert [each.direction for each in await phone.rows(Utterance)] == ["from_citizen"]
    assert await phone.rows(Draft) == []


async def test_a_second_press_of_submit_files_nothing_twice(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    await phone.press("跳过")
    await phone.press("不留,在这里联系")
    summary = phone.last
    submit = summary.buttons["提交"]
    await phone.press("提交")
    await phone.press_data(submit, summary.message_id)
    assert len(await phone.rows(Appeal)) == 1
    assert "LX-20261123-0001" in phone.screen[summary.message_id].text
    assert phone.toasts == ["这一件刚才已经交上去了。"]


async def test_where_nobody_is_sure_the_dispatchers_get_it_and_the_citizen_hears_until_when(phone: Any):
    await phone.file("楼下饭店晚上特别吵还有味道")
    appeal = await phone.appeal()
    assert (appeal.status, appeal.department) == ("pending_triage", None)
    assert phone.last.text == ("交上去了。\n编号:LX-20261123-0001\n正在找该管的单位,最迟今天 15:30 告诉您是谁办。")


async def test_the_citizen_may_name_unit_and_kind(phone: Any):
    await phone.say("楼下饭店晚上特别吵还有味道")
    await phone.press("同意")
    await phone.press("跳过")
    await phone.press("不留,在这里联系")
    assert "交给:还说不准,由工作人员来定" in phone.last.text
    await phone.press("我知道归谁管")
    assert list(phone.last.buttons)[:2] == ["市场监督管理局", "卫生健康委员会"]
    await phone.say("城管")
    assert "交给:城市管理局\n" in phone.last.text
    await phone.press("改类别")
    await phone.press("投诉")
    assert "类别:投诉" in phone.last.text
    await phone.press("提交")
    appeal = await phone.appeal()
    assert (appeal.status, appeal.department, appeal.kind) == ("dispatched", "urban_management", "complaint")


async def test_each_part_of_the_summary_can_be_changed(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    await phone.press("选镇街")
    await phone.press("桃园镇")
    await phone.press("北王村")
    await phone.press("不留,在这里联系")
    assert "地点:桃园镇北王村\n" in phone.last.text
    await phone.press("改地点")
    await phone.say("向阳街道文化路社区北门")
    assert "地点:向阳街道文化路社区,北门\n" in phone.last.text
    await phone.press("改事情")
    await phone.say("两盏路灯都坏了")
    assert "事情:两盏路灯都坏了\n" in phone.last.text
    await phone.press("改联系")
    await phone.say("13812345678")
    assert "联系:138****5678" in phone.last.text
    await phone.press("改单位")
    await phone.press("不知道")
    assert "交给:还说不准" in phone.last.text


async def test_a_place_named_in_the_text_is_offered_first(phone: Any):
    await phone.say("桃园镇北王村的路灯坏了")
    await phone.press("同意")
    assert next(iter(phone.last.buttons)) == "就是桃园镇北王村"
    await phone.press("就是桃园镇北王村")
    await phone.press("不留,在这里联系")
    assert "地点:桃园镇北王村\n" in phone.last.text


async def test_a_pin_on_the_map_is_a_place(phone: Any):
    await phone.say("这里的路灯坏了好久")
    await phone.press("同意")
    await phone.send(location={"latitude": 36.2, "longitude": 117.1})
    draft = await phone.draft()
    assert (draft.latitude, draft.longitude, draft.place) == (36.2, 117.1, "定位")
    await phone.press("不留,在这里联系")
    assert "地点:定位\n" in phone.last.text


async def test_somebody_elses_visiting_card_is_not_taken(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    await phone.press("跳过")
    card = {"phone_number": "+8613812345678", "first_name": "别人"}
    await phone.send(contact=card | {"user_id": 1002})
    assert phone.last.text.startswith("这个号码不是您自己发来的名片。")
    assert (await phone.draft()).phone is None
    await phone.send(contact=card | {"user_id": phone.user})
    assert (await phone.draft()).phone == "13812345678"


async def test_too_few_words_are_asked_about_but_may_go_on(phone: Any):
    await phone.file()
    await phone.press_data("c.new:0")
    await phone.say("路灯")
    assert phone.last.text == "您说的是「路灯」。它怎么了?再说一句,好让人知道派谁去。"
    await phone.press("就这些,下一步")
    assert phone.last.text.startswith("这件事在什么地方?")


async def test_cancelling_forgets_the_draft(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    await phone.press("取消")
    assert phone.last.text.startswith("好,这次就不办了")
    assert await phone.rows(Draft) == []


async def test_a_button_of_an_earlier_step_shows_the_present_one(phone: Any):
    await phone.say("你好")
    await phone.press("同意,开始说")
    await phone.say("村小学东门的路灯坏了")
    earlier = phone.last
    await phone.press("下一步")
    await phone.press("跳过")
    await phone.press_data(earlier.buttons["下一步"], earlier.message_id)
    assert phone.last.text.startswith("这个按钮过期了,最新的在这里:\n\n要不要留个电话")


async def test_an_edit_before_the_submission_changes_the_draft(phone: Any):
    said = await phone.say("村小学东门的路灯坏了")
    await phone.say("晚上老人摔过跤")
    await phone.press("同意")
    await phone.edit(said, "村小学西门的路灯坏了")
    assert (await phone.draft()).text == "村小学西门的路灯坏了\n晚上老人摔过跤"


async def test_praise_is_passed_on_and_closed(phone: Any):
    await phone.file("表扬修路灯的师傅,来得很快")
    appeal = await phone.appeal()
    assert (appeal.status, appeal.department, appeal.answer_due) == ("closed", "urban_management", None)
    assert phone.last.text == "谢谢您。您的表扬已经转给城市管理局,他们会看到。"


async def test_a_suggestion_is_thanked_for(phone: Any):
    await phone.file("建议给路灯换成太阳能的")
    assert phone.last.text.startswith("谢谢您的建议。编号:LX-20261123-0001,交给城市管理局研究。")


async def test_after_hours_the_citizen_hears_when_the_office_opens(phone: Any):
    phone.now = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    await phone.file()
    assert phone.last.text.startswith(
        "交上去了,编号LX-20261127-0001。\n现在已经下班,城市管理局11月30日(周一)上班就能看到。"
    )


async def test_a_greeting_a_sticker_and_a_poll_start_nothing_and_are_answered(phone: Any):
    await phone.file()
    await phone.say("好的,谢谢!")
    assert phone.last.text == "不客气。有事直接说就行。"
    await phone.say("👍")
    assert phone.last.text.startswith("收到了。您是有事要反映吗?")
    await phone.send(dice={"emoji": "\N{GAME DIE}", "value": 3})
    assert phone.last.text.startswith("这一种我收不了。")
    assert await phone.rows(Draft) == []


async def test_an_appeal_that_greets_first_is_an_appeal(phone: Any):
    await phone.say("你好,路灯坏了半个月")
    assert (await phone.draft()).text == "你好,路灯坏了半个月"


async def test_typed_labels_work_like_buttons(phone: Any):
    await phone.say("村小学东门的路灯坏了")
    await phone.press("同意")
    for label in ("跳过", "不留,在这里联系", "提交"):
        await phone.say(label)
    assert phone.last.text.startswith("交上去了。")


async def test_an_ordinary_filing_takes_few_messages(phone: Any):
    await phone.file()
    assert phone.sent == 2


async def test_the_words_under_a_photo_are_taken(phone: Any):
    await phone.file()
    await phone.press_data("c.new:0")
    photo = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
    await phone.send(photo=photo, caption="菜市场缺斤短两")
    assert phone.last.text.startswith("记下了,照片1张也收到了。")
    draft = await phone.draft()
    assert (draft.text, draft.files) == ("菜市场缺斤短两", {"photo": 1})


async def test_thanks_under_a_photo_do_not_hide_the_photo(phone: Any):
    await phone.file()
    await phone.press_data("c.new:0")
    await phone.send(photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}], caption="谢谢")
    assert (await phone.draft()).files == {"photo": 1}
