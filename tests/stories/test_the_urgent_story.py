import pytest

from tests.support.filing import agree, claimed, file, number_in
from tests.support.playing import Town, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")
GAS = "我家厨房煤气味很大,头都晕了"
UNIT = "燃气公司"
TRIAGE = "派单群"
PHONE = "13912345678"


async def test_a_smell_of_gas_before_the_consent_is_answered_at_once_and_filed_as_extreme(town: Town):
    citizen = await town.newcomer()
    said = await town.say(citizen, GAS)
    told = await town.wait(citizen, "先关阀门、开窗")
    assert labels(told) == ["我安全了,接着说", "不是急事"]
    group, people = await town.staff(TRIAGE)
    card = await town.wait(group, lambda m: GAS in text_of(m) and "【请马上看】" in text_of(m), by=people[0])
    await town.press(group, card, "我来跟进", by=people[0])

    await town.press(citizen, told, "我安全了,接着说")
    await town.press_when_there(citizen, "同意", after=said["message_id"])
    for label in ("跳过", "不留,在这里联系"):
        await town.press_when_there(citizen, label, after=said["message_id"])
    summary = await town.wait_button(citizen, "提交", after=said["message_id"])
    if f"交给:{UNIT}" not in text_of(summary):
        await town.press(citizen, summary, "改单位" if "改单位" in labels(summary) else "我知道归谁管")
        await town.say(citizen, UNIT)
        summary = await town.wait(citizen, lambda m: "提交" in labels(m) and f"交给:{UNIT}" in text_of(m))
    await town.press(citizen, summary, "提交")
    number = number_in(await town.wait(citizen, "已按急事登记"))

    followed = await town.wait(group, lambda m: f"【请马上看】{number}" in text_of(m), by=people[0])
    assert "在跟进。" in text_of(followed)
    unit, staff = await town.staff(UNIT)
    urgent = await town.wait(unit, lambda m: text_of(m).startswith(f"【急】{number}"), by=staff[0])
    assert "夜里节假日照算。" in text_of(urgent)
    assert labels(urgent) == ["签收", "不归我管"]


async def test_danger_in_a_supplement_makes_a_filed_appeal_extreme(town: Town):
    filed = await file(town, "燃气表坏了,打电话没人来换", unit=UNIT)
    unit, staff, card = await claimed(town, filed, UNIT)
    await town.say(filed.citizen, "现在屋里煤气味很大", reply_to=filed.receipt["message_id"])
    await town.wait(filed.citizen, "先关阀门、开窗")
    await town.wait(filed.citizen, f"已按急事登记:{filed.number}")
    alert = await town.wait(unit, f"【急】{filed.number} 群众可能有危险", by=staff[0])
    assert alert["reply_to_message"]["message_id"] == card["message_id"]
    await town.wait(
        unit, lambda m: m["message_id"] == card["message_id"] and "夜里节假日照算" in text_of(m), by=staff[0]
    )
    await town.wait(filed.citizen, lambda m: filed.number in text_of(m) and "夜里节假日照算" in text_of(m))
    group, people = await town.staff(TRIAGE)
    await town.wait(group, f"【请马上看】{filed.number}", by=people[0])


async def test_a_call_is_wished_for_put_off_and_made(town: Town):
    citizen = await town.newcomer()
    await agree(town, citizen)
    await town.press_when_there(citizen, "请打电话给我")
    await town.wait(citizen, "打哪个号码找您?")
    await town.say(citizen, PHONE)
    promise = await town.wait(citizen, "好。会有人打给您")
    await town.press(citizen, promise, "换个时间")
    await town.wait(citizen, "什么时候打给您方便?")
    await town.say(citizen, "下午三点以后")
    await town.wait(citizen, "会有人打给您,下午三点以后")

    group, people = await town.staff(TRIAGE)
    card = await town.wait(group, lambda m: "什么时候打:下午三点以后" in text_of(m), by=people[0])
    assert PHONE not in text_of(card)
    await town.say(people[0], "/start")
    await town.press(group, card, "看联系方式", by=people[0])
    await town.wait(people[0], PHONE)
    await town.press(group, card, "打过了", by=people[0])
    await town.wait(group, lambda m: m["message_id"] == card["message_id"] and "打过了。" in text_of(m), by=people[0])
