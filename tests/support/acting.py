"""People of a story who go on from what they last dealt with: each in a chat, with a button or a word at a time."""

from dataclasses import dataclass
from datetime import timedelta

from storage.city.calendar import calendar_around
from tests.support.filing import LAMP, Filed, claimed, file
from tests.support.playing import Message, Town, labels, text_of
from tests.support.staging import Played

UNIT, OTHER = "城市管理局", "供水公司"
SUPERVISION, TRIAGE = "监督群", "派单群"


@dataclass
class Somebody:
    """A person in a chat; what is older than `at`, the message they last dealt with, is past for them."""

    town: Town
    chat: int
    by: int
    at: int = 0

    async def hear(self, words: str, *, button: str = "") -> Message:
        """Wait for a message with these words, and with this button if one is named."""

        def fits(message: Message) -> bool:
            return words in text_of(message) and (not button or button in labels(message))

        return self._now_at(await self.town.wait(self.chat, fits, by=self.by, after=self.at - 1))

    async def press(self, *buttons: str) -> None:
        """Press one button after the other, each as soon as it is there."""
        for each in buttons:
            self._now_at(await self.town.press_when_there(self.chat, each, by=self.by, after=self.at - 1))

    async def press_on(self, message: Message, button: str) -> str:
        """Press a button of this very message, as soon as it has it; return what the press was answered with."""
        await self.reads(message, "", button=button)
        self._now_at(message)
        return str((await self.town.press(self.chat, message, button, by=self.by))["answer"] or "")

    async def reads(self, message: Message, words: str, *, button: str = "") -> Message:
        """Wait until this very message has these words, and this button if one is named."""

        def fits(shown: Message) -> bool:
            same = shown["message_id"] == message["message_id"]
            return same and words in text_of(shown) and (not button or button in labels(shown))

        return await self.town.wait(self.chat, fits, by=self.by)

    async def reply(self, words: str, text: str) -> Message:
        """Reply to the message with these words."""
        asked = await self.hear(words)
        return await self.reply_to(asked, text)

    async def reply_to(self, message: Message, text: str) -> Message:
        """Reply to this very message."""
        said = await self.town.say(self.chat, text, by=self.by, reply_to=message["message_id"])
        return self._now_at(said)

    async def say(self, text: str) -> Message:
        """Say something that replies to nothing."""
        return self._now_at(await self.town.say(self.chat, text, by=self.by))

    async def read(self) -> str:
        """Return everything the bot has said in the chat, as it reads now."""
        said = await self.town.messages(self.chat, by=self.by)
        return "\n".join(text_of(each) for each in said if each["from"]["is_bot"])

    def _now_at(self, message: Message) -> Message:
        self.at = max(self.at, int(message["message_id"]))
        return message


@dataclass
class Unit(Somebody):
    """Somebody of a unit, with the card of the appeal they work on."""

    card: Message | None = None

    async def on_card(self, *buttons: str) -> None:
        """Press a button of the card, then what it leads to."""
        assert self.card is not None
        await self.press_on(self.card, buttons[0])
        await self.press(*buttons[1:])

    async def tell(self, words: str) -> None:
        """Say something to the citizen, by a reply to the card, and let it go at once."""
        assert self.card is not None
        said = await self.reply_to(self.card, words)
        await self.town.press_when_there(self.chat, "现在发", by=self.by, after=said["message_id"])

    async def answer(self, words: str, *, outcome: str = "已经解决") -> None:
        """Write the answer (答复办结) up to its look before it goes, and send it."""
        await self.on_card("答复办结", outcome)
        await self.reply("请写答复", words)
        await self.press("发出")


async def citizen_of(town: Town, filed: Filed) -> Somebody:
    """The citizen of an appeal, from its receipt on."""
    return Somebody(town, filed.citizen, filed.citizen, int(filed.receipt["message_id"]))


async def in_group(town: Town, title: str, *, second: bool = False) -> Somebody:
    """The first of a group, or the second, who has not looked at anything yet."""
    chat, people = await town.staff(title)
    return Somebody(town, chat, people[1 if second else 0])


async def at_work(town: Town, filed: Filed, unit: str = UNIT) -> Unit:
    """The first of a unit, who has just signed for the appeal."""
    chat, people, card = await claimed(town, filed, unit)
    return Unit(town, chat, people[0], int(card["message_id"]), card)


async def begun(town: Town, words: str = LAMP, unit: str = UNIT, *, phone: str = "") -> tuple[Filed, Somebody, Unit]:
    """An appeal that a unit has signed for, its citizen, and whoever signed."""
    filed = await file(town, words, unit=unit, phone=phone)
    return filed, await citizen_of(town, filed), await at_work(town, filed, unit)


async def morning(played: Played, *, workdays: int = 1) -> None:
    """Move the clock to ten o'clock of each of the next so many working days."""
    for _ in range(workdays):
        calendar = calendar_around(played.service.city, played.service.clock().date())
        now = calendar.local(played.service.clock())
        day = calendar.next_workday(now.date())
        then = calendar.local(calendar.end_of_office_day(day)).replace(hour=10, minute=0, second=0, microsecond=0)
        await later(played, then - now)


async def later(played: Played, by: timedelta) -> None:
    """Move the clock on, as the demo does; what falls due is done."""
    await played.town.call("POST", "/clock", {"advance": f"PT{int(by.total_seconds())}S"})
