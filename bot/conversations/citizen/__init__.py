"""The citizen's private chat, one conversation a file; asked in this order."""

from aiogram import Router

from bot.conversations.citizen import (
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
    starting,
    withdrawing,
)
from bot.conversations.citizen.captions import caption_read

router = Router(name="citizen")
router.message.middleware(caption_read)
router.include_routers(
    commands.router,
    editing.router,
    consent.router,
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
