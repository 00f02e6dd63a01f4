"""What is said in the dispatchers' group (派单群)."""

from aiogram import Router

from bot.conversations.triage import (
    danger,
    declining,
    dispatching,
    limits,
    lists,
    merging,
    parting,
    returns,
    searching,
    unfinished,
    voices,
)

router = Router(name="triage")
router.include_routers(
    danger.router,
    unfinished.router,
    dispatching.router,
    returns.router,
    declining.router,
    merging.router,
    parting.router,
    limits.router,
    voices.router,
    lists.router,
    searching.router,
)
