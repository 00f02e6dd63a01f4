"""An administrator asks in private for a code that binds a group (/bind) or lets a colleague in (/staff)."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards.card import Card, data, edit, send
from bot.conversations.admin.asking import Administrator
from bot.conversations.admin.rosters import roster
from bot.conversations.filters import Press, Pressed, Private, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.binding import Purpose
from bot.services.health import manning
from bot.services.inviting import Invites, invite
from bot.services.targets import Target, find_targets, target
from bot.texts import admin as words
from storage.domain.errors import InputRefused

router = Router(name="admin.inviting")
_MOST = 8


@router.message(Private(), Administrator(), Says("bind"))
async def bind_asked(_message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Give out a binding code, offer a choice, or say what has no group yet."""
    if not argument:
        return [send(turn.chat_id, Card(words.bind_usage(unbound=await _unbound(turn))))]
    return [send(turn.chat_id, await _answer(turn, Invites.BIND, argument))]


@router.message(Private(), Administrator(), Says("staff"))
async def staff_asked(_message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Give out a code to hand to a colleague, or offer a choice."""
    card = await _answer(turn, Invites.STAFF, argument) if argument else Card(words.STAFF_USAGE)
    return [send(turn.chat_id, card)]


@router.callback_query(Pressed("a.bind", "a.staff"), Administrator())
async def target_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give out the code for the unit that was picked."""
    picked = target(turn.city, press.argument, groups=words.GROUPS)
    if picked is None or turn.chat_id < 0 or query.message is None:
        raise InputRefused("no_such_department")
    card = await _code(turn, Invites(press.verb.removeprefix("a.")), picked)
    return [edit(turn.chat_id, card, message_id=query.message.message_id)]


async def _answer(turn: Turn, invites: Invites, typed: str) -> Card:
    found = find_targets(turn.city, typed, groups=words.GROUPS)
    if not found:
        return Card(words.no_such(words=typed))
    if len(found) == 1:
        return await _code(turn, invites, found[0])
    buttons = [(each.name, data(f"a.{invites}", 0, each.code)) for each in found[:_MOST]]
    return Card(words.WHICH, [[button] for button in buttons])


async def _code(turn: Turn, invites: Invites, picked: Target) -> Card:
    code = await invite(
        turn.session,
        invites,
        purpose=picked.purpose,
        department=picked.department,
        person_id=turn.person.id,
        now=turn.now,
        draw=turn.house.draw,
    )
    if invites is Invites.BIND:
        return Card(words.bind_code(name=picked.name, code=code))
    working = await roster(turn, picked)
    return Card(f"{words.staff_code(name=picked.name, code=code)}\n\n{working.text}", working.rows)


async def _unbound(turn: Turn) -> list[str]:
    house = turn.house
    found = await manning(turn.session, platform=house.platform, bot=house.bot, city=turn.city)
    common = [name for purpose, name in words.GROUPS.items() if Purpose(purpose) not in found.purposes]
    return [*common, *(unit.name for unit in found.groupless)]
