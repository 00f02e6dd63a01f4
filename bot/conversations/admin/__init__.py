"""What is said with administrators, and how people and groups come in by code."""

from aiogram import Router

from bot.conversations.admin import binding, handlers, inviting, joining, overview, strangers

router = Router(name="admin")
router.include_routers(
    joining.router, binding.router, inviting.router, handlers.router, overview.router, strangers.router
)
