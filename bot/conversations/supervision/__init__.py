"""What is said in the supervisors' group (监督群)."""

from aiogram import Router

from bot.conversations.supervision import approvals, naming

router = Router(name="supervision")
router.include_routers(approvals.router, naming.router)
