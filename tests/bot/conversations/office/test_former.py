"""A former unit's reply to its old card is a note for the unit that has it now, and never reaches the citizen."""

import pytest

from tests.bot.conversations.office.conftest import CITIZEN, HU, OTHER_UNIT, STRANGER, Group

THERE = -3001
NUMBER = "LX-20261123-0001"


@pytest.fixture
async def gone(group: Group) -> int:
    """An appeal that 城市管理局 claimed and 教育局 took over."""
    appeal_id = await group.claimed()
    await group.moved(appeal_id, "education")
    return appeal_id


async def test_a_reply_to_the_old_card_after_a_transfer_becomes_a_note_for_the_new_unit(group: Group, gone: int):
    card = group.newest("【新诉求】", chat=THERE)
    said = await group.say("上周我们量过,找王工13812345678", to=group.wall[0])
    note = list(group.chats[THERE].values())[-1]
    assert note.text == f"{NUMBER} 城市管理局(小李)备注,没有发给群众:\n上周我们量过,找王工138****5678"
    assert note.answers == card.message_id
    assert (group.wall[-1].text, group.wall[-1].answers) == (
        "这件已经转给教育局了。这句记作备注,教育局看得到,没有发给群众。",
        said,
    )
    (kept,) = await group.words(gone)
    assert (kept.direction, kept.department, kept.text) == (
        "note",
        "urban_management",
        "上周我们量过,找王工13812345678",
    )
    await group.wait(seconds=60)
    assert group.phone == []


async def test_a_reply_to_any_message_of_the_appeal_is_passed_on(group: Group):
    appeal_id = await group.claimed()
    await group.press("先联系一下")
    prompt = group.wall[-1]
    await group.moved(appeal_id, "education")
    await group.say("那边有两盏灯", to=prompt)
    assert "那边有两盏灯" in list(group.chats[THERE].values())[-1].text
    await group.wait(seconds=60)
    assert group.phone == []


async def test_what_is_marked_as_inside_stays_inside(group: Group, gone: int):
    before = len(group.chats[THERE])
    await group.say("// 这家人认识", to=group.wall[0])
    assert group.wall[-1].text == "记下了,只在群里。"
    await group.say("//", to=group.wall[0])
    assert len(group.chats[THERE]) == before
    assert [each.text for each in await group.words(gone)] == ["这家人认识"]


async def test_what_answers_a_colleague_stays_inside(group: Group, gone: int):
    said = await group.say("上周我们量过", to=group.wall[0])
    before = len(group.chats[THERE])
    target = group._message(said, 3003, -3002)
    await group.update(message=group._message(900, HU, -3002) | {"text": "真的吗", "reply_to_message": target})
    assert group.wall[-1].text.startswith("这句是回复同事的,只在群里。")
    assert len(group.chats[THERE]) == before
    assert len(await group.words(gone)) == 1


async def test_strangers_are_still_refused(group: Group, gone: int):
    before = len(group.chats[THERE])
    for by in (STRANGER, OTHER_UNIT):
        await group.say("我来说一句", by=by, to=group.wall[0])
        assert group.wall[-1].text.startswith("只有教育局的工作人员能办这一件。")
    assert len(group.chats[THERE]) == before
    assert await group.words(gone) == []


async def test_what_is_no_text_or_too_long_is_refused_with_a_sentence(group: Group, gone: int):
    photo = {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]}
    target = group._message(group.wall[0].message_id, 1, -3002)
    await group.update(message=group._message(901, 3003, -3002) | photo | {"reply_to_message": target})
    assert group.wall[-1].text == "这件已经转走,现在只能替您转文字。请打字回复诉求卡。"
    await group.say("长" * 3600, to=group.wall[0])
    assert group.wall[-1].text == "这句太长。请短一点,再回复一次。"
    assert await group.words(gone) == []


async def test_commands_are_no_notes(group: Group, gone: int):
    await group.say("/todo", to=group.wall[0])
    assert await group.words(gone) == []


async def test_the_unit_to_which_it_came_back_talks_with_the_citizen_again(group: Group, gone: int):
    await group.moved(gone, "urban_management")
    await group.say("我们接着办", to=group.wall[0])
    await group.wait(seconds=60)
    assert any("我们接着办" in text for text in group.phone)
    assert CITIZEN in group.chats
