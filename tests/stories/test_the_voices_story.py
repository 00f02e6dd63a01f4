"""A voice alone: written down by one dispatcher, read back, put right, not made out, taken back meanwhile."""

import pytest

from tests.support.filing import LAMP, Filed
from tests.support.playing import Message, Town, labels, text_of
from tests.support.sending import UNIT, VOICE, card_of, newcomer, on, under

pytestmark = pytest.mark.asyncio(loop_scope="session")
WORDS = "村小学东门的路灯坏了半个月,晚上老人摔过跤"


async def filed_by_voice(town: Town, *, unit: str | None = None) -> Filed:
    citizen = await newcomer(town)
    await town.send(citizen, VOICE, kind="voice", duration=12)
    return await on(town, citizen, await town.wait(citizen, "语音收到了,会有人听。"), unit=unit)


async def before_the_dispatchers(town: Town, filed: Filed) -> tuple[int, list[int], Message]:
    group, people = await town.staff("派单群")
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "写下来" in labels(m), by=people[0])
    return group, people, card


async def question(town: Town, group: int, card: Message, filed: Filed, *, by: int) -> Message:
    await town.press(group, card, "写下来", by=by)
    return await town.wait(group, lambda m: filed.number in text_of(m) and "语音里说了什么" in text_of(m), by=by)


async def test_c25_what_was_written_down_right_is_confirmed_by_a_press(town: Town):
    filed = await filed_by_voice(town)
    group, people, card = await before_the_dispatchers(town, filed)
    asked = await question(town, group, card, filed, by=people[0])
    await town.say(group, WORDS, by=people[0], reply_to=asked["message_id"])
    back = await town.wait(filed.citizen, f"「{WORDS}」")
    await town.press(filed.citizen, back, "对")
    await town.wait(filed.citizen, "好的,就照这个办。")
    await town.wait(group, lambda m: WORDS in text_of(m) and "别的单位" in labels(m), by=people[0])


async def test_c25_the_second_dispatcher_who_writes_it_down_is_told_that_it_is_done(town: Town):
    filed = await filed_by_voice(town)
    group, people, card = await before_the_dispatchers(town, filed)
    asked = await question(town, group, card, filed, by=people[0])
    await town.say(group, WORDS, by=people[0], reply_to=asked["message_id"])
    await town.wait(filed.citizen, f"「{WORDS}」")
    late = await town.say(group, "别的话,不是这些", by=people[1], reply_to=asked["message_id"])
    await town.wait(group, "这一步刚才已经办过了", by=people[1], after=late["message_id"])
    assert not [m for m in await town.messages(filed.citizen) if "别的话" in text_of(m)]


async def test_c28_a_voice_nobody_made_out_is_asked_for_again_and_the_new_words_reach_the_dispatchers(town: Town):
    filed = await filed_by_voice(town)
    group, people, card = await before_the_dispatchers(town, filed)
    answer = await town.press(group, card, "听不清,请打电话", by=people[0])
    assert "群众没有留电话。已经请他再说一遍。" in (answer["answer"] or "")
    asked = await town.wait(filed.citizen, "工作人员没听清。")
    await town.say(filed.citizen, "路灯坏了,在东门", reply_to=asked["message_id"])
    await town.wait(group, lambda m: "路灯坏了,在东门" in text_of(m) and filed.number in text_of(m), by=people[0])


async def test_c25_a_voice_that_was_taken_back_meanwhile_is_not_written_down(town: Town):
    filed = await filed_by_voice(town)
    group, people, card = await before_the_dispatchers(town, filed)
    asked = await question(town, group, card, filed, by=people[0])
    await town.press(filed.citizen, filed.receipt, "撤回")
    await town.press_when_there(filed.citizen, "不想办了", after=filed.receipt["message_id"])
    await town.wait(filed.citizen, "撤回了。以后想办,随时再说。")
    late = await town.say(group, WORDS, by=people[0], reply_to=asked["message_id"])
    await town.wait(group, "现在是:已撤回", by=people[0], after=late["message_id"])


async def test_c28_a_voice_with_words_needs_no_writing_down(town: Town):
    citizen = await newcomer(town)
    await town.send(citizen, VOICE, kind="voice", duration=12, text=LAMP)
    filed = await on(town, citizen, await town.wait(citizen, "语音1段(12秒)也收到了"))
    group, by, card = await card_of(town, filed)
    assert LAMP in text_of(card)
    await under(town, group, card, "voice", by=by)


async def test_c28_a_voice_with_a_chosen_unit_goes_there_to_be_listened_to(town: Town):
    filed = await filed_by_voice(town, unit=UNIT)
    group, by, card = await card_of(town, filed)
    assert "附件:语音1段(12秒),见下" in text_of(card)
    heard = await under(town, group, card, "voice", by=by)
    assert await town.fetch(heard["voice"]["file_id"]) == VOICE[1]
