"""What is said in the dispatchers' group (派单群)."""

from aiogram import Router

from bot.conversations.triage import dispatching, lists, returns, searching, voices

router = Router(name="triage")
router.include_routers(dispatching.router, returns.router, voices.router, lists.router, searching.router)
