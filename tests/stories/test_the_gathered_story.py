"""One matter that several tell, by a dispatcher's hand or their own; and one appeal that holds two."""

import re
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Appeal, Draft
from tests.support import databases
from tests.support.acting import TRIAGE, Somebody, begun, citizen_of, in_group
from tests.support.filing import Filed, agree, file, number_in, tell
from tests.support.playing import Town, text_of
from tests.support.staging import Played, staged

pytestmark = pytest.mark.asyncio(loop_scope="session")
UNIT = "城市管理局"
ANSWER = "今天去看过,换了灯头,当晚试过,已经亮了。"


async def same_words(session: AsyncSession, draft: Draft) -> Sequence[int]:
    """Find what was told in the very same words, the newest first."""
    found = select(Appeal.id).where(col(Appeal.text) == draft.text).order_by(col(Appeal.id).desc())
    return (await session.execute(found)).scalars().all()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def alike(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    async with databases.sqlite(tmp_path_factory.mktemp("story")) as url, staged(url, find_alike=same_words) as played:
        yield played


async def joined(town: Town, words: str) -> tuple[str, Somebody]:
    """Let a newcomer tell it in the same words and join; return their number and them."""
    person = await town.newcomer()
    await agree(town, person)
    summary = await tell(town, person, words)
    citizen = Somebody(town, person, person, int(summary["message_id"]))
    await citizen.press("提交")
    asked = text_of(await citizen.hear("是同一件事吗?"))
    assert asked.startswith("这件事已经有")
    await citizen.press("是,我也遇到了")
    return number_in(await citizen.hear("算您一份")), citizen


async def merged(town: Town, filed: Filed, lead: Filed) -> Somebody:
    """Let a dispatcher merge one appeal into another; return the dispatcher."""
    dispatcher = await in_group(town, TRIAGE)
    await dispatcher.say(f"/merge {filed.number} {lead.number}")
    await dispatcher.hear(f"{filed.number} 和这件是同一件事吗?\n{lead.number}")
    await dispatcher.press("是,并过去")
    await dispatcher.hear(f"{filed.number} 并到 {lead.number} 了")
    return dispatcher


async def test_what_several_tell_is_handled_once_and_two_of_them_reopen_it(alike: Played):
    town, words = alike.town, "桃园镇文化广场那一排路灯全灭了"
    lead, first, staff = await begun(town, words)
    other = await file(town, "文化广场的路灯不亮已经好几天", unit=UNIT)
    second = await citizen_of(town, other)
    await merged(town, other, lead)
    await second.hear(f"您的{other.number},和{lead.number}是同一件事,合在一起办。")
    await staff.hear(f"派单员把 {other.number} 并到这一件")
    number, third = await joined(town, words)
    await staff.hear("又有一位群众反映同一件事,一共3位")
    await first.hear("和您一样反映的有2人")
    await staff.tell("请问是哪一排,是东边那一排吗?")
    await first.hear("是东边那一排吗?")
    await staff.answer(ANSWER)
    for each, named in ((first, lead.number), (second, other.number), (third, number)):
        told = text_of(await each.hear(ANSWER))
        assert f"({named})" in told
    for each in (second, third):
        assert "是东边那一排吗?" not in await each.read()
        await each.hear("解决了吗?您说没解决,就不算完。", button="没解决")
    await second.press("没解决")
    await second.hear("记下了。再有一位也说没解决,就可以请城市管理局接着办。")
    await third.press("没解决")
    await third.hear("记下了。一起反映的有2位说没解决。要接着办吗?")
    await staff.hear("有2位说没解决")
    await third.press("接着办")
    await staff.hear(f"【重办】{lead.number} 第1次")
    await first.hear("有人说没解决,接着办")
    await second.hear("有人说没解决,接着办")


async def test_what_was_merged_by_mistake_is_handled_alone_again(alike: Played):
    town = alike.town
    lead, _, _ = await begun(town, "南门桥头的路灯坏了三盏")
    other = await file(town, "南门桥头的路灯晃眼睛,晚上睡不着", unit=UNIT)
    citizen = await citizen_of(town, other)
    await merged(town, other, lead)
    await citizen.press("不是同一件事")
    await citizen.hear(f"好,{other.number}单独办。")
    dispatcher = await in_group(town, TRIAGE)
    await dispatcher.hear(f"【待派单】{other.number}")


async def test_when_the_first_citizen_leaves_another_goes_on_with_it(alike: Played):
    town, words = alike.town, "河西新村三号楼前的路灯不亮"
    _, first, staff = await begun(town, words)
    number, second = await joined(town, words)
    await first.press("撤回", "不想办了")
    await first.hear("还有别人在反映同一件事,由他们接着跟。")
    await second.hear(f"您的{number},原来是和别人一起反映的。")
    await staff.hear("接着跟,照样办,期限不变。")
    await staff.answer(ANSWER)
    await second.hear(ANSWER)
    assert ANSWER not in await first.read()


async def test_what_holds_two_matters_is_split_and_each_has_a_number(alike: Played):
    town = alike.town
    lead, citizen, staff = await begun(town, "东街口的路灯坏了,旁边的井盖也不见了")
    dispatcher = await in_group(town, TRIAGE)
    await dispatcher.say(f"/split {lead.number}")
    await dispatcher.reply(f"{lead.number} 拆成几件?", "东街口的路灯坏了")
    await dispatcher.reply("1. 东街口的路灯坏了", "东街口的井盖不见了")
    await dispatcher.hear("2. 东街口的井盖不见了")
    await dispatcher.press("完成")
    done = text_of(await dispatcher.hear(f"{lead.number} 拆开了"))
    (_, other) = re.findall(r"LX-\d{8}-\d{4,}", done)
    await dispatcher.hear(f"【待派单】{other}")
    told = text_of(await citizen.hear(f"您的{lead.number}里不止一件事,这一件分出来单独办:"))
    assert other in told
    await staff.hear(f"派单员拆开了,这里只办:\n东街口的路灯坏了\n分出去的({other})")
