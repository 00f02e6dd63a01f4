"""What is said with administrators, and how people and groups come in by code."""

from aiogram import Router

from bot.conversations.admin import (
    binding,
    handlers,
    inviting,
    joining,
    overview,
    retraining,
    rosters,
    strangers,
    upgrading,
)

router = Router(name="admin")
router.include_routers(
    upgrading.router,
    joining.router,
    binding.router,
    inviting.router,
    handlers.router,
    rosters.router,
    overview.router,
    retraining.router,
    strangers.router,
)
