"""What becomes of the unit's words when they are edited or taken back: while they wait, and when they are there."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain.contents import Kind
from storage.repositories import attachments
from storage.tables import Appeal, Person
from tests.bot.conversations.office.conftest import CITIZEN, GROUP, HU, LI, Group, Shown
from tests.bot.conversations.office.test_pictures import COLLEAGUE, SIGNED, album, files, on_the_phone

OTHER = 4711


async def test_an_edit_while_it_waits_changes_words_and_picture(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await group.show("p1", to=card, caption="换好了")
    await group.edit(said, "修好了", to=card, file="q1")
    await group.wait(seconds=16)
    [shown] = on_the_phone(group)
    assert (shown.files, "修好了" in shown.text, "换好了" in shown.text) == (["q1"], True, False)


async def test_an_edit_of_one_part_leaves_the_others(group: Group):
    await group.claimed()
    card = group.wall[0]
    _, second = await album(group, card, "灯头换了", "灯杆歪着")
    await group.edit(second, "灯杆扶正了", to=card, file="p2", album="A")
    await group.wait(seconds=16)
    assert "灯头换了\n灯杆扶正了" in on_the_phone(group)[0].text
    await group.edit(second, "灯杆换了", to=card, file="p2", album="A")
    assert "灯头换了\n灯杆换了" in on_the_phone(group)[0].text
    assert group.newest("改好了,群众看到的也改了。")


async def test_words_put_under_a_picture_while_it_waits_go_with_it(group: Group):
    await group.claimed()
    card = group.wall[0]
    _, second = await album(group, card, "", "")
    await group.edit(second, "修好了", to=card, file="p2", album="A")
    await group.wait(seconds=16)
    assert "城市管理局:\n修好了" in on_the_phone(group)[0].text


async def test_an_edit_into_a_note_stops_it_and_takes_the_eyes_off(group: Group):
    appeal_id = await group.claimed()
    card = group.wall[0]
    said = await group.say("先看看材料", to=card)
    await group.edit(said, "// 先看看材料", to=card)
    await group.wait(seconds=60)
    assert (group.phone, group.chats[GROUP][said].reactions) == ([], [])
    assert [each.direction for each in await group.words(appeal_id)] == ["note"]


async def test_an_edit_of_words_for_a_colleague_does_not_send_them(group: Group):
    await group.claimed()
    said = await group.say("我去看", to=group.wall[0], by=HU)
    await group.press("不发了", by=HU)
    mine = await group.say("别理他", to=Shown(said, "", {}))
    await group.edit(mine, "别理他了", to=Shown(said, "", {}))
    await group.wait(seconds=60)
    assert group.phone == []


async def test_a_note_that_is_edited_stays_a_note_and_says_so(group: Group):
    appeal_id = await group.claimed()
    card = group.wall[0]
    said = await group.say("// 这家人不好说话", to=card)
    await group.edit(said, "// 这家人话多", to=card)
    before = len(group.wall)
    await group.edit(said, "明天去看", to=card)
    assert group.newest("这条还是群内备注")
    assert len(group.wall) == before + 1
    await group.edit(said, "明天去看", to=card)
    await group.wait(seconds=60)
    assert (group.phone, [each.text for each in await group.words(appeal_id)]) == ([], ["明天去看"])


async def gone(group: Group, card: Shown) -> int:
    said = await group.show("p1", to=card, caption="换好了")
    await group.press("现在发")
    return said


async def test_an_edit_after_it_went_changes_what_stands_under_the_picture(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await gone(group, card)
    await group.edit(said, "修好了", to=card, file="p1")
    assert on_the_phone(group)[0].text == f"城市管理局:\n修好了\n\n{SIGNED}"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("师傅电话13812345678", "群众看到的没有改。"),
        (f"@{COLLEAGUE} 你去", "改的这句里提到了同事"),
        ("// 内部", "不能改成群内备注"),
        ("字" * 1020, "放不进照片、文件下面"),
    ],
)
async def test_an_edit_after_it_went_that_may_not_go_is_refused_aloud(group: Group, text: str, answer: str):
    await group.claimed()
    card = group.wall[0]
    said = await gone(group, card)
    await group.edit(said, text, to=card, file="p1")
    assert on_the_phone(group)[0].text == f"城市管理局:\n换好了\n\n{SIGNED}"
    assert group.newest(answer)


async def test_another_picture_after_it_went_is_refused_aloud(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await gone(group, card)
    await group.edit(said, "换好了", to=card, file="q1")
    assert files(group) == ["p1"]
    assert group.newest("群众那边的附件没有换。")


async def test_an_edit_of_what_was_not_sent_says_that_nobody_sees_it(group: Group):
    await group.claimed()
    card = group.wall[0]
    said = await group.say("算了", to=card)
    await group.press("不发了")
    await group.edit(said, "还是算了", to=card)
    assert group.newest("群众那边没有这条")
    assert group.phone == []


async def test_an_edit_while_the_citizen_is_away_counts_when_they_return(group: Group):
    await group.claimed()
    card = group.wall[0]
    group.blocked.add(CITIZEN)
    said = await group.say("明天去看", to=card)
    await group.press("现在发")
    await group.edit(said, "后天去看", to=card)
    assert group.newest("群众一回来,看到的是改过的")
    group.blocked.clear()
    await group.say("你好", by=CITIZEN, chat=CITIZEN)
    assert [("后天去看" in each, "明天去看" in each) for each in group.phone] == [(True, False)]


async def test_a_reply_is_taken_back_with_all_its_pictures_once(group: Group):
    await group.claimed()
    await album(group, group.wall[0], "字" * 1024, "")
    await group.press("现在发")
    told = group.newest("撤回这条")
    await group.press("撤回这条")
    assert on_the_phone(group) == []
    assert group.newest("撤回了,群众那边已经没有这条。")
    await group.press_data(told.buttons["撤回这条"])
    assert "已经撤过" in group.toasts[-1]


async def test_a_reply_is_taken_from_whoever_got_it_though_the_appeal_is_another_citizens_now(group: Group):
    appeal_id = await group.claimed()
    await group.say("明天去看", to=group.wall[0])
    await group.press("现在发")
    [got] = on_the_phone(group)

    async def pass_on(session: AsyncSession, _citizen: int) -> None:
        other = Person(platform="telegram", bot=1, user_id=OTHER, created_at=group.now)
        session.add(other)
        await session.flush()
        (await session.get_one(Appeal, appeal_id)).citizen_id = other.id

    await group.happens(pass_on)
    group.chats[OTHER] = {got.message_id: got}
    await group.press("撤回这条")
    assert on_the_phone(group) == []
    assert list(group.chats[OTHER].values()) == [got]


async def test_after_two_days_a_reply_is_not_taken_back_and_it_is_said(group: Group):
    await group.claimed()
    await gone(group, group.wall[0])
    await group.wait(hours=49)
    await group.press("撤回这条")
    assert files(group) == ["p1"]
    assert "撤不回来了" in group.toasts[-1]


async def test_a_reply_to_somebody_who_left_cannot_be_taken_back_and_it_is_said(group: Group):
    await group.claimed()
    await gone(group, group.wall[0])
    group.blocked.add(CITIZEN)
    await group.press("撤回这条")
    assert group.newest("撤不回来了,群众已经收到。")


async def test_who_shares_a_live_location_does_not_speak_with_each_step(group: Group):
    appeal_id = await group.claimed()
    card = group.wall[0]
    point = {"location": {"latitude": 36.1, "longitude": 117.1, "live_period": 900}}
    number = await group.say("", to=card, **point)
    await group.wait(seconds=16)
    before = len(group.calls)
    moved = group._message(number, LI, GROUP) | {
        "edit_date": 1,
        "reply_to_message": group._message(card.message_id, 1, GROUP),
    }
    for step in range(5):
        point["location"]["latitude"] += step / 1000
        await group.update(edited_message=moved | point)
    assert len(group.calls) == before
    [said] = await group.words(appeal_id)
    async with group.database.reading() as session:
        [thing] = await attachments.of_utterance(session, said.id)
    assert (thing.kind, thing.latitude) == (Kind.LOCATION, 36.1)
