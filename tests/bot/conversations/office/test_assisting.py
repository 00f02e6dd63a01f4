"""会办: the lead asks another unit, which answers the lead; the citizen hears of none of it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.watching import ASSISTS, Watching
from bot.notices import say_what_happened
from bot.services import withdrawing
from storage.domain.statuses import Status
from storage.repositories import offices, people
from storage.tables import Assist
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, OTHER_UNIT, STRANGER, Group, Shown

THERE = -3001
NUMBER = "LX-20261123-0001"
TO_EDUCATION = {"likely": [{"department": "education", "p": 0.4, "words": []}], "auto": False}


async def asked(group: Group, task: str = "查一查校内的线路", **columns: object) -> int:
    """Let 小李 ask 教育局 for help."""
    appeal_id = await group.claimed(guess=TO_EDUCATION, **columns)
    await group.press("会办")
    await group.press("教育局")
    await group.say(task, to=group.newest("请教育局做什么"))
    return appeal_id


def card(group: Group) -> Shown:
    """Return the helping unit's card."""
    return next(iter(group.chats[THERE].values()))


async def state(group: Group) -> tuple[str, str | None]:
    async with group.database.reading() as session:
        found = (await session.execute(select(Assist))).scalars().one()
        return found.state, found.answer


async def test_the_other_unit_reads_what_to_do_the_masked_text_and_its_own_day(group: Group):
    await asked(group, "查线路,找王工13812345678", text="校门口的灯坏了,我的电话13912345678")
    shown = card(group)
    assert shown.text == (
        f"【会办】{NUMBER} 主办:城市管理局\n请教育局协助:查线路,找王工138****5678\n"
        "村小学东门\n校门口的灯坏了,我的电话139****5678\n11月25日(周三)前回给主办。由主办答复群众。"
    )
    assert list(shown.buttons) == ["签收", "不归我管"]
    assert group.wall[-1].text == (
        "已经请教育局协助,11月25日(周三)前回给城市管理局。\n主办还是城市管理局,最迟答复不变。"
    )


async def test_the_citizens_card_does_not_change_and_nothing_new_is_said_to_them(group: Group):
    appeal_id = await group.claimed(guess=TO_EDUCATION)
    before = {number: each.text for number, each in group.chats[CITIZEN].items()}
    await group.press("会办")
    await group.press("教育局")
    await group.say("查线路", to=group.newest("请教育局做什么"))
    await group.press("签收", by=OTHER_UNIT, chat=THERE)
    await group.say("线路完好", by=OTHER_UNIT, to=card(group), chat=THERE)
    await group.press("答完了", by=OTHER_UNIT, chat=THERE)
    await group.wait(seconds=60)
    assert {number: each.text for number, each in group.chats[CITIZEN].items()} == before
    assert (await group.appeal(appeal_id)).department == "urban_management"


async def test_who_signs_is_named_to_both_and_the_second_hears_who_was_first(group: Group):
    await asked(group)
    await group.press("签收", by=OTHER_UNIT, chat=THERE)
    assert group.toasts[-1] == f"您签收了{NUMBER}的会办。请在11月25日(周三)前回给主办。"
    shown = card(group)
    assert shown.text.endswith("协助:小周\n直接回复本条,发给主办;开头写 // ,只在群里。")
    assert list(shown.buttons) == ["答完了", "不归我管"]
    assert group.newest("签收了会办").text == "教育局(小周)签收了会办,11月25日(周三)前回。"
    await group.press_data("o.astake:1", by=OTHER_UNIT, chat=THERE)
    assert group.toasts[-1] == f"{NUMBER}已经由小周签收(10:00)。"


async def test_a_reply_to_the_card_reaches_the_lead_masked_and_its_writer_is_told(group: Group):
    await asked(group)
    said = await group.say("线路完好,找13812345678", by=OTHER_UNIT, to=card(group), chat=THERE)
    note = group.newest("【会办回复】")
    assert note.text == f"【会办回复】{NUMBER} 教育局(小周),没有发给群众:\n线路完好,找138****5678"
    assert note.answers == group.wall[0].message_id
    told = group.newest("转给城市管理局了", chat=THERE)
    assert (told.text, told.answers) == ("转给城市管理局了,没有发给群众。", said)
    assert list(card(group).buttons) == ["答完了", "不归我管"]
    await group.wait(seconds=60)
    assert group.phone == []


async def test_a_picture_reaches_the_lead_too(group: Group):
    await asked(group)
    await group.show("photo1", by=OTHER_UNIT, to=card(group), caption="现场", chat=THERE)
    note = group.newest("【会办回复】")
    assert (note.files, note.text.endswith("现场")) == (["photo1"], True)


async def test_the_lead_cannot_send_the_other_units_words_on_by_a_mere_reply(group: Group):
    await asked(group)
    await group.say("线路完好", by=OTHER_UNIT, to=card(group), chat=THERE)
    await group.say("那就好", to=group.newest("【会办回复】"))
    assert group.wall[-1].text.startswith("这句没有发给群众。")
    await group.wait(seconds=60)
    assert group.phone == []


async def test_done_settles_it_with_what_was_said(group: Group):
    await asked(group)
    await group.press("签收", by=OTHER_UNIT, chat=THERE)
    await group.press("答完了", by=OTHER_UNIT, chat=THERE)
    assert group.toasts[-1].startswith("还没有给主办的回话。")
    await group.say("线路完好,灯归路灯所", by=OTHER_UNIT, to=card(group), chat=THERE)
    await group.press("答完了", by=OTHER_UNIT, chat=THERE)
    assert await state(group) == ("answered", "线路完好,灯归路灯所")
    assert (card(group).text, card(group).buttons) == (
        f"{NUMBER} 小周答完了,主办看得到。再有要说的,直接回复本条。",
        {},
    )
    assert group.wall[-1].text == f"{NUMBER} 教育局答完了会办。请由本单位答复群众。"
    await group.say("补一句:灯杆也归路灯所", by=OTHER_UNIT, to=card(group), chat=THERE)
    assert "灯杆也归路灯所" in group.wall[-1].text


async def test_a_no_says_why_to_the_lead(group: Group):
    await asked(group)
    await group.press("不归我管", by=OTHER_UNIT, chat=THERE)
    prompt = group.newest("为什么不归你们管", chat=THERE)
    await group.say("灯在校外", by=OTHER_UNIT, to=prompt, chat=THERE)
    assert await state(group) == ("declined", "灯在校外")
    assert (card(group).text, card(group).buttons) == (f"{NUMBER} 小周回了主办,不归本单位:灯在校外", {})
    assert group.wall[-1].text == f"{NUMBER} 教育局说会办不归他们:灯在校外"
    assert group.newest("教育局没有接会办。")


async def test_notes_and_words_to_colleagues_stay_in_the_helping_unit(group: Group):
    await asked(group)
    before = len(group.wall)
    await group.say("// 谁去一趟", by=OTHER_UNIT, to=card(group), chat=THERE)
    assert group.newest("记下了,只在群里。", chat=THERE)
    said = await group.say("线路完好", by=OTHER_UNIT, to=card(group), chat=THERE)
    target = group._message(said, OTHER_UNIT, THERE)
    message = group._message(900, OTHER_UNIT, THERE) | {"text": "真的吗", "reply_to_message": target}
    await group.update(message=message)
    assert group.newest("这句是回复同事的,只在群里。", chat=THERE)
    assert len(group.wall) == before + 1


async def test_only_the_asked_unit_acts_and_replies(group: Group):
    await asked(group)
    take, shown = card(group).buttons["签收"], card(group)
    for by, chat in ((LI, GROUP), (LI, THERE), (OTHER_UNIT, GROUP), (STRANGER, THERE)):
        await group.press_data(take, by=by, chat=chat)
        assert group.toasts[-1].startswith("只有教育局的工作人员能办这一件。")
    await group.say("我来说一句", by=STRANGER, to=shown, chat=THERE)
    assert group.newest("只有教育局的工作人员能办这一件。", chat=THERE)
    assert await state(group) == ("asked", None)
    for verb in ("o.astake", "o.asno", "o.asdone"):
        await group.press_data(f"{verb}:99999", by=OTHER_UNIT, chat=THERE)
        assert group.toasts[-1].startswith("没查到这个编号")


async def test_a_card_whose_id_nobody_wrote_down_is_known_by_its_buttons(group: Group):
    await asked(group)
    keyboard = [[{"text": "签收", "callback_data": "o.astake:1"}]]
    target = group._message(77_777, group.house.bot, THERE) | {"reply_markup": {"inline_keyboard": keyboard}}
    message = group._message(901, OTHER_UNIT, THERE) | {"text": "线路完好", "reply_to_message": target}
    await group.update(message=message)
    assert "线路完好" in group.newest("【会办回复】").text


async def test_a_withdrawn_appeal_needs_no_help_and_both_are_told(group: Group):
    appeal_id = await asked(group)
    await group.press("签收", by=OTHER_UNIT, chat=THERE)
    await group.happens(
        lambda session, person: withdrawing.withdraw(
            session,
            appeal_id=appeal_id,
            person_id=person,
            reason=withdrawing.Reason.UNWANTED,
            now=group.now,
            calendar=group.house.calendar(group.now),
        )
    )
    assert (card(group).text, card(group).buttons) == (f"{NUMBER} 不用协助了:群众撤回了。", {})
    told = list(group.chats[THERE].values())[-1]
    assert (told.text, told.answers) == (card(group).text, card(group).message_id)
    assert group.newest("不用再请教育局协助。")
    await group.press_data("o.astake:1", by=OTHER_UNIT, chat=THERE)
    assert group.toasts[-1].startswith("这一件的会办已经办完,或者不用办了。")


async def test_a_helping_unit_that_takes_over_leads(group: Group):
    appeal_id = await asked(group)
    await group.moved(appeal_id, "education")
    assert card(group).text == f"{NUMBER} 不用协助了:现在由教育局主办。"
    await group.press("签收", by=OTHER_UNIT, chat=THERE)
    assert (await group.appeal(appeal_id)).status == Status.IN_PROGRESS


async def test_a_former_unit_that_helps_answers_the_lead(group: Group):
    appeal_id = await group.claimed(guess=TO_EDUCATION)
    await group.moved(appeal_id, "education")
    await group.moved(appeal_id, "urban_management")
    await group.press("签收")
    await group.press("会办")
    await group.press("教育局")
    await group.say("查线路", to=group.newest("请教育局做什么"))
    await group.say("线路完好", by=OTHER_UNIT, to=group.newest("【会办】", chat=THERE), chat=THERE)
    assert group.newest("【会办回复】").text.endswith("线路完好")
    await group.say("这里有旧照片", by=OTHER_UNIT, to=card(group), chat=THERE)
    assert group.wall[-1].text.endswith("备注,没有发给群众:\n这里有旧照片")


async def test_the_lead_cannot_ask_itself_no_unit_or_one_without_a_group(group: Group):
    appeal_id = await group.claimed()
    await group.press("会办")
    for code, refusal in (
        ("urban_management", "没有这个单位。请换个名字再搜。"),
        ("atlantis", "没有这个单位。请换个名字再搜。"),
        ("power", "这个单位还没有绑定群,请了也没人看得到。请管理员先绑定,或者请别的单位。"),
    ):
        await group.press_data(f"o.invto:{appeal_id}:{code}")
        assert group.toasts[-1] == refusal
    assert THERE not in group.chats


async def test_a_unit_is_not_asked_twice_at_a_time(group: Group):
    await asked(group)
    await group.press("会办", on=group.wall[0])
    await group.press("教育局")
    assert group.toasts[-1] == "已经请这个单位会办了,请等他们答完。"


async def test_a_unit_can_be_looked_for_by_name(group: Group):
    await group.claimed()
    await group.press("会办")
    await group.press("搜一个单位")
    await group.say("没有这个局", to=group.newest("哪个单位"))
    assert group.wall[-1].text.startswith("没有找到「没有这个局」。")
    await group.say("教育", to=group.wall[-1])
    await group.press("教育局")
    await group.say("长" * 3600, to=group.newest("请教育局做什么"))
    assert group.wall[-1].text == "这句太长。请短一点,再回复一次。"
    await group.say("查线路", to=group.newest("请教育局做什么"))
    assert card(group).text.startswith(f"【会办】{NUMBER}")


async def test_what_was_called_off_while_it_was_written_is_not_asked(group: Group):
    appeal_id = await group.claimed(guess=TO_EDUCATION)
    await group.press("会办")
    await group.press("教育局")
    prompt = group.newest("请教育局做什么")
    await group.happens(
        lambda session, person: withdrawing.withdraw(
            session,
            appeal_id=appeal_id,
            person_id=person,
            reason=withdrawing.Reason.UNWANTED,
            now=group.now,
            calendar=group.house.calendar(group.now),
        )
    )
    await group.say("查线路", to=prompt)
    assert THERE not in group.chats


async def handler_of(group: Group, unit: str, user_id: int) -> None:
    """Let somebody of a unit handle what is confidential."""
    async with group.database.writing() as session:
        person = await people.find(session, platform="telegram", bot=1, user_id=user_id)
        assert person is not None
        for staff in await offices.roles(session, person.id):
            staff.confidential = staff.department == unit or staff.confidential


async def test_of_what_is_confidential_a_unit_without_a_handler_is_not_asked(group: Group):
    await handler_of(group, "urban_management", LI)
    appeal_id = await group.file(confidential=True, kind="report", guess=TO_EDUCATION)
    await group.press("我来看")
    await group.press("签收", chat=LI)
    await group.press_data(f"o.invto:{appeal_id}:education", chat=LI)
    assert group.toasts[-1].startswith("这一件是保密件,那个单位没有能看的专办人")
    assert THERE not in group.chats


async def test_of_what_is_confidential_the_other_units_handler_reads_and_answers_in_private(group: Group):
    await handler_of(group, "urban_management", LI)
    await handler_of(group, "education", OTHER_UNIT)
    await group.file(confidential=True, kind="report", guess=TO_EDUCATION)
    await group.press("我来看")
    await group.press("签收", chat=LI)
    await group.press("会办", chat=LI)
    await group.press("教育局", chat=LI)
    await group.say("查线路", to=group.newest("请教育局做什么", chat=LI), chat=LI)
    assert THERE not in group.chats
    shown = group.newest("【会办】", chat=OTHER_UNIT)
    await group.press("签收", by=OTHER_UNIT, on=shown, chat=OTHER_UNIT)
    await group.say("线路完好", by=OTHER_UNIT, to=shown, chat=OTHER_UNIT)
    assert group.newest("【会办回复】", chat=LI).text.endswith("线路完好")
    await group.press("答完了", by=OTHER_UNIT, chat=OTHER_UNIT)
    assert (await state(group))[0] == "answered"
    assert not any("线路" in each.text for each in group.wall)
    await group.wait(seconds=60)
    assert group.phone == []


@pytest.mark.parametrize("by", [HU, STRANGER])
async def test_another_member_of_the_lead_may_ask_and_strangers_may_not(group: Group, by: int):
    appeal_id = await group.claimed(guess=TO_EDUCATION)
    await group.press_data(f"o.invite:{appeal_id}", by=by)
    assert any("要请哪个单位一起办" in each.text for each in group.wall) == (by == HU)


async def watched(group: Group) -> None:
    """Look once at what helping units owe."""

    async def tell(session: AsyncSession, now: datetime) -> None:
        await group._put(session, await say_what_happened(session, group.house, now=now))

    job = Watching(
        ASSISTS,
        database=group.database,
        house=group.house,
        now=lambda: group.now,
        tell=tell,
        on_queued=lambda: None,
    )
    await job.once()
    await group.deliver()


async def test_a_unit_that_is_late_is_reminded_once_and_the_lead_knows(group: Group):
    await asked(group)
    await watched(group)
    assert "过了时间" not in "".join(each.text for each in group.chats[THERE].values())
    group.now += timedelta(days=3)
    for _ in range(2):
        await watched(group)
    late = [each.text for each in group.chats[THERE].values() if "过了时间" in each.text]
    assert late == [f"{NUMBER} 会办过了时间(11月25日(周三)),还没回给城市管理局。请今天回;不归你们管的,也请说一句。"]
    lead = [each.text for each in group.chats[GROUP].values() if "过了时间" in each.text]
    assert lead == [f"{NUMBER} 教育局的会办过了时间还没回,已经提醒他们。答复的时间照常算。"]
    assert not [each for each in group.chats[CITIZEN].values() if "会办" in each.text]


async def test_a_unit_that_has_answered_is_not_late(group: Group):
    await asked(group)
    await group.press("签收", by=OTHER_UNIT, chat=THERE)
    await group.say("线路完好", by=OTHER_UNIT, to=card(group), chat=THERE)
    await group.press("答完了", by=OTHER_UNIT, chat=THERE)
    group.now += timedelta(days=3)
    await watched(group)
    assert "过了时间" not in "".join(each.text for each in group.chats[THERE].values())
