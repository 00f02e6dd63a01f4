"""The citizen's private chat, one conversation a file; asked in this order."""

from aiogram import Router

from bot.conversations.citizen import (
    albums,
    calling,
    care,
    commands,
    concerns,
    consent,
    courtesies,
    danger,
    drafting,
    editing,
    following,
    objecting,
    otherwise,
    own_appeals,
    quoting,
    rating,
    rating_words,
    reading_back,
    standing,
    starting,
    supplying,
    urging,
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
    concerns.router,
    rating_words.router,
    reading_back.router,
    objecting.router,
    quoting.router,
    courtesies.router,
    own_appeals.router,
    rating.router,
    urging.router,
    withdrawing.router,
    standing.router,
    following.router,
    drafting.router,
    supplying.router,
    starting.router,
    otherwise.router,
)
