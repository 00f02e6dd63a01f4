"""An administrator looks at the units (/departments) and at the health of the house (/health)."""

from aiogram import Router
from aiogram.types import Message

from bot.cards.card import Card, send
from bot.conversations.admin.asking import Administrator
from bot.conversations.filters import Private, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.health import Health, Offices, examine, manning
from bot.texts import admin as words
from storage.domain.city import City

router = Router(name="admin.overview")
_SLOW_SECONDS = 60


@router.message(Private(), Administrator(), Says("departments"))
async def departments_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """List the units: those with a group first."""
    house = turn.house
    found = await manning(turn.session, platform=house.platform, bot=house.bot, city=turn.city)
    return [send(turn.chat_id, Card(_departments(found)))]


@router.message(Private(), Administrator(), Says("health"))
async def health_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """Say that all is well, or what is not and what to do."""
    house = turn.house
    found = await examine(turn.session, platform=house.platform, bot=house.bot, city=turn.city, now=turn.now)
    return [send(turn.chat_id, Card(_health(found, turn.city)))]


def _departments(found: Offices) -> str:
    units = sorted(found.units, key=lambda each: not each.bound)
    lines = [words.unit_line(name=each.unit.name, bound=each.bound, staff=each.staff) for each in units]
    return words.departments(lines=lines, bound=sum(each.bound for each in units), total=len(units))


def _health(found: Health, city: City) -> str:
    waiting = max(0, found.waiting - 1)  # the question itself still waits while it is answered
    seconds = int(found.oldest.total_seconds()) if waiting else 0
    if problems := _problems(found, city, waiting, seconds):
        return words.unhealthy(problems=problems)
    return words.healthy(
        waiting=waiting, seconds=seconds, undelivered=found.lately.undelivered, in_triage=found.in_triage
    )


def _problems(found: Health, city: City, waiting: int, seconds: int) -> list[str]:
    lately = found.lately
    missing = [name for purpose, name in words.GROUPS.items() if purpose not in found.offices.purposes]
    groupless = [*missing, *(unit.name for unit in found.offices.groupless)]
    lost = [words.office_name(each.purpose, city.department(each.department or "")) for each in found.lost]
    staffless = [unit.name for unit in found.offices.staffless]
    judged = [
        (lately.dead, words.problem_dead(n=lately.dead)),
        (lately.unreadable, words.problem_unreadable(n=lately.unreadable)),
        (lately.undelivered, words.problem_undelivered(n=lately.undelivered)),
        (seconds > _SLOW_SECONDS, words.problem_slow(waiting=waiting, seconds=seconds)),
        (lost, words.problem_lost(names=lost, n=found.kept_back)),
        (groupless, words.problem_no_group(names=groupless)),
        (staffless, words.problem_no_staff(names=staffless)),
    ]
    return [sentence for wrong, sentence in judged if wrong]
