"""The citizen's private chat, one conversation a file; asked in this order."""

from aiogram import Router

from bot.conversations.citizen import (
    albums,
    calling,
    care,
    commands,
    consent,
    courtesies,
    danger,
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
from bot.conversations.citizen.watching import danger_looked_for

router = Router(name="citizen")
router.message.middleware(danger_looked_for)
router.edited_message.middleware(danger_looked_for)
router.include_routers(
    danger.router,
    care.router,
    calling.router,
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
