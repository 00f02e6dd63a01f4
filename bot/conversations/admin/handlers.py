"""An administrator names who handles what is confidential (专办人) in a unit, or among the dispatchers: /handler."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards.card import Card, data, edit, send
from bot.cards.confidential import choosing
from bot.conversations.admin.asking import Administrator
from bot.conversations.filters import Press, Pressed, Private, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import handling
from bot.services.binding import ROLE_IN, Purpose, Role
from bot.services.health import manning
from bot.services.targets import Target, find_targets, target
from bot.texts import admin as texts
from bot.texts import confidential as words
from storage.domain.errors import InputRefused
from storage.repositories import handlers
from storage.tables import Staff

router = Router(name="admin.handlers")
_MOST = 8


@router.message(Private(), Administrator(), Says("handler"))
async def handler_asked(_message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Offer the staff of a unit, a choice of units, or say which units have no handler."""
    if not argument:
        return [send(turn.chat_id, Card(await _usage(turn)))]
    found = [each for each in find_targets(turn.city, argument, groups=texts.GROUPS) if _has_handlers(each)]
    if not found:
        return [send(turn.chat_id, Card(texts.no_such(words=argument)))]
    if len(found) == 1:
        return [send(turn.chat_id, await _choice(turn, found[0]))]
    rows = [[(each.name, data("a.handlers", 0, each.code))] for each in found[:_MOST]]
    return [send(turn.chat_id, Card(texts.WHICH, rows))]


@router.callback_query(Private(), Pressed("a.handlers"), Administrator())
async def unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Offer the staff of the unit that was picked."""
    picked = target(turn.city, press.argument, groups=texts.GROUPS)
    if picked is None or not _has_handlers(picked) or query.message is None:
        raise InputRefused("no_such_department")
    return [edit(turn.chat_id, await _choice(turn, picked), message_id=query.message.message_id)]


@router.callback_query(Private(), Pressed("a.handler"), Administrator())
async def person_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let this one handle what is confidential from now on; the cards in the group are brought up to date."""
    staff = await handling.name_handler(turn.session, press.number, person_id=turn.person.id, now=turn.now)
    text = words.handler_named(name=_name(turn, staff), staff=staff.name)
    return [edit(turn.chat_id, Card(text), message_id=query.message.message_id)] if query.message else []


async def _choice(turn: Turn, picked: Target) -> Card:
    role = ROLE_IN[picked.purpose]
    staff = await handlers.eligible(turn.session, role=role, department=picked.department or "")
    return choosing(picked.name, staff)


async def _usage(turn: Turn) -> str:
    """Name the units that have staff and no handler among them."""
    house = turn.house
    found = await manning(turn.session, platform=house.platform, bot=house.bot, city=turn.city)
    manned = [(Role.DISPATCHER, "", texts.GROUPS[Purpose.TRIAGE])] if found.heads[Role.DISPATCHER] else []
    manned += [(Role.STAFF, each.unit.code, each.unit.name) for each in found.units if each.staff]
    missing = [name for role, code, name in manned if not await _named(turn, role, code)]
    return words.without_handler(names=texts.listed(missing)) if missing else words.HANDLER_USAGE


async def _named(turn: Turn, role: Role, department: str) -> bool:
    house = turn.house
    return bool(
        await handlers.named(turn.session, platform=house.platform, bot=house.bot, role=role, department=department)
    )


def _has_handlers(found: Target) -> bool:
    return found.purpose is not Purpose.SUPERVISION


def _name(turn: Turn, staff: Staff) -> str:
    unit = turn.city.department(staff.department)
    return unit.name if unit else texts.GROUPS[Purpose.TRIAGE]
