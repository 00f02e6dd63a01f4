"""The groups a bot writes into, and how many operations it makes there: new messages and edits."""

from dataclasses import dataclass

from tests.bench.peers.citizens import Ear
from tests.bench.peers.contenders import Bot
from tests.support.playing import Town

_FIRST_NEWCOMER = 10_001


async def found_group(town: Town, bot: Bot) -> int:
    """Found the group in which a peer posts its cards."""
    person = await town.newcomer(_unit_of(bot))
    group = await town.call("POST", "/chats", {"title": _unit_of(bot), "members": [person], "bots": [bot.id]})
    return int(group["id"])


def _unit_of(bot: Bot) -> str:
    return f"the unit of bot {bot.id}"


@dataclass
class Groups:
    """An ear in each group that a bot is in."""

    ears: dict[int, Ear]

    @classmethod
    async def of(cls, town: Town, bot: Bot) -> "Groups":
        """Sit down in each of the bot's groups, as somebody of the cast or of the peer's unit."""
        ears: dict[int, Ear] = {}
        for person in await town.call("GET", "/people"):
            if person["id"] < _FIRST_NEWCOMER or person["name"] == _unit_of(bot):
                for chat in await town.call("GET", "/chats", **{"as": person["id"]}):
                    if chat["type"] != "private" and bot.id in chat["bots"]:
                        ears.setdefault(chat["id"], await Ear(town, person["id"]).listen())
        return cls(ears)

    async def operations(self) -> int:
        """How many new messages and edits of bots there were in these groups since this was last asked."""
        return sum([sum(each["chat_id"] == group for each in await ear.heard()) for group, ear in self.ears.items()])
