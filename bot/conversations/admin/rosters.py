"""Who works where: the list under /staff, and taking somebody off it (移出名单)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards.card import Card, Rows, data, edit
from bot.conversations.admin.asking import Administrator
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.binding import Purpose, Role
from bot.services.leaving import dismiss, working
from bot.services.targets import Target
from bot.texts import admin as words
from storage.domain.errors import NotFound
from storage.repositories import offices
from storage.tables import Staff

router = Router(name="admin.rosters")
_PURPOSES = {Role.STAFF: Purpose.DEPARTMENT, Role.DISPATCHER: Purpose.TRIAGE, Role.SUPERVISOR: Purpose.SUPERVISION}
_MOST = 50


@router.callback_query(Pressed("a.dismiss"), Administrator(), Private())
async def dismiss_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the one on the button off the list, and show who is left."""
    staff = await offices.staff(turn.session, press.number)
    purpose = _PURPOSES.get(Role(staff.role)) if staff is not None else None
    if staff is None or purpose is None:
        raise NotFound("nobody like that works here")
    await dismiss(turn.session, staff, now=turn.now, by=turn.person.id)
    unit = turn.city.department(staff.department)
    name = unit.name if unit else words.GROUPS.get(purpose, "")
    card = await roster(turn, Target(purpose, staff.department or None, name))
    said = Card(f"{words.dismissed(name=staff.name, office=name)}\n{card.text}", card.rows)
    return [edit(turn.chat_id, said, message_id=query.message.message_id)] if query.message else []


async def roster(turn: Turn, target: Target) -> Card:
    """Show who works there, each with a button that takes them off the list."""
    people = (await working(turn.session, target.purpose, target.department))[:_MOST]
    rows: Rows = [[(words.dismiss(name=each.name), data("a.dismiss", each.id))] for each in people]
    return Card(words.roster(office=target.name, lines=[_line(each) for each in people]), rows)


def _line(staff: Staff) -> str:
    return words.roster_line(name=staff.name, post=staff.post, badge=staff.badge)
