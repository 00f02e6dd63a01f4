"""What staff do in their unit's group: sign, reply, note, answer; in the order in which they are asked."""

from aiogram import Router

from bot.conversations.office import (
    answering,
    asking,
    calls,
    canned,
    changing,
    claiming,
    former,
    handing,
    holding,
    inside,
    leaving,
    lists,
    more,
    offers,
    relaying,
    returns,
    status,
    wishing,
)

router = Router(name="office")
router.include_routers(
    leaving.router,
    lists.router,
    former.router,
    status.router,
    canned.router,
    claiming.router,
    holding.router,
    returns.router,
    offers.router,
    handing.router,
    wishing.router,
    inside.router,
    answering.router,
    asking.router,
    more.router,
    calls.router,
    relaying.router,
    changing.router,
)
