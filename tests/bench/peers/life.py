"""A whole appeal of ours, act by act: how many operations in groups each press or word leads to."""

from collections import Counter
from collections.abc import Awaitable
from pathlib import Path
from typing import IO, Any

from tests.bench.peers.contenders import OURS, Contender, Setting
from tests.bench.peers.groups import Groups
from tests.bench.peers.played import quiet
from tests.support.filing import Filed, claimed, file
from tests.support.playing import Town

_UNIT = "城市管理局"
_LIVES = 3
_LINGER_SECONDS = 0.4
_REPLY = "明天上午派人去看。"
_ANSWER = "昨天下午换了灯头,晚上试过,已经亮了。"


class Life:
    """One appeal after another, with an ear in all groups."""

    def __init__(self, town: Town, contender: Contender, groups: Groups) -> None:
        self._town = town
        self._contender = contender
        self._groups = groups
        self.most: Counter[str] = Counter()

    async def _act(self, name: str, act: Awaitable[Any]) -> Any:
        """Let something be done; when all is quiet, note what the groups saw."""
        done = await act
        await quiet(self._contender, linger=_LINGER_SECONDS)
        self.most[name] = max(self.most[name], await self._groups.operations())
        return done

    async def live(self) -> None:
        """File an appeal, sign for it, reply, answer, rate."""
        town = self._town
        await quiet(self._contender, linger=_LINGER_SECONDS)
        filed: Filed = await self._act("submit", file(town, unit=_UNIT))
        group, people, card = await self._act("claim", claimed(town, filed, _UNIT))
        staff = people[0]
        await self._act("reply", town.say(group, _REPLY, by=staff, reply_to=card["message_id"]))
        await self._act("answer: begun", town.press(group, card, "答复办结", by=staff))
        asked = await self._act("answer: outcome", self._press(group, "已经解决", card["message_id"], staff))
        words = town.say(group, _ANSWER, by=staff, reply_to=asked["message_id"])
        written = await self._act("answer: words", words)
        await self._act("answer: sent", self._press(group, "发出", written["message_id"] - 1, staff))
        await self._act("rate: contacted", self._press(filed.citizen, "联系过", 0))
        await self._act("rate: solved", self._press(filed.citizen, "解决了", 0))
        await self._act("rate: satisfied", self._press(filed.citizen, "满意", 0))
        await self._act("rate: no more words", self._press(filed.citizen, "好了", 0))

    async def _press(self, chat: int, label: str, after: int, by: int | None = None) -> Any:
        return await self._town.press_when_there(chat, label, by=by, after=after)


async def whole_life(town: Town, *, folder: Path, log: IO[bytes]) -> dict[str, int]:
    """Let some appeals live; return the most that each act led to."""
    contender = Contender(OURS, Setting(town.address, folder, thinks=True), log)
    await contender.start()
    try:
        life = Life(town, contender, await Groups.of(town, OURS))
        for _ in range(_LIVES):
            await life.live()
        return dict(life.most)
    finally:
        await contender.stop()
