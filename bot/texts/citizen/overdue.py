"""What the citizen is told, once, when a promised time has passed without an answer."""

SEE_PROGRESS = "看进度"


def overdue(*, number: str, title: str, department: str, due: str, watched: bool) -> str:
    """Say plainly that the promise was not kept and what happens now; `watched`: there are supervisors who read it."""
    who = f"{department}和监督员" if watched else department
    return (
        f"您的{number}「{title}」,说好最迟{due}答复,{department}到现在还没答复。对不住。\n"
        f"我在替您催:从今天起,每个工作日早上都提醒{who},直到答复您。\n"
        "答复一到,马上发给您。想补充,直接在这里说。"
    )
