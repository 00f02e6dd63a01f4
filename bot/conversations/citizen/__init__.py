"""The citizen's private chat, one conversation a file; asked in this order."""

from aiogram import Router

from bot.conversations.citizen import (
    albums,
    commands,
    consent,
    courtesies,
    drafting,
    editing,
    following,
    otherwise,
    own_appeals,
    quoting,
    rating,
    reading_back,
    starting,
    withdrawing,
)

router = Router(name="citizen")
router.include_routers(
    albums.router,
    commands.router,
    editing.router,
    consent.router,
    reading_back.router,
    quoting.router,
    courtesies.router,
    own_appeals.router,
    rating.router,
    withdrawing.router,
    following.router,
    drafting.router,
    starting.router,
    otherwise.router,
)
