"""A unit answers the supervisors (写原因, 回复监督组): a reply to what they asked, which the citizen never sees."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import INSIDE, LONGEST, answer_to, is_note, meant, toast
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.notices.clocks import PRESSING
from bot.services import supervising
from bot.texts import digest as words
from bot.texts.fitting import units
from storage.domain.errors import NotYours
from storage.domain.masking import clean_text
from storage.repositories import outbox
from storage.tables import AppealEvent, Staff

router = Router(name="office.explaining")


class AnswersSupervisors(BaseFilter):
    """A reply to a message in which the supervisors press for what is late."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the id of what was asked to the handler as `asked`."""
        text = (message.text or "").strip()
        if not text or text.startswith("/") or is_note(text):
            return False
        found = await meant(turn, message)
        row = await outbox.get(turn.session, found.outbox_id) if found is not None and found.outbox_id else None
        named = row.key or "" if row is not None and found is not None and found.role == INSIDE else ""
        return {"asked": int(named.removeprefix(PRESSING))} if named.startswith(PRESSING) else False


@router.callback_query(Pressed("o.explain"))
async def explain_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Say how it is done."""
    await _answering(turn, press.number)
    return [toast(query, words.HOW_TO_EXPLAIN, alert=True)]


@router.message(AnswersSupervisors(), Says())
async def reason_written(message: Message, turn: Turn, asked: int) -> list[Spoken]:
    """Keep the words for the supervisors; their group is shown them by the event."""
    about, staff = await _answering(turn, asked)
    text = clean_text(message.text or "").strip()
    if units(text) > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    await supervising.explain(turn.session, about=about, staff=staff, words=text, now=turn.now)
    return [answer_to(message, words.EXPLAINED)]


async def _answering(turn: Turn, event_id: int) -> tuple[AppealEvent, Staff]:
    """Return what was asked and who answers it, in the group of the unit that was asked, or in private; raise NotYours.

    In private only what is confidential is asked, of its handler.
    """
    about = await supervising.asked(turn.session, event_id)
    staff = supervising.of_unit(about, turn.roles)
    here = turn.office.department if turn.office is not None else None
    if turn.chat_id < 0 and here != staff.department:
        raise NotYours(staff.department)
    return about, staff
