"""What is said in the supervisors' group (监督群)."""

from aiogram import Router

from bot.conversations.supervision import (
    approvals,
    concerns,
    digest,
    naming,
    objections,
    reading,
    spot_checks,
    topics,
)

router = Router(name="supervision")
router.include_routers(
    approvals.router,
    concerns.router,
    naming.router,
    objections.router,
    reading.router,
    digest.router,
    spot_checks.router,
    topics.router,
)
