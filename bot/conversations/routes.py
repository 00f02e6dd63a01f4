"""Which conversations there are, in the order in which they are asked."""

from aiogram import Dispatcher, Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery

from bot.conversations import looking, returning
from bot.conversations.admin import router as admin
from bot.conversations.citizen import router as citizen
from bot.conversations.filters import Family, Office
from bot.conversations.office import router as office
from bot.conversations.supervision import router as supervision
from bot.conversations.triage import router as triage
from bot.delivery.say import Spoken
from bot.texts import refusals

_unknown = Router(name="unknown")


@_unknown.callback_query()
async def unknown_button_pressed(query: CallbackQuery) -> list[Spoken]:
    """Answer a button that no conversation knows: forged, or from an older version."""
    return [AnswerCallbackQuery(callback_query_id=query.id, text=refusals.STALE_BUTTON, show_alert=True)]


def _at_the_doors() -> None:
    """Ask once for a whole family what would else be asked of each of its conversations."""
    for router, letters in ((supervision, "s"), (triage, "t"), (office, "o"), (citizen, "cd")):
        router.callback_query.filter(Family(*letters))
    for router in (supervision, triage, office):
        router.message.filter(Office())
        router.edited_message.filter(Office())


_at_the_doors()


def dispatcher() -> Dispatcher:
    """Return aiogram's dispatcher with every conversation; states are our own, so its FSM is left out."""
    made = Dispatcher(disable_fsm=True)
    for router in (returning.router, looking.router, admin, supervision, triage, office, citizen, _unknown):
        router._parent_router = None  # noqa: SLF001 - routers are module-wide, dispatchers are made anew in tests
        made.include_router(router)
    return made
