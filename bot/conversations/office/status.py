"""/status NUMBER in a unit's group: where one of its own appeals stands; of a confidential one no more than that."""

from aiogram import Router
from aiogram.types import Message

from bot.cards import confidential
from bot.conversations.filters import InOffice, Says
from bot.conversations.office.ground import answer_to
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.texts import office as words
from bot.texts.words import STATUSES
from storage.domain.errors import NotYours
from storage.domain.masking import mask
from storage.domain.numbers import parse_number
from storage.domain.statuses import Status
from storage.repositories import appeals
from storage.tables import Appeal

router = Router(name="office.status")


@router.message(InOffice("department"), Says("status"))
async def status_asked(message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Say where it stands; another unit's appeal is as good as none."""
    department = turn.office.department if turn.office else None
    if turn.role_in(department or "") is None:
        raise NotYours(department)
    number = parse_number(argument)
    appeal = await appeals.by_number(turn.session, number) if number else None
    if appeal is None or appeal.department != department:
        return [answer_to(message, words.UNKNOWN_NUMBER)]
    return [answer_to(message, confidential.line(appeal) if appeal.confidential else _line(appeal))]


def _line(appeal: Appeal) -> str:
    status = STATUSES[Status(appeal.status)]
    return words.status_line(number=appeal.number, title=mask(appeal.title), status=status)
